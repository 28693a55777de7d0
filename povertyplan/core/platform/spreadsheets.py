"""The one writer of workbooks. Text is written as text: nothing in a list becomes a formula.

Numbers are written as numbers, dates as the text that Vietnamese offices read (17/05/1958).
"""

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import product

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from povertyplan.core.text import formatting

LONGEST_SHEET_NAME = 31
WIDEST, NARROWEST = 60, 4
LONGEST_FOOT = 200  # Excel takes 255 signs, its own codes among them
PAPER_A4 = 9
_FORBIDDEN_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
# Nothing that looks like a formula, a number or a link is turned into one.
_AS_WRITTEN = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_FONT = {"font_name": "Times New Roman", "font_size": 12}
_TEXT, _NUMBER = {"num_format": "@", "valign": "top"}, {"valign": "top"}
_LIST_TITLE = {"bold": True, "font_size": 14}
_CENTRED = {"text_wrap": True, "align": "center"}
_STRONG = {**_CENTRED, "bold": True}
_TITLE = {**_STRONG, "font_size": 14}
_ITALIC = {**_CENTRED, "italic": True}
_NOTE = {"text_wrap": True, "italic": True, "valign": "top"}
_RULED = {"text_wrap": True, "border": 1, "valign": "vcenter"}
_HEADING = {**_RULED, "bold": True, "align": "center", "bg_color": "#E7E6E6"}

Span = tuple[int, int]  # from a column to a column
Value = str | int | float | Decimal | date | bool | None


@dataclass(frozen=True)
class WorkbookColumn:
    """A column of a list: its heading, its width in characters, whether empty cells take text."""

    heading: str
    width: int = 14
    is_text: bool = False


@dataclass(frozen=True)
class SheetCell:
    """A cell of a ruled table: its value, how many cells it takes up, how a number is shown."""

    value: Value
    across: int = 1
    down: int = 1
    number_format: str = ""
    is_centred: bool = False

    def look(self) -> dict:
        """What it adds to the look of its row."""
        look = {"num_format": self.number_format} if self.number_format else {}
        return {**look, "align": "center"} if self.is_centred else look


@dataclass(frozen=True)
class WorkbookRow:
    """A row of a ruled table; a total is printed bold."""

    cells: Sequence[SheetCell]
    is_total: bool = False


@dataclass(frozen=True)
class RuledSheet:
    """A list as an office prints it: two heads side by side, title, ruled table, what follows.

    `dated` follows the right head, `period` the title, `mark` takes the line above the table.
    `signed` is who signs, at the left and at the right; `foot` is printed below each page.
    """

    widths: Sequence[float]
    head: Sequence[Sequence[SheetCell]]
    rows: Iterable[WorkbookRow]
    left: Sequence[str] = ()
    right: Sequence[str] = ()
    title: Sequence[str] = ()
    dated: str = ""
    period: str = ""
    mark: str = ""
    after: Sequence[str] = ()
    signed: tuple[Sequence[str], Sequence[str]] = ((), ())
    foot: str = ""
    is_wide: bool = False
    frozen_columns: int = 0


