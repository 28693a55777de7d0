"""What every page about a review says of the households outside it."""

from typing import Any

from households.campaign.additions.presenters import left_out_lines, unlisted_lines
from households.campaign.additions.selectors import omissions_of, unlisted_households
from households.field_access import Field, user_seeing
from households.models import Household, ReviewCampaign
from povertyplan.core.access.rules import may_open
from povertyplan.core.models import User

UNLISTED = "households:campaign_unlisted"


def unlisted_to(user: User, campaign: ReviewCampaign) -> dict[str, Any]:
    """The households outside a review that a user may know, and whether their page opens."""
    visible = Household.objects.visible_to(user_seeing(user, [Field.RECORD]))
    return {
        "unlisted": unlisted_lines(unlisted_households(campaign, households=visible)),
        "opens_unlisted": may_open(user, UNLISTED, area=campaign.ward),
    }


def left_out_to(user: User, campaign: ReviewCampaign) -> dict[str, Any]:
    """The households that a reason keeps outside a review, of those a user may know."""
    visible = Household.objects.visible_to(user_seeing(user, [Field.RECORD]))
    return {"left_out": left_out_lines(omissions_of(campaign, households=visible))}
