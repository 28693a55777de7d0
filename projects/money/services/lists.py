"""Entries of money from a file: what is not written yet is written, all or none."""

from collections.abc import Sequence
from functools import partial

from django.core.exceptions import ValidationError

from povertyplan.core import locks
from povertyplan.core.journal import audit
from povertyplan.core.models import Area, User
from povertyplan.core.registers.resources import ReadLine
from povertyplan.core.registers.writing import FaultsOfLines, LineChange, RowOutcome
from projects.models import BudgetEntry
from projects.money.selectors import ListedEntry, draft_warnings, written_entries
from projects.money.services.entries import EntryCheck, document_text, entry_text, write_entry
from projects.rules.budget import BudgetDraft

COLUMNS = {
    "year": "Năm ngân sách",
    "ward_project": "Mã dự án",
    "amount": "Số tiền (đồng)",
    "dated": "Ngày",
    "first_year": "Vốn của năm",
    "document_date": "Ngày văn bản",
}


@audit.business_act(label="Nhập kinh phí từ Excel", source="import")
def import_entries(
    *, ward: Area, lines: Sequence[ReadLine[ListedEntry]], by: User
) -> list[RowOutcome]:
    """Write those entries of a file that are not there yet, all or none of them.

    An entry that a file names twice is written twice; one that is there, or was reversed since,
    is left alone, whoever wrote it. Raises ValidationError for each fault.
    """
    locks.wait_turn("import", f"money {ward.pk}")
    years = {each.subject.draft.year for each in lines}
    written, check = written_entries(ward, years), EntryCheck.of(ward, years, by)
    faults, outcomes = FaultsOfLines(COLUMNS), list[RowOutcome | None]()
    for each in lines:
        if written[each.subject.identity]:
            written[each.subject.identity] -= 1
            outcomes.append(RowOutcome(each.line, LineChange.SAME, _text(each.subject)))
            continue
        outcomes.append(faults.attempt(each.line, partial(_write, each, check, ward)))
    faults.refuse()
    return [each for each in outcomes if each]


def _write(each: ReadLine[ListedEntry], check: EntryCheck, ward: Area) -> RowOutcome:
    project, draft = each.subject.ward_project, each.subject.draft
    if faults := check.faults(project, draft):
        raise ValidationError(faults)
    warnings = draft_warnings(project, draft)
    entry = write_entry(project, draft)
    return RowOutcome(
        each.line, LineChange.ADDED, entry_text(entry), document_text(entry), tuple(warnings)
    )


def _text(listed: ListedEntry) -> str:
    names = BudgetDraft.__dataclass_fields__
    values = {name: getattr(listed.draft, name) for name in names}
    return entry_text(BudgetEntry(ward_project=listed.ward_project, **values))
