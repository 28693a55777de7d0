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
from povertyplan.core.text.vietnamese import normalise_text


@audit.business_act(label="Hủy đợt rà soát")
def cancel_campaign(
    *, campaign: ReviewCampaign, version: int, reason: str, by: User
) -> ReviewCampaign:
    """End a review without results, for a reason that stays with it; twice is the same as once.

    Its forms, meetings and postings stay as they were and count nowhere; the requests it took in
    wait again. Refused once its results were recognised, also when that was taken back.
    """
    # In the order of every writer: the villages first, so that none of them slips in between.
    lock_villages(campaign)
    current = lock_campaign(campaign)
    if current.stage == CampaignStage.CANCELLED and current.cancelled_by_id == by.pk:
        return current
    stated = normalise_text(reason)
    if not stated:
        raise ValidationError({"reason": "Nhập lý do hủy đợt rà soát."})
    if obstacle := cancelling_obstacle(current):
        raise ValidationError(obstacle, code="locked")
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
