"""A file on its way into the register: taken in and read. See `import_corrections` and, for what
is written to the register, `import_writing`.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError

from households.choices import ImportStage
from households.intake.sheets.grouping import SheetRow, read_rows
from households.intake.sheets.headings import SheetField
from households.intake.sheets.layouts import (
    SheetKind,
    SheetLayout,
    columns_in_row,
    fingerprint,
    known_heading_row,
    layout_of,
    recognise,
)
from households.intake.sheets.readings import Reading
from households.intake.sheets.refusals import FileRefused
from households.intake.sheets.values import Reader
from households.intake.sheets.workbook import ForeignSheet, Workbook, open_workbook
from households.intake.staging.selectors.plans import plan_rows
from households.intake.staging.selectors.problems import reader_of, saved_mappings
from households.models import ColumnMapping, ImportBatch, ImportFile, ImportRow
from households.rules.import_rows import StagedCell
from households.rules.import_sheets import ChosenSheet, LeftOutRow
from povertyplan.core import clock, locks
from povertyplan.core.journal import audit
from povertyplan.core.models import Area, User
from povertyplan.core.platform.jobs import ProgressSink, ignore_progress
from povertyplan.core.text import formatting

ALREADY_WRITTEN = "Lần nhập này đã ghi vào sổ, không sửa được nữa."
STALE = "Lần nhập này vừa được sửa ở nơi khác. Tải lại trang rồi làm tiếp."
NO_LIST = (
    "Không tìm thấy danh sách nào trong tệp: cần một dòng tiêu đề có cột họ tên và các cột khác."
)
READING = "Đọc các dòng"
KEPT_AT_ONCE = 1000


def start_import(
    *, ward: Area, content: bytes, name: str, by: User | None, source: str = "web"
) -> ImportBatch:
    """Take a file in, with the sheets that hold lists recognised.

    Raises ValidationError with the sentence of a file that is refused. Lists that were left lying
    go at the same time.
    """
    discard_imports(by=None)
    try:
        workbook = open_workbook(content, name)
    except FileRefused as refused:
        raise ValidationError({"file": str(refused)}) from refused
    saved = saved_mappings(ward)
    layouts = [_first_layout(sheet, saved) for sheet in workbook.sheets]
    if not any(layout.used for layout in layouts):
        raise ValidationError({"file": NO_LIST})
    return take_in_file(
        ward=ward,
        workbook=workbook,
        content=content,
        layouts=layouts,
        by=by,
        source=source,
    )


@audit.business_act(label="Gửi tệp để nhập vào sổ")
def take_in_file(
    *,
    ward: Area,
    workbook: Workbook,
    content: bytes,
    layouts: list[ChosenSheet],
    by: User | None,
) -> ImportBatch:
    """Keep a file that was opened; apart, so that no transaction waits while it is read."""
    batch = ImportBatch.objects.create(
        ward=ward,
        file_name=workbook.name[-200:],
        digest=hashlib.sha256(content).hexdigest(),
        as_of=workbook.as_of,
        layouts=layouts,
        created_by=by,
        created_at=clock.now(),
    )
    ImportFile.objects.create(batch=batch, content=content)
    audit.record(batch, f"Gửi tệp {batch.file_name} để nhập vào sổ hộ gia đình.", ward=ward)
    return batch


@audit.business_act(label="Xóa tệp nhập dở đã quá hạn", source="command")
def discard_imports(*, by: User | None) -> int:
    """Delete the imports that nobody finished in time, with their files and all they say of people.

    Returns how many. Run before every import, and by a command where nobody imports.
    """
    batches = list(locks.hold(ImportBatch.objects.abandoned()).select_related("ward"))
    for batch in batches:
        sent_on = formatting.day(clock.day_of(batch.created_at))
        audit.record(
            batch,
            f"Xóa tệp {batch.file_name} gửi ngày {sent_on}, chưa ghi vào sổ, cùng các dòng đã đọc.",
            ward=batch.ward,
        )
    chosen = [batch.pk for batch in batches]
    ImportRow.objects.filter(batch__in=chosen).delete()
    ImportFile.objects.filter(batch__in=chosen).delete()
    ImportBatch.objects.filter(pk__in=chosen).delete()
    return len(batches)


def _first_layout(sheet: ForeignSheet, saved: Mapping[str, ColumnMapping]) -> ChosenSheet:
    """A sheet as the ward read such a list last time, else as its headings tell."""
    row = known_heading_row(sheet, saved)
    if row is None:
        return _chosen(sheet, recognise(sheet))
    mapping = saved[fingerprint(sheet, row)]
    columns = {SheetField(name): position for name, position in mapping.columns.items()}
    layout = layout_of(sheet, heading_row=row, columns=columns)
    return _chosen(sheet, layout, confirmed_on=mapping.confirmed_on)


def _chosen(
    sheet: ForeignSheet, layout: SheetLayout | None, confirmed_on: date | None = None
) -> ChosenSheet:
    """A sheet as the batch keeps it; `confirmed_on` if it is read like an earlier list."""
    kept = ChosenSheet(sheet=sheet.name, hidden=sheet.hidden, rows=len(sheet.rows))
    if layout is None:
        return kept
    return replace(
        kept,
        used=not sheet.hidden,
        kind=layout.kind.value,
        heading_row=layout.heading_row,
        columns={str(field): position for field, position in layout.columns.items()},
        confirmed_on=confirmed_on,
    )


def workbook_of(batch: ImportBatch) -> Workbook:
    """The batch's file opened again. Raises ValidationError where a limit stops it this time."""
    try:
        return open_workbook(bytes(batch.file.content), batch.file_name)
    except FileRefused as refused:
        raise ValidationError(str(refused)) from refused


