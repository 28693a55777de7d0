"""What follows a promise: delivering, acknowledging; taking back what was recorded wrongly."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet

from povertyplan.core import clock, locks
from povertyplan.core.journal import audit
from povertyplan.core.models import Area, User
from povertyplan.core.periods.locked import explain_lock, lock_of_day
from povertyplan.core.platform import versions
from povertyplan.core.text.reasons import stated_reason
from povertyplan.core.text.vietnamese import lower_first, normalise_text
from projects.choices import Eligibility, SupportState
from projects.models import Support
from projects.rules.eligibility import Judgement, became_doubtful, eligible, kind_validity
from projects.rules.overlaps import day_fault, overlaps
from projects.support.selectors.given import earlier_supports, given_of
from projects.support.selectors.recipients import HouseholdOnDay, households_on
from projects.support.selectors.rights import names_health, writable
from projects.support.services.checks import (
    NOBODY_CHOSEN,
    NOT_WRITER,
    PROJECT_NOT_CARRIED_OUT,
    earlier_text,
    register_fault,
)
from projects.support.services.giving import support_text

NOT_PROMISED = "không còn ở tình trạng chưa giao"
NOT_DELIVERED = "không còn ở tình trạng đã giao"
WITHDRAWN = "đã thu hồi"
REASON_MISSING = "Nêu lý do thu hồi."
REPEATED = "nêu lý do hỗ trợ lần nữa, vì đã nhận"
DOUBTFUL = "nêu căn cứ xác nhận, vì vào ngày giao"


@dataclass(frozen=True)
class ChosenSupport:
    """A support that was ticked, in the version that the page showed."""

    support: Support
    version: int | None


@dataclass(frozen=True)
class DeliveryReasons:
    """What is stated for those who received the like already, and whom the rules doubt by now."""

    repeat: str = ""
    confirmation: str = ""


@dataclass(frozen=True)
class DeliveryDoubts:
    """What has to be answered for of some deliveries, by support: in words, and as judged now."""

    repeated: Mapping[int, str]
    judged: Mapping[int, Judgement]

    def unanswered(self, support: Support, reasons: DeliveryReasons) -> str:
        """What is asked about a delivery and was not answered."""
        asked = []
        if (earlier := self.repeated.get(support.pk)) and not reasons.repeat:
            asked.append(f"{REPEATED} {earlier}")
        if (found := self.judged.get(support.pk)) and not reasons.confirmation:
            asked.append(f"{DOUBTFUL} {lower_first(found.verdict.label)}. {found.reason}")
        return "; ".join(asked)

    def values(self, support: Support, reasons: DeliveryReasons) -> dict[str, object]:
        """What the row keeps of the answers."""
        values: dict[str, object] = {}
        if self.repeated.get(support.pk):
            values["repeat_reason"] = reasons.repeat
        if found := self.judged.get(support.pk):
            values |= {
                "verdict": found.verdict,
                "verdict_reason": found.reason,
                "confirmation": reasons.confirmation,
            }
        return values


@audit.business_act(label="Ghi đã giao hỗ trợ")
def deliver_supports(
    *,
    ward: Area,
    chosen: Sequence[ChosenSupport],
    on: date,
    document: str = "",
    repeat_reason: str = "",
    confirmation: str = "",
    by: User | None,
) -> list[Support]:
    """Say that what was promised was handed over on a day; all of it or nothing.

    Who was eligible when it was promised is judged again for that day. Raises ValidationError
    with a sentence for each support that cannot have been, and PermissionDenied for those that
    somebody else writes.
    """
    locks.wait_turn("support", ward.pk)
    supports = _read_again(_those_of(by, ward), chosen, SupportState.PROMISED, NOT_PROMISED)
    _refuse_day(ward, on)
    known = households_on([each.household_id for each in supports if each.household_id], on)
    reasons = DeliveryReasons(normalise_text(repeat_reason), normalise_text(confirmation))
    doubts = DeliveryDoubts(
        repeated=_repeated(supports, on, names_health=names_health(by, ward)),
        judged=_judged_again(supports, on, known),
    )
    _refuse_each(
        supports,
        lambda each: _delivery_fault(each, on, known) or doubts.unanswered(each, reasons),
    )
    for each in supports:
        _deliver(each, on, normalise_text(document), doubts.values(each, reasons))
    return supports


def _deliver(support: Support, on: date, document: str, answers: dict[str, object]) -> None:
    delivered = {"state": SupportState.DELIVERED, "delivered_on": on, "year": on.year}
    values: dict[str, object] = delivered | answers
    if document:
        values["document"] = document
    reason = answers.get("repeat_reason") or answers.get("confirmation") or ""
    _step(support, values, reason=str(reason))


@audit.business_act(label="Ghi đã ký nhận hỗ trợ")
def acknowledge_supports(
    *, ward: Area, chosen: Sequence[ChosenSupport], on: date, document: str = "", by: User | None
) -> list[Support]:
    """Say that who received it signed for it on a day; all of it or nothing."""
    locks.wait_turn("support", ward.pk)
    supports = _read_again(_those_of(by, ward), chosen, SupportState.DELIVERED, NOT_DELIVERED)
    for day in sorted({each.delivered_on for each in supports if each.delivered_on}):
        _refuse_day(ward, day)
    today = clock.today()
    _refuse_each(supports, lambda each: day_fault(on, earliest=each.delivered_on, today=today))
    for each in supports:
        values: dict[str, object] = {"state": SupportState.ACKNOWLEDGED, "acknowledged_on": on}
        if stated := normalise_text(document):
            values["document"] = stated
        _step(each, values)
    return supports


@audit.business_act(label="Thu hồi hỗ trợ")
def withdraw_support(*, support: Support, reason: str, version: int | None, by: User) -> Support:
    """Take back what was recorded, with a reason; the row stays and counts no more."""
    if not _those_of(by, support.ward).filter(pk=support.pk).exists():
        raise PermissionDenied(NOT_WRITER)
    stated = stated_reason(reason, REASON_MISSING)
    locks.wait_turn("support", support.ward_id)
    current = Support.objects.select_related("kind", "household", "ward").get(pk=support.pk)
    versions.check(current, version)
    if current.is_withdrawn:
        raise ValidationError(f"Hỗ trợ này {WITHDRAWN}.")
    if current.delivered_on is not None:
        _refuse_day(current.ward, current.delivered_on)
    versions.update(
        current,
        version=version,
        withdrawn_at=clock.now(),
        withdrawn_by=by,
        withdrawal_reason=stated,
    )
    audit.record(current, f"Thu hồi: {support_text(current)}.", ward=current.ward, reason=stated)
    return current


def _those_of(by: User | None, ward: Area) -> QuerySet[Support]:
    """The supports of a ward that somebody takes further; a command takes all."""
    rows = Support.objects.filter(ward=ward)
    return rows if by is None else writable(rows, by, ward)


def _read_again(
    own: QuerySet[Support], chosen: Sequence[ChosenSupport], state: SupportState, other_state: str
) -> list[Support]:
    """The supports as they are now; refuses those that somebody changed meanwhile."""
    if not chosen:
        raise ValidationError(NOBODY_CHOSEN)
    rows = own.filter(pk__in=[each.support.pk for each in chosen])
    related = rows.select_related("kind", "household", "person", "ward", "ward_project")
    current = related.in_bulk()
    if any(each.support.pk not in current for each in chosen):
        raise PermissionDenied(NOT_WRITER)
    faults = []
    for each in chosen:
        support = current[each.support.pk]
        if support.is_withdrawn or support.state != state:
            faults.append(f"{support}: {WITHDRAWN if support.is_withdrawn else other_state}.")
            continue
        try:
            versions.check(support, each.version)
        except ValidationError as refused:
            faults += [f"{support}: {sentence}" for sentence in refused.messages]
    if faults:
        raise ValidationError(faults)
    return [current[each.support.pk] for each in chosen]


def _delivery_fault(support: Support, on: date, known: Mapping[int, HouseholdOnDay]) -> str:
    earliest = [day for day in (support.promised_on, support.kind.valid_from) if day is not None]
    if fault := day_fault(on, earliest=max(earliest, default=None), today=clock.today()):
        return fault
    project = support.ward_project
    if project is not None and not project.year_from <= on.year <= project.year_to:
        return PROJECT_NOT_CARRIED_OUT
    if support.household is None:
        return ""
    return register_fault(support.household, support.person, known[support.household.pk], on)


def _judged_again(
    supports: Sequence[Support], on: date, known: Mapping[int, HouseholdOnDay]
) -> dict[int, Judgement]:
    """Those of whom the rules say less on the day of the delivery than they said before."""
    found = {}
    for each in supports:
        if each.household_id is None:
            now = kind_validity(each.kind, on) or Judgement(Eligibility(each.verdict))
        else:
            facts = known[each.household_id].facts(each.kind, on, each.person_id)
            now = eligible(each.kind, facts, on)
        if became_doubtful(each.verdict, now):
            found[each.pk] = now
    return found


def _repeated(supports: Sequence[Support], on: date, *, names_health: bool) -> dict[int, str]:
    """What each recipient received meanwhile that nobody explained, in words; one query.

    What is delivered in the same act counts too, with those that were recorded after it.
    """
    together = {each.pk for each in supports}
    rows = {
        replace(given_of(row), day=on) if row.pk in together else given_of(row): row
        for row in _earlier(supports)
        if not row.repeat_reason
    }
    return {
        each.pk: "; ".join(
            earlier_text(rows[other], names_health=names_health)
            for other in overlaps(replace(given_of(each), day=on), rows)
            if rows[other].pk < each.pk or other.key not in together
        )
        for each in supports
        if not each.repeat_reason
    }


def _earlier(supports: Sequence[Support]) -> list[Support]:
    return earlier_supports(
        kinds={each.kind for each in supports},
        households=[each.household_id for each in supports if each.household_id],
        persons=[each.person_id for each in supports if each.person_id],
        groups_of=next((each.ward_id for each in supports if each.group_name), None),
    )


def _refuse_each(supports: Sequence[Support], fault_of: Callable[[Support], str]) -> None:
    faults = [f"{each}: {fault.rstrip('.')}." for each in supports if (fault := fault_of(each))]
    if faults:
        raise ValidationError(faults)


def _refuse_day(ward: Area, day: date) -> None:
    if lock := lock_of_day(ward, day):
        raise ValidationError({"on": explain_lock(lock)})


def _step(support: Support, values: dict[str, object], reason: str = "") -> None:
    versions.update(support, version=support.version, **values)
    label = SupportState(support.state).label
    summary = f"{label}: {support_text(support)}."
    audit.record(support, summary, ward=support.ward, reason=reason)
