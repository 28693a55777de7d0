"""Recognising a campaign's results by a decision: the only way a review becomes a status."""

from dataclasses import dataclass
from datetime import date
from typing import cast

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from households.campaign.additions.services import unlisted_obstacle
from households.campaign.procedure.selectors.days import last_step
from households.campaign.recognition.selectors.outcomes import PlannedChange, planned_changes
from households.campaign.recognition.services.versions import keep_version
from households.choices import CampaignStage, MovementCause
from households.ledger.services.spells import StatusChange, change_statuses
from households.locks import campaign_lock, lock_campaign
from households.models import Decision, ReviewCampaign
from households.rules.decision_numbers import full_number
from povertyplan.core import clock
from povertyplan.core.journal import audit
from povertyplan.core.models import User
from povertyplan.core.platform import versions
from povertyplan.core.text import formatting
from povertyplan.core.text.vietnamese import normalise_text

ESCAPES = frozenset({MovementCause.ESCAPED_TO_NEAR_POOR, MovementCause.ESCAPED_POVERTY})
NUMBER_TAKEN = "Số quyết định này đã dùng trong năm."
LONGEST_NUMBER = 50


@dataclass(frozen=True)
class Signer:
    """Who signs a decision; `title` has a line for each line above the signature."""

    title: str
    name: str


BY_HAND = Signer("", "")


@audit.business_act(label="Công nhận kết quả rà soát")
def recognise_results(
    *,
    campaign: ReviewCampaign,
    number: str,
    decided_on: date,
    effective_from: date | None = None,
    signer: Signer = BY_HAND,
    version: int,
    by: User,
) -> Decision:
    """Approve submitted results: a decision, and a dated status for each reviewed household.

    Whoever submitted does not approve, and nobody does while a household has neither a form nor
    a reason to have none. Afterwards nothing of the campaign can change. The 36
    months of an escape count from the day of the decision even where the new class takes
    effect later; so it is not dated before any step it rests on. The same decision sent again by
    the same person is returned, not repeated.
    """
    current = lock_campaign(campaign)
    number = full_number(number)
    effective_from = effective_from or decided_on
    if earlier := _the_same_decision(current, number, decided_on, by):
        return earlier
    _refuse_stage(current, by)
    if faults := decision_faults(
        current, number=number, decided_on=decided_on, effective_from=effective_from
    ):
        raise ValidationError(faults)
    decision, changes = write_recognition(
        current,
        number=number,
        decided_on=decided_on,
        effective_from=effective_from,
        signer=signer,
        version=version,
        by=by,
    )
    audit.record(
        decision,
        f"{by} phê duyệt kết quả {current} theo Quyết định số {decision.number} ngày "
        f"{formatting.day(decided_on)}: {formatting.number(len(changes))} hộ, có hiệu lực từ "
        f"ngày {formatting.day(effective_from)}",
        ward=current.ward,
    )
    return decision


def write_recognition(
    campaign: ReviewCampaign,
    *,
    number: str,
    decided_on: date,
    effective_from: date,
    signer: Signer,
    version: int,
    by: User,
) -> tuple[Decision, list[PlannedChange]]:
    """Everything that recognising leaves behind; who calls it has checked that it may be done."""
    versions.update(campaign, version=version, stage=CampaignStage.RECOGNISED)
    decision = _issue(
        campaign,
        number=number,
        decided_on=decided_on,
        effective_from=effective_from,
        signer_title="\n".join(normalise_text(line) for line in signer.title.splitlines()),
        signer_name=normalise_text(signer.name),
        approved_by=by,
    )
    changes = planned_changes(campaign)
    change_statuses(
        changes=[_status_change(change, decision) for change in changes],
        starts_on=effective_from,
        decision=decision,
    )
    keep_version(campaign=campaign, decision=decision, changes=changes)
    return decision, changes


