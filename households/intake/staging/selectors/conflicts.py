"""Which rows of an import would overwrite what was edited after the file was saved.

A file that was saved, as it says, on a day after the one on which it was sent does not tell what
is newer: it overwrites nothing unless an officer says so, row by row. One saved later on the day of
its sending, as programs say that write the local time for that of the world, is known by its day.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from households.choices import ImportDecision, ImportOutcome
from households.intake.sheets.readings import Level
from households.intake.staging import issues
from households.models import ImportBatch, ImportRow
from households.rules.import_rows import Issue
from povertyplan.core import clock
from povertyplan.core.models import RowChange

CHUNK = 5000
CLOCKS_APART = timedelta(minutes=10)  # of two machines that nobody sets
FROM_THE_FUTURE = "file_from_the_future"
# Which field of a plan a column of the database belongs to.
FIELD_OF_COLUMN = {
    "birth_date": "birth",
    "ethnic_group_id": "ethnic_group",
    "village_id": "village",
}


def find_conflicts(batch: ImportBatch, rows: Sequence[ImportRow]) -> None:
    """Mark the rows that would overwrite what was changed after the file shows its state."""
    changing = [row for row in rows if row.plan.changes]
    if batch.as_of is None or not changing:
        return
    sent_at = _sent_at(batch)
    saved_on, sent_on = clock.day_of(batch.as_of), clock.day_of(sent_at)
    if saved_on > sent_on:
        _distrust(saved_on, changing)
    elif batch.as_of > sent_at + CLOCKS_APART:
        _compare(clock.end_of(sent_on - timedelta(days=1)), changing)
    else:
        _compare(batch.as_of, changing)


def _sent_at(batch: ImportBatch) -> datetime:
    """The moment by the clock of the journal, which the demonstration does not set."""
    sent = RowChange.objects.filter(
        table=batch._meta.db_table, row_id=batch.pk, operation="insert"
    ).first()
    return sent.at if sent else clock.real_now()


def _distrust(saved_on: date, changing: Iterable[ImportRow]) -> None:
    sentence = issues.saved_in_future(saved_on)
    for row in changing:
        row.issues = [*row.issues, Issue("", Level.WARNING, FROM_THE_FUTURE, sentence)]
        _refuse_newer(row, row.plan.changes)


def _refuse_newer(row: ImportRow, edited: Iterable[str]) -> None:
    row.plan.newer = tuple(sorted(edited))
    if row.plan.newer and row.decision != ImportDecision.FILE:
        row.plan.action = ImportOutcome.REFUSED


def _compare(as_of: datetime, changing: Sequence[ImportRow]) -> None:
    edits = {
        "households_person": _edited(
            "households_person", [row.plan.person for row in changing], as_of
        ),
        "households_membership": _edited(
            "households_membership", [row.plan.membership for row in changing], as_of
        ),
        "households_household": _edited(
            "households_household", [row.plan.household for row in changing], as_of
        ),
    }
    for row in changing:
        edited = (
            edits["households_person"].get(row.plan.person, set())
            | edits["households_membership"].get(row.plan.membership, set())
            | edits["households_household"].get(row.plan.household, set())
        )
        _refuse_newer(row, edited & set(row.plan.changes))


def _edited(table: str, ids: Iterable[int | None], as_of: datetime) -> Mapping[int, set[str]]:
    """The fields of each row that were written after a moment."""
    wanted = sorted({pk for pk in ids if pk is not None})
    found: dict[int, set[str]] = defaultdict(set)
    for start in range(0, len(wanted), CHUNK):
        changes = RowChange.objects.filter(
            table=table, row_id__in=wanted[start : start + CHUNK], at__gt=as_of
        )
        for change in changes:
            old, new = change.old or {}, change.new or {}
            found[change.row_id] |= {
                FIELD_OF_COLUMN.get(column, column)
                for column, value in new.items()
                if old.get(column) != value
            }
    return found
