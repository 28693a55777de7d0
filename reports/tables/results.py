"""Table 1: the official result of the ward (tổng hợp kết quả chính thức)."""

from decimal import Decimal

from households.choices import PovertyClass
from households.ledger.selectors.classes import ClassCounts
from povertyplan.core.text import formatting

from .facts import (
    NUMBER_LEAD,
    VILLAGE_LEAD,
    TableArea,
    TableFacts,
    row_of,
    unknown_problems,
)
from .links import listed_url
from .shape import Group, OfficialTable, TableCell, TableRow, heading

LEADS = (NUMBER_LEAD, VILLAGE_LEAD)
GROUPS: tuple[Group, ...] = (
    "Tổng số hộ dân cư",
    "Tổng số nhân khẩu",
    *(
        (title, ("Số hộ", f"Tỷ lệ % = ({first})/(1)"))
        for title, first in (
            ("Hộ nghèo", 3),
            ("Hộ cận nghèo", 5),
            ("Hộ NLNN có mức sống trung bình", 7),
        )
    ),
    *(
        (title, ("Số khẩu", f"Tỷ lệ % = ({first})/(2)"))
        for title, first in (
            ("Khẩu hộ nghèo", 9),
            ("Khẩu hộ cận nghèo", 11),
            ("Khẩu hộ NLNN có mức sống trung bình", 13),
        )
    ),
)
NONE_RECORDED = (
    "Cột (7), (8), (13), (14) để “–”: sổ quản lý chưa ghi hộ làm nông, lâm, ngư, diêm nghiệp có "
    "mức sống trung bình."
)
CLASSES = (PovertyClass.POOR, PovertyClass.NEAR_POOR, PovertyClass.AVERAGE_LIVING)
UNKNOWN = TableCell(None)


def build_results(facts: TableFacts) -> OfficialTable:
    """Households and persons on the lists on the closing day, and their rates.

    A rate stands only where its denominator is known and at least as large as its part.
    """
    return OfficialTable(
        number=1,
        title="Tổng hợp kết quả rà soát hộ nghèo, hộ cận nghèo",
        period=f"Số liệu ngày {formatting.day(facts.until)}",
        leads=LEADS,
        head=heading(LEADS, GROUPS),
        rows=tuple(_row(facts, place) for place in facts.places),
        notes=() if _records_average(facts) else (NONE_RECORDED,),
        problems=(*unknown_problems(facts, facts.until, facts.places), *_problems(facts)),
    )


def _row(facts: TableFacts, place: TableArea) -> TableRow:
    counts = _counts(facts, place)
    cells = [TableCell(counts.total_households), TableCell(counts.total_persons)]
    for whole, measure in ((counts.total_households, ""), (counts.total_persons, "_persons")):
        for poverty_class in CLASSES:
            if poverty_class == PovertyClass.AVERAGE_LIVING and not _records_average(facts):
                cells += [UNKNOWN, UNKNOWN]
                continue
            count = getattr(counts, f"{poverty_class}{measure}")
            url = listed_url(facts, place, poverty_class)
            cells += [TableCell(count, url), TableCell(_rate(count, whole))]
    # The population is known or not, whether the classes are or not.
    return row_of(facts, place, cells, keeps=2)


def _counts(facts: TableFacts, place: TableArea) -> ClassCounts:
    return facts.closing.get(place.pk, ClassCounts())


def _records_average(facts: TableFacts) -> bool:
    """Whether any household of the ward has the class of average living."""
    return facts.closing[None].average_living > 0


def _rate(count: int, whole: int | None) -> Decimal | None:
    if whole is None or count > whole:
        return None
    return formatting.rate(count, whole)


def _problems(facts: TableFacts) -> list[str]:
    day = formatting.day(facts.until)
    problems = [
        f"Chưa có {what} của {', '.join(missing)} ngày {day}; tỷ lệ để “–”."
        for what, attribute in (
            ("tổng số hộ", "total_households"),
            ("tổng số nhân khẩu", "total_persons"),
        )
        if (missing := _without(facts, attribute))
    ]
    for place in facts.places:
        problems += _too_many(facts, place)
    return problems + _sum_problems(facts)


def _without(facts: TableFacts, attribute: str) -> list[str]:
    return [place.name for place in facts.places if not getattr(_counts(facts, place), attribute)]


def _too_many(facts: TableFacts, place: TableArea) -> list[str]:
    """Sentences where the three classes are more than the population they live in."""
    if not facts.knows_closing(place):
        return []
    counts = _counts(facts, place)
    return [
        f"{place.name}: {formatting.number(listed)} {unit} nghèo, cận nghèo, mức "
        f"sống trung bình nhiều hơn tổng số {formatting.number(whole)} {unit} ngày "
        f"{formatting.day(facts.until)}; tỷ lệ trên 100% không được ghi."
        for unit, whole, listed in (
            ("hộ", counts.total_households, counts.households_in(CLASSES)),
            ("khẩu", counts.total_persons, counts.persons_in(CLASSES)),
        )
        if whole and listed > whole
    ]


def _sum_problems(facts: TableFacts) -> list[str]:
    """A sentence where the totals of the villages do not add up to the ward's."""
    return [
        f"Tổng số {unit} của các thôn, tổ dân phố là {formatting.number(parts)}, của "
        f"{facts.ward.name} là {formatting.number(whole)} (chênh "
        f"{formatting.number(abs(parts - whole))})."
        for unit, attribute in (("hộ", "total_households"), ("nhân khẩu", "total_persons"))
        if (whole := getattr(_counts(facts, facts.whole), attribute)) is not None
        and (parts := _sum_of_parts(facts, attribute)) is not None
        and parts != whole
    ]


def _sum_of_parts(facts: TableFacts, attribute: str) -> int | None:
    """The sum over the villages; None unless every one is known."""
    parts = [getattr(_counts(facts, village), attribute) for village in facts.villages]
    return sum(parts) if parts and None not in parts else None
