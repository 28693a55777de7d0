"""Handing the results of a review in for approval, and sending them back."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError

from households.campaign.additions.services import unlisted_obstacle
from households.campaign.faults import some_names
from households.campaign.procedure.selectors.steps import village_steps
from households.campaign.procedure.services.obstacles import villages_with_obstacle
from households.choices import CampaignStage
from households.locks import campaign_lock, lock_campaign, lock_villages
from households.models import (
    CampaignVillage,
    ReviewCampaign,
)
from povertyplan.core import clock
from povertyplan.core.journal import audit
from povertyplan.core.models import User
from povertyplan.core.platform import versions
from povertyplan.core.text.reasons import stated_reason


@audit.business_act(label="Trình kết quả rà soát")
def submit_results(*, campaign: ReviewCampaign, version: int, by: User) -> ReviewCampaign:
    """Hand the results in for approval.

    Refused while a village is not finished or, where the procedure asks for it, has not met and
    posted, or has not answered a complaint; and while a household that an annual review should know
    has neither a form nor a reason.
    """
    villages = lock_villages(campaign)
    current = lock_campaign(campaign)
    if current.stage == CampaignStage.SUBMITTED and current.submitted_by_id == by.pk:
        return current
    if reason := campaign_lock(current):
        raise ValidationError(reason, code="locked")
    _refuse_unfinished(current, villages)
    versions.update(
        current,
        version=version,
        stage=CampaignStage.SUBMITTED,
        submitted_by=by,
        submitted_at=clock.now(),
        return_reason="",
    )
    audit.record(current, f"{by} trình kết quả {current}", ward=current.ward)
    return current


@audit.business_act(label="Trả lại kết quả rà soát")
def return_results(
    *, campaign: ReviewCampaign, version: int, reason: str, by: User
) -> ReviewCampaign:
    """Send submitted results back to the coordinator, for a reason everyone sees."""
    current = lock_campaign(campaign)
    reason = stated_reason(reason, "Nhập lý do trả lại kết quả.")
    if current.stage != CampaignStage.SUBMITTED:
        raise ValidationError(
            campaign_lock(current) or "Kết quả đợt rà soát chưa được trình.", code="locked"
        )
    versions.update(current, version=version, stage=CampaignStage.OPEN, return_reason=reason)
    audit.record(current, f"{by} trả lại kết quả {current}", ward=current.ward, reason=reason)
    return current


def _refuse_unfinished(campaign: ReviewCampaign, villages: list[CampaignVillage]) -> None:
    for code, sentence in submission_obstacles(campaign, villages):
        raise ValidationError(sentence, code=code)


def submission_obstacles(
    campaign: ReviewCampaign, villages: list[CampaignVillage]
) -> Iterator[tuple[str, str]]:
    """Each thing that is still to be done before results are handed in, after its code."""
    unfinished = [str(row.village) for row in villages if not row.is_finished]
    if unfinished:
        yield (
            "unfinished",
            f"Còn {len(unfinished)} thôn, tổ dân phố chưa hoàn thành: "
            f"{some_names(unfinished, 'thôn')}.",
        )
    if not campaign.reviews.done().exists():
        yield "empty", "Đợt rà soát chưa có phiếu nào để trình."
    if campaign.procedure is not None and (
        open_steps := villages_with_obstacle(village_steps(campaign))
    ):
        yield (
            "steps",
            f"Chưa xong thủ tục ở {len(open_steps)} thôn, tổ dân phố: "
            f"{some_names(open_steps, 'thôn')}.",
        )
    if outside := unlisted_obstacle(campaign):
        yield "unlisted", outside
