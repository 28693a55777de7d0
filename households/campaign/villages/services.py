"""Finishing the forms of a village."""

from django.core.exceptions import ValidationError

from households.campaign.faults import some_names
from households.campaign.progress import STILL_TO_REVIEW
from households.entry.survey.selectors.rows import open_warnings
from households.locks import campaign_lock, lock_village, village_lock
from households.models import CampaignVillage, Review
from povertyplan.core import clock
from povertyplan.core.journal import audit
from povertyplan.core.models import User
from povertyplan.core.platform import versions


@audit.business_act(label="Hoàn thành rà soát thôn")
def finish_village(*, campaign_village: CampaignVillage, version: int, by: User) -> CampaignVillage:
    """Close the forms of a village; twice is the same as once.

    Refused while a form is missing, or while something unusual is not confirmed.
    """
    current = lock_village(
        campaign=campaign_village.campaign_id, village=campaign_village.village_id
    )
    if reason := campaign_lock(current.campaign):
        raise ValidationError(reason, code="locked")
    if current.is_finished and current.finished_by_id == by.pk:
        return current
    if reason := village_lock(current.campaign, current):
        raise ValidationError(reason, code="locked")
    _refuse_missing_forms(current)
    _refuse_open_warnings(current)
    versions.update(current, version=version, finished_at=clock.now(), finished_by=by)
    audit.record(
        current,
        f"{by} xác nhận hoàn thành rà soát ở {current.village} ({current.campaign})",
        ward=current.campaign.ward,
    )
    return current


def _refuse_missing_forms(campaign_village: CampaignVillage) -> None:
    missing = Review.objects.filter(
        STILL_TO_REVIEW,
        campaign=campaign_village.campaign_id,
        village=campaign_village.village_id,
    ).select_related("household")
    codes = [review.household.code for review in missing]
    if codes:
        raise ValidationError(
            f"Còn {len(codes)} hộ chưa nhập phiếu: {some_names(codes, 'hộ')}.", code="missing_forms"
        )


def _refuse_open_warnings(campaign_village: CampaignVillage) -> None:
    """Raise for the forms whose unusual results nobody has confirmed."""
    found = open_warnings(campaign=campaign_village.campaign, village=campaign_village.village)
    codes = [item.household.code for item in found]
    if codes:
        raise ValidationError(
            f"Còn {len(codes)} hộ có cảnh báo chưa xác nhận: {some_names(codes, 'hộ')}.",
            code="open_warnings",
        )
