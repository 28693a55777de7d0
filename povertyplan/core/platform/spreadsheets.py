"""The one writer of workbooks. Text is written as text: nothing in a list becomes a formula.

Numbers are written as numbers, dates as the text that Vietnamese offices read (17/05/1958).
"""

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from povertyplan.core.text import formatting
from povertyplan.core.text.vietnamese import search_key

LONGEST_SHEET_NAME = 31
WIDEST, NARROWEST = 60, 4
LONGEST_FOOT = 200  # Excel takes 255 signs, its own codes among them
_FORBIDDEN_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")

Value = str | int | float | Decimal | date | bool | None


@dataclass(frozen=True)
class WorkbookColumn:
    """A column of a list: its heading, and its width in characters."""

    heading: str
    width: int = 14
    numeric: bool = False


@dataclass(frozen=True)
class RuledSheet:
    """A list as an office prints it: two heads side by side, title, ruled table, what follows.

    `signed` stands below at the right, `foot` at the foot of each printed page.
    """

    left: Sequence[str]
    right: Sequence[str]
    title: Sequence[str]
    columns: Sequence[WorkbookColumn]
    rows: Iterable[Sequence[Value]]
    totals: Iterable[Sequence[Value]] = ()
    after: Sequence[str] = ()
    signed: Sequence[str] = ()
    foot: str = ""
    is_wide: bool = False


class Book:
    """A workbook in the making; `content()` ends it.

    `properties` are kept in the file's own properties, where they survive being saved in Excel.
    """

    def __init__(self, *, title: str, created: datetime, properties: dict[str, str] | None = None):
        self._stream = io.BytesIO()
        self._book = xlsxwriter.Workbook(
            self._stream,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_numbers": False,
                "strings_to_urls": False,
            },
        )
        self._book.set_properties({"title": title, "created": created.replace(tzinfo=None)})
        for name, value in (properties or {}).items():
            self._book.set_custom_property(name, value, "text")
        self._official: dict[str, Format] = {}
        font = {"font_name": "Times New Roman", "font_size": 12}
        self._title = self._book.add_format({**font, "bold": True, "font_size": 14})
        self._text = self._book.add_format({**font, "num_format": "@", "valign": "top"})
        self._number = self._book.add_format({**font, "valign": "top"})
        self._heading = self._book.add_format(
            {**font, "bold": True, "text_wrap": True, "border": 1, "align": "center",
             "valign": "vcenter", "bg_color": "#E7E6E6"}
        )  # fmt: skip

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
        for number, line in enumerate(lines):
            sheet.write_string(number, first_column - 1, line, self._title)
        for position, column in enumerate(columns, start=first_column - 1):
            sheet.set_column(position, position, min(max(column.width, NARROWEST), WIDEST))
            self._write_heading(sheet, heading_row - 1, first_row - 2, position, column.heading)
        for offset, values in enumerate(rows):
            for position, value in enumerate(values, start=first_column - 1):
                self._write(sheet, first_row - 1 + offset, position, value)
        sheet.freeze_panes(first_row - 1, 0)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(heading_row - 1, first_row - 2)

    def official_sheet(self, name: str, content: RuledSheet) -> None:
        """Add a sheet with a list in its official surroundings."""
        sheet = self._book.add_worksheet(self._free_name(name))
        head = self._write_top(sheet, content)
        for position, column in enumerate(content.columns):
            sheet.set_column(position, position, min(max(column.width, NARROWEST), WIDEST))
            sheet.write_string(head, position, column.heading, self._heading)
        line = self._write_ruled_rows(sheet, head + 1, content, content.rows, "cell")
        line = self._write_ruled_rows(sheet, line, content, content.totals, "total")
        self._write_end(sheet, line, content)
        sheet.freeze_panes(head + 1, 0)
        sheet.repeat_rows(head)
        self._set_page(sheet, content)

    def _write_top(self, sheet: Worksheet, content: RuledSheet) -> int:
        """The two heads and the title; returns the row of the column headings."""
        half, last = _halves(content)
        look = self._official_formats()
        for number, text in enumerate(content.left):
            _merge(sheet, number, 0, half, text, look["strong"])
        for number, text in enumerate(content.right):
            _merge(sheet, number, half + 1, last, text, look["strong"])
        top = max(len(content.left), len(content.right)) + 1
        for number, text in enumerate(content.title, start=top):
            _merge(sheet, number, 0, last, text, look["title"])
        return top + len(content.title) + 1

    def _write_ruled_rows(
        self,
        sheet: Worksheet,
        line: int,
        content: RuledSheet,
        rows: Iterable[Sequence[Value]],
        look: str,
    ) -> int:
        """The rows from a line on; returns the line below them."""
        formats = self._official_formats()
        looks = [
            formats[f"{look} number" if column.numeric else look] for column in content.columns
        ]
        for values in rows:
            for position, value in enumerate(values):
                _write_ruled(sheet, line, position, value, looks[position])
            line += 1
        return line

    def _write_end(self, sheet: Worksheet, line: int, content: RuledSheet) -> None:
        half, last = _halves(content)
        look = self._official_formats()
        for text in content.after:
            line += 1
            _merge(sheet, line, 0, last, text, look["text"])
        for number, text in enumerate(content.signed, start=line + 2):
            _merge(sheet, number, half + 1, last, text, look["strong"])

    def _set_page(self, sheet: Worksheet, content: RuledSheet) -> None:
        sheet.set_paper(9)  # A4
        if content.is_wide:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(page_foot(content.foot))

    def _official_formats(self) -> dict[str, Format]:
        if not self._official:
            font = {"font_name": "Times New Roman", "font_size": 12, "text_wrap": True}
            ruled = {**font, "border": 1, "valign": "vcenter"}
            self._official = {
                name: self._book.add_format(look)
                for name, look in {
                    "strong": {**font, "bold": True, "align": "center"},
                    "title": {**font, "bold": True, "align": "center", "font_size": 14},
                    "text": {**font, "italic": True, "valign": "top"},
                    "cell": ruled,
                    "cell number": {**ruled, "align": "center"},
                    "total": {**ruled, "bold": True},
                    "total number": {**ruled, "bold": True, "align": "center"},
                }.items()
            }
        return self._official

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

    def content(self) -> bytes:
        self._book.close()
        return self._stream.getvalue()

    def _write_heading(
        self, sheet: Worksheet, top: int, bottom: int, column: int, heading: str
    ) -> None:
        if bottom > top:
            # The type of the value is not guessed: the heading is written as text afterwards.
            sheet.merge_range(top, column, bottom, column, "", self._heading)
        sheet.write_string(top, column, heading, self._heading)

    def _write(self, sheet: Worksheet, row: int, column: int, value: Value) -> None:
        if value is None or value is False or value == "":
            return
        if value is True:
            value = "x"
        if isinstance(value, date):
            value = formatting.day(value)
        if isinstance(value, (int, float, Decimal)):
            sheet.write_number(row, column, value, self._number)
        else:
            sheet.write_string(row, column, str(value), self._text)


