"""The lists of a village: for the wall, for the visits, and the certificates of its households."""

from households.choices import PovertyClass
from households.models import CampaignVillage
from households.selectors.results import Result, campaign_results
from households.selectors.reviews import class_label, work_list
from households.selectors.steps import steps_of
from povertyplan.core import formatting
from reports import tree

from .frame import lowered, made_on, paper

CENTER = tree.Align.CENTER
ESCAPED = {
    PovertyClass.POOR: "Hộ thoát nghèo",
    PovertyClass.NEAR_POOR: "Hộ thoát cận nghèo",
}
BLANK_ROWS = 12


def posting(row: CampaignVillage) -> list[tree.DocumentTree]:
    """The public list: name, birth year, village and class, and nothing else of anybody."""
    results = [one for one in campaign_results(row.campaign, village=row.village) if _public(one)]
    stands = steps_of(row).posting
    days = (
        f"từ ngày {formatting.day(stands.posted_on)} đến hết ngày {formatting.day(stands.until)}"
        if stands
        else "từ ngày ……/……/……… đến hết ngày ……/……/………"
    )
    rows = tuple(
        (str(number), one.head, str(one.birth_year or ""), str(row.village), _public_class(one))
        for number, one in enumerate(results, start=1)
    )
    return [
        paper(
            row.campaign,
            kind="Danh sách niêm yết",
            symbol="DS-BCĐ",
            subject=f"Kết quả {lowered(row.campaign.name)} tại {row.village}",
            body=(
                tree.Table(
                    columns=(
                        tree.Column(8, CENTER),
                        tree.Column(33),
                        tree.Column(14, CENTER),
                        tree.Column(22),
                        tree.Column(23),
                    ),
                    head=(("TT", "Họ tên chủ hộ", "Năm sinh", "Thôn, tổ dân phố", "Phân loại"),),
                    rows=rows or ((tree.Cell("Không có hộ nào", colspan=5),),),
                ),
                tree.Paragraph(f"Niêm yết {days}."),
                tree.Paragraph(
                    "Mọi khiếu nại, phản ánh gửi trưởng thôn, tổ trưởng tổ dân phố hoặc Ủy ban "
                    "nhân dân trong thời gian niêm yết."
                ),
            ),
            closing=made_on(),
            signature=tree.Signature(("TM. Ban Chỉ đạo rà soát",)),
        )
    ]


def visit_list(row: CampaignVillage) -> list[tree.DocumentTree]:
    """The households to visit, with the answers to be written by hand."""
    items = work_list(campaign=row.campaign, village=row.village)
    return [
        _visit_sheet(
            row,
            f"Các hộ cần rà soát tại {row.village}",
            tuple(
                (
                    str(number),
                    f"{item.head_name} ({item.household.code})",
                    item.household.address,
                    str(item.household.member_count),
                    item.earlier_class,
                    "",
                    "",
                )
                for number, item in enumerate(items, start=1)
            ),
        )
    ]


def blank_visit_list(row: CampaignVillage) -> list[tree.DocumentTree]:
    """The same sheet empty, for households that ask on the way."""
    rows = tuple((str(number), "", "", "", "", "", "") for number in range(1, BLANK_ROWS + 1))
    return [_visit_sheet(row, f"Phiếu trống ghi hộ phát sinh tại {row.village}", rows)]


def _visit_sheet(
    row: CampaignVillage, subject: str, rows: tuple[tree.Row, ...]
) -> tree.DocumentTree:
    return paper(
        row.campaign,
        kind="Danh sách",
        symbol="DS-BCĐ",
        subject=subject,
        body=(
            tree.Table(
                columns=(
                    tree.Column(6, CENTER),
                    tree.Column(27),
                    tree.Column(21),
                    tree.Column(8, CENTER),
                    tree.Column(14),
                    tree.Column(8, CENTER),
                    tree.Column(16),
                ),
                head=(
                    (
                        "TT",
                        "Chủ hộ (mã hộ)",
                        "Địa chỉ",
                        "Số khẩu",
                        "Phân loại đầu đợt",
                        "Điểm B1",
                        "Chỉ số thiếu hụt (số)",
                    ),
                ),
                rows=rows or ((tree.Cell("Không có hộ nào", colspan=7),),),
            ),
        ),
        closing=f"{row.campaign.standard}. {made_on()}",
        signature=tree.Signature(("Rà soát viên",), str(row.reviewer or "")),
    )


def certificates(row: CampaignVillage) -> list[tree.DocumentTree]:
    """A certificate (Mẫu 03) for each poor and near-poor household, one to a page."""
    results = campaign_results(row.campaign, village=row.village)
    return [_certificate(row, one) for one in results if one.is_listed]


def _certificate(row: CampaignVillage, result: Result) -> tree.DocumentTree:
    campaign = row.campaign
    label = PovertyClass(result.after).label
    decision = campaign.decision
    by = (
        f"Quyết định số {decision.number} {formatting.long_day(decision.decided_on)}"
        if decision
        else "Quyết định số ………… ngày …… tháng …… năm ………"
    )
    members = tuple(
        (
            str(number),
            member.person.full_name,
            formatting.birth(member.person.birth_date, member.person.birth_precision),
            member.get_relation_display(),
        )
        for number, member in enumerate(result.members, start=1)
    )
    return paper(
        campaign,
        kind="Giấy chứng nhận",
        symbol="GCN-HN.HCN",
        subject=label,
        body=(
            tree.Paragraph(f"Chứng nhận hộ ông (bà): {result.head}; mã hộ {result.code}."),
            tree.Paragraph(f"Nơi thường trú: {_residence(row, result)}."),
            tree.Paragraph(f"Là {label.lower()} theo {by}."),
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


def _residence(row: CampaignVillage, result: Result) -> str:
    parts = [result.address] if result.address else []
    if str(row.village) not in result.address:
        parts.append(str(row.village))
    return ", ".join([*parts, str(row.campaign.ward)])


def _public(result: Result) -> bool:
    """Whether the decision will name the household: on a list, or off one."""
    return result.is_listed or result.escaped_poverty or result.escaped_near_poverty


def _public_class(result: Result) -> str:
    if result.is_listed:
        return class_label(result.after)
    return ESCAPED[PovertyClass(result.before)]
