"""The lists of a village: for the visits, for the wall, of each class; each also empty."""

from collections.abc import Callable, Sequence

from households.campaign.procedure.selectors.steps import steps_of
from households.campaign.recognition.selectors.results import Result, campaign_results
from households.choices import PovertyClass
from households.entry.survey.selectors.reviews import class_label, work_list
from households.ledger.selectors.tallies import tally_of
from households.models import CampaignVillage, ReviewCampaign
from povertyplan.core.text import formatting
from povertyplan.core.text.vietnamese import lower_first
from reports.printing import tree

from .frame import BLANK_PLACE, blank_rows, build_paper, list_names

CENTER = tree.Align.CENTER
ESCAPED = {
    PovertyClass.POOR: "Hộ thoát nghèo",
    PovertyClass.NEAR_POOR: "Hộ thoát cận nghèo",
}
BLANK_DAYS = "từ ngày ……/……/……… đến hết ngày ……/……/………"
BLANK_COUNT = "Danh sách có ……… hộ"
Rows = tuple[tree.Row, ...]


def posting(row: CampaignVillage) -> list[tree.DocumentTree]:
    """The public list: name, birth year, village and class, and nothing else of anybody."""
    results = [one for one in campaign_results(row.campaign, village=row.village) if _public(one)]
    stands = steps_of(row).posting
    days = (
        f"từ ngày {formatting.day(stands.posted_on)} đến hết ngày {formatting.day(stands.until)}"
        if stands
        else BLANK_DAYS
    )
    rows = tuple(
        (str(number), one.head, str(one.birth_year or ""), str(row.village), _public_class(one))
        for number, one in enumerate(results, start=1)
    )
    return [_posting(row.campaign, str(row.village), rows, days, list_names(rows))]


def blank_posting(campaign: ReviewCampaign) -> list[tree.DocumentTree]:
    """The public list to be filled in by hand."""
    return [_posting(campaign, BLANK_PLACE, blank_rows(5), BLANK_DAYS, BLANK_COUNT)]


