"""A simulation as paper and workbook, marked on every page and sheet."""

from collections.abc import Iterable, Sequence

from django.conf import settings

from povertyplan.core.models import Area
from povertyplan.core.text import formatting
from reports.choices import FileFormat
from reports.papers.frame import made_on
from reports.printing import tree
from reports.printing.issuer import issuer_lines, issuer_of
from reports.printing.pdf import render_pdf
from reports.printing.xlsx import render_workbook

from .presenters import MARK, CountRow, CountTable, SimulatedRow

CENTER = tree.Align.CENTER
NAME_WIDTH = 34
HEAD = (
    "TT", "Mã hộ", "Chủ hộ", "Thôn, tổ dân phố", "Khu vực", "Điểm B1; thiếu hụt",
    "Kết quả công nhận", "Mô phỏng",
)  # fmt: skip
WIDTHS = (4, 10, 18, 16, 9, 17, 13, 13)
LISTED = "Hộ đổi phân loại, chưa đủ dữ liệu"


def write_simulation(
    *,
    ward: Area,
    year: int,
    subject: str,
    sentences: Sequence[str],
    tables: Sequence[CountTable],
    rows: Sequence[SimulatedRow],
    ending: str,
) -> bytes:
    """The file. Raises PrintingUnavailable."""
    ruled = [*map(_counts, tables), _households(rows)]
    if ending == FileFormat.EXCEL:
        sheets = [
            (each.title[:31], _document(ward, year, subject, sentences, [each])) for each in ruled
        ]
        return render_workbook(sheets, title=f"{MARK}: {subject}")
    return render_pdf(_document(ward, year, subject, sentences, ruled))


def _document(
    ward: Area,
    year: int,
    subject: str,
    sentences: Sequence[str],
    tables: Iterable[tree.Table],
) -> tree.DocumentTree:
    issuer = issuer_of(ward)
    return tree.DocumentTree(
        kind="Mô phỏng chuẩn nghèo",
        symbol="MP-UBND",
        subject=subject,
        issuer=issuer,
        issuer_lines=issuer_lines(issuer, ward.name),
        place=ward.place_line or ward.name,
        year=year,
        body=(*(tree.Paragraph(each) for each in sentences), *tables),
        closing=f"{MARK}; không thay đổi phân loại của hộ nào",
        signature=tree.Signature(("Người lập",)),
        recipients=(),
        archive="VT",
        by_hand=True,
        landscape=True,
        demo=settings.DEMO,
        source=f"{MARK}. {made_on()}",
        mark=MARK,
    )


def _counts(table: CountTable) -> tree.Table:
    width = (100 - NAME_WIDTH) // (len(table.head) - 1)
    return tree.Table(
        title=table.title,
        columns=(
            tree.TableColumn(NAME_WIDTH),
            *(tree.TableColumn(width, CENTER, numeric=True) for _each in table.head[1:]),
        ),
        head=(table.head,),
        rows=tuple(map(_row, table.rows)),
        totals=(_row(table.total),) if table.total else (),
        note=" ".join(table.notes),
    )


def _row(row: CountRow) -> tree.Row:
    name = f"{row.name} ({row.note})" if row.note else row.name
    return (name, *(each.text for each in row.counts))


def _households(rows: Sequence[SimulatedRow]) -> tree.Table:
    first, *others = WIDTHS
    return tree.Table(
        title=f"{LISTED} ({formatting.number(len(rows))} hộ)",
        columns=(tree.TableColumn(first, CENTER, numeric=True), *map(tree.TableColumn, others)),
        head=(HEAD,),
        rows=tuple(
            (
                str(number),
                row.code,
                row.name,
                row.village,
                row.setting,
                row.scores,
                row.before,
                f"{row.after}: {row.missing}" if row.missing else row.after,
            )
            for number, row in enumerate(rows, start=1)
        ),
    )
