"""The lists of a rehearsed recognition as a workbook, marked on every sheet."""

from django.conf import settings

from households.models import ReviewCampaign
from reports.papers.frame import made_on
from reports.printing import tree
from reports.printing.issuer import issuer_lines, issuer_of
from reports.printing.xlsx import render_workbook

from .presenters import MARK, TITLE, HouseholdSection, RehearsalPage

CENTER = tree.Align.CENTER
HEAD = ("TT", "Nội dung", "Mã hộ", "Chủ hộ", "Thôn, tổ dân phố", "Chi tiết")
WIDTHS = (4, 28, 10, 18, 15, 25)


def write_rehearsal(*, campaign: ReviewCampaign, shown: RehearsalPage) -> bytes:
    """A sheet for each section, with all of its households."""
    sheets = [
        (section.title[:31], _document(campaign, shown, section)) for section in shown.sections
    ]
    return render_workbook(sheets, title=f"{MARK}: {campaign}")


def _document(
    campaign: ReviewCampaign, shown: RehearsalPage, section: HouseholdSection
) -> tree.DocumentTree:
    ward = campaign.ward
    issuer = issuer_of(ward)
    said = [shown.headline, shown.warning, "" if section.groups else section.none]
    return tree.DocumentTree(
        kind=TITLE,
        symbol="TT-UBND",
        subject=str(campaign),
        issuer=issuer,
        issuer_lines=issuer_lines(issuer, ward.name),
        place=ward.place_line or ward.name,
        year=campaign.year,
        body=(*(tree.Paragraph(each) for each in said if each), _table(section)),
        closing=f"{MARK}; không ghi gì vào sổ",
        signature=tree.Signature(("Người lập",)),
        recipients=(),
        archive="VT",
        by_hand=True,
        landscape=True,
        demo=settings.DEMO,
        source=f"{MARK}. {made_on()}",
        mark=MARK,
    )


def _table(section: HouseholdSection) -> tree.Table:
    first, *others = WIDTHS
    named = [(group.title, each) for group in section.groups for each in group.households]
    return tree.Table(
        title=section.title,
        columns=(tree.TableColumn(first, CENTER, numeric=True), *map(tree.TableColumn, others)),
        head=(HEAD,),
        rows=tuple(
            (str(number), title, each.code, each.name, each.village, each.note)
            for number, (title, each) in enumerate(named, start=1)
        ),
    )
