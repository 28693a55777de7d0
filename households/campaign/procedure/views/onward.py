"""What comes after a step of a village: its next step, and the next village that waits."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from households.campaign.procedure import presenters as words
from households.campaign.procedure.selectors.steps import (
    StepObstacle,
    VillageSteps,
    steps_around,
)
from households.models import CampaignVillage
from povertyplan.core.access.rules import may_open

# The page where each obstacle is dealt with; a list that hangs only waits.
PAGES = {
    StepObstacle.NOT_FINISHED: "households:village_reviews",
    StepObstacle.NOT_MET: "households:village_meeting",
    StepObstacle.NOT_POSTED: "households:village_posting",
    StepObstacle.COMPLAINTS: "households:village_complaints",
}


@dataclass(frozen=True)
class OnwardLink:
    label: str
    url: str


def links_onward(
    request, row: CampaignVillage, own: VillageSteps | None, others: Sequence[VillageSteps]
) -> list[OnwardLink]:
    """The next step of a finished village, then that of the next village, as far as allowed.

    A page that does not know the steps gives None for its own. A page does not lead to itself.
    """
    user = request.user
    if not (row.is_finished and row.campaign.is_open):
        return []
    if own is None:
        own, others = steps_around(row, CampaignVillage.objects.visible_to(user))
    waiting = next((steps for steps in others if _page(user, steps)), None)
    links = [_link(user, steps) for steps in (own, waiting) if steps and _page(user, steps)]
    return [link for link in links if link.url != request.path]


def _page(user, steps: VillageSteps) -> str:
    page = PAGES.get(steps.obstacle) if steps.obstacle else None
    return page if page and may_open(user, page, area=steps.village) else ""


def _link(user, steps: VillageSteps) -> OnwardLink:
    address = reverse(_page(user, steps), args=[steps.campaign.pk, steps.village.pk])
    return OnwardLink(words.onward(steps), address)
