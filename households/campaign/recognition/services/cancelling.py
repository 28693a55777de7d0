"""Cancelling a review that was opened by mistake: it stays readable and counts nowhere."""

from django.core.exceptions import ValidationError

from households.campaign.requests.services import release_requests
from households.choices import CampaignStage
from households.locks import campaign_lock, lock_campaign, lock_villages
from households.models import ReviewCampaign
from povertyplan.core import clock
from povertyplan.core.journal import audit
from povertyplan.core.models import User
from povertyplan.core.platform import versions
from povertyplan.core.text import formatting
from povertyplan.core.text.reasons import stated_reason
from povertyplan.core.text.vietnamese import normalise_text

MISSING_REASON = "Nhập lý do hủy đợt rà soát."
NOT_ASKED = "Không có đề nghị hủy nào chưa quyết định."


@audit.business_act(label="Hủy đợt rà soát")
def cancel_campaign(
    *, campaign: ReviewCampaign, version: int, reason: str = "", by: User
) -> ReviewCampaign:
    """End a review without results, for a reason that stays with it; twice is the same as once.

    Its forms, meetings and postings stay as they were and count nowhere; the requests it took in
    wait again. With forms entered somebody else asked for it before, whose reason holds where none
    is given. Refused once its results were recognised, also when that was taken back.
    """
    current = _lock_whole(campaign)
    if current.stage == CampaignStage.CANCELLED and current.cancelled_by_id == by.pk:
        return current
    stated = stated_reason(normalise_text(reason) or current.cancel_request_reason, MISSING_REASON)
    if obstacle := cancelling_obstacle(current):
        raise ValidationError(obstacle, code="locked")
    _refuse_alone(current, by)
    versions.update(
        current,
        version=version,
        stage=CampaignStage.CANCELLED,
        cancelled_at=clock.now(),
        cancelled_by=by,
        cancel_reason=stated,
    )
    waiting = release_requests(current)
    audit.record(
        current,
        f"{by} hủy {current}; {formatting.number(waiting)} giấy đề nghị trở lại "
        "trạng thái chưa giải quyết",
        ward=current.ward,
        reason=stated,
    )
    return current


@audit.business_act(label="Đề nghị hủy đợt rà soát")
def request_cancellation(
    *, campaign: ReviewCampaign, version: int, reason: str, by: User
) -> ReviewCampaign:
    """Ask that a review with forms entered be cancelled; it goes on until another decides."""
    current = lock_campaign(campaign)
    if current.awaits_cancellation and current.cancel_requested_by_id == by.pk:
        return current
    stated = stated_reason(reason, MISSING_REASON)
    if obstacle := cancelling_obstacle(current):
        raise ValidationError(obstacle, code="locked")
    if current.awaits_cancellation:
        raise ValidationError(f"{current.cancel_requested_by} đã đề nghị hủy đợt này.")
    versions.update(
        current,
        version=version,
        cancel_requested_by=by,
        cancel_requested_at=clock.now(),
        cancel_request_reason=stated,
    )
    audit.record(current, f"{by} đề nghị hủy {current}", ward=current.ward, reason=stated)
    return current


@audit.business_act(label="Không đồng ý hủy đợt rà soát")
def decline_cancellation(
    *, campaign: ReviewCampaign, version: int, reason: str, by: User
) -> ReviewCampaign:
    """Let a review go on that somebody asked to cancel, for a reason that stays in the journal."""
    current = lock_campaign(campaign)
    stated = stated_reason(reason, "Nhập lý do không đồng ý hủy.")
    if not current.awaits_cancellation:
        raise ValidationError(NOT_ASKED, code="locked")
    versions.update(
        current,
        version=version,
        cancel_requested_by=None,
        cancel_requested_at=None,
        cancel_request_reason="",
    )
    audit.record(current, f"{by} không đồng ý hủy {current}", ward=current.ward, reason=stated)
    return current


def _lock_whole(campaign: ReviewCampaign) -> ReviewCampaign:
    """In the order of every writer: the villages first, so that none of them slips in between."""
    lock_villages(campaign)
    return lock_campaign(campaign)


def _refuse_alone(campaign: ReviewCampaign, by: User) -> None:
    """With forms entered whoever asked does not cancel."""
    if campaign.cancel_requested_by_id == by.pk:
        raise ValidationError(
            "Bạn là người đề nghị hủy nên không được tự duyệt.", code="two_persons"
        )
    if not campaign.awaits_cancellation and (entered := campaign.reviews.done().count()):
        raise ValidationError(
            f"Đợt rà soát đã có {formatting.number(entered)} phiếu nhập: gửi đề nghị hủy, người "
            "khác duyệt.",
            code="two_persons",
        )


def cancelling_obstacle(campaign: ReviewCampaign) -> str:
    """Why a campaign cannot be cancelled, in one sentence; empty when it can."""
    if campaign.stage in (CampaignStage.RECOGNISED, CampaignStage.CANCELLED):
        return campaign_lock(campaign)
    decision = campaign.decisions.order_by("-decided_on").first()
    if decision is not None:
        return (
            f"Kết quả đợt này đã được công nhận theo Quyết định số {decision.number}, sau đó thu "
            "hồi. Sửa rồi công nhận lại, không hủy được."
        )
    return ""
