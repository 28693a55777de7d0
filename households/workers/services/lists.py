"""Low-income workers from a file: who is new is listed, who stands there already stays."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from django.core.exceptions import ValidationError

from households.models import LowIncomeWorker
from households.workers.services.recognising import WorkerInput, recognise_worker
from povertyplan.core import locks
from povertyplan.core.journal import audit
from povertyplan.core.models import Area, User
from povertyplan.core.registers.resources import ReadLine
from povertyplan.core.registers.writing import FaultsOfLines, LineChange, RowOutcome

NAMED_TWICE = "Người này đã có ở dòng {line}."
COLUMNS = {
    "person": "Họ và tên",
    "recognised_on": "Xác định từ ngày",
    "document": "Văn bản xác định",
}


@audit.business_act(label="Nhập người lao động có thu nhập thấp từ Excel", source="import")
def import_workers(
    *, ward: Area, lines: Sequence[ReadLine[WorkerInput]], by: User
) -> list[RowOutcome]:
    """List those of a file who are not listed, all or none of them.

    Somebody listed from the same day is left alone, also who is off the list since. Raises
    ValidationError for each fault.
    """
    locks.wait_turn("import", f"workers {ward.pk}")
    rows = LowIncomeWorker.objects.filter(ward=ward)
    known = frozenset(rows.values_list("person_id", "recognised_on"))
    faults, outcomes, seen = FaultsOfLines(COLUMNS), [], dict[int, int]()
    for each in lines:
        person = each.subject.person.pk
        if first := seen.get(person):
            faults.note(each.line, ValidationError({"person": NAMED_TWICE.format(line=first)}))
            continue
        seen[person] = each.line
        outcomes.append(faults.attempt(each.line, partial(_write, each, known, by)))
    faults.refuse()
    return [each for each in outcomes if each]


def _write(each: ReadLine[WorkerInput], known: frozenset[tuple[int, date]], by: User) -> RowOutcome:
    listed = each.subject
    text = f"{listed.person} ({listed.household.code})"
    if (listed.person.pk, listed.recognised_on) in known:
        return RowOutcome(each.line, LineChange.SAME, text)
    recognise_worker(details=listed, by=by)
    return RowOutcome(each.line, LineChange.ADDED, text)
