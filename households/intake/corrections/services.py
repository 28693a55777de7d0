"""What an officer corrects and decides about the rows of a file before it is written.

Each act leaves an `ImportChange` with the values before and after, so that it can be taken back.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import cast

from django.core.exceptions import ValidationError
from django.db.models import Max

from households.choices import ImportDecision
from households.intake.sheets.headings import LABELS, SheetField
from households.intake.sheets.values import Reader
from households.intake.staging.selectors.plans import plan_rows
from households.intake.staging.selectors.problems import problems_of, reader_of
from households.intake.staging.services import kept_cell, lock_batch
from households.models import ImportBatch, ImportChange, ImportRow
from households.rules.import_rows import ChangePart
from povertyplan.core import clock
from povertyplan.core.journal import audit
from povertyplan.core.models import User
from povertyplan.core.text import formatting

SAVED_COLUMNS = ("cells", "issues", "plan", "state", "decision")
# What a change of a decision names in place of a column.
DECISION = ""
NO_CHANGE = "Không có thay đổi này, hoặc tệp đã được đọc lại từ đầu."
UNDONE = "Thay đổi này đã được hoàn tác rồi."
CHANGED_SINCE = "Chỗ này được sửa tiếp sau đó: “{later}” (số {number}). Hoàn tác thay đổi đó trước."


@audit.business_act()
def fix_cell(
    *, batch: ImportBatch, row: ImportRow, column: str, text: str, version: int, by: User
) -> ImportBatch:
    """Put what the officer typed in place of one cell, and look at everything again."""
    current = lock_batch(batch, version)
    rows = list(current.rows.all())
    fixed = next(each for each in rows if each.pk == row.pk)
    before = _text_of(fixed, column)
    part = _type(fixed, column, text, reader_of(current.ward))
    summary = f"Dòng {fixed.number}, {_label(column)}: “{before}” → “{text}”"
    _keep_change(current, summary, [part], by)
    return _recheck(current, rows, {fixed.position})


@audit.business_act()
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
    parts = []
    for row in rows:
        for problem in problems_of(row):
            same = (problem.column, problem.code) == (column, code) and raw in ("", problem.raw)
            if same and (answer := text or problem.suggestion):
                parts.append(_type(row, column, answer, reader))
    answered = f"“{raw}” → “{text}”" if text else "nhận gợi ý của từng dòng"
    _keep_change(current, f"{_label(column)}: {answered}, {_count(parts)}", parts, by)
    return _recheck(current, rows, {part.row for part in parts})


@audit.business_act()
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
    parts = []
    for row in rows:
        if row.position in positions or (
            decision in (ImportDecision.SKIP, "") and row.household_position in chosen
        ):
            parts.append(ChangePart(row.position, DECISION, row.decision, decision))
            row.decision = decision
    chose = f"chọn “{ImportDecision(decision).label}”" if decision else "bỏ lựa chọn"
    number = next((row.number for row in rows if row.position in positions), None)
    place = f"Dòng {number}" if len(positions) == 1 else _count(parts).capitalize()
    _keep_change(current, f"{place}: {chose}", parts, by)
    return _recheck(current, rows, {part.row for part in parts})


@audit.business_act()
def undo_change(*, batch: ImportBatch, number: int, version: int, by: User) -> ImportBatch:
    """Put back what one act changed; refused while a later one stands on the same place."""
    current = lock_batch(batch, version)
    change = current.changes.filter(number=number).first()
    if change is None:
        raise ValidationError(NO_CHANGE)
    if change.undone_at is not None:
        raise ValidationError(UNDONE)
    _refuse_changed_since(current, change)
    rows = list(current.rows.all())
    at = {row.position: row for row in rows}
    for part in change.parts:
        _put_back(at[part.row], part)
    change.undone_by, change.undone_at = by, clock.now()
    change.save(update_fields=["undone_by", "undone_at"])
    return _recheck(current, rows, {part.row for part in change.parts})


def _refuse_changed_since(batch: ImportBatch, change: ImportChange) -> None:
    places = change.places
    for later in batch.changes.standing().filter(number__gt=change.number):
        if places & later.places:
            raise ValidationError(
                CHANGED_SINCE.format(later=later.summary, number=later.number), code="changed"
            )


def _put_back(row: ImportRow, part: ChangePart) -> None:
    if part.is_decision:
        row.decision = cast(str, part.old)
    elif part.old is None:
        del row.cells[part.column]
    else:
        row.cells[part.column] = part.old


def _type(row: ImportRow, column: str, text: str, reader: Reader) -> ChangePart:
    """Read a text in place of a cell; what that changed."""
    old = row.cells.get(column)
    reading = reader.read_typed(text, SheetField(column))
    row.cells[column] = kept_cell(reading, old.raw if old else "", typed=text)
    return ChangePart(row.position, column, old, row.cells[column])


def _keep_change(batch: ImportBatch, summary: str, parts: Iterable[ChangePart], by: User) -> None:
    """Keep an act that changed something, for taking it back."""
    parts = [part for part in parts if part.changes]
    if not parts:
        return
    last = batch.changes.aggregate(last=Max("number"))["last"] or 0
    ImportChange.objects.create(
        ward=batch.ward,
        batch=batch,
        number=last + 1,
        summary=summary,
        parts=parts,
        made_by=by,
        made_at=clock.now(),
    )


def _label(column: str) -> str:
    return LABELS[SheetField(column)]


def _text_of(row: ImportRow, column: str) -> str:
    cell = row.cells.get(column)
    return cell.text if cell else ""


def _count(parts: Sequence[ChangePart]) -> str:
    return f"{formatting.number(len(parts))} dòng"


def _recheck(
    batch: ImportBatch, rows: Sequence[ImportRow], changed: Collection[int]
) -> ImportBatch:
    """Compare everything again after the rows at some positions changed."""
    before = {row.pk: (row.state, row.issues, row.plan) for row in rows}
    plan_rows(batch, rows)
    touched = [
        row
        for row in rows
        if row.position in changed or before[row.pk] != (row.state, row.issues, row.plan)
    ]
    ImportRow.objects.bulk_update(touched, SAVED_COLUMNS, batch_size=200)
    batch.save(update_fields=["version"])
    return batch
