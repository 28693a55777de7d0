"""A file on its way into the register: taken in and read. See `import_corrections` and, for what
is written to the register, `import_writing`.
"""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction

from households.choices import ImportStage
from households.intake.sheets.grouping import SheetRow, read_rows
from households.intake.sheets.headings import SheetField
from households.intake.sheets.layouts import (
    SheetKind,
    SheetLayout,
    fingerprint,
    layout_of,
)
from households.intake.sheets.readings import Reading
from households.intake.sheets.refusals import FileRefused
from households.intake.sheets.values import Reader
from households.intake.sheets.vocabulary import key_of
from households.intake.sheets.workbook import ForeignSheet, Workbook, open_workbook
from households.intake.staging import issues
from households.intake.staging.selectors.chosen_sheets import choose_sheet, rechoose_sheet
from households.intake.staging.selectors.plans import plan_rows
from households.intake.staging.selectors.problems import reader_of, saved_mappings
from households.intake.staging.selectors.unused import find_open, unused_in
from households.models import ColumnMapping, ImportBatch, ImportFile, ImportRow
from households.rules.import_rows import StagedCell
from households.rules.import_sheets import ChosenSheet, LeftOutRow, UnusedColumn
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
    saved, reader = saved_mappings(ward), reader_of(ward)
    looked_at = [choose_sheet(sheet, saved, reader) for sheet in workbook.sheets]
    layouts = [layout for layout, _unused in looked_at]
    if not any(layout.used for layout in layouts):
        raise ValidationError({"file": NO_LIST})
    return take_in_file(
        ward=ward,
        workbook=workbook,
        content=content,
        layouts=layouts,
        unused=[column for _layout, unused in looked_at for column in unused],
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
    unused: list[UnusedColumn],
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
    ImportFile.objects.create(batch=batch, content=content, unused=unused)
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
    set_aside: Mapping[str, Collection[int]] | None = None,
    version: int,
    by: User,
) -> ImportBatch:
    """Choose the sheets to read, the last row of their headings, and what each column holds.

    Without `columns` they are recognised anew from the headings. With them every column with
    content is matched or among those that are `set_aside`; what is confirmed so is remembered.
    """
    workbook = workbook_of(batch)
    saved, reader = saved_mappings(batch.ward), reader_of(batch.ward)
    layouts, unused = [], []
    for sheet, old in zip(workbook.sheets, batch.layouts, strict=True):
        row = heading_rows.get(sheet.name, old.heading_row)
        layout, found = rechoose_sheet(
            sheet,
            replace(old, heading_row=row, used=used.get(sheet.name, old.used)),
            is_moved=row != old.heading_row,
            columns=(columns or {}).get(sheet.name),
            set_aside=(set_aside or {}).get(sheet.name),
            mapping=saved.get(fingerprint(sheet, row)),
            reader=reader,
        )
        layouts.append(layout)
        unused += found
    _refuse_layouts(layouts)
    if columns:
        _refuse_open(layouts, unused)
    confirmed = _confirmed(workbook, layouts) if columns else {}
    return _save_layouts(
        batch=batch, layouts=layouts, unused=unused, confirmed=confirmed, version=version, by=by
    )


def _confirmed(workbook: Workbook, layouts: Sequence[ChosenSheet]) -> dict[str, ChosenSheet]:
    """The sheets that are read, by the fingerprint of their headings."""
    found = {
        fingerprint(sheet, layout.heading_row): layout
        for sheet, layout in zip(workbook.sheets, layouts, strict=True)
        if layout.used
    }
    return {key: layout for key, layout in found.items() if key}


