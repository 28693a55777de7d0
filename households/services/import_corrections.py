"""What an officer corrects and decides about the rows of a file before it is written."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError

from households.choices import ImportDecision
from households.models import ImportBatch, ImportRow
from households.selectors.import_plans import plan_rows
from households.selectors.imports import problems_of, reader_of
from households.services.imports import kept_cell, lock_batch
from households.sheets.headings import Column
from households.sheets.values import Reader
from povertyplan.core import audit
from povertyplan.core.models import User

SAVED_COLUMNS = ("cells", "issues", "plan", "state", "decision")


@audit.business_act
def fix_cell(
    *, batch: ImportBatch, row: ImportRow, column: str, text: str, version: int, by: User
) -> ImportBatch:
    """Put what the officer typed in place of one cell, and look at everything again."""
    current = lock_batch(batch, version)
    rows = list(current.rows.all())
    fixed = next(each for each in rows if each.pk == row.pk)
    _type(fixed, column, text, reader_of(current.ward))
    return _recheck(current, rows)


@audit.business_act
def fix_group(
    *,
    batch: ImportBatch,
    column: str,
    code: str,
    raw: str,
    text: str,
    version: int,
    by: User,
) -> ImportBatch:
    """Settle equal problems at once: with `text`, or where it is empty with each own suggestion."""
    current = lock_batch(batch, version)
    rows = list(current.rows.all())
    reader = reader_of(current.ward)
    for row in rows:
        for problem in problems_of(row):
            same = (problem.column, problem.code) == (column, code) and raw in ("", problem.raw)
            if same and (answer := text or problem.suggestion):
                _type(row, column, answer, reader)
    return _recheck(current, rows)


@audit.business_act
def decide_rows(
    *, batch: ImportBatch, positions: Sequence[int], decision: str, version: int, by: User
) -> ImportBatch:
    """Say what happens to rows that are duplicates, that the register is newer than, or are left.

    An empty decision takes the earlier one back. A household is skipped as a whole.
    """
    if decision and decision not in ImportDecision.values:
        raise ValidationError("Chọn cách xử lý trong danh sách.")
    current = lock_batch(batch, version)
    rows = list(current.rows.all())
    chosen = {row.household_position for row in rows if row.position in set(positions)}
    for row in rows:
        if row.position in positions or (
            decision in (ImportDecision.SKIP, "") and row.household_position in chosen
        ):
            row.decision = decision
    return _recheck(current, rows)


def _type(row: ImportRow, column: str, text: str, reader: Reader) -> None:
    old = row.cells.get(column, {})
    reading = reader.read_typed(text, Column(column))
    cell = kept_cell(reading, old.get("raw", ""))
    row.cells[column] = cell | {"typed": text}


def _recheck(batch: ImportBatch, rows: Sequence[ImportRow]) -> ImportBatch:
    before = {row.pk: (row.state, row.issues, row.plan) for row in rows}
    plan_rows(batch, rows)
    touched = [
        row
        for row in rows
        if before[row.pk] != (row.state, row.issues, row.plan)
        or row.decision
        or any("typed" in cell for cell in row.cells.values())
    ]
    ImportRow.objects.bulk_update(touched, SAVED_COLUMNS, batch_size=200)
    batch.save(update_fields=["version"])
    return batch
