"""Tables 8, 9, 10, 12 and 13: the listed households by group, ethnic group and cause."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from households.choices import LISTED, HouseholdTrait, PovertyClass
from households.field_access import Field
from households.ledger.selectors.deprivations import causes_among
from households.ledger.selectors.listed_households import ListedHousehold
from households.ledger.selectors.tallies import tally_of
from households.ledger.selectors.traits import TRAITS, frequent_minorities
from povertyplan.core.text import formatting

from .deprivations import NO_REVIEW, missing_forms
from .facts import (
    HOUSEHOLDS,
    NUMBER_LEAD,
    PERSONS,
    UNIT_LEAD,
    VILLAGE_LEAD,
    TableArea,
    TableFacts,
    inside,
    leads_of,
    row_of,
    unit_leads,
    unknown_problems,
)
from .links import forms_url, listed_url, review_url
from .shape import OfficialTable, TableCell, TableRow, heading

LEADS = (NUMBER_LEAD, VILLAGE_LEAD)
LOCAL_GROUPS = 4  # how many ethnic groups get a column of their own
UNKNOWN = TableCell(None)
CONDITION = frozenset({Field.CONDITION})
ETHNICITY = frozenset({Field.ETHNICITY})

GROUPS_OVERLAP = (
    "Một hộ có thể thuộc nhiều nhóm, nên tổng các nhóm có thể lớn hơn tổng số; “Khác” là hộ không "
    "thuộc nhóm nào trong ba nhóm trước."
)
BY_THE_HEAD = "Dân tộc của hộ tính theo dân tộc của chủ hộ."
SEVERAL_CAUSES = "Một hộ có thể có nhiều nguyên nhân, nên tổng các cột có thể lớn hơn tổng số hộ."
NO_LOCAL_LIST = (
    "Cột “DT tại chỗ” để “–”: chưa có danh mục dân tộc thiểu số tại chỗ của địa phương. "
    "CSCC: hộ có người có công với cách mạng; KCKNLĐ: hộ không có khả năng lao động."
)


@dataclass(frozen=True)
class Kind:
    """Households counted together: which, and the list that shows them."""

    title: str
    holds: Callable[[ListedHousehold], bool]
    filters: dict[str, str]
    needs: frozenset[Field] = frozenset()


def _trait(title: str, trait: HouseholdTrait, needs: frozenset[Field]) -> Kind:
    return Kind(title, TRAITS[trait], {"trait": trait.value}, needs)


ALL = Kind("Tổng số", lambda household: True, {})
MINORITY = _trait("Hộ DTTS", HouseholdTrait.MINORITY, ETHNICITY)
MAJORITY = _trait("Kinh", HouseholdTrait.MAJORITY, ETHNICITY)
UNRECORDED = _trait("Chưa ghi dân tộc", HouseholdTrait.NO_ETHNIC_GROUP, ETHNICITY)
NO_LABOUR = _trait("Không có khả năng lao động", HouseholdTrait.NO_LABOUR, CONDITION)
MERIT = _trait("Có người có công", HouseholdTrait.MERIT, CONDITION)
NO_GROUP = _trait("Khác", HouseholdTrait.NO_GROUP, CONDITION | ETHNICITY)
FEMALE_HEAD = _trait("Chủ hộ là nữ", HouseholdTrait.FEMALE_HEAD, frozenset({Field.MEMBERS}))


def build_target_groups(facts: TableFacts) -> OfficialTable:
    """Table 8: ethnic minorities, no labour capacity, people of merit, others."""
    kinds = (ALL, MINORITY, NO_LABOUR, MERIT, NO_GROUP)
    leads = (*LEADS, UNIT_LEAD)
    groups = tuple((listed.label, [kind.title for kind in kinds]) for listed in LISTED)
    rows = [
        replace(
            row_of(
                facts,
                place,
                (
                    cell
                    for listed in LISTED
                    for cell in _cells(facts, place, listed, kinds, persons=unit == PERSONS)
                ),
            ),
            leads=unit_leads(facts, place, unit),
        )
        for place in facts.places
        for unit in (HOUSEHOLDS, PERSONS)
    ]
    return OfficialTable(
        number=8,
        title="Hộ nghèo, hộ cận nghèo theo nhóm đối tượng",
        period=_period(facts),
        leads=leads,
        head=heading(leads, groups),
        rows=tuple(rows),
        notes=(GROUPS_OVERLAP, BY_THE_HEAD, "Nhân khẩu là mọi thành viên của các hộ trong nhóm."),
        problems=tuple(unknown_problems(facts, facts.until, facts.places)),
    )


def build_ethnic_groups(facts: TableFacts) -> OfficialTable:
    """Table 9: Kinh, all minorities, then the largest local groups and the rest of them."""
    local = frequent_minorities(facts.listed, LOCAL_GROUPS)
    kinds = (ALL, MAJORITY, MINORITY, *(_of_group(code, name) for code, name in local))
    codes = {code for code, _name in local}

    def others(household: ListedHousehold) -> bool:
        return household.is_minority and household.ethnic_code not in codes

    titles = [*(kind.title for kind in kinds), "DTTS khác", UNRECORDED.title]
    rows = []
    for place in facts.places:
        cells: list[TableCell] = []
        for listed in LISTED:
            cells += _cells(facts, place, listed, kinds)
            # No list of its own: several groups stand in this column.
            rest = tally_of(each for each in _listed(facts, place, listed) if others(each))
            cells.append(TableCell(rest.households))
            cells += _cells(facts, place, listed, (UNRECORDED,))
        rows.append(row_of(facts, place, cells))
    return OfficialTable(
        number=9,
        title="Hộ nghèo, hộ cận nghèo theo dân tộc",
        period=_period(facts),
        leads=LEADS,
        head=heading(LEADS, tuple((listed.label, titles) for listed in LISTED)),
        rows=tuple(rows),
        notes=(BY_THE_HEAD,),
        problems=(*unknown_problems(facts, facts.until, facts.places), *_unrecorded(facts)),
    )


def build_causes(facts: TableFacts) -> OfficialTable:
    """Table 10: the causes of poverty the reviews named."""
    causes = facts.causes if facts.review else ((1, "Nguyên nhân"),)
    titles = ["Tổng số hộ", *(f"{number}. {name}" for number, name in causes)]
    return OfficialTable(
        number=10,
        title="Hộ nghèo, hộ cận nghèo theo nguyên nhân nghèo",
        period=f"Theo phiếu rà soát năm {facts.review.year}" if facts.review else _period(facts),
        leads=LEADS,
        head=heading(LEADS, tuple((listed.label, titles) for listed in LISTED)),
        rows=tuple(
            TableRow(
                leads_of(facts, place),
                tuple(cell for listed in LISTED for cell in _causes(facts, place, listed)),
                is_total=place.is_ward,
            )
            for place in facts.places
        )
        if facts.review
        else (),
        notes=(SEVERAL_CAUSES,),
        problems=tuple(sentence for listed in LISTED for sentence in missing_forms(facts, listed))
        if facts.review
        else (NO_REVIEW.format(formatting.day(facts.until)),),
    )


def build_poor_summary(facts: TableFacts) -> OfficialTable:
    return _summary(facts, 12, PovertyClass.POOR)


def build_near_poor_summary(facts: TableFacts) -> OfficialTable:
    return _summary(facts, 13, PovertyClass.NEAR_POOR)


def _summary(facts: TableFacts, number: int, listed: PovertyClass) -> OfficialTable:
    groups = (
        ("Số hộ", ("Tổng số", "Kinh", "DTTS", "DT tại chỗ")),
        ("Số khẩu", ("Tổng số", "Kinh", "DTTS", "DT tại chỗ")),
        ("Trong đó, số hộ", ("CSCC", "KCKNLĐ", "Chủ hộ là nữ")),
    )
    ethnic = (ALL, MAJORITY, MINORITY)

    def cells(place: TableArea) -> tuple[TableCell, ...]:
        return (
            *_cells(facts, place, listed, ethnic),
            UNKNOWN,
            *_cells(facts, place, listed, ethnic, persons=True),
            UNKNOWN,
            *_cells(facts, place, listed, (MERIT, NO_LABOUR, FEMALE_HEAD)),
        )

    return OfficialTable(
        number=number,
        title=f"Tổng hợp {listed.label.lower()}",
        period=_period(facts),
        leads=LEADS,
        head=heading(LEADS, groups),
        rows=tuple(row_of(facts, place, cells(place)) for place in facts.places),
        notes=(NO_LOCAL_LIST, BY_THE_HEAD),
        problems=(*unknown_problems(facts, facts.until, facts.places), *_unrecorded(facts)),
    )


def _cells(
    facts: TableFacts,
    place: TableArea,
    listed: PovertyClass,
    kinds: Sequence[Kind],
    *,
    persons: bool = False,
) -> list[TableCell]:
    households = _listed(facts, place, listed)
    cells = []
    for kind in kinds:
        counted = tally_of(each for each in households if kind.holds(each))
        value = counted.persons if persons else counted.households
        cells.append(TableCell(value, listed_url(facts, place, listed, **kind.filters), kind.needs))
    return cells


def _causes(facts: TableFacts, place: TableArea, listed: PovertyClass) -> list[TableCell]:
    reviewed = [each for each in inside(place, facts.reviewed) if each.poverty_class == listed]
    named = causes_among(reviewed)
    return [
        TableCell(len(reviewed), forms_url(facts, place, listed)),
        *(
            TableCell(
                named[number],
                review_url(facts, place, listed, cause=number),
                frozenset({Field.CAUSES}),
            )
            for number, _name in facts.causes
        ),
    ]


def _listed(facts: TableFacts, place: TableArea, listed: PovertyClass) -> list[ListedHousehold]:
    return [each for each in inside(place, facts.listed) if each.poverty_class == listed]


def _of_group(code: str, name: str) -> Kind:
    return Kind(name, lambda household: household.ethnic_code == code, {"ethnic": code}, ETHNICITY)


def _unrecorded(facts: TableFacts) -> tuple[str, ...]:
    missing = sum(map(UNRECORDED.holds, facts.listed))
    if not missing:
        return ()
    return (
        f"{formatting.number(missing)} hộ chưa ghi dân tộc của chủ hộ: không thuộc cột Kinh, "
        "không thuộc cột DTTS.",
    )


def _period(facts: TableFacts) -> str:
    return f"Số liệu ngày {formatting.day(facts.until)}"
