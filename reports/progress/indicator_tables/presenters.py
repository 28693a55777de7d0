"""Tables of indicators in words: their usual names, the times of a year, their paper."""

from django.conf import settings

from povertyplan.core import clock
from povertyplan.core.text import formatting
from povertyplan.core.text.vietnamese import lower_first, upper_first
from projects.models import Indicator
from reports.choices import FileFormat, IndicatorColumn
from reports.papers.frame import made_on
from reports.printing import tree
from reports.printing.docx import render_docx
from reports.printing.issuer import issuer_lines, issuer_of
from reports.printing.pdf import render_pdf
from reports.printing.xlsx import render_workbook
from reports.progress.indicator_tables.selectors import FilledTable

NO_SUCH_TABLE = "Chỉ có biểu từ 01 đến 15."
NO_SUCH_TIME = "Chọn kỳ số liệu trong danh sách."
NOT_SET_UP = "Biểu này chưa được cấu hình."
SAVED = "Đã lưu cấu hình biểu."
CENTER = tree.Align.CENTER
ROOM = 65  # percent of the width that the columns share; the names take the rest
# Words want more room than figures.
WIDE = {
    IndicatorColumn.PLANNED: 3,
    IndicatorColumn.SOURCE: 3,
    IndicatorColumn.OWNER: 3,
}


def file_title(number: int, time: str) -> str:
    return f"Biểu {number:02} {time}"


def describe_time(filled: FilledTable) -> str:
    """ "Quý II/2026, tính đến ngày 15/05/2026" while the time runs."""
    name, today = upper_first(filled.when.words), clock.today()
    if today >= filled.when.last:
        return name
    return f"{name}, tính đến ngày {formatting.day(today)}"


def page_rows(filled: FilledTable) -> list[tuple[Indicator, list[tuple[str, str]]]]:
    """Each row with the heading of every cell, which a narrow screen shows beside it."""
    heads = [str(column.label) for column in filled.columns]
    return [(indicator, list(zip(heads, cells, strict=True))) for indicator, cells in filled.rows]


def paper(filled: FilledTable) -> tree.DocumentTree:
    ward = filled.table.ward
    issuer = issuer_of(ward)
    widths = _widths(filled)
    return tree.DocumentTree(
        kind=f"Biểu số {filled.table.number:02}",
        subject=f"{filled.table.name}, {lower_first(describe_time(filled))}",
        symbol="UBND",
        issuer=issuer,
        issuer_lines=issuer_lines(issuer, ward.name),
        place=ward.place_line or ward.name,
        year=clock.today().year,
        body=(
            tree.Table(
                columns=(
                    tree.TableColumn(5, CENTER, numeric=True),
                    tree.TableColumn(95 - sum(widths)),
                    *map(tree.TableColumn, widths),
                ),
                head=(("TT", "Chỉ tiêu", *(str(column.label) for column in filled.columns)),),
                rows=tuple(
                    (str(place), indicator.name, *cells)
                    for place, (indicator, cells) in enumerate(filled.rows, start=1)
                ),
            ),
        ),
        closing=f"Biểu có {formatting.two_digits(len(filled.rows))} chỉ tiêu",
        signature=tree.Signature(("Người lập biểu",)),
        recipients=(),
        archive="VT",
        by_hand=True,
        landscape=True,
        demo=settings.DEMO,
        source=made_on(),
    )


def _widths(filled: FilledTable) -> list[int]:
    shares = [WIDE.get(column, 2) for column in filled.columns]
    return [ROOM * share // sum(shares) for share in shares]


WRITERS = {
    FileFormat.PDF: render_pdf,
    FileFormat.WORD: render_docx,
    FileFormat.EXCEL: lambda made: render_workbook([(made.kind, made)], title=made.title),
}