def page_foot(text: str) -> str:
    """The foot of a printed page: a text in the middle, page and pages at the right."""
    words = text[:LONGEST_FOOT].replace("&", "&&")  # a lone & opens a code
    return f"&C&9 {words}&R&9 &P/&N"  # a digit would join the size before it


def _halves(content: RuledSheet) -> tuple[int, int]:
    """The last column of the left head, and the last of the sheet."""
    last = max(len(content.columns) - 1, 1)
    return (last - 1) // 2, last


def _merge(sheet: Worksheet, row: int, first: int, last: int, text: str, look: Format) -> None:
    """A text over some columns. Merging alone would read the text and guess its type."""
    if last > first:
        sheet.merge_range(row, first, row, last, "", look)
    sheet.write_string(row, first, text, look)


def _write_ruled(sheet: Worksheet, row: int, column: int, value: Value, look: Format) -> None:
    if value is None or value == "":
        sheet.write_blank(row, column, None, look)
    elif isinstance(value, (int, float, Decimal)):
        sheet.write_number(row, column, value, look)
    else:
        sheet.write_string(row, column, str(value), look)


def _sheet_name(name: str) -> str:
    return _FORBIDDEN_IN_NAMES.sub(" ", name)[:LONGEST_SHEET_NAME].strip() or "Trang"


def file_stem(text: str) -> str:
    """Text as the name of a file: plain letters, hyphens.

    >>> file_stem("Danh sách hộ nghèo – Phường Đăk Cấm")
    'danh-sach-ho-ngheo-phuong-dak-cam'
    """
    return _NOT_PLAIN.sub("-", search_key(text)).strip("-")[:80]
