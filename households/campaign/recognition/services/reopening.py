"""Taking a recognition back: the campaign opens again, the ledger is as it was before."""

from typing import cast

from django.core.exceptions import ValidationError

from households.campaign.recognition.selectors.versions import spells_ended_by
from households.choices import CampaignStage
from households.locks import lock_campaign
from households.models import Decision, HouseholdStatus, ReviewCampaign
from povertyplan.core import clock, locks
from povertyplan.core.journal import audit
from povertyplan.core.models import PeriodLock, User
from povertyplan.core.platform import versions
from povertyplan.core.text import formatting
from povertyplan.core.text.reasons import stated_reason

CODES_SHOWN = 5


# The triggers of the ledger let deletions pass in this act alone.
@audit.business_act(label="Mở lại đợt rà soát")
def reopen_campaign(
    *, campaign: ReviewCampaign, version: int, reason: str, by: User
) -> ReviewCampaign:
    """Withdraw the decision of a recognised campaign, for a reason that stays with it.

    Its spells go and those before them run on, so that every figure is what it was before the
    decision. The recognised version stays readable. The villages stay finished: whoever corrects
    a form reopens its village. Refused when something later stands on the results.
    """
    current = lock_campaign(campaign)
    reason = stated_reason(reason, "Nhập lý do mở lại đợt rà soát.")
    if current.stage != CampaignStage.RECOGNISED:
        raise ValidationError("Đợt rà soát chưa được công nhận, không cần mở lại.", code="locked")
    decision = cast(Decision, current.decision)  # a recognised one has it
    # Held, so that no later act can change a household between the check and the withdrawal.
    spells = list(locks.hold(HouseholdStatus.objects.filter(decision=decision)))
    if obstacle := reopening_obstacle(decision):
        raise ValidationError(obstacle, code="locked")
    versions.update(current, version=version, stage=CampaignStage.OPEN, return_reason="")
    _withdraw(decision, reason, by)
    audit.record(
        current,
        f"{by} mở lại {current}: thu hồi Quyết định số {decision.number} ngày "
        f"{formatting.day(decision.decided_on)}, {formatting.number(len(spells))} hộ trở về "
        "kết quả trước đó",
        ward=current.ward,
        reason=reason,
    )
    return current


def _withdraw(decision: Decision, reason: str, by: User) -> None:
    earlier = list(spells_ended_by(decision).values_list("pk", flat=True))
    decision.statuses.all().delete()
    HouseholdStatus.objects.filter(pk__in=earlier).update(ends_on=None)
    decision.withdrawn_at, decision.withdrawn_by = clock.now(), by
    decision.withdrawal_reason = reason
    decision.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawal_reason"])


def reopening_obstacle(decision: Decision) -> str:
    """Why a decision cannot be withdrawn, in one sentence; empty when it can.

    What came later was decided on its results: a locked year, a later review, a later spell.
    """
    return _locked_year(decision) or _later_campaign(decision) or _later_spells(decision)


def _locked_year(decision: Decision) -> str:
    held = PeriodLock.objects.in_force().filter(ward=decision.ward_id)
    locks = held.of_whole_year(decision.year) | held.reaching(decision.effective_from)
    lock = locks.order_by("year", "last_month").first()
    return f"Số liệu {lock.period_words} đã khóa. Mở khóa số liệu trước." if lock else ""


def _later_campaign(decision: Decision) -> str:
    later = (
        ReviewCampaign.objects.standing()
        .filter(ward=decision.ward_id, opens_on__gte=decision.effective_from)
        .exclude(pk=decision.campaign_id)
    )
    campaign = later.order_by("opens_on").first()
    return f"{campaign} đã mở dựa trên kết quả này, không mở lại được." if campaign else ""


def _later_spells(decision: Decision) -> str:
    changed = HouseholdStatus.objects.filter(decision=decision).exclude(ends_on=None)
    codes = list(
        changed.order_by("household__code").values_list("household__code", flat=True).distinct()
    )
    if not codes:
        return ""
    more = len(codes) - CODES_SHOWN
    listed = ", ".join(codes[:CODES_SHOWN]) + (f" và {more} hộ khác" if more > 0 else "")
    return (
        f"{formatting.number(len(codes))} hộ đã có biến động sau Quyết định số "
        f"{decision.number}: {listed}."
    )
