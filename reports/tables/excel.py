"""A summary table as an Excel workbook: numbers as numbers, text as text, never a formula."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from io import BytesIO

from django.conf import settings
from xlsxwriter import Workbook

from povertyplan.core.models import Area
from povertyplan.core.platform.spreadsheets import page_foot
from povertyplan.core.text import formatting
from reports.printing.issuer import issuer_lines, issuer_of
from reports.printing.tree import Cell, plain

from .shape import OfficialTable, TableCell, Value
from .sheet import SIGNATURES, WIDE_FROM

FONT = {"font_name": "Times New Roman", "font_size": 11, "valign": "vcenter", "text_wrap": True}
BORDER = {**FONT, "border": 1}
DEMO_MARK = "DỮ LIỆU MẪU – số liệu giả định, không dùng làm căn cứ"
STATE, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
NARROWEST = 8  # columns of a sheet that holds the two headings side by side
PAPER_A4 = 9
WHOLE, RATE = "#,##0", "0.00"
# Nothing that looks like a formula, a number or a link is turned into one.
AS_WRITTEN = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def write_workbook(table: OfficialTable, *, ward: Area, on: date, source: str = "") -> bytes:
    """The workbook of a table: the official heading, the table, notes, checks, signatures.

    `source` stands at the foot of each printed page.
    """
    stream = BytesIO()
    with Workbook(stream, AS_WRITTEN) as workbook:
        workbook.set_properties({"title": table.title, "author": issuer_of(ward)})
        sheet = _TableSheet(workbook, table)
        sheet.write(ward, on)
        sheet.sheet.set_footer(page_foot(source))
    return stream.getvalue()


class _TableSheet:
    """One worksheet while it is being written; `line` is the next free row, from 0."""

    def __init__(self, workbook: Workbook, table: OfficialTable):
        self.table = table
        self.last = max(table.width, NARROWEST) - 1
        self.sheet = workbook.add_worksheet(f"Bieu {table.number:02}")
        self.line = 0
        centred = {**FONT, "align": "center"}
        self.formats = {
            name: workbook.add_format(look)
            for name, look in {
                "center": centred,
                "strong": {**centred, "bold": True},
                "title": {**centred, "bold": True, "font_size": 14},
                "italic": {**centred, "italic": True},
                "note": {**FONT, "italic": True},
                "head": {**BORDER, "align": "center", "bold": True},
                "text": BORDER,
                "text total": {**BORDER, "bold": True},
                "number": {**BORDER, "num_format": WHOLE},
                "number total": {**BORDER, "num_format": WHOLE, "bold": True},
                "rate": {**BORDER, "num_format": RATE},
                "rate total": {**BORDER, "num_format": RATE, "bold": True},
            }.items()
        }

    def write(self, ward: Area, on: date) -> None:
        self._set_page()
        self._heading(ward, on)
        first = self.line
        self._head()
        self.sheet.repeat_rows(first, self.line - 1)
        self.sheet.freeze_panes(self.line, len(self.table.leads))
        self._body()
        self._notes()
        self._signatures()

    def _set_page(self) -> None:
        self.sheet.set_paper(PAPER_A4)
        if self.table.width >= WIDE_FROM:
            self.sheet.set_landscape()
        self.sheet.fit_to_pages(1, 0)
        for place, lead in enumerate(self.table.leads):
            self.sheet.set_column(place, place, max(lead.width * 1.3, 6))
        self.sheet.set_column(len(self.table.leads), self.last, 11)

    def _heading(self, ward: Area, on: date) -> None:
        half = self.last // 2
        for line, (left, right) in enumerate(
            [
                (" ".join(issuer_lines(issuer_of(ward), ward.name)).upper(), STATE),
                (f"Biểu số {formatting.two_digits(self.table.number)}", MOTTO),
                ("", f"{ward.place_line or ward.name}, {formatting.long_day(on)}"),
            ]
        ):
            look = "italic" if line == 2 else "strong"
            self._merged(line, 0, half, left, "strong")
            self._merged(line, half + 1, self.last, right, look)
        self._merged(4, 0, self.last, self.table.title.upper(), "title")
        self._merged(5, 0, self.last, self.table.period, "italic")
        self.line = 7
        if settings.DEMO:
            self._merged(6, 0, self.last, DEMO_MARK, "strong")

    def _head(self) -> None:
        taken: set[tuple[int, int]] = set()
        for row in self.table.head_cells:
            column = 0
            for cell in row:
                while (self.line, column) in taken:
                    column += 1
                self._head_cell(cell, column)
                taken |= set(_covered(cell, self.line, column))
                column += cell.colspan
            self.line += 1

    def _head_cell(self, cell: Cell, column: int) -> None:
        down, right = self.line + cell.rowspan - 1, column + cell.colspan - 1
        self._merged(self.line, column, right, plain(cell.text), "head", last_line=down)

    def _body(self) -> None:
        for row in self.table.rows:
            suffix = " total" if row.is_total else ""
            for column, text in enumerate(row.leads):
                self.sheet.write_string(self.line, column, text, self.formats["text" + suffix])
            for column, cell in enumerate(row.cells, start=len(row.leads)):
                self._cell(column, cell, suffix)
            self.line += 1

    def _cell(self, column: int, cell: TableCell, suffix: str) -> None:
        look = self.formats[_look(cell.value) + suffix]
        if cell.is_number:
            self.sheet.write_number(self.line, column, cell.value, look)
        else:
            self.sheet.write_string(self.line, column, cell.text, look)

    def _notes(self) -> None:
        self.line += 1
        problems = [f"Kiểm tra: {problem}" for problem in self.table.problems]
        for text in (*self.table.notes, *problems):
            self._merged(self.line, 0, self.last, text, "note")
            self.line += 1

    def _signatures(self) -> None:
        self.line += 1
        half = self.last // 2
        for signature, (first, last) in zip(
            SIGNATURES, ((0, half), (half + 1, self.last)), strict=True
        ):
            for offset, text in enumerate(signature.lines):
                self._merged(self.line + offset, first, last, text, "strong")

    def _merged(
        self, line: int, first: int, last: int, text: str, look: str, last_line: int | None = None
    ) -> None:
        """A text over a block of cells. Merging alone would read the text and guess its type."""
        bottom = line if last_line is None else last_line
        if (bottom, last) != (line, first):
            self.sheet.merge_range(line, first, bottom, last, "", self.formats[look])
        self.sheet.write_string(line, first, text, self.formats[look])


def _covered(cell: Cell, line: int, column: int) -> Iterator[tuple[int, int]]:
    for down in range(cell.rowspan):
        for right in range(cell.colspan):
            yield line + down, column + right


def _look(value: Value) -> str:
    if isinstance(value, Decimal):
        return "rate"
    return "number" if isinstance(value, int) else "text"
