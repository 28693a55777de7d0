"""What the workbook of a summary table has on its sheet."""

from decimal import Decimal

from povertyplan.core import clock
from povertyplan.core.platform.spreadsheets import Book, RuledSheet, SheetCell, WorkbookRow
from povertyplan.core.text import formatting
from reports.printing.form_sheet import FormSheet
from reports.printing.layout import MOTTO, STATE
from reports.printing.tree import Cell, plain
from reports.tables.shape import OfficialTable, TableCell, TableRow

DEMO_MARK = "DỮ LIỆU MẪU – số liệu giả định, không dùng làm căn cứ"
NARROWEST_LEAD, FIGURE_WIDTH = 6, 11
FEWEST_COLUMNS = 8  # of a sheet that has the two headings side by side
CHARACTERS_A_PERCENT = 1.3
WHOLE, RATE = "#,##0", "0.00"


def write_workbook(table: OfficialTable, form: FormSheet) -> bytes:
    """The workbook of a table, with the surroundings of its printed form."""
    book = Book(title=form.title, author=form.issuer, created=clock.now())
    left, right = (signature.lines for signature in form.signatures)
    book.official_sheet(
        f"Bieu {formatting.two_digits(table.number)}",
        RuledSheet(
            left=(" ".join(form.issuer_lines).upper(), form.label),
            right=(STATE, MOTTO),
            dated=form.date_line,
            title=[form.title.upper()],
            period=form.period,
            mark=DEMO_MARK if form.demo else "",
            widths=_widths(table),
            head=[[_head_cell(cell) for cell in row] for row in table.head_cells],
            rows=[_row(row) for row in table.rows],
            after=[*form.notes, *(f"Kiểm tra: {problem}" for problem in form.problems)],
            signed=(left, right),
            foot=form.source,
            is_wide=form.is_wide,
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
