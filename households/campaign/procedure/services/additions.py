"""Putting a household on the list of a review that is open; the acts that call it say why."""

from households.campaign.procedure.services.taking_back import reopen_village, take_back
from households.campaign.requests.services import answer_requests
from households.choices import ListReason
from households.models import CampaignVillage, Household, Review, ReviewCampaign
from povertyplan.core import clock
from povertyplan.core.journal import audit
from povertyplan.core.models import User


def village_in_review(campaign: ReviewCampaign, household: Household) -> None:
    """Let the village of a household take part in the review, where it does not yet."""
    CampaignVillage.objects.get_or_create(
        campaign=campaign,
        village_id=household.village_id,
        defaults={"ward_id": campaign.ward_id},
    )


def put_on_list(
    current: CampaignVillage,
    household: Household,
    *,
    list_reason: ListReason,
    reason: str,
    by: User,
) -> Review:
    """Make a pending form in a locked village; a finished one opens again to have it entered.

    The household's waiting requests are answered by it. A household has one form, so the one that
    it has already is returned.
    """
    campaign = current.campaign
    if existing := campaign.reviews.filter(household=household).first():
        return existing
    if current.is_finished:
        take_back(current, version=current.version)
        audit.record(
            current,
            f"Mở lại rà soát ở {current.village} ({campaign}) để nhập phiếu của hộ bổ sung",
            ward=campaign.ward,
            reason=reason,
            act=reopen_village,
        )
    review = Review.objects.create(
        ward_id=campaign.ward_id,
        campaign=campaign,
        village_id=current.village_id,
        household=household,
        list_reason=list_reason,
        added_by=by,
        added_at=clock.now(),
        added_reason=reason,
    )
    answer_requests(campaign, [household.pk])
    return review