def _refuse_open(layouts: Sequence[ChosenSheet], unused: Sequence[UnusedColumn]) -> None:
    waiting = {layout.sheet: layout.open_columns or () for layout in layouts if layout.used}
    left = [column for column in unused if column.position in waiting.get(column.sheet, ())]
    if left:
        raise ValidationError(issues.open_columns(left), code="columns")


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
    unused: list[UnusedColumn],
    confirmed: Mapping[str, ChosenSheet],
    version: int,
    by: User,
) -> ImportBatch:
    """Keep the layouts, and for the next list with the same headings what was confirmed."""
    current = lock_batch(batch, version)
    current.layouts = layouts
    current.save(update_fields=["layouts", "version"])
    ImportFile.objects.filter(batch=current).update(unused=unused)
    for key, layout in confirmed.items():
        ColumnMapping.objects.update_or_create(
            ward=current.ward,
            fingerprint=key,
            defaults={
                "columns": layout.columns,
                "set_aside": list(layout.set_aside),
                "confirmed_on": clock.today(),
                "confirmed_by": by,
            },
        )
    return current


@audit.business_act()
def set_columns_aside(
    *, batch: ImportBatch, headings: Collection[str], version: int, by: User | None
) -> ImportBatch:
    """Say of the columns with these headings that they are not used; for this file alone."""
    current = lock_batch(batch, version)
    chosen = {key_of(heading) for heading in headings}
    unused = [column for column, _is_open in unused_in(current)]
    if missing := chosen - {key_of(column.heading) for column in unused}:
        named = ", ".join(heading for heading in headings if key_of(heading) in missing)
        raise ValidationError(f"Không có cột chưa ghép nào tên {named}.")
    current.layouts = [_without_columns(layout, unused, chosen) for layout in current.layouts]
    current.save(update_fields=["layouts", "version"])
    return current


def _without_columns(
    layout: ChosenSheet, unused: Sequence[UnusedColumn], chosen: Collection[str]
) -> ChosenSheet:
    of_sheet = [column for column in unused if column.sheet == layout.sheet]
    named = {column.position for column in of_sheet if key_of(column.heading) in chosen}
    set_aside = tuple(sorted(named | set(layout.set_aside)))
    return replace(layout, set_aside=set_aside, open_columns=find_open(of_sheet, set_aside))


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

    Rows are kept in parts: nobody waits for a long list. Until the last one the batch is not
    read, and who reads it again begins by dropping what is there.
    """
    progress("Mở tệp")
    workbook = workbook_of(batch)
    reader = reader_of(batch.ward).for_workbook(workbook)
    rows, left_out = _rows_of(batch, workbook, reader, progress)
    progress("Đối chiếu với sổ", 0, len(rows))
    plan_rows(batch, rows)
    if batch.rows.exists():
        _drop_rows(batch=batch, version=version, by=by, source=source)
    for start in range(0, len(rows), KEPT_AT_ONCE):
        progress("Giữ lại các dòng đã đọc", start, len(rows))
        _keep_part(batch, rows[start : start + KEPT_AT_ONCE], version)
    return _end_reading(
        batch=batch, count=len(rows), left_out=left_out, version=version, by=by, source=source
    )


def rows_to_read(batch: ImportBatch) -> int:
    """How many rows the chosen sheets have, headings included, as they were when it was sent."""
    return sum(layout.rows for layout in batch.layouts if layout.used)


@audit.business_act()
def _drop_rows(*, batch: ImportBatch, version: int, by: User | None) -> None:
    current = lock_batch(batch, version)
    current.rows.all().delete()
    current.stage = ImportStage.CHOSEN
    current.save(update_fields=["stage"])


@transaction.atomic
def _keep_part(batch: ImportBatch, rows: Sequence[ImportRow], version: int) -> None:
    if not ImportBatch.objects.filter(pk=batch.pk, version=version).exists():
        raise ValidationError(STALE, code="stale")
    ImportRow.objects.bulk_create(rows)


@audit.business_act()
def _end_reading(
    *, batch: ImportBatch, count: int, left_out: list[LeftOutRow], version: int, by: User | None
) -> ImportBatch:
    current = lock_batch(batch, version)
    if current.rows.count() != count:
        # Somebody reads it anew, who took this one for dead.
        raise ValidationError(STALE, code="stale")
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
