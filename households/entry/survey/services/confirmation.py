"""Confirming that what is unusual in a survey form is so."""

from django.core.exceptions import ValidationError

from households.entry.survey.selectors.rows import GridRow, open_warnings, read_row
from households.locks import lock_village, village_lock
from households.models import CampaignVillage, Review
from povertyplan.core import clock
from povertyplan.core.journal import audit
from povertyplan.core.models import User
from povertyplan.core.platform import versions


@audit.business_act(label="Xác nhận kết quả bất thường")
def confirm_warnings(*, review: Review, version: int, by: User) -> Review:
    """Confirm the warnings of one form as it was saved in `version`.

    Refused once the village is finished, and where there is nothing to confirm. Raises
    StaleVersion when somebody saved other answers meanwhile; twice is the same as once.
    """
    campaign_village = _open_village(review.campaign_id, review.village_id)
    current = Review.objects.select_related("household", "village").get(pk=review.pk)
    current.campaign = campaign_village.campaign
    if current.warnings_confirmed_by_id == by.pk:
        return current
    versions.check(current, version)
    row = read_row(current)
    if not row.warnings:
        raise ValidationError("Phiếu này không có cảnh báo cần xác nhận.", code="nothing")
    if row.has_open_warnings:
        _confirm(row, by=by)
    return current


@audit.business_act()
def confirm_village_warnings(*, campaign_village: CampaignVillage, by: User) -> int:
    """Confirm every open warning of a village after looking at the list; how many forms it was."""
    row = _open_village(campaign_village.campaign_id, campaign_village.village_id)
    found = open_warnings(campaign=row.campaign, village=row.village)
    for item in found:
        item.review.campaign = row.campaign
        _confirm(item, by=by)
    return len(found)


def _open_village(campaign: int, village: int) -> CampaignVillage:
    row = lock_village(campaign=campaign, village=village)
    if reason := village_lock(row.campaign, row):
        raise ValidationError(reason, code="locked")
    return row


def _confirm(row: GridRow, *, by: User) -> None:
    """Confirm one form; its line has the same name where a whole village is confirmed."""
    review = row.review
    versions.update(
        review,
        version=review.version,
        warnings_confirmed_by=by,
        warnings_confirmed_at=clock.now(),
    )
    audit.record(
        review,
        f"{by} xác nhận cảnh báo của hộ {row.household.code} ({row.head_name}): "
        f"{'; '.join(row.warnings)}",
        ward=review.campaign.ward,
        act=confirm_warnings,
    )