def change_layouts(
    *,
    batch: ImportBatch,
    used: Mapping[str, bool],
    heading_rows: Mapping[str, int],
    columns: Mapping[str, Mapping[str, int]] | None = None,
    version: int,
    by: User,
) -> ImportBatch:
    """Choose the sheets to read, the last row of their headings, and what each column holds.

    Without `columns` they are recognised anew from the headings.
    """
    workbook = workbook_of(batch)
    saved = saved_mappings(batch.ward)
    layouts = []
    for sheet, old in zip(workbook.sheets, batch.layouts, strict=True):
        row = heading_rows.get(sheet.name, old.heading_row)
        found: Mapping[Any, int] | None = (columns or {}).get(sheet.name)
        if found is None and row != old.heading_row:
            mapping = saved.get(fingerprint(sheet, row))
            found = mapping.columns if mapping else columns_in_row(sheet, row)
        elif found is None:
            found = old.columns
        layout = layout_of(sheet, heading_row=row, columns=found)
        mapping = saved.get(fingerprint(sheet, row))
        as_before = mapping is not None and mapping.columns == layout.columns
        layouts.append(
            replace(
                _chosen(sheet, layout, mapping.confirmed_on if mapping and as_before else None),
                used=used.get(sheet.name, old.used),
            )
        )
    _refuse_layouts(layouts)
    confirmed = _confirmed(workbook, layouts) if columns else {}
    return _save_layouts(batch=batch, layouts=layouts, confirmed=confirmed, version=version, by=by)


def _confirmed(workbook: Workbook, layouts: Sequence[ChosenSheet]) -> dict[str, Mapping[str, int]]:
    """The columns of the sheets that are read, by the fingerprint of their headings."""
    found = {
        fingerprint(sheet, layout.heading_row): layout.columns
        for sheet, layout in zip(workbook.sheets, layouts, strict=True)
        if layout.used
    }
    return {key: columns for key, columns in found.items() if key}


def _refuse_layouts(layouts: Sequence[ChosenSheet]) -> None:
    used = [layout for layout in layouts if layout.used]
    if not used:
        raise ValidationError("Chọn ít nhất một trang tính.")
    for layout in used:
        if not {SheetField.HEAD_NAME, SheetField.MEMBER_NAME} & set(layout.columns):
            raise ValidationError(f"Trang “{layout.sheet}”: chọn cột họ tên.")


@audit.business_act()
def _save_layouts(
    *,
    batch: ImportBatch,
    layouts: list[ChosenSheet],
    confirmed: Mapping[str, Mapping[str, int]],
    version: int,
    by: User,
) -> ImportBatch:
    """Keep the layouts, and for the next list with the same headings what was confirmed."""
    current = lock_batch(batch, version)
    current.layouts = layouts
    current.save(update_fields=["layouts", "version"])
    for key, columns in confirmed.items():
        ColumnMapping.objects.update_or_create(
            ward=current.ward,
            fingerprint=key,
            defaults={"columns": columns, "confirmed_on": clock.today(), "confirmed_by": by},
        )
    return current


def lock_batch(batch: ImportBatch, version: int | None) -> ImportBatch:
    """The batch's row for writing, its version counted up; refused when stale or written."""
    current = locks.hold(ImportBatch.objects.select_related("ward")).get(pk=batch.pk)
    if current.stage not in (ImportStage.CHOSEN, ImportStage.READ):
        raise ValidationError(ALREADY_WRITTEN, code="locked")
    if version != current.version:
        raise ValidationError(STALE, code="stale")
    current.version += 1
    return current


