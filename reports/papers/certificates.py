"""The certificates (Mẫu 03) of a village's poor and near-poor households, one to a page."""

from households.choices import PovertyClass
from households.models import CampaignVillage, ReviewCampaign
from households.selectors.results import Result, campaign_results
from povertyplan.core import formatting
from reports import tree

from .frame import DOTS, LONG_DOTS, lowered, paper

CENTER = tree.Align.CENTER
BLANK_DECISION = "Quyết định số ………… ngày …… tháng …… năm ………"
BLANK_MEMBERS = 8


def certificates(row: CampaignVillage) -> list[tree.DocumentTree]:
    """A certificate for each poor and near-poor household."""
    results = campaign_results(row.campaign, village=row.village)
    return [_certificate_of(row, one) for one in results if one.is_listed]


def blank_certificate(campaign: ReviewCampaign) -> list[tree.DocumentTree]:
    """A certificate to be filled in by hand."""
    rows = tuple((str(number), "", "", "") for number in range(1, BLANK_MEMBERS + 1))
    return [
        _certificate(
            campaign,
            subject="Hộ nghèo, hộ cận nghèo",
            holder=f"{DOTS}{DOTS}; mã hộ {DOTS}",
            residence=LONG_DOTS,
            standing=f"Là hộ {DOTS} theo {_decision(campaign)}.",
            members=rows,
        )
    ]


def _certificate_of(row: CampaignVillage, result: Result) -> tree.DocumentTree:
    label = PovertyClass(result.after).label
    return _certificate(
        row.campaign,
        subject=label,
        holder=f"{result.head}; mã hộ {result.code}",
        residence=_residence(row, result),
        standing=f"Là {label.lower()} theo {_decision(row.campaign)}.",
        members=tuple(
            (
                str(number),
                member.person.full_name,
                formatting.birth(member.person.birth_date, member.person.birth_precision),
                member.get_relation_display(),
            )
            for number, member in enumerate(result.members, start=1)
        ),
    )


def _certificate(
    campaign: ReviewCampaign,
    *,
    subject: str,
    holder: str,
    residence: str,
    standing: str,
    members: tuple[tree.Row, ...],
) -> tree.DocumentTree:
    return paper(
        campaign,
        kind="Giấy chứng nhận",
        symbol="GCN-HN.HCN",
        subject=subject,
        body=(
            tree.Paragraph(f"Chứng nhận hộ ông (bà): {holder}."),
            tree.Paragraph(f"Nơi thường trú: {residence}."),
            tree.Paragraph(standing),
            tree.Table(
                columns=(
                    tree.Column(8, CENTER),
                    tree.Column(42),
                    tree.Column(22, CENTER),
                    tree.Column(28),
                ),
                head=(("TT", "Họ và tên", "Ngày sinh", "Quan hệ với chủ hộ"),),
                rows=members or ((tree.Cell("", colspan=4),),),
                title="Thành viên trong hộ",
            ),
        ),
        closing=f"Giấy chứng nhận này cấp theo kết quả {lowered(campaign.name)}",
        signature=tree.Signature(("Chủ tịch",)),
        archive="VT",
    )


def _decision(campaign: ReviewCampaign) -> str:
    made = campaign.decision
    if made is None:
        return BLANK_DECISION
    return f"Quyết định số {made.number} {formatting.long_day(made.decided_on)}"


def _residence(row: CampaignVillage, result: Result) -> str:
    parts = [result.address] if result.address else []
    if str(row.village) not in result.address:
        parts.append(str(row.village))
    return ", ".join([*parts, str(row.campaign.ward)])
