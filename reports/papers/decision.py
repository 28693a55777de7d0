"""The decision that recognises a campaign's results, with its two annexed lists (Mẫu 02)."""

from collections.abc import Sequence
from datetime import date

from households.campaign.recognition.selectors.results import Result, campaign_results
from households.entry.survey.selectors.reviews import class_label
from households.ledger.selectors.tallies import DecisionTotals, decision_totals, tally_of
from households.models import Decision, ReviewCampaign
from households.rules.decision_numbers import SYMBOL, bare_number, symbol_of
from povertyplan.core import clock
from povertyplan.core.text import formatting
from povertyplan.core.text.vietnamese import lower_first
from reports.printing import tree
from reports.printing.issuer import issuer_of

from .frame import blank_rows, build_paper, count_words, sign_paper, unlisted_note
from .legal_bases import acts_of

CENTER, RIGHT = tree.Align.CENTER, tree.Align.RIGHT
TITLES = (
    "Danh sách hộ nghèo, hộ cận nghèo",
    "Danh sách hộ thoát nghèo, hộ thoát cận nghèo",
)


def decision(campaign: ReviewCampaign) -> list[tree.DocumentTree]:
    """The draft before the approval; with its number and day afterwards."""
    results = campaign_results(campaign)
    return [_decision(campaign, decision_totals(results), results)]


def blank_decision(campaign: ReviewCampaign) -> list[tree.DocumentTree]:
    """The decision and its lists to be filled in by hand."""
    return [_decision(campaign, None, None)]


def _decision(
    campaign: ReviewCampaign, totals: DecisionTotals | None, results: Sequence[Result] | None
) -> tree.DocumentTree:
    """Without results it is a blank form."""
    made = campaign.decision if results is not None else None
    number = bare_number(made.number) if made else ""
    issuer = issuer_of(campaign.ward)
    return build_paper(
        campaign,
        kind="Quyết định",
        symbol=symbol_of(made.number) if made else SYMBOL,
        number=int(number) if number.isdigit() else None,
        signed_on=made.decided_on if made else None,
        by_hand=bool(made) or results is None,
        year=campaign.year,
        subject=(
            "Công nhận danh sách hộ nghèo, hộ cận nghèo và danh sách hộ thoát nghèo, hộ thoát "
            f"cận nghèo năm {campaign.year}"
        ),
        authority=f"Chủ tịch {issuer}",
        bases=_bases(campaign, made.decided_on if made else clock.today()),
        body=(
            tree.Centred("QUYẾT ĐỊNH:"),
            *(tree.Paragraph(text) for text in articles(campaign, totals, issuer)),
            *(unlisted_note(campaign) if results is not None else ()),
        ),
        closing=f"Điều 4. Quyết định này có hiệu lực kể từ ngày {_effect(made)}",
        signature=sign_paper(made),
        recipients=("Như Điều 3",),
        archive="VT",
        appendices=(
            tree.Appendix(TITLES[0], (_listed(results),), landscape=True),
            tree.Appendix(TITLES[1], (_escaped(results),), landscape=True),
        ),
    )


def articles(campaign: ReviewCampaign, totals: DecisionTotals | None, issuer: str) -> list[str]:
    """What the decision orders, with counts of households and persons that balance.

    Without totals the counts are left to the hand.
    """
    return [
        f"Điều 1. Công nhận kết quả {lower_first(campaign.name)} trên địa bàn "
        f"{lower_first(campaign.ward.name)}:",
        *_results_in_words(totals),
        "Điều 2. Hộ nghèo, hộ cận nghèo được cấp Giấy chứng nhận và hưởng các chính sách theo quy "
        "định.",
        f"Điều 3. Văn phòng, các phòng chuyên môn thuộc {issuer}, trưởng thôn, tổ trưởng tổ dân "
        "phố, các đơn vị liên quan và các hộ có tên trong danh sách chịu trách nhiệm thi hành.",
    ]


