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
from xlsxwriter.worksheet import Worksheet

from povertyplan.core import formatting
from povertyplan.core.vietnamese import search_key

LONGEST_SHEET_NAME = 31
WIDEST, NARROWEST = 60, 4
_FORBIDDEN_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")

Value = str | int | float | Decimal | date | bool | None


@dataclass(frozen=True)
class Column:
    """A column of a list: its heading, and its width in characters."""

    heading: str
    width: int = 14
    numeric: bool = False


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
        columns: Sequence[Column],
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


def _sheet_name(name: str) -> str:
    return _FORBIDDEN_IN_NAMES.sub(" ", name)[:LONGEST_SHEET_NAME].strip() or "Trang"


def file_stem(text: str) -> str:
    """Text as the name of a file: plain letters, hyphens.

    >>> file_stem("Danh sách hộ nghèo – Phường Đăk Cấm")
    'danh-sach-ho-ngheo-phuong-dak-cam'
    """
    return _NOT_PLAIN.sub("-", search_key(text)).strip("-")[:80]
