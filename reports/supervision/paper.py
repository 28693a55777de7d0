"""The findings of a year with their answers, as annex of its report (phụ lục giám sát)."""

from collections.abc import Sequence

from django.conf import settings

from povertyplan.core.models import Area
from povertyplan.core.text import formatting
from reports.choices import FileFormat
from reports.papers.frame import made_on
from reports.printing import tree
from reports.printing.docx import render_docx
from reports.printing.issuer import issuer_lines, issuer_of
from reports.printing.pdf import render_pdf
from reports.printing.xlsx import render_workbook
from reports.supervision.presenters import FindingLine, summary

CENTER = tree.Align.CENTER
SHEET_NAME = "Giam sat"
HEAD = (
    *("TT", "Ngày", "Đối tượng", "Phát hiện, kiến nghị", "Đơn vị trả lời", "Hạn"),
    *("Trả lời", "Tình trạng"),
)
WIDTHS = (4, 10, 13, 22, 11, 10, 20, 10)
NONE_FOUND = "Năm {year} không có kiến nghị giám sát nào được ghi."
SIGNERS = "Người lập phụ lục"


def annex(ward: Area, year: int, lines: Sequence[FindingLine]) -> tree.DocumentTree:
    """The annex; a year in which nothing was found says so."""
    issuer = issuer_of(ward)
    return tree.DocumentTree(
        kind="Phụ lục",
        subject=f"Kiến nghị giám sát và kết quả trả lời, năm {year}",
        symbol="PL-UBND",
        issuer=issuer,
        issuer_lines=issuer_lines(issuer, ward.name),
        place=ward.place_line or ward.name,
        year=year,
        body=(
            tree.Paragraph(summary(lines) or NONE_FOUND.format(year=year)),
            tree.Table(
                columns=(
                    tree.TableColumn(WIDTHS[0], CENTER, numeric=True),
                    *map(tree.TableColumn, WIDTHS[1:]),
                ),
                head=(HEAD,),
                rows=tuple(_row(number, line) for number, line in enumerate(lines, start=1)),
            ),
        ),
        closing=f"Phụ lục có {formatting.two_digits(len(lines))} kiến nghị",
        signature=tree.Signature((SIGNERS,)),
        recipients=(),
        archive="VT",
        by_hand=True,
        landscape=True,
        demo=settings.DEMO,
        source=made_on(),
    )


WRITERS = {
    FileFormat.PDF: render_pdf,
    FileFormat.WORD: render_docx,
    FileFormat.EXCEL: lambda paper: render_workbook([(SHEET_NAME, paper)], title=paper.title),
}


def write_annex(ward: Area, year: int, lines: Sequence[FindingLine], ending: str) -> bytes:
    """The file of an annex. Raises PrintingUnavailable."""
    return WRITERS[FileFormat(ending)](annex(ward, year, lines))


def _row(number: int, line: FindingLine) -> tree.Row:
    finding = line.finding
    answer = finding.answer
    if finding.answered_on:
        answer = f"{answer} ({formatting.day(finding.answered_on)})"
    state = str(line.state.label)
    if finding.withdrawal_reason:
        state = f"{state}: {finding.withdrawal_reason}"
    return (
        str(number),
        formatting.day(finding.found_on),
        line.about,
        finding.text,
        finding.unit.name,
        formatting.day(finding.reply_by),
        answer,
        state,
    )
