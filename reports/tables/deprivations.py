"""Tables 4 to 7 and 11: what the poor and near-poor lack, in households, rates and children."""

from collections.abc import Callable

from households.choices import LISTED, PovertyClass
from households.field_access import Field
from households.ledger.selectors.deprivations import DeprivationTotals, totals_among
from povertyplan.core.text import formatting

from .facts import (
    NUMBER_LEAD,
    VILLAGE_LEAD,
    TableArea,
    TableFacts,
    inside,
    leads_of,
    row_of,
    unknown_problems,
)
from .links import forms_url, listed_url, review_url
from .shape import OfficialTable, TableCell, TableRow, heading

LEADS = (NUMBER_LEAD, VILLAGE_LEAD)
NO_REVIEW = "Chưa có kết quả rà soát nào được công nhận đến ngày {}."
NEEDS = frozenset({Field.DEPRIVATIONS})
CODES_SHOWN = 20
# Indicators of Nghị định 07/2021/NĐ-CP that speak of children, with the names of the form.
NUTRITION, INSURANCE, SCHOOLING = 3, 4, 6
CHILD_NOTE = (
    "Trẻ em dưới 16 tuổi sống trong hộ thiếu hụt chỉ số đó; phiếu rà soát ghi thiếu hụt của hộ, "
    "không ghi của từng trẻ."
)


def build_poor_deprivations(facts: TableFacts) -> OfficialTable:
    return _counts_table(facts, 4, PovertyClass.POOR)


def build_poor_deprivation_rates(facts: TableFacts) -> OfficialTable:
    return _rates_table(facts, 5, PovertyClass.POOR)


def build_near_poor_deprivations(facts: TableFacts) -> OfficialTable:
    return _counts_table(facts, 6, PovertyClass.NEAR_POOR)


def build_near_poor_deprivation_rates(facts: TableFacts) -> OfficialTable:
    return _rates_table(facts, 7, PovertyClass.NEAR_POOR)


def build_child_deprivations(facts: TableFacts) -> OfficialTable:
    """Table 11: children in households that lack an indicator of children."""
    columns = ("Tổng số trẻ em", "Bảo hiểm y tế", "Dinh dưỡng", "Đi học")
    groups = tuple((listed.label, columns) for listed in LISTED)
    lacking = {
        (household.pk, number) for household in facts.reviewed for number in household.deprivations
    }
    return OfficialTable(
        number=11,
        title="Thiếu hụt dịch vụ xã hội cơ bản của trẻ em",
        period=_period(facts),
        leads=LEADS,
        head=heading(LEADS, groups),
        rows=tuple(_child_row(facts, place, lacking) for place in facts.places),
        notes=(CHILD_NOTE,),
        problems=(
            *unknown_problems(facts, facts.until, facts.places),
            *_review_problems(facts),
        ),
    )


def _child_row(facts: TableFacts, place: TableArea, lacking: set[tuple[int, int]]) -> TableRow:
    cells = []
    for listed in LISTED:
        households = [
            household
            for household in inside(place, facts.listed)
            if household.poverty_class == listed
        ]
        url = listed_url(facts, place, listed, trait="children")
        total = sum(household.children(facts.until) for household in households)
        cells.append(TableCell(total, url, frozenset({Field.MEMBERS})))
        for number in (INSURANCE, NUTRITION, SCHOOLING):
            children = sum(
                household.children(facts.until)
                for household in households
                if (household.pk, number) in lacking
            )
            cells.append(_child_cell(facts, place, listed, number, children))
    return row_of(facts, place, cells)


def _child_cell(facts: TableFacts, place: TableArea, listed: str, number: int, children: int):
    if facts.review is None:
        return TableCell(None)
    url = review_url(facts, place, listed, deprived=number, trait="children")
    return TableCell(children, url, NEEDS | {Field.MEMBERS})


