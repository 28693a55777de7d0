"""The officer's own workbook sent back: cells coloured, a note on each, results beside the rows."""

import io
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, cast

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from households.choices import ImportOutcome
from households.intake.sheets.readings import Level
from households.intake.staging.selectors.problems import RowProblem, problems_of, refuse_rows
from households.intake.staging.selectors.unused import unused_in
from households.intake.staging.services import workbook_of
from households.models import ImportBatch, ImportRow
from households.rules.import_sheets import ChosenSheet
from povertyplan.core.platform.files import file_stem

ERROR_FILL = PatternFill("solid", start_color="F8CBAD")
WARNING_FILL = PatternFill("solid", start_color="FFE699")
FILLS = {Level.ERROR: ERROR_FILL, Level.WARNING: WARNING_FILL}
SUMMARY = "Tổng hợp nhập"
AUTHOR = "Quản lý giảm nghèo"
RESULT_HEADINGS = ("Kết quả", "Lý do")
TITLE_LENGTH = 31


def report_workbook(batch: ImportBatch) -> bytes:
    """The file as it came, marked: before writing with what would happen, then with what did."""
    rows = list(batch.rows.all())
    if not any(row.outcome for row in rows):
        refuse_rows(rows)
    book = _opened(batch)
    by_sheet: dict[str, list[ImportRow]] = defaultdict(list)
    for row in rows:
        by_sheet[row.sheet].append(row)
    for layout in batch.layouts:
        name = layout.sheet[:60]
        if name in book.sheetnames and by_sheet[name]:
            _mark_sheet(book[name], layout, by_sheet[name])
    _write_summary(book, batch, rows)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _opened(batch: ImportBatch) -> openpyxl.Workbook:
    content = bytes(batch.file.content)
    if batch.file_name.lower().endswith(".csv"):
        return _from_csv(batch)
    return openpyxl.load_workbook(io.BytesIO(content))


def _from_csv(batch: ImportBatch) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    sheet = cast(Worksheet, book.active)  # a new book has one
    for source in workbook_of(batch).sheets:
        sheet.title = source.name
        for number, values in enumerate(source.rows, start=1):
            for column, value in enumerate(values, start=1):
                _write(sheet, number, column, value)
    return book


def _mark_sheet(sheet: Worksheet, layout: ChosenSheet, rows: Sequence[ImportRow]) -> None:
    result_column = sheet.max_column + 1
    for offset, heading in enumerate(RESULT_HEADINGS):
        cell = _write(sheet, layout.heading_row, result_column + offset, heading)
        cell.font = Font(bold=True)
    for row in rows:
        outcome = ImportOutcome(row.outcome or row.plan.action)
        _write(sheet, row.number, result_column, outcome.label)
        _write(sheet, row.number, result_column + 1, row.reason or _warnings(row))
        by_column: dict[str, list[RowProblem]] = defaultdict(list)
        for problem in problems_of(row):
            by_column[problem.column].append(problem)
        for column, problems in by_column.items():
            position = layout.columns.get(column) or _nearest(layout)
            _mark_cell(sheet, row.number, position, problems)


def _warnings(row: ImportRow) -> str:
    return " ".join(problem.message for problem in problems_of(row))


def _nearest(layout: ChosenSheet) -> int:
    """Where a missing column is noted: at the name."""
    columns = layout.columns
    return columns.get("member_name") or columns.get("head_name") or min(columns.values())


def _mark_cell(sheet: Worksheet, row: int, column: int, problems: Sequence[RowProblem]) -> None:
    cell = sheet.cell(row, column)
    if isinstance(cell, openpyxl.cell.cell.MergedCell):
        return
    worst = Level.ERROR if any(problem.is_error for problem in problems) else Level.WARNING
    cell.fill = FILLS[worst]
    cell.comment = Comment("\n".join(_note(problem) for problem in problems), AUTHOR)


def _note(problem: RowProblem) -> str:
    suggestion = f" Gợi ý: {problem.suggestion}." if problem.suggestion else ""
    return f"{problem.message}{suggestion}"


def _write(sheet: Worksheet, row: int, column: int, value: Any):
    """Text stays text: what begins with "=" never becomes a formula."""
    cell = sheet.cell(row, column)
    if isinstance(cell, openpyxl.cell.cell.MergedCell):
        return cell
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
    return cell


def _write_summary(book: openpyxl.Workbook, batch: ImportBatch, rows: Sequence[ImportRow]) -> None:
    sheet = book.create_sheet(_free_title(book), 0)
    outcomes = Counter(row.outcome or row.plan.action for row in rows)
    state = "đã ghi vào sổ" if batch.written_at else "chưa ghi vào sổ"
    lines: list[tuple[object, ...]] = [
        ("Kết quả nhập danh sách hộ gia đình",),
        (f"Tệp {batch.file_name}, {state}.",),
        (),
        ("Số dòng trong tệp", len(rows)),
        *((outcome.label, outcomes[outcome.value]) for outcome in ImportOutcome),
        ("Dòng không phải là người (bỏ qua)", len(batch.left_out)),
        (),
        ("Trang tính", "Dòng", "Cột", "Mức", "Nội dung ô", "Lý do", "Gợi ý"),
        *_problem_lines(rows),
        *_left_out_lines(batch),
        *_unused_lines(batch),
    ]
    for number, values in enumerate(lines, start=1):
        for column, value in enumerate(values, start=1):
            _write(sheet, number, column, value)
    _dress(sheet, heading_row=4 + len(ImportOutcome) + 3)
    book.active = 0
    for other in book.worksheets[1:]:
        other.sheet_view.tabSelected = False


def _free_title(book: openpyxl.Workbook) -> str:
    title, number = SUMMARY, 1
    while title in book.sheetnames:
        number += 1
        title = f"{SUMMARY} {number}"[:TITLE_LENGTH]
    return title


def _problem_lines(rows: Iterable[ImportRow]):
    for row in rows:
        for problem in problems_of(row):
            level = "Cần sửa" if problem.is_error else "Cảnh báo"
            yield (
                row.sheet, row.number, problem.label, level, problem.raw, problem.message,
                problem.suggestion,
            )  # fmt: skip


def _left_out_lines(batch: ImportBatch):
    for line in batch.left_out:
        yield line.sheet, line.number, "", "Bỏ qua", line.text, line.reason, ""


def _unused_lines(batch: ImportBatch):
    for column, is_open in unused_in(batch):
        level = "Chưa ghép" if is_open else "Không dùng"
        samples = " · ".join(column.samples)
        reason = f"Cột có nội dung ở {column.count} dòng, không đọc."
        yield column.sheet, "", f"Cột {column.name}", level, samples, reason, ""


def _dress(sheet: Worksheet, *, heading_row: int) -> None:
    sheet["A1"].font = Font(bold=True, size=14)
    for cell in sheet[heading_row]:
        cell.font = Font(bold=True)
    for letter, width in zip("ABCDEFG", (28, 8, 22, 10, 26, 60, 26), strict=True):
        sheet.column_dimensions[letter].width = width
    for row in sheet.iter_rows(min_row=heading_row):
        for cell in row:
            cell.alignment = Alignment(vertical="top", wrap_text=True)


def report_name(batch: ImportBatch) -> str:
    """The name of the report's file, in plain letters."""
    stem = batch.file_name.rpartition(".")[0]
    return f"{file_stem(stem) or 'danh-sach'}-ket-qua.xlsx"
