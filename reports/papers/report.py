"""The report of a campaign's results to the level above (báo cáo kết quả rà soát).

The law asks for the report and its opinion before the decision, and does not set out a form; who
receives it was changed when the districts were given up. So the addressee is a line to write on,
and every number comes from what the decision and the board count.
"""

from collections import defaultdict
from collections.abc import Sequence

from households.campaign.procedure.selectors.steps import StepTotals, add_up_steps, village_steps
from households.campaign.progress import VillageProgress, add_up, campaign_progress
from households.campaign.recognition.selectors.results import Result, campaign_results
from households.ledger.selectors.tallies import DecisionTotals, decision_totals
from households.models import ReviewCampaign
from povertyplan.core.text import formatting
from povertyplan.core.text.vietnamese import lower_first
from reports.printing import tree
from reports.printing.issuer import issuer_of

from .frame import build_paper, count_words, unlisted_note

CENTER, RIGHT = tree.Align.CENTER, tree.Align.RIGHT
DOTS = "…" * 24
HEAD = (
    (
        tree.Cell("TT", rowspan=2),
        tree.Cell("Thôn, tổ dân phố", rowspan=2),
        tree.Cell("Hộ đã rà soát", rowspan=2),
        tree.Cell("Hộ nghèo", colspan=2),
        tree.Cell("Hộ cận nghèo", colspan=2),
        tree.Cell("Thoát nghèo", colspan=2),
        tree.Cell("Thoát cận nghèo", colspan=2),
    ),
    ("Hộ", "Khẩu") * 4,
)
COLUMNS = (
    tree.TableColumn(5, CENTER),
    tree.TableColumn(24),
    tree.TableColumn(11, RIGHT),
    *(tree.TableColumn(width, RIGHT) for width in (7, 8) * 4),
)


def report(campaign: ReviewCampaign) -> list[tree.DocumentTree]:
    """What was done and what it came to, as it stands now; after the decision as it decided."""
    progress = campaign_progress(campaign)
    steps = add_up_steps(village_steps(campaign, progress=progress))
    results = campaign_results(campaign)
    return [
        build_paper(
            campaign,
            kind="Báo cáo",
            symbol="BC-UBND",
            year=campaign.year,
            subject=f"Kết quả {lower_first(campaign.name)}",
            addressees=(DOTS,),
            body=(
                *_work(campaign, progress, steps),
                *_outcome(campaign, decision_totals(results)),
                *unlisted_note(campaign),
            ),
            closing=f"Trên đây là báo cáo kết quả rà soát của {issuer_of(campaign.ward)}",
            signature=tree.Signature(("TM. Ủy ban nhân dân", "Chủ tịch")),
            recipients=("Như trên",),
            archive="VT",
            appendices=(
                tree.Appendix(
                    "Kết quả rà soát theo thôn, tổ dân phố",
                    (_by_village(progress, results),),
                    landscape=True,
                ),
            ),
        )
    ]


def _work(
    campaign: ReviewCampaign, progress: list[VillageProgress], steps: StepTotals
) -> tree.Body:
    total = add_up(campaign, progress)
    lines = [
        f"Thời gian rà soát: từ ngày {formatting.day(campaign.opens_on)} đến ngày "
        f"{formatting.day(campaign.closes_on)}.",
        f"Chuẩn áp dụng: {lower_first(campaign.standard.name)} "
        f"({campaign.standard.legal_reference}).",
        f"Đã rà soát {formatting.number(total.done)} trên {formatting.number(total.total)} hộ "
        "trong danh sách; "
        f"{formatting.number(total.finished_villages)} trên {formatting.number(total.villages)} "
        "thôn, tổ dân phố đã hoàn thành.",
    ]
    procedure = campaign.procedure
    if procedure and procedure.requires_meeting:
        lines.append(f"Họp dân: {_of_villages(steps.met, steps.villages)}.")
    if procedure and procedure.requires_posting:
        lines.append(
            f"Niêm yết đủ thời hạn: {_of_villages(steps.posted, steps.villages)}; nhận "
            f"{formatting.number(steps.complaints)} khiếu nại, phản ánh, chưa giải quyết "
            f"{formatting.number(steps.open_complaints)}."
        )
    return (
        tree.Heading(1, "Tổ chức thực hiện"),
        *(tree.Dash(line) for line in lines),
    )


def _of_villages(done: int, villages: int) -> str:
    return (
        f"{formatting.number(done)} trên {formatting.number(villages)} thôn, tổ dân phố có hộ "
        "trong danh sách"
    )


def _outcome(campaign: ReviewCampaign, totals: DecisionTotals) -> tree.Body:
    lines = [
        f"Hộ nghèo: {count_words(totals.poor)}.",
        f"Hộ cận nghèo: {count_words(totals.near_poor)}.",
        f"Hộ thoát nghèo: {count_words(totals.escaped_poverty)}, trong đó lên cận nghèo "
        f"{count_words(totals.poor_to_near_poor)}, vượt chuẩn cận nghèo "
        f"{count_words(totals.poor_to_above)}, xóa tên {count_words(totals.poor_struck_off)}.",
        f"Hộ thoát cận nghèo: {count_words(totals.escaped_near_poverty)}, trong đó xuống hộ nghèo "
        f"{count_words(totals.near_poor_to_poor)}, vượt chuẩn cận nghèo "
        f"{count_words(totals.near_poor_to_above)}, "
        f"xóa tên {count_words(totals.near_poor_struck_off)}.",
    ]
    return (
        tree.Heading(1, "Kết quả rà soát"),
        tree.Paragraph(f"{_standing(campaign)} Chi tiết theo thôn, tổ dân phố ở Phụ lục."),
        *(tree.Dash(line) for line in lines),
    )


def _standing(campaign: ReviewCampaign) -> str:
    made = campaign.decision
    if made is None:
        return "Số liệu theo phiếu đã nhập, chưa có quyết định công nhận."
    return (
        f"Số liệu đã công nhận theo Quyết định số {made.number} ngày "
        f"{formatting.day(made.decided_on)}."
    )


def _by_village(progress: list[VillageProgress], results: Sequence[Result]) -> tree.Table:
    """A row for each village of the campaign, and for any its households have moved to since."""
    found = defaultdict(list)
    for one in results:
        found[one.village].append(one)
    done = {row.village: row.done for row in progress}
    villages = [*done, *(village for village in found if village not in done)]
    rows = [
        (str(number), str(village), *_numbers(done.get(village, 0), found[village]))
        for number, village in enumerate(villages, start=1)
    ]
    total = _numbers(sum(done.values()), results)
    return tree.Table(
        columns=COLUMNS,
        head=HEAD,
        rows=tuple(rows) or ((tree.Cell("Không có thôn nào", colspan=len(COLUMNS)),),),
        totals=(("", tree.Cell("Tổng cộng", strong=True), *(_strong(each) for each in total)),),
    )


def _numbers(done: int, results: Sequence[Result]) -> list[str]:
    totals = decision_totals(results)
    tallies = (
        totals.poor,
        totals.near_poor,
        totals.escaped_poverty,
        totals.escaped_near_poverty,
    )
    counts = [count for tally in tallies for count in (tally.households, tally.persons)]
    return [formatting.number(each) for each in (done, *counts)]


def _strong(text: str) -> tree.Cell:
    return tree.Cell(text, strong=True)
