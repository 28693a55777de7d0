"""A summary table as the form that is printed."""

from datetime import date

from django.conf import settings

from povertyplan.core.models import Area
from povertyplan.core.text import formatting
from reports.printing.form_sheet import FormSheet
from reports.printing.issuer import issuer_lines, issuer_of
from reports.printing.tree import Align, Cell, Row, Signature, Table, TableColumn
from reports.tables.shape import OfficialTable, TableRow

WIDE_FROM = 10  # columns that no longer fit on an upright sheet
SIGNATURES = (
    Signature(("NGƯỜI LẬP BIỂU",)),
    Signature(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")),
)


def build_form_sheet(table: OfficialTable, *, ward: Area, on: date, source: str = "") -> FormSheet:
    """The printed form of a table, dated `on`; `source` says where the figures come from."""
    return FormSheet(
        label=f"Biểu số {formatting.two_digits(table.number)}",
        title=table.title,
        period=table.period,
        issuer=issuer_of(ward),
        issuer_lines=issuer_lines(issuer_of(ward), ward.name),
        date_line=f"{ward.place_line or ward.name}, {formatting.long_day(on)}",
        table=Table(
            columns=_columns(table),
            head=table.head,
            rows=tuple(_row(row) for row in table.parts),
            totals=tuple(_row(row) for row in table.totals),
        ),
        signatures=SIGNATURES,
        notes=table.notes,
        problems=table.problems,
        is_wide=table.width >= WIDE_FROM,
        demo=settings.DEMO,
        source=source,
    )


def _columns(table: OfficialTable) -> tuple[TableColumn, ...]:
    leads = [
        TableColumn(lead.width, Align.CENTER if lead.centred else Align.LEFT)
        for lead in table.leads
    ]
    figures = max(table.width - len(leads), 1)
    share = max((100 - sum(lead.width for lead in table.leads)) // figures, 1)
    widths = table.cell_widths or (share,) * figures
    return (*leads, *(TableColumn(width, Align.CENTER) for width in widths))


def _row(row: TableRow) -> Row:
    return tuple(Cell(text) for text in (*row.leads, *(cell.text for cell in row.cells)))