def _counts_table(facts: TableFacts, number: int, listed: PovertyClass) -> OfficialTable:
    groups = ("Tổng số hộ", "Tổng số thiếu hụt", _indicators(facts, "Số hộ thiếu hụt chỉ số"))

    def cells(place: TableArea, totals: DeprivationTotals) -> list[TableCell]:
        lacking = totals.lacking(listed)
        whole = TableCell(totals.households_of(listed), forms_url(facts, place, listed))
        counted = [
            TableCell(lacking[each], review_url(facts, place, listed, deprived=each), NEEDS)
            for each in _numbers(facts)
        ]
        return [whole, TableCell(sum(lacking[each] for each in _numbers(facts))), *counted]

    title = f"Phân tích các chỉ số thiếu hụt của {listed.label.lower()}"
    return _table(facts, number, listed, title, groups, cells)


def _rates_table(facts: TableFacts, number: int, listed: PovertyClass) -> OfficialTable:
    groups = ("Tổng số hộ", _indicators(facts, "Tỷ lệ hộ thiếu hụt chỉ số (%)"))

    def cells(place: TableArea, totals: DeprivationTotals) -> list[TableCell]:
        whole = totals.households_of(listed)
        return [
            TableCell(whole, forms_url(facts, place, listed)),
            *(
                TableCell(
                    formatting.rate(totals.lacking(listed)[each], whole),
                    review_url(facts, place, listed, deprived=each),
                    NEEDS,
                )
                for each in _numbers(facts)
            ),
        ]

    title = f"Tỷ lệ thiếu hụt các chỉ số của {listed.label.lower()}"
    return _table(facts, number, listed, title, groups, cells)


def _table(
    facts: TableFacts,
    number: int,
    listed: PovertyClass,
    title: str,
    groups,
    cells: Callable[[TableArea, DeprivationTotals], list[TableCell]],
) -> OfficialTable:
    return OfficialTable(
        number=number,
        title=title,
        period=_period(facts),
        leads=LEADS,
        head=heading(LEADS, groups),
        rows=tuple(
            TableRow(
                leads_of(facts, place),
                tuple(cells(place, totals_among(inside(place, facts.reviewed)))),
                is_total=place.is_ward,
            )
            for place in facts.places
        )
        if facts.review
        else (),
        notes=("Một hộ có thể thiếu hụt nhiều chỉ số.",),
        problems=(*_review_problems(facts), *missing_forms(facts, listed)),
    )


def _period(facts: TableFacts) -> str:
    if facts.review is None:
        return f"Số liệu ngày {formatting.day(facts.until)}"
    return f"Theo phiếu rà soát năm {facts.review.year}, hộ còn trong sổ ngày " + formatting.day(
        facts.until
    )


def _numbers(facts: TableFacts) -> list[int]:
    return [number for number, _name in facts.review_indicators]


def _indicators(facts: TableFacts, title: str) -> tuple[str, list[str]]:
    names = facts.review_indicators if facts.review else ((1, "Chỉ số"),)
    return title, [f"{number}. {name}" for number, name in names]


def _review_problems(facts: TableFacts) -> tuple[str, ...]:
    return () if facts.review else (NO_REVIEW.format(formatting.day(facts.until)),)


def missing_forms(facts: TableFacts, listed: PovertyClass) -> list[str]:
    """A sentence for each place whose list and forms do not hold the same households.

    A regular review, or a change of the register, after the annual one changes the list and not
    its forms.
    """
    if facts.review is None:
        return []
    reviewed = [household for household in facts.reviewed if household.poverty_class == listed]
    found = []
    for place in filter(facts.knows_closing, facts.places):
        inside_list = inside(place, facts.listed)
        on_list = {each.pk: each.code for each in inside_list if each.poverty_class == listed}
        on_forms = {each.pk: each.code for each in inside(place, reviewed)}
        if on_list.keys() != on_forms.keys():
            found.append(
                f"{place.name}: danh sách có {len(on_list)} {listed.label.lower()}, phiếu rà soát "
                f"năm {facts.review.year} có {len(on_forms)}. Chỉ có trong danh sách: "
                f"{_codes(on_list, on_forms)}; chỉ có trong phiếu: {_codes(on_forms, on_list)}."
            )
    return found


def _codes(households: dict[int, str], others: dict[int, str]) -> str:
    codes = sorted(code for pk, code in households.items() if pk not in others)
    more = len(codes) - CODES_SHOWN
    shown = ", ".join(codes[:CODES_SHOWN])
    return f"{shown} và {more} hộ khác" if more > 0 else shown or "không có"
