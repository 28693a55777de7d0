"""Giving a village of a review to a reviewer."""

from django.core.exceptions import ValidationError

from households.locks import lock_village, village_lock
from households.models import CampaignVillage
from households.selectors.reviewers import reviewers_for
from povertyplan.core import audit, versions
from povertyplan.core.models import User


@audit.business_act
def assign_reviewer(
    *,
    campaign_village: CampaignVillage,
    reviewer: User | None,
    version: int,
    by: User,
    source: str = "web",
) -> CampaignVillage:
    """Give a village to another reviewer, or to nobody; refused once it is finished.

    Only somebody who may enter its forms today can be its reviewer.
    """
    current = lock_village(
        campaign=campaign_village.campaign_id, village=campaign_village.village_id
    )
    if reason := village_lock(current.campaign, current):
        raise ValidationError(reason, code="locked")
    if reviewer is not None and reviewer not in reviewers_for(current.village):
        raise ValidationError(
            {"reviewer": f"{reviewer} không được giao nhập phiếu ở {current.village}."}
        )
    before = current.reviewer or "chưa ai"
    versions.update(current, version=version, reviewer=reviewer)
    audit.record(
        act="assign_reviewer",
        obj=current,
        summary=f"{by} giao {current.village} ({current.campaign}) cho "
        f"{reviewer or 'chưa ai'}, trước đó {before}",
        by=by,
        ward=current.campaign.ward,
        source=source,
    )
    return current