class Book:
    """A workbook in the making; `content()` ends it.

    `properties` are kept in the file's own properties, where they survive being saved in Excel.
    """

    def __init__(
        self,
        *,
        title: str,
        created: datetime,
        author: str = "",
        properties: dict[str, str] | None = None,
    ):
        self._stream = io.BytesIO()
        self._book = xlsxwriter.Workbook(self._stream, _AS_WRITTEN)
        self._book.set_properties(
            {"title": title, "author": author, "created": created.replace(tzinfo=None)}
        )
        for name, value in (properties or {}).items():
            self._book.set_custom_property(name, value, "text")
        self._formats: dict[tuple, Format] = {}

    def sheet(
        self,
        name: str,
        *,
        lines: Sequence[str],
        columns: Sequence[WorkbookColumn],
        rows: Iterable[Sequence[Value]],
        heading_row: int,
        first_row: int,
        first_column: int = 1,
    ) -> None:
        """Add a sheet: `lines` above, headings in a row, then data. Rows and columns count from 1.

        Rows between the headings and the first data row are taken up by merged headings.
        """
        sheet = self._book.add_worksheet(_sheet_name(name))
        widths = [column.width for column in columns]
        _set_up(sheet, widths, first_column=first_column - 1)
        sheet.set_landscape()
        top, bottom = heading_row - 1, first_row - 2
        for number, text in enumerate(lines):
            self._write(sheet, number, first_column - 1, text, _LIST_TITLE)
        for position, column in enumerate(columns, start=first_column - 1):
            if column.is_text:
                sheet.set_column(position, position, column.width, self._format(_TEXT))
            block = (top, position, max(top, bottom), position)
            self._write_block(sheet, block, column.heading, _HEADING)
        for line, values in enumerate(rows, start=first_row - 1):
            for position, value in enumerate(values, start=first_column - 1):
                if value not in (None, "") and value is not False:
                    is_number = isinstance(value, (int, float, Decimal)) and value is not True
                    self._write(sheet, line, position, value, _NUMBER if is_number else _TEXT)
        sheet.freeze_panes(first_row - 1, 0)
        sheet.repeat_rows(top, bottom)

    def official_sheet(self, name: str, content: RuledSheet) -> None:
        """Add a sheet with a list in its official surroundings."""
        sheet = self._book.add_worksheet(self._free_name(name))
        _set_up(sheet, content.widths)
        if content.is_wide:
            sheet.set_landscape()
        sheet.set_footer(page_foot(content.foot))
        top = self._write_top(sheet, content)
        body = self._write_table(sheet, top, [(row, _HEADING) for row in content.head])
        end = self._write_table(sheet, body, [(row.cells, _row_look(row)) for row in content.rows])
        self._write_end(sheet, end, content)
        sheet.freeze_panes(body, content.frozen_columns)
        sheet.repeat_rows(top, body - 1)

    def content(self) -> bytes:
        self._book.close()
        return self._stream.getvalue()

    def _write_top(self, sheet: Worksheet, content: RuledSheet) -> int:
        """The two heads and the title; returns the first row of the table's own head."""
        left, right, whole = _halves(content)
        self._write_lines(sheet, 0, left, content.left, _STRONG)
        dated = [content.dated] if content.dated else []
        line = self._write_lines(sheet, 0, right, content.right, _STRONG)
        line = max(self._write_lines(sheet, line, right, dated, _ITALIC), len(content.left))
        line = self._write_lines(sheet, line + 1, whole, content.title, _TITLE)
        line = self._write_lines(
            sheet, line, whole, [content.period] if content.period else [], _ITALIC
        )
        self._write_lines(sheet, line, whole, [content.mark] if content.mark else [], _STRONG)
        return line + 1

    def _write_table(
        self, sheet: Worksheet, line: int, rows: Iterable[tuple[Sequence[SheetCell], dict]]
    ) -> int:
        """The rows, each in its look, from a line on; returns the line below them."""
        taken: set[tuple[int, int]] = set()  # by cells that span more than one row
        for cells, look in rows:
            column = 0
            for cell in cells:
                while (line, column) in taken:
                    column += 1
                bottom, last = line + cell.down - 1, column + cell.across - 1
                taken |= set(product(range(line + 1, bottom + 1), range(column, last + 1)))
                self._write_block(
                    sheet, (line, column, bottom, last), cell.value, {**look, **cell.look()}
                )
                column = last + 1
            line += 1
        return line

    def _write_end(self, sheet: Worksheet, line: int, content: RuledSheet) -> None:
        left, right, whole = _halves(content)
        line = self._write_lines(sheet, line + 1, whole, content.after, _NOTE)
        for half, lines in zip((left, right), content.signed, strict=True):
            self._write_lines(sheet, line + 1, half, lines, _STRONG)

    def _write_lines(
        self, sheet: Worksheet, line: int, columns: Span, texts: Sequence[str], look: dict
    ) -> int:
        """Each text over the same columns, one below the other; returns the line below them."""
        for number, text in enumerate(texts, start=line):
            self._write_block(sheet, (number, columns[0], number, columns[1]), text, look)
        return line + len(texts)

    def _write_block(
        self, sheet: Worksheet, block: tuple[int, int, int, int], value: Value, look: dict
    ) -> None:
        """A value over some cells. Merging alone would read a text and guess its type."""
        top, first, bottom, last = block
        if (top, first) != (bottom, last):
            sheet.merge_range(top, first, bottom, last, "", self._format(look))
        self._write(sheet, top, first, value, look)

    def _write(self, sheet: Worksheet, row: int, column: int, value: Value, look: dict) -> None:
        if value is True:
            value = "x"
        if isinstance(value, date):
            value = formatting.day(value)
        if value is None or value is False or value == "":
            sheet.write_blank(row, column, None, self._format(look))
        elif isinstance(value, (int, float, Decimal)):
            sheet.write_number(row, column, value, self._format(look))
        else:
            sheet.write_string(row, column, str(value), self._format(look))

    def _format(self, look: dict) -> Format:
        """The format of a look, made once for the workbook."""
        key = tuple(sorted(look.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format({**_FONT, **look})
        return self._formats[key]

    def _free_name(self, name: str) -> str:
        """The name of a sheet, with a number where another sheet has it already."""
        wanted = _sheet_name(name)
        taken = {sheet.get_name().casefold() for sheet in self._book.worksheets()}
        free, number = wanted, 2
        while free.casefold() in taken:
            ending = f" {number}"
            free = wanted[: LONGEST_SHEET_NAME - len(ending)] + ending
            number += 1
        return free


def page_foot(text: str) -> str:
    """The foot of a printed page: a text in the middle, page and pages at the right."""
    words = text[:LONGEST_FOOT].replace("&", "&&")  # a lone & opens a code
    return f"&C&9 {words}&R&9 &P/&N"  # a digit would join the size before it


def _row_look(row: WorkbookRow) -> dict:
    return {**_RULED, "bold": True} if row.is_total else _RULED


def _halves(content: RuledSheet) -> tuple[Span, Span, Span]:
    """The columns of the left half, of the right half and of the whole sheet."""
    last = max(len(content.widths) - 1, 1)
    half = (last - 1) // 2
    return (0, half), (half + 1, last), (0, last)


def _set_up(sheet: Worksheet, widths: Iterable[float], *, first_column: int = 0) -> None:
    """A4 paper, as many pages as needed one below the other, and the widths of the columns."""
    for position, width in enumerate(widths, start=first_column):
        sheet.set_column(position, position, min(max(width, NARROWEST), WIDEST))
    sheet.set_paper(PAPER_A4)
    sheet.fit_to_pages(1, 0)


def _sheet_name(name: str) -> str:
    return _FORBIDDEN_IN_NAMES.sub(" ", name)[:LONGEST_SHEET_NAME].strip() or "Trang"