def _posting(
    campaign: ReviewCampaign, place: str, rows: Rows, days: str, closing: str
) -> tree.DocumentTree:
    return build_paper(
        campaign,
        kind="Danh sách niêm yết",
        symbol="DS-BCĐ",
        subject=f"Kết quả {lower_first(campaign.name)} tại {place}",
        body=(
            tree.Table(
                columns=(
                    tree.TableColumn(8, CENTER, numeric=True),
                    tree.TableColumn(33),
                    tree.TableColumn(14, CENTER, numeric=True),
                    tree.TableColumn(22),
                    tree.TableColumn(23),
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
        closing=closing,
        signature=tree.Signature(("TM. Ban Chỉ đạo rà soát",)),
    )


def visit_list(row: CampaignVillage) -> list[tree.DocumentTree]:
    """The households to visit, with the answers to be written by hand."""
    items = work_list(campaign=row.campaign, village=row.village)
    rows = tuple(
        (
            str(number),
            f"{item.head_name} ({item.household.code})",
            item.household.address,
            str(item.household.member_count),  # type: ignore[attr-defined]  # `with_member_count`
            item.earlier_class,
            "",
            "",
        )
        for number, item in enumerate(items, start=1)
    )
    subject = f"Các hộ cần rà soát tại {row.village}"
    return [_visit_list(row.campaign, subject, rows, list_names(rows), str(row.reviewer or ""))]


def blank_visit_list(campaign: ReviewCampaign) -> list[tree.DocumentTree]:
    """The same sheet empty, for households that ask on the way."""
    subject = f"Các hộ phát sinh cần rà soát tại {BLANK_PLACE}"
    return [_visit_list(campaign, subject, blank_rows(7), BLANK_COUNT, "")]


def _visit_list(
    campaign: ReviewCampaign, subject: str, rows: Rows, closing: str, reviewer: str
) -> tree.DocumentTree:
    return build_paper(
        campaign,
        kind="Danh sách",
        symbol="DS-BCĐ",
        subject=subject,
        body=(
            tree.Table(
                columns=(
                    tree.TableColumn(6, CENTER, numeric=True),
                    tree.TableColumn(27),
                    tree.TableColumn(21),
                    tree.TableColumn(8, CENTER, numeric=True),
                    tree.TableColumn(14),
                    tree.TableColumn(8, CENTER),
                    tree.TableColumn(16),
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
        closing=closing,
        signature=tree.Signature(("Rà soát viên",), reviewer),
    )


def poor_list(row: CampaignVillage) -> list[tree.DocumentTree]:
    """The poor households of the village after the review."""
    return _list_of(row, "Hộ nghèo", lambda one: one.after == PovertyClass.POOR)


def near_poor_list(row: CampaignVillage) -> list[tree.DocumentTree]:
    """The near-poor households of the village after the review."""
    return _list_of(row, "Hộ cận nghèo", lambda one: one.after == PovertyClass.NEAR_POOR)


def escaped_list(row: CampaignVillage) -> list[tree.DocumentTree]:
    """The households off the poor or the near-poor list, whatever they became."""
    return _list_of(
        row,
        "Hộ thoát nghèo, hộ thoát cận nghèo",
        lambda one: one.escaped_poverty or one.escaped_near_poverty,
    )


def blank_list_of(who: str) -> Callable[[ReviewCampaign], list[tree.DocumentTree]]:
    """The list of a class to be filled in by hand."""

    def build(campaign: ReviewCampaign) -> list[tree.DocumentTree]:
        return [_class_list(campaign, who, BLANK_PLACE, blank_rows(7), None, BLANK_COUNT)]

    return build


def _list_of(
    row: CampaignVillage, who: str, belongs: Callable[[Result], bool]
) -> list[tree.DocumentTree]:
    results = [one for one in campaign_results(row.campaign, village=row.village) if belongs(one)]
    rows = tuple(
        (
            str(number),
            one.head,
            str(one.birth_year or ""),
            one.address,
            str(one.persons),
            class_label(one.before) if one.before else "",
            class_label(one.after) if one.after else "Xóa tên",
        )
        for number, one in enumerate(results, start=1)
    )
    place, draft = str(row.village), row.campaign.decision is None
    return [_class_list(row.campaign, who, place, rows, results, list_names(rows), draft)]


def _class_list(
    campaign: ReviewCampaign,
    who: str,
    place: str,
    rows: Rows,
    results: Sequence[Result] | None,
    closing: str,
    provisional: bool = False,
) -> tree.DocumentTree:
    persons = formatting.number(tally_of(results).persons) if results else ""
    total = (
        "",
        tree.Cell("Tổng cộng", colspan=3, strong=True),
        tree.Cell(persons, strong=True),
        "",
        "",
    )
    return build_paper(
        campaign,
        kind="Danh sách",
        symbol="DS-BCĐ",
        subject=f"{who} theo kết quả {lower_first(campaign.name)} tại {place}",
        body=(
            tree.Table(
                columns=(
                    tree.TableColumn(7, CENTER, numeric=True),
                    tree.TableColumn(25),
                    tree.TableColumn(10, CENTER, numeric=True),
                    tree.TableColumn(21),
                    tree.TableColumn(9, CENTER, numeric=True),
                    tree.TableColumn(14),
                    tree.TableColumn(14),
                ),
                head=(
                    (
                        "TT",
                        "Họ tên chủ hộ",
                        "Năm sinh",
                        "Địa chỉ",
                        "Số khẩu",
                        "Trước rà soát",
                        "Sau rà soát",
                    ),
                ),
                rows=rows or ((tree.Cell("Không có hộ nào", colspan=7),),),
                totals=(total,) if results or results is None else (),
            ),
        ),
        closing=closing,
        signature=tree.Signature(("TM. Ban Chỉ đạo rà soát",)),
        provisional=provisional,
    )


def _public(result: Result) -> bool:
    """Whether the decision will name the household: on a list, or off one."""
    return result.is_listed or result.escaped_poverty or result.escaped_near_poverty


def _public_class(result: Result) -> str:
    if result.is_listed:
        return class_label(result.after)
    return ESCAPED[PovertyClass(result.before)]
