"""A summary table as a file: workbook, PDF or Word."""

from collections.abc import Callable
from datetime import date

from households.ledger.selectors.standards import standard_in_force
from povertyplan.core import clock
from povertyplan.core.models import Area
from reports.choices import FileFormat
from reports.printing.docx import render_form_docx
from reports.printing.form_sheet import FormSheet
from reports.printing.pdf import render_form_pdf
from reports.tables import presenters
from reports.tables.files.excel import write_workbook
from reports.tables.files.sheet import build_form_sheet
from reports.tables.shape import OfficialTable

WRITERS: dict[str, Callable[[OfficialTable, FormSheet], bytes]] = {
    FileFormat.PDF: lambda _table, sheet: render_form_pdf(sheet),
    FileFormat.WORD: lambda _table, sheet: render_form_docx(sheet),
    FileFormat.EXCEL: write_workbook,
}


def write_table(table: OfficialTable, *, ward: Area, until: date, ending: str) -> bytes:
    """The file of a table that ends on a day. Raises PrintingUnavailable."""
    source = presenters.describe_source(standard_in_force(until), clock.now())
    sheet = build_form_sheet(table, ward=ward, on=clock.today(), source=source)
    return WRITERS[ending](table, sheet)


def table_file_name(table: OfficialTable, *, until: date, ending: str) -> str:
    stem = f"Bieu-{table.number:02}" + ("_mau-trong" if table.is_blank else "")
    return f"{stem}_{until.isoformat()}.{ending}"
