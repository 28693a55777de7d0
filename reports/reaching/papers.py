"""The work list of a unit and a village, as paper and workbook."""

from collections.abc import Sequence

from django.conf import settings

from povertyplan.core.models import Area
from povertyplan.core.text import formatting
from reports.choices import FileFormat
from reports.papers.frame import made_on
from reports.printing import tree
from reports.printing.issuer import issuer_lines, issuer_of
from reports.printing.pdf import render_pdf
from reports.printing.xlsx import render_workbook

from .presenters import ADVICE, ReachingRow

CENTER = tree.Align.CENTER
HEAD = (
    "TT", "Mã hộ", "Chủ hộ", "Thôn, tổ dân phố", "Còn thiếu",
    "Thiếu hụt và hỗ trợ, đơn vị", "Ghi chú",
)  # fmt: skip
WIDTHS = (4, 10, 13, 12, 14, 37, 10)


def write_work_list(
    *,
    ward: Area,
    year: int,
    subject: str,
    sentences: Sequence[str],
    rows: Sequence[ReachingRow],
    due: str,
    ending: str,
) -> bytes:
    """The file. Raises PrintingUnavailable."""
    issuer = issuer_of(ward)
    document = tree.DocumentTree(
        kind="Danh sách việc",
        symbol="DS-UBND",
        subject=f"để đạt chỉ tiêu năm {year}: {subject}",
        issuer=issuer,
        issuer_lines=issuer_lines(issuer, ward.name),
        place=ward.place_line or ward.name,
        year=year,
        body=(
            *(tree.Paragraph(each) for each in sentences),
            tree.Paragraph(f"Rà soát đến {due}; hạn của từng việc ghi cạnh việc đó. {ADVICE}"),
            _table(rows),
        ),
        closing=f"Danh sách có {formatting.two_digits(len(rows))} hộ",
        signature=tree.Signature(("Người lập",)),
        recipients=(),
        archive="VT",
        by_hand=True,
        landscape=True,
        demo=settings.DEMO,
        source=made_on(),
    )
    if ending == FileFormat.EXCEL:
        return render_workbook([("Viec can lam", document)], title=document.title)
    return render_pdf(document)


def _table(rows: Sequence[ReachingRow]) -> tree.Table:
    first, *others = WIDTHS
    return tree.Table(
        columns=(tree.TableColumn(first, CENTER, numeric=True), *map(tree.TableColumn, others)),
        head=(HEAD,),
        rows=tuple(
            (
                str(number),
                row.code,
                row.name,
                row.village,
                row.distance,
                "; ".join(row.blocking),
                row.note,
            )
            for number, row in enumerate(rows, start=1)
        ),
    )
