"""The child process that marks a foreign workbook: `python -m` this module, `WAY < ORDER`.

`ORDER` is what `workbooks` writes: a line about the file, the file, a line for each mark. The way
"marked" opens the file with openpyxl and keeps its looks; "copied" writes its values anew, a row at
a time. Nothing but the workbook goes to standard output; every failure is an exit that is not 0.
"""

import io
import json
import math
import os
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import IO, Any

import openpyxl
import xlsxwriter
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from households.intake.sheets.child import csv_lines, workbook_lines
from households.intake.sheets.container import kind_of, open_container
from households.intake.sheets.parts import MERGE, number_of
from povertyplan.core.platform.children import limit_this_process

PROCESSOR_SECONDS = {"marked": 6, "copied": 9}
# Cells of a workbook that is opened whole; more would take more time than a page has.
MOST_OPENED, MOST_MERGED = 150_000, 200_000
MOST_NOTES = 10_000
SUMMARY = "Tổng hợp nhập"
COPY_NOTE = (
    "Tệp gửi lên quá lớn hoặc có phần không mở được, nên các trang sau chép lại nội dung ô, "
    "không giữ định dạng."
)
AUTHOR = "Quản lý giảm nghèo"
RESULT_HEADINGS = ("Kết quả", "Lý do")
ERROR_COLOUR, WARNING_COLOUR = "F8CBAD", "FFE699"
TITLE_LENGTH, LONGEST_CELL, LONGEST_NOTE = 31, 32_000, 2_000
WIDTHS = (28, 8, 22, 10, 26, 60, 26)
_NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


@dataclass
class MarkedRow:
    outcome: str
    reason: str
    cells: list[tuple[int, bool, str]]


@dataclass
class Order:
    """`headings` and `rows` by the name of the sheet, as the batch keeps it."""

    name: str
    content: bytes
    headings: dict[str, int]
    rows: dict[str, dict[int, MarkedRow]] = field(default_factory=lambda: defaultdict(dict))
    heads: list[list] = field(default_factory=list)
    lines: list[list] = field(default_factory=list)


def main() -> None:
    way = sys.argv[1]
    limit_this_process(processor_seconds=PROCESSOR_SECONDS[way])
    try:
        content = (_marked if way == "marked" else _copied)(_read_order(sys.stdin.buffer))
    except BaseException:
        # A dozen kinds of exception come out of damaged files, one of them no Exception.
        os._exit(1)
    sys.stdout.buffer.write(content)


def _read_order(stream: IO[bytes]) -> Order:
    head = json.loads(stream.readline())
    order = Order(head["name"], stream.read(head["size"]), head["headings"])
    for line in stream:
        mark = json.loads(line)
        if row := mark.get("row"):
            order.rows[row[0]][row[1]] = MarkedRow(row[2], row[3], row[4])
        elif "head" in mark:
            order.heads.append(mark["head"])
        else:
            order.lines.append(mark["line"])
    return order


def _marked(order: Order) -> bytes:
    _refuse_large(order.content)
    book = openpyxl.load_workbook(io.BytesIO(order.content))
    for sheet in book.worksheets:
        rows = order.rows.get(sheet.title[:60])
        if rows:
            _mark_sheet(sheet, order.headings[sheet.title[:60]], rows)
    _write_summary(book, order)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _refuse_large(content: bytes) -> None:
    """Count cells, merged ones too, which openpyxl makes one by one; raises where they are many."""
    cells = merged = 0
    for part in _sheet_parts(content):
        cells += part.count(b"<c ") + part.count(b"<c>") + part.count(b"<c/>")
        for found in re.finditer(rb'<mergeCell [^>]*ref="([A-Z0-9:]{2,24})"', part):
            if corners := MERGE.fullmatch(found[1].decode()):
                height = int(corners[4] or corners[2]) - int(corners[2]) + 1
                width = number_of(corners[3] or corners[1]) - number_of(corners[1]) + 1
                merged += abs(height * width)
        if cells > MOST_OPENED or merged > MOST_MERGED:
            raise MemoryError


def _sheet_parts(content: bytes) -> Iterator[bytes]:
    container = open_container(content)
    for part in container.infolist():
        if part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml"):
            yield container.read(part)


def _mark_sheet(sheet: Worksheet, heading_row: int, rows: dict[int, MarkedRow]) -> None:
    result_column = sheet.max_column + 1
    for offset, heading in enumerate(RESULT_HEADINGS):
        _write(sheet, heading_row, result_column + offset, heading).font = Font(bold=True)
    for number, row in rows.items():
        _write(sheet, number, result_column, row.outcome)
        _write(sheet, number, result_column + 1, row.reason)
        for column, is_error, note in row.cells:
            cell = sheet.cell(number, column)
            if not isinstance(cell, MergedCell):
                colour = ERROR_COLOUR if is_error else WARNING_COLOUR
                cell.fill = PatternFill("solid", start_color=colour)
                cell.comment = Comment(_text(note, LONGEST_NOTE), AUTHOR)


def _write(sheet: Worksheet, row: int, column: int, value: Any):
    """Text stays text: what begins with "=" never becomes a formula."""
    cell = sheet.cell(row, column)
    if isinstance(cell, MergedCell):
        return cell
    cell.value = _text(value) if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"
    return cell


