"""A list that is handed over after a decision, as paper and as workbook: the frozen rows."""

from django.conf import settings

from povertyplan.core.text import formatting
from projects.choices import HandoverColumn
from projects.handover.presenters import basis_text
from projects.models import HandoverList, HandoverRow
from projects.rules.handovers import known_receiver
from reports.choices import FileFormat
from reports.papers.frame import sign_paper
from reports.printing import tree
from reports.printing.issuer import issuer_lines, issuer_of
from reports.printing.pdf import render_pdf
from reports.printing.xlsx import render_workbook

CENTER = tree.Align.CENTER
FORMATS = (FileFormat.PDF, FileFormat.EXCEL)
PURPOSE = "Gửi danh sách chuyển giao sau quyết định"
SHEET_NAME = "Danh sach"
BY_HAND = "………………"
NUMBER_WIDTH, CHANGE_WIDTH, BASIS_WIDTH = 4, 9, 15
WIDTHS = {
    HandoverColumn.SEX: 6,
    HandoverColumn.BIRTH: 12,
    HandoverColumn.CODE: 13,
    HandoverColumn.ADDRESS: 20,
}
USUAL_WIDTH = 14


def write_handover(document: tree.DocumentTree, ending: str) -> bytes:
    """The file of a list. Raises PrintingUnavailable."""
    if ending == FileFormat.EXCEL:
        return render_workbook([(SHEET_NAME, document)], title=document.title)
    return render_pdf(document)


def handover_paper(handover_list: HandoverList) -> tree.DocumentTree:
    """Number and day are written by hand; the foot carries the digest of the rows."""
    ward, decision = handover_list.ward, handover_list.handover.decision
    issuer = issuer_of(ward)
    rows = list(handover_list.rows.changes())
    return tree.DocumentTree(
        kind="Danh sách",
        symbol="DS-UBND",
        subject=(
            f"{handover_list.kind}: thay đổi sau {decision} ngày "
            f"{formatting.day(decision.decided_on)}"
        ),
        issuer=issuer,
        issuer_lines=issuer_lines(issuer, ward.name),
        place=ward.place_line or ward.name,
        year=handover_list.handover.as_of.year,
        addressees=(_addressee(handover_list),),
        body=(_table(handover_list, rows),),
        closing=(
            f"Danh sách có {formatting.two_digits(len(rows))} thay đổi, kết quả "
            f"tính đến ngày {formatting.day(handover_list.handover.as_of)}"
        ),
        signature=sign_paper(decision),
        recipients=("Như trên",),
        archive="VT",
        landscape=True,
        by_hand=True,
        demo=settings.DEMO,
        source=(
            f"{handover_list.kind.legal_reference}. Lập lúc "
            f"{formatting.moment(handover_list.handover.made_at)}. Mã kiểm tra "
            f"{handover_list.digest[:16]}"
        ),
    )


def _addressee(handover_list: HandoverList) -> str:
    """Whom the paper is for; a school that nobody knows yet is written in by hand."""
    return handover_list.sent_to or known_receiver(handover_list.receiver) or BY_HAND


def _table(handover_list: HandoverList, rows: list[HandoverRow]) -> tree.Table:
    columns = [HandoverColumn(name) for name in handover_list.kind.columns]
    return tree.Table(
        columns=(
            tree.TableColumn(NUMBER_WIDTH, CENTER, numeric=True),
            tree.TableColumn(CHANGE_WIDTH),
            *(tree.TableColumn(width) for width in _widths(columns)),
            tree.TableColumn(BASIS_WIDTH),
        ),
        head=(("TT", "Nội dung", *(column.label for column in columns), "Diện"),),
        rows=tuple(
            (
                str(number),
                row.get_change_display(),
                *(_text(row, column) for column in columns),
                basis_text(row),
            )
            for number, row in enumerate(rows, start=1)
        ),
    )


def _widths(columns: list[HandoverColumn]) -> list[int]:
    """The columns share what the fixed ones leave, by how much they hold."""
    wanted = [WIDTHS.get(column, USUAL_WIDTH) for column in columns]
    left = 100 - NUMBER_WIDTH - CHANGE_WIDTH - BASIS_WIDTH
    shares = [left * width // sum(wanted) for width in wanted]
    return [*shares[:-1], left - sum(shares[:-1])]


def _text(row: HandoverRow, column: HandoverColumn) -> str:
    if column == HandoverColumn.CITIZEN_ID:
        return row.citizen_id
    return row.facts.get(column, "")
