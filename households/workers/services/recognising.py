"""Low-income workers: listed from a day on, taken off from a day on with a reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Max

from households.ledger.selectors.members import memberships_on
from households.models import Household, HouseholdStatus, LowIncomeWorker, Person
from households.rules.people.low_income import (
    DAY_TO_COME,
    WorkerFacts,
    worker_faults,
)
from households.workers.selectors import income_terms
from povertyplan.core import clock, locks
from povertyplan.core.journal import audit
from povertyplan.core.models import User
from povertyplan.core.periods.locked import refuse_locked_day
from povertyplan.core.platform import versions
from povertyplan.core.platform.submissions import once
from povertyplan.core.text import formatting
from povertyplan.core.text.reasons import reason_fault
from povertyplan.core.text.vietnamese import normalise_text

REASON_MISSING = "Nêu lý do."
ENDED = "Người này đã ra khỏi danh sách."
BEFORE_LISTING = "Không được trước ngày xác định {day}."
CLOSED = "Hộ đã ra khỏi sổ vào ngày này."


@dataclass(frozen=True)
class WorkerInput:
    """Who is recognised from which day, by which paper."""

    household: Household
    person: Person
    recognised_on: date
    document: str


@audit.business_act(label="Ghi người lao động có thu nhập thấp")
def recognise_worker(
    *, details: WorkerInput, key: str | None = None, by: User | None
) -> LowIncomeWorker:
    """Put somebody on the list. Raises ValidationError keyed by field."""
    household = details.household

    def create() -> LowIncomeWorker:
        locks.wait_turn("worker", household.ward_id)
        refuse_locked_day(household.ward, details.recognised_on)
        if faults := recognition_faults(details):
            raise ValidationError(faults)
        worker = LowIncomeWorker.objects.create(
            ward=household.ward,
            household=household,
            person=details.person,
            recognised_on=details.recognised_on,
            document=details.document,
        )
        day = formatting.day(worker.recognised_on)
        audit.record(worker, f"Xác định từ ngày {day}: {worker}.", ward=household.ward)
        return worker

    content = {
        "household": household.pk,
        "person": details.person.pk,
        "recognised_on": details.recognised_on,
        "document": details.document,
    }
    return once(
        key=key,
        act="recognise_worker",
        content=content,
        model=LowIncomeWorker,
        create=create,
        by=by,
    )


@audit.business_act(label="Đưa khỏi danh sách người lao động có thu nhập thấp")
def end_worker(
    *, worker: LowIncomeWorker, on: date, reason: str, version: int | None, by: User | None
) -> LowIncomeWorker:
    """Take somebody off the list; the row stays. Raises ValidationError, StaleVersion."""
    locks.wait_turn("worker", worker.ward_id)
    rows = LowIncomeWorker.objects.select_related("person", "household", "ward")
    current = rows.get(pk=worker.pk)
    versions.check(current, version)
    if current.ended_on is not None:
        raise ValidationError(ENDED)
    refuse_locked_day(current.ward, on)
    faults, stated = {}, normalise_text(reason)
    if fault := reason_fault(stated, REASON_MISSING):
        faults["reason"] = fault
    if on > clock.today():
        faults["on"] = DAY_TO_COME
    elif on < current.recognised_on:
        faults["on"] = BEFORE_LISTING.format(day=formatting.day(current.recognised_on))
    if faults:
        raise ValidationError(faults)
    versions.update(current, version=version, ended_on=on, end_reason=stated)
    summary = f"Thôi từ ngày {formatting.day(on)}: {current}."
    audit.record(current, summary, ward=current.ward, reason=stated)
    return current


def recognition_faults(details: WorkerInput) -> dict[str, str]:
    """What a recognition cannot be, by field."""
    household, person, day = details.household, details.person, details.recognised_on
    if household.left_register_on(day):
        return {"recognised_on": CLOSED}
    classes: Sequence[str] = (
        HouseholdStatus.objects.in_force(on=day)
        .filter(household=household)
        .values_list("poverty_class", flat=True)
    )
    standing = LowIncomeWorker.objects.filter(person=person, ended_on=None)
    facts = WorkerFacts(
        is_member=memberships_on([household.pk], day).filter(person=person).exists(),
        poverty_class=next(iter(classes), ""),
        listed_since=standing.values_list("recognised_on", flat=True).first(),
        ended_on=LowIncomeWorker.objects.filter(person=person).aggregate(last=Max("ended_on"))[
            "last"
        ],
    )
    return worker_faults(
        facts, day=day, document=details.document, terms=income_terms(), today=clock.today()
    )
