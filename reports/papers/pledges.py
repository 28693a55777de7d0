"""What a household commits itself to when it registers to escape poverty, as a paper to sign.

No law gives a form for it; the paper says only what the register holds.
"""

from django.conf import settings

from households.ledger.selectors.members import members_of
from households.models import EscapePledge
from povertyplan.core.text import formatting
from povertyplan.core.text.vietnamese import lower_first
from reports.choices import FileFormat
from reports.papers.frame import DOTS, LONG_DOTS, made_on
from reports.printing import tree
from reports.printing.docx import render_docx
from reports.printing.pdf import render_pdf

FORMATS = (FileFormat.PDF, FileFormat.WORD)
PURPOSE = "In bản cam kết để hộ ký"


def write_pledge(pledge: EscapePledge, ending: str) -> bytes:
    """The file of a pledge. Raises PrintingUnavailable."""
    document = pledge_document(pledge)
    return render_docx(document) if ending == FileFormat.WORD else render_pdf(document)


def pledge_document(pledge: EscapePledge) -> tree.DocumentTree:
    """A paper of the household: no issuer, no number; who helps the household is named in it."""
    household, ward = pledge.household, pledge.ward
    members = members_of(household, household.last_day(pledge.pledged_on))
    head = next((member.person.full_name for member in members if member.is_head), "")
    return tree.DocumentTree(
        kind="Bản cam kết",
        symbol="",
        subject=f"phấn đấu {goal_of(pledge)} năm {pledge.year}",
        issuer="",
        issuer_lines=(),
        place=ward.place_line or ward.name,
        year=pledge.pledged_on.year,
        signed_on=pledge.pledged_on,
        addressees=(ward.signing_body, f"Ban công tác Mặt trận {household.village.name}"),
        body=(
            tree.Paragraph(f"Tôi là: {head or DOTS}, đại diện hộ, mã hộ {household.code}."),
            tree.Paragraph(f"Nơi ở: {_place(pledge)}. Số nhân khẩu: {len(members) or DOTS}."),
            tree.Paragraph(
                f"Hộ gia đình tôi hiện là {pledge.get_from_class_display().lower()}, đăng ký "
                f"phấn đấu {goal_of(pledge)} trong năm {pledge.year} và cam kết thực hiện:"
            ),
            *_dashes(pledge.commitment),
            tree.Paragraph("Hộ gia đình tôi đề nghị được hỗ trợ:"),
            *(_dashes(pledge.request) or (tree.Paragraph(LONG_DOTS),)),
            *_helpers(pledge),
        ),
        closing="Hộ gia đình tôi cam kết thực hiện đúng các nội dung trên",
        signature=tree.Signature(("Đại diện hộ",), head),
        co_signatures=(tree.Signature(("Thôn, tổ dân phố",)),),
        recipients=(),
        archive="",
        by_hand=True,
        demo=settings.DEMO,
        source=made_on(),
    )


def goal_of(pledge: EscapePledge) -> str:
    return {"poor": "thoát nghèo", "near_poor": "thoát cận nghèo"}[pledge.from_class]


def _place(pledge: EscapePledge) -> str:
    household = pledge.household
    parts = [household.address] if household.address else []
    if str(household.village) not in household.address:
        parts.append(str(household.village))
    return ", ".join([*parts, lower_first(str(pledge.ward))])


def _dashes(text: str) -> tuple[tree.Dash, ...]:
    lines = [line for line in text.splitlines() if line]
    return tuple(tree.Dash(line) for line in tree.listed(tuple(lines)))


def _helpers(pledge: EscapePledge) -> tuple[tree.Block, ...]:
    helpers = pledge.helpers.filter(ended_on=None)
    lines = tuple(
        f"{helper}: {helper.task}, từ ngày {formatting.day(helper.from_on)}" for helper in helpers
    )
    if not lines:
        return ()
    dashes = (tree.Dash(line) for line in tree.listed(lines))
    return (tree.Paragraph("Người được phân công giúp đỡ hộ:"), *dashes)