def _write_summary(book: openpyxl.Workbook, order: Order) -> None:
    sheet = book.create_sheet(_free_title(SUMMARY, book.sheetnames), 0)
    for number, values in enumerate([*order.heads, *order.lines], start=1):
        for column, value in enumerate(values, start=1):
            _write(sheet, number, column, value)
    sheet["A1"].font = Font(bold=True, size=14)
    for cell in sheet[len(order.heads)]:
        cell.font = Font(bold=True)
    for letter, width in zip("ABCDEFG", WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    for row in sheet.iter_rows(min_row=len(order.heads)):
        for cell in row:
            cell.alignment = Alignment(vertical="top", wrap_text=True)
    book.active = 0
    for other in book.worksheets[1:]:
        other.sheet_view.tabSelected = False


def _copied(order: Order) -> bytes:
    is_text = kind_of(order.content, order.name) == "csv"
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"constant_memory": True})
    copy = _Copy(book, order)
    copy.write_summary(COPY_NOTE if not is_text else "")
    widest = _widest(order.content) if is_text else 0
    for line in (csv_lines if is_text else workbook_lines)(order.content):
        if isinstance(line, list):
            copy.write_row(line)
        elif isinstance(line, dict) and "sheet" in line:
            facts = line["sheet"]
            copy.begin_sheet(facts["name"], facts["hidden"], width=widest or facts["width"])
    copy.end_sheet()
    book.close()
    return stream.getvalue()


def _widest(content: bytes) -> int:
    return max((len(row) for row in csv_lines(content) if isinstance(row, list)), default=0)


class _Copy:
    """A new workbook being written from its first row to its last."""

    def __init__(self, book: xlsxwriter.Workbook, order: Order):
        self.book, self.order = book, order
        self.bold = book.add_format({"bold": True})
        self.day = book.add_format({"num_format": "dd/mm/yyyy"})
        self.fills = {
            True: book.add_format({"bg_color": f"#{ERROR_COLOUR}"}),
            False: book.add_format({"bg_color": f"#{WARNING_COLOUR}"}),
        }
        self.titles: list[str] = []
        self.sheet: Any = None
        self.name, self.number, self.beside, self.notes = "", 0, 0, 0

    def write_summary(self, note: str) -> None:
        sheet = self._add_sheet(SUMMARY)
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width)
        heads = [*self.order.heads]
        if note:
            heads[2] = [note]
        for number, values in enumerate([*heads, *self.order.lines]):
            look = self.bold if number in (0, len(heads) - 1) else None
            for column, value in enumerate(values):
                self._put(sheet, number, column, value, look)

    def begin_sheet(self, name: str, is_hidden: bool, *, width: int) -> None:
        """`width` is that of the widest row, beside which the results are."""
        self.end_sheet()
        self.name, self.number, self.beside = name[:60], 0, width
        self.sheet = self._add_sheet(name)
        if is_hidden:
            self.sheet.hide()

    def write_row(self, values: list) -> None:
        self.number += 1
        row = self._marks().get(self.number)
        fills = {column: (is_error, note) for column, is_error, note in row.cells} if row else {}
        for column in range(1, max(len(values), *fills, 0) + 1 if fills else len(values) + 1):
            value = values[column - 1] if column <= len(values) else ""
            if column in fills:
                is_error, note = fills[column]
                self._put(self.sheet, self.number - 1, column - 1, value, self.fills[is_error])
                self._note(column, note)
            elif value != "":
                self._put(self.sheet, self.number - 1, column - 1, value, None)
        self._put_beside(row)

    def end_sheet(self) -> None:
        """Results of rows below the last one with a value, of which there should be none."""
        while self.sheet is not None and self.number < max(self._marks(), default=0):
            self.write_row([])

    def _marks(self) -> dict[int, MarkedRow]:
        return self.order.rows.get(self.name, {})

    def _put_beside(self, row: MarkedRow | None) -> None:
        is_heading = bool(self._marks()) and self.number == self.order.headings.get(self.name)
        texts = RESULT_HEADINGS if is_heading else (row.outcome, row.reason) if row else ()
        for offset, text in enumerate(texts):
            look = self.bold if is_heading else None
            self._put(self.sheet, self.number - 1, self.beside + offset, text, look)

    def _note(self, column: int, note: str) -> None:
        self.notes += 1
        if self.notes <= MOST_NOTES:
            options = {"author": AUTHOR}
            text = _text(note, LONGEST_NOTE)
            self.sheet.write_comment(self.number - 1, column - 1, text, options)

    def _add_sheet(self, name: str):
        title = _free_title(name, self.titles)
        self.titles.append(title)
        return self.book.add_worksheet(title)

    def _put(self, sheet, row: int, column: int, value: Any, look) -> None:
        if isinstance(value, str):
            sheet.write_string(row, column, _text(value), look)
        elif isinstance(value, bool):
            sheet.write_boolean(row, column, value, look)
        elif isinstance(value, (int, float)) and math.isfinite(value):
            sheet.write_number(row, column, value, look)
        elif isinstance(value, date):
            day = value.date() if isinstance(value, datetime) else value
            sheet.write_datetime(row, column, day, look or self.day)
        else:
            sheet.write_string(row, column, str(value), look)


def _text(value: str, longest: int = LONGEST_CELL) -> str:
    """What a cell of a workbook may hold."""
    return _NOT_IN_XML.sub("", value)[:longest]


def _free_title(name: str, taken: list[str]) -> str:
    """A title that Excel takes, and that no other sheet has.

    >>> _free_title("Danh sách: 1/2", []), _free_title("a", ["A"])
    ('Danh sách- 1-2', 'a 2')
    """
    plain = _NOT_IN_TITLES.sub("-", _text(name))[: TITLE_LENGTH - 4].strip("' ") or "Trang"
    used = {title.casefold() for title in taken}
    title, number = plain, 1
    while title.casefold() in used or title.casefold() == "history":
        number += 1
        title = f"{plain} {number}"
    return title


if __name__ == "__main__":
    main()