def _the_same_decision(
    campaign: ReviewCampaign, number: str, decided_on: date, by: User
) -> Decision | None:
    earlier = Decision.objects.in_force().filter(
        campaign=campaign, number=number, decided_on=decided_on, approved_by=by
    )
    return earlier.first()


def _refuse_stage(campaign: ReviewCampaign, by: User) -> None:
    if campaign.stage == CampaignStage.RECOGNISED:
        raise ValidationError(campaign_lock(campaign), code="locked")
    if campaign.stage != CampaignStage.SUBMITTED:
        raise ValidationError("Kết quả đợt rà soát chưa được trình.", code="locked")
    if campaign.submitted_by_id == by.pk:
        raise ValidationError(
            "Bạn là người trình kết quả này nên không được tự phê duyệt.", code="two_persons"
        )
    if campaign.awaits_cancellation:
        raise ValidationError(
            f"{campaign.cancel_requested_by} đề nghị hủy đợt rà soát này. "
            "Cần quyết định đề nghị này trước.",
            code="locked",
        )
    if outside := unlisted_obstacle(campaign):
        raise ValidationError(f"{outside} Trả lại kết quả nếu cần bổ sung hộ.", code="unlisted")


def decision_faults(
    campaign: ReviewCampaign,
    *,
    number: str,
    decided_on: date | None,
    effective_from: date | None,
) -> dict[str, str]:
    """Every fault of a decision's number and dates at once, keyed by field.

    A date that could not be read is None and left out of the comparison.
    """
    faults = {
        "number": _number_fault(campaign, number, decided_on),
        "decided_on": _day_fault(campaign, decided_on),
        "effective_from": "",
    }
    if decided_on and effective_from and effective_from < decided_on:
        faults["effective_from"] = "Ngày có hiệu lực không được trước ngày quyết định."
    return {field: fault for field, fault in faults.items() if fault}


def _number_fault(campaign: ReviewCampaign, number: str, decided_on: date | None) -> str:
    if not number:
        return "Nhập số quyết định."
    if len(full_number(number)) > LONGEST_NUMBER:
        return f"Số quyết định dài nhất {LONGEST_NUMBER} ký tự."
    if decided_on is None:
        return ""
    taken = Decision.objects.filter(
        ward=campaign.ward, year=decided_on.year, number=full_number(number)
    )
    own = taken.in_force().filter(campaign=campaign)
    return NUMBER_TAKEN if taken.exclude(pk__in=own).exists() else ""


def _day_fault(campaign: ReviewCampaign, decided_on: date | None) -> str:
    if decided_on is None:
        return ""
    if decided_on > clock.today():
        return "Ngày quyết định không được sau hôm nay."
    if decided_on < campaign.opens_on:
        return (
            "Ngày quyết định không được trước ngày mở đợt rà soát "
            f"({formatting.day(campaign.opens_on)})."
        )
    step = last_step(campaign)
    if step is not None and decided_on < step.day:
        return f"Ngày quyết định không được trước {step.label} ({formatting.day(step.day)})."
    return ""


def _issue(campaign: ReviewCampaign, *, decided_on: date, **values) -> Decision:
    """Store the decision; the database has the last word on a number taken at this moment."""
    try:
        with transaction.atomic():
            return Decision.objects.create(
                ward=campaign.ward,
                campaign=campaign,
                year=decided_on.year,
                decided_on=decided_on,
                prepared_by_id=cast(int, campaign.submitted_by_id),  # it was submitted
                **values,
            )
    except IntegrityError as taken:
        raise ValidationError({"number": NUMBER_TAKEN}) from taken


def _status_change(change: PlannedChange, decision: Decision) -> StatusChange:
    takes_effect_later = decision.effective_from != decision.decided_on
    return StatusChange(
        household=change.household,
        poverty_class=change.class_after,
        cause=change.cause,
        anchor_on=decision.decided_on if change.cause in ESCAPES and takes_effect_later else None,
    )
