"""What is locked, and why: a campaign, a village of it. Locks are read and taken here only."""

from households.choices import CampaignStage
from households.models import (
    CampaignVillage,
    ReviewCampaign,
)
from povertyplan.core import locks
from povertyplan.core.text import formatting


def campaign_lock(campaign: ReviewCampaign) -> str:
    """Why nothing of a campaign can be changed, in one sentence; empty while it is open."""
    if campaign.stage == CampaignStage.RECOGNISED:
        decision = campaign.decision
        by_decision = f" theo Quyết định số {decision.number}" if decision else ""
        on_day = f" ngày {formatting.day(decision.decided_on)}" if decision else ""
        return f"Đợt rà soát đã được công nhận và khóa{on_day}{by_decision}."
    if campaign.stage == CampaignStage.SUBMITTED:
        return (
            f"Kết quả đã trình duyệt lúc {formatting.moment(campaign.submitted_at)} "
            f"({campaign.submitted_by} trình). Muốn sửa, đề nghị lãnh đạo trả lại kết quả."
        )
    if campaign.stage == CampaignStage.CANCELLED:
        return (
            f"Đợt rà soát đã hủy lúc {formatting.moment(campaign.cancelled_at)}. "
            f"Lý do: {campaign.cancel_reason}"
        )
    return ""


def village_lock(campaign: ReviewCampaign, campaign_village: CampaignVillage) -> str:
    """Why the forms of a village cannot be changed, in one sentence; empty while they can."""
    if reason := campaign_lock(campaign):
        return reason
    if campaign_village.is_finished:
        return (
            f"{campaign_village.village} đã hoàn thành rà soát lúc "
            f"{formatting.moment(campaign_village.finished_at)} "
            f"({campaign_village.finished_by} xác nhận). "
            "Muốn sửa, đề nghị cán bộ giảm nghèo mở lại."
        )
    return ""


def lock_campaign(campaign: ReviewCampaign) -> ReviewCampaign:
    """The campaign's row as it is now, held until the transaction ends."""
    return (
        locks.hold(ReviewCampaign.objects.all())
        .select_related("ward", "submitted_by", "procedure", "cancel_requested_by")
        .get(pk=campaign.pk)
    )


def lock_villages(campaign: ReviewCampaign) -> list[CampaignVillage]:
    """All villages of a campaign, held until the transaction ends; taken before the campaign."""
    rows = CampaignVillage.objects.filter(campaign=campaign).select_related("village")
    return list(locks.hold(rows))


def hold_village(*, campaign: int, village: int) -> CampaignVillage:
    """The row alone, for who reads the campaign together with something else, and after it."""
    rows = locks.hold(CampaignVillage.objects.all()).select_related("village")
    return rows.get(campaign=campaign, village=village)


def lock_village(*, campaign: int, village: int) -> CampaignVillage:
    """A village's row in a campaign, held until the transaction ends, and its campaign.

    Whoever writes a form, finishes a village or submits the results takes this lock first, and
    only then reads the stage: none of them can slip in between another's check and write.
    """
    row = hold_village(campaign=campaign, village=village)
    row.campaign = ReviewCampaign.objects.select_related(
        "ward", "standard", "submitted_by", "procedure"
    ).get(pk=campaign)
    return row