def read_import(
    *,
    batch: ImportBatch,
    version: int,
    by: User | None,
    source: str = "web",
    progress: ProgressSink = ignore_progress,
) -> ImportBatch:
    """Read every row of the chosen sheets and compare it with the register.

    The transaction begins only when the rows are kept: nobody waits while a long list is read.
    """
    progress("Mở tệp")
    workbook = workbook_of(batch)
    reader = reader_of(batch.ward).for_workbook(workbook)
    rows, left_out = _rows_of(batch, workbook, reader, progress)
    progress("Đối chiếu với sổ", 0, len(rows))
    plan_rows(batch, rows)
    return _keep_rows(
        batch=batch,
        rows=rows,
        left_out=left_out,
        version=version,
        by=by,
        source=source,
        progress=progress,
    )


def rows_to_read(batch: ImportBatch) -> int:
    """How many rows the chosen sheets have, headings included, as they were when it was sent."""
    return sum(layout.rows for layout in batch.layouts if layout.used)


@audit.business_act()
def _keep_rows(
    *,
    batch: ImportBatch,
    rows: Sequence[ImportRow],
    left_out: list[LeftOutRow],
    version: int,
    by: User | None,
    progress: ProgressSink,
) -> ImportBatch:
    current = lock_batch(batch, version)
    current.rows.all().delete()
    for start in range(0, len(rows), KEPT_AT_ONCE):
        progress("Giữ lại các dòng đã đọc", start, len(rows))
        ImportRow.objects.bulk_create(rows[start : start + KEPT_AT_ONCE])
    current.left_out = left_out
    current.stage = ImportStage.READ
    current.save(update_fields=["left_out", "stage", "version"])
    current.changes.all().delete()
    return current


def _rows_of(
    batch: ImportBatch, workbook: Workbook, reader: Reader, progress: ProgressSink
) -> tuple[list[ImportRow], list[LeftOutRow]]:
    rows: list[ImportRow] = []
    left_out: list[LeftOutRow] = []
    households = 0
    total = rows_to_read(batch)
    for sheet, chosen in zip(workbook.sheets, batch.layouts, strict=True):
        if not chosen.used:
            continue
        layout = layout_in(sheet, chosen)
        before = len(rows)
        found = read_rows(
            sheet, layout, reader, report=partial(_report_reading, progress, before, total)
        )
        left_out += found.left_out
        for household in found.households():
            rows += [
                _staged(batch, row, households, len(rows) + at) for at, row in enumerate(household)
            ]
            households += 1
    return rows, left_out


def _report_reading(progress: ProgressSink, before: int, total: int, done: int) -> None:
    progress(READING, min(before + done, total), total)


def layout_in(sheet: ForeignSheet, chosen: ChosenSheet) -> SheetLayout:
    """The layout that a batch keeps, for its sheet."""
    columns = {SheetField(column): position for column, position in chosen.columns.items()}
    found = layout_of(sheet, heading_row=chosen.heading_row, columns=columns)
    return SheetLayout(
        sheet=found.sheet,
        kind=SheetKind(chosen.kind),
        heading_row=found.heading_row,
        first_row=found.first_row,
        columns=found.columns,
    )


def _staged(batch: ImportBatch, row: SheetRow, household: int, position: int) -> ImportRow:
    return ImportRow(
        ward_id=batch.ward_id,
        batch=batch,
        position=position,
        household_position=household,
        sheet=row.sheet[:60],
        number=row.number,
        cells={
            column.value: kept_cell(reading, row.raw.get(column, ""))
            for column, reading in row.cells.items()
        },
    )


def kept_cell(reading: Reading, raw: str, typed: str | None = None) -> StagedCell:
    """A reading as it is kept, with what stood in the cell and what was typed in its place."""
    return StagedCell(
        raw=raw,
        value=reading.value,
        level=reading.level.value if reading.code else "",
        code=reading.code,
        message=reading.message if reading.code else "",
        suggestion=reading.suggestion,
        typed=typed,
    )


def summary_of(counts: Mapping[str, int]) -> str:
    """The outcome of an import in words, for the journal and the command."""
    return (
        f"thêm mới {formatting.number(counts['created'])}, "
        f"cập nhật {formatting.number(counts['updated'])}, "
        f"không đổi {formatting.number(counts['unchanged'])}, "
        f"không ghi {formatting.number(counts['refused'])} dòng"
    )
