"""The receipt sheet as paper and as workbook.

Thông tư 60/2026/TT-BTC, Điều 3.3: who represents the household, number, address; the money, or the
goods with specification, brand and maker; a signature or fingerprint. What of the goods nobody
recorded is written in by hand.
"""

from collections.abc import Sequence

from django.conf import settings

from households.field_access import Field, fields_throughout
from households.ledger.selectors.members import memberships_on
from povertyplan.core import clock
from povertyplan.core.models import Area, User
from povertyplan.core.text import formatting
from projects.models import Support
from reports.choices import FileFormat
from reports.papers.frame import made_on
from reports.printing import tree
from reports.printing.issuer import issuer_lines, issuer_of
from reports.printing.pdf import render_pdf
from reports.printing.xlsx import render_workbook

CENTER, RIGHT = tree.Align.CENTER, tree.Align.RIGHT
FORMATS = (FileFormat.PDF, FileFormat.EXCEL)
PURPOSE = "Ký nhận hỗ trợ"
SHEET_NAME = "Bang ke"
LEGAL_REFERENCE = "Thông tư số 60/2026/TT-BTC, Điều 3"
HEAD = (
    "TT", "Họ và tên người đại diện", "Số định danh cá nhân", "Địa chỉ", "Nội dung hỗ trợ",
    "Quy cách, nhãn hiệu, nơi sản xuất", "Số lượng", "Số tiền (đồng)", "Ngày giao",
    "Ký nhận hoặc điểm chỉ",
)  # fmt: skip
WIDTHS = (4, 13, 12, 13, 13, 10, 6, 10, 10, 9)
TOTAL_SPAN = 7


def write_receipts(
    supports: Sequence[Support], *, ward: Area, year: int, caption: str, reader: User, ending: str
) -> bytes:
    """The file of a sheet. Raises PrintingUnavailable."""
    document = receipt_paper(supports, ward=ward, year=year, caption=caption, reader=reader)
    if ending == FileFormat.EXCEL:
        return render_workbook([(SHEET_NAME, document)], title=document.title)
    return render_pdf(document)


def receipt_paper(
    supports: Sequence[Support], *, ward: Area, year: int, caption: str, reader: User
) -> tree.DocumentTree:
    """Personal numbers stand there for those who may take them away; others leave room."""
    issuer = issuer_of(ward)
    return tree.DocumentTree(
        kind="Bảng kê",
        symbol="BK-UBND",
        subject="Hỗ trợ hộ gia đình",
        issuer=issuer,
        issuer_lines=issuer_lines(issuer, ward.name),
        place=ward.place_line or ward.name,
        year=year,
        body=(tree.Paragraph(f"Gồm: {caption}."), _table(supports, ward, reader)),
        closing=f"Bảng kê có {formatting.two_digits(len(supports))} dòng",
        signature=tree.Signature(("Chủ tịch",)),
        co_signatures=(tree.Signature(("Người lập bảng kê",)), tree.Signature(("Người giao",))),
        recipients=("Đơn vị thực hiện",),
        archive="VT, hồ sơ hỗ trợ",
        landscape=True,
        by_hand=True,
        demo=settings.DEMO,
        source=f"{LEGAL_REFERENCE}. {made_on()}",
    )


def names_numbers(reader: User, ward: Area) -> bool:
    """Whether personal numbers stand on a reader's sheet."""
    return Field.CITIZEN_ID in fields_throughout(reader, ward)


def _table(supports: Sequence[Support], ward: Area, reader: User) -> tree.Table:
    heads = _heads(supports)
    has_numbers = names_numbers(reader, ward)
    aligned = {0: CENTER, 6: RIGHT, 7: RIGHT, 8: CENTER}
    amounts = [each.amount for each in supports if each.amount is not None]
    total = formatting.number(sum(amounts)) if amounts else ""
    return tree.Table(
        columns=tuple(
            tree.TableColumn(width, aligned.get(at, tree.Align.LEFT), numeric=at in (0, 7))
            for at, width in enumerate(WIDTHS)
        ),
        head=(HEAD,),
        rows=tuple(
            _row(number, each, heads.get(each.household_id or 0), has_numbers)
            for number, each in enumerate(supports, start=1)
        ),
        totals=(
            (
                tree.Cell("Cộng", colspan=TOTAL_SPAN, strong=True),
                tree.Cell(total, strong=True),
                "",
                "",
            ),
        ),
    )


def _heads(supports: Sequence[Support]) -> dict[int, tuple[str, str]]:
    """Name and number of the heads who represent the households today; one query."""
    households = [each.household_id for each in supports if each.household_id]
    rows = memberships_on(households, clock.today(), or_last=True).filter(is_head=True)
    named = rows.values_list("household_id", "person__full_name", "person__citizen_id")
    return {household: (name, number) for household, name, number in named}


def _row(
    number: int, support: Support, head: tuple[str, str] | None, has_numbers: bool
) -> tree.Row:
    name, citizen_id = head or (support.group_name, "")
    quantity = ""
    if support.quantity is not None:
        quantity = f"{formatting.number(support.quantity)} {support.kind.quantity_unit}".strip()
    return (
        str(number),
        name,
        citizen_id if has_numbers else "",
        _address(support),
        _content(support, name),
        "",
        quantity,
        formatting.number(support.amount) if support.amount is not None else "",
        formatting.day(support.delivered_on) if support.delivered_on else "",
        "",
    )


def _address(support: Support) -> str:
    household = support.household
    if household is None:
        return ""
    village = household.village.name
    if village in household.address:
        return household.address
    return ", ".join(part for part in (household.address, village) if part)


def _content(support: Support, head: str) -> str:
    """What was given, and for whom where that is not who signs."""
    person = support.person
    if person is None or person.full_name == head:
        return support.kind.name
    return f"{support.kind.name} (cho {person.full_name})"
