"""The child process that marks a foreign workbook: `python -m` this module, `WAY < ORDER`.

`ORDER` is what `workbooks` writes: a line about the file, the file, a line for each mark. The way
"marked" opens the file with openpyxl and keeps its looks; "copied" writes its values anew, a row at
a time. Nothing but the workbook goes to standard output; every failure is an exit that is not 0.
"""

import io
import json
import os
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Any

import openpyxl
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from households.intake.sheets.child import csv_lines, workbook_lines
from households.intake.sheets.container import kind_of, open_container
from households.intake.sheets.parts import MERGE, number_of
from households.intake.writing.sheet_copies import (
    ERROR_COLOUR,
    WARNING_COLOUR,
    Look,
    SheetCopy,
    text_of_cell,
)
from povertyplan.core.platform.children import limit_this_process

PROCESSOR_SECONDS = {"marked": 6, "copied": 9}
# Cells of a workbook that is opened whole; more would take more time than a page has.
MOST_OPENED, MOST_MERGED = 80_000, 100_000
SUMMARY = "Tổng hợp nhập"
COPY_NOTE = (
    "Tệp gửi lên quá lớn hoặc có phần không mở được, nên các trang sau chép lại nội dung ô, "
    "không giữ định dạng."
)
AUTHOR = "Quản lý giảm nghèo"
RESULT_HEADINGS = ("Kết quả", "Lý do")
TITLE_LENGTH, LONGEST_NOTE = 31, 2_000
WIDTHS = (28, 8, 22, 10, 26, 60, 26)
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
    fills = {
        is_error: PatternFill("solid", start_color=colour)
        for is_error, colour in ((True, ERROR_COLOUR), (False, WARNING_COLOUR))
    }
    for offset, heading in enumerate(RESULT_HEADINGS):
        _write(sheet, heading_row, result_column + offset, heading).font = Font(bold=True)
    for number, row in rows.items():
        _write(sheet, number, result_column, row.outcome)
        _write(sheet, number, result_column + 1, row.reason)
        for column, is_error, note in row.cells:
            cell = sheet.cell(number, column)
            if not isinstance(cell, MergedCell):
                cell.fill = fills[is_error]
                cell.comment = Comment(text_of_cell(note)[:LONGEST_NOTE], AUTHOR)


def _write(sheet: Worksheet, row: int, column: int, value: Any):
    """Text stays text: what begins with "=" never becomes a formula."""
    cell = sheet.cell(row, column)
    if isinstance(cell, MergedCell):
        return cell
    cell.value = text_of_cell(value) if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"
    return cell


def _write_summary(book: openpyxl.Workbook, order: Order) -> None:
    sheet = book.create_sheet(_free_title(SUMMARY, book.sheetnames), 0)
    alignment = Alignment(vertical="top", wrap_text=True)
    for number, values in enumerate([*order.heads, *order.lines], start=1):
        for column, value in enumerate(values, start=1):
            cell = _write(sheet, number, column, value)
            if number >= len(order.heads):
                cell.alignment = alignment
    sheet["A1"].font = Font(bold=True, size=14)
    for cell in sheet[len(order.heads)]:
        cell.font = Font(bold=True)
    for letter, width in zip("ABCDEFG", WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    book.active = 0
    for other in book.worksheets[1:]:
        other.sheet_view.tabSelected = False


def _copied(order: Order) -> bytes:
    is_text = kind_of(order.content, order.name) == "csv"
    widest = _widest(order.content) if is_text else 0
    stream = io.BytesIO()
    with SheetCopy(stream) as copy:
        sheet: _MarkedRows | None = None
        _copy_summary(copy, order, COPY_NOTE if not is_text else "")
        for line in (csv_lines if is_text else workbook_lines)(order.content):
            if isinstance(line, list) and sheet:
                sheet.write(line)
            elif isinstance(line, dict) and "sheet" in line:
                facts = line["sheet"]
                copy.begin_sheet(_free_title(facts["name"], copy.titles), is_hidden=facts["hidden"])
                sheet = _MarkedRows(copy, order, facts["name"][:60], widest or facts["width"])
    return stream.getvalue()


def _copy_summary(copy: SheetCopy, order: Order, note: str) -> None:
    copy.begin_sheet(SUMMARY, widths=WIDTHS)
    heads = [*order.heads[:2], [note], *order.heads[3:]]
    for number, values in enumerate([*heads, *order.lines], start=1):
        look = Look.BOLD if number in (1, len(heads)) else Look.PLAIN
        copy.write_row(number, [(at, value, look) for at, value in enumerate(values, start=1)])


def _widest(content: bytes) -> int:
    return max((len(row) for row in csv_lines(content) if isinstance(row, list)), default=0)


class _MarkedRows:
    """The rows of one sheet with their marks; the results are beside the widest row."""

    def __init__(self, copy: SheetCopy, order: Order, name: str, width: int):
        self.copy, self.beside, self.number = copy, width + 1, 0
        self.rows = order.rows.get(name, {})
        self.heading_row = order.headings.get(name) if self.rows else None

    def write(self, values: list) -> None:
        self.number += 1
        cells = {at: (at, value, Look.PLAIN) for at, value in enumerate(values, start=1)}
        if row := self.rows.get(self.number):
            for column, is_error, _note in row.cells:
                value = values[column - 1] if column <= len(values) else ""
                cells[column] = (column, value, Look.ERROR if is_error else Look.WARNING)
        texts: tuple[str, ...] = (row.outcome, row.reason) if row else ()
        look = Look.PLAIN
        if self.number == self.heading_row:
            texts, look = RESULT_HEADINGS, Look.BOLD
        for column, text in enumerate(texts, start=self.beside):
            cells[column] = (column, text, look)
        self.copy.write_row(self.number, [cells[column] for column in sorted(cells)])


def _free_title(name: str, taken: list[str]) -> str:
    """A title that Excel takes, and that no other sheet has.

    >>> _free_title("Danh sách: 1/2", []), _free_title("a", ["A"])
    ('Danh sách- 1-2', 'a 2')
    """
    plain = _NOT_IN_TITLES.sub("-", text_of_cell(name))[: TITLE_LENGTH - 4].strip("' ") or "Trang"
    used = {title.casefold() for title in taken}
    title, number = plain, 1
    while title.casefold() in used or title.casefold() == "history":
        number += 1
        title = f"{plain} {number}"
    return title


if __name__ == "__main__":
    main()