def _results_in_words(totals: DecisionTotals | None) -> list[str]:
    def of(name: str) -> str:
        return count_words(getattr(totals, name)) if totals else "……… hộ, ……… khẩu"

    return [
        f"1. Hộ nghèo: {of('poor')}; hộ cận nghèo: {of('near_poor')} (Phụ lục I).",
        f"2. Hộ thoát nghèo: {of('escaped_poverty')}, trong đó lên cận nghèo "
        f"{of('poor_to_near_poor')}, vượt chuẩn cận nghèo {of('poor_to_above')}, xóa "
        f"tên {of('poor_struck_off')} (Phụ lục II).",
        f"3. Hộ thoát cận nghèo: {of('escaped_near_poverty')}, trong đó xuống hộ nghèo "
        f"{of('near_poor_to_poor')}, vượt chuẩn cận nghèo "
        f"{of('near_poor_to_above')}, xóa tên {of('near_poor_struck_off')} "
        "(Phụ lục II).",
    ]


def _bases(campaign: ReviewCampaign, on: date) -> tuple[tree.Basis, ...]:
    bases = [tree.Basis("Căn cứ", act) for act in acts_of(campaign, on)]
    return (*bases, tree.Basis("Căn cứ", f"kết quả {lower_first(campaign.name)}"))


def _effect(made: Decision | None) -> str:
    return formatting.day(made.effective_from) if made else "ký"


def _listed(results: Sequence[Result] | None) -> tree.Table:
    if results is None:
        return _table(blank_rows(6), None, ("Phân loại",), (19,))
    listed = [one for one in results if one.is_listed]
    rows = [(*_facts(one), class_label(one.after)) for one in listed]
    return _table(_numbered(rows), listed, ("Phân loại",), (19,))


def _escaped(results: Sequence[Result] | None) -> tree.Table:
    """Households off the poor or the near-poor list, whatever they became."""
    if results is None:
        return _table(blank_rows(7), None, ("Trước rà soát", "Sau rà soát"), (14, 18))
    left = [one for one in results if one.escaped_poverty or one.escaped_near_poverty]
    rows = [(*_facts(one), class_label(one.before), _became(one)) for one in left]
    return _table(_numbered(rows), left, ("Trước rà soát", "Sau rà soát"), (14, 18))


def _became(result: Result) -> str:
    return class_label(result.after) if result.after else "Xóa tên"


def _facts(result: Result) -> tuple[str, ...]:
    return (result.head, str(result.birth_year or ""), str(result.village), str(result.persons))


def _numbered(rows: list[tuple[str, ...]]) -> tuple[tree.Row, ...]:
    return tuple((str(number), *row) for number, row in enumerate(rows, start=1))


def _table(
    rows: tuple[tree.Row, ...],
    results: Sequence[Result] | None,
    more: tuple[str, ...],
    widths: tuple[int, ...],
) -> tree.Table:
    name_width = 100 - 6 - 12 - 22 - 9 - sum(widths)
    count = "………" if results is None else formatting.number(len(results))
    persons = "" if results is None else formatting.number(tally_of(results).persons)
    total: tree.Row = (
        "",
        tree.Cell(f"Tổng cộng: {count} hộ", colspan=3, strong=True),
        tree.Cell(persons, strong=True),
        *([""] * len(more)),
    )
    return tree.Table(
        columns=(
            tree.TableColumn(6, CENTER, numeric=True),
            tree.TableColumn(name_width),
            tree.TableColumn(12, CENTER, numeric=True),
            tree.TableColumn(22),
            tree.TableColumn(9, RIGHT, numeric=True),
            *(tree.TableColumn(width) for width in widths),
        ),
        head=(("TT", "Họ tên chủ hộ", "Năm sinh", "Thôn, tổ dân phố", "Số khẩu", *more),),
        rows=rows or ((tree.Cell("Không có hộ nào", colspan=5 + len(more)),),),
        totals=(total,),
    )
