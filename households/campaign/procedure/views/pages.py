"""What the pages of a village's steps share."""

from functools import partial

from households.campaign.procedure.services.meetings import NO_PROCEDURE
from households.campaign.procedure.services.obstacles import obstacle_sentence
from households.campaign.procedure.views.onward import links_onward
from households.locks import campaign_lock
from povertyplan.core.access.rules import may_open

FORM_METHODS = ["GET", "HEAD", "POST"]


def step_page(request, steps, view, lock, others=()):
    """What the pages of a village's steps share; `lock` is the step's own obstacle.

    `others` are the steps of the villages in their turn after it.
    """
    row = steps.campaign_village
    locked = "" if row.campaign.procedure else NO_PROCEDURE
    locked = locked or campaign_lock(row.campaign) or obstacle_sentence(steps, lock)
    return {
        "row": row,
        "campaign": row.campaign,
        "village": row.village,
        "steps": steps,
        "onward": partial(links_onward, request, row, steps, others),
        "lock": locked,
        "may_write": not locked and may_open(request.user, view, area=row.village, writing=True),
    }
