"""What the workbook of a summary table has on its sheet."""

from datetime import date
from decimal import Decimal

from django.conf import settings

from povertyplan.core import clock
from povertyplan.core.models import Area
from povertyplan.core.platform.spreadsheets import Book, RuledSheet, SheetCell, WorkbookRow
from povertyplan.core.text import formatting
from reports.printing.issuer import issuer_lines, issuer_of
from reports.printing.layout import MOTTO, STATE
from reports.printing.tree import Cell, plain

from .shape import OfficialTable, TableCell, TableRow
from .sheet import SIGNATURES, WIDE_FROM

DEMO_MARK = "DỮ LIỆU MẪU – số liệu giả định, không dùng làm căn cứ"
NARROWEST_LEAD, FIGURE_WIDTH = 6, 11
FEWEST_COLUMNS = 8  # of a sheet that has the two headings side by side
CHARACTERS_A_PERCENT = 1.3
WHOLE, RATE = "#,##0", "0.00"


def write_workbook(table: OfficialTable, *, ward: Area, on: date, source: str = "") -> bytes:
    """The workbook of a table: the official heading, the table, notes, checks, signatures.

    `source` is printed at the foot of each page.
    """
    issuer = issuer_of(ward)
    book = Book(title=table.title, author=issuer, created=clock.now())
    number = formatting.two_digits(table.number)
    left, right = (signature.lines for signature in SIGNATURES)
    book.official_sheet(
        f"Bieu {number}",
        RuledSheet(
            left=(" ".join(issuer_lines(issuer, ward.name)).upper(), f"Biểu số {number}"),
            right=(STATE, MOTTO),
            dated=f"{ward.place_line or ward.name}, {formatting.long_day(on)}",
            title=[table.title.upper()],
            period=table.period,
            mark=DEMO_MARK if settings.DEMO else "",
            widths=_widths(table),
            head=[[_head_cell(cell) for cell in row] for row in table.head_cells],
            rows=[_row(row) for row in table.rows],
            after=[*table.notes, *(f"Kiểm tra: {problem}" for problem in table.problems)],
            signed=(left, right),
            foot=source,
            is_wide=table.width >= WIDE_FROM,
            frozen_columns=len(table.leads),
        ),
    )
    return book.content()


def _widths(table: OfficialTable) -> list[float]:
    leads = [max(lead.width * CHARACTERS_A_PERCENT, NARROWEST_LEAD) for lead in table.leads]
    return leads + [FIGURE_WIDTH] * (max(table.width, FEWEST_COLUMNS) - len(leads))


def _head_cell(cell: Cell) -> SheetCell:
    return SheetCell(plain(cell.text), across=cell.colspan, down=cell.rowspan)


def _row(row: TableRow) -> WorkbookRow:
    leads = [SheetCell(text) for text in row.leads]
    return WorkbookRow([*leads, *(_cell(cell) for cell in row.cells)], is_total=row.is_total)


def _cell(cell: TableCell) -> SheetCell:
    if not cell.is_number:
        return SheetCell(cell.text)
    return SheetCell(cell.value, number_format=RATE if isinstance(cell.value, Decimal) else WHOLE)
