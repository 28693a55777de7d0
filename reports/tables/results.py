"""Table 1: the official result of the ward (tổng hợp kết quả chính thức)."""

from decimal import Decimal

from households.choices import PovertyClass
from povertyplan.core.text import formatting

from .facts import NUMBER_LEAD, VILLAGE_LEAD, Population, TableArea, TableFacts, inside, leads_of
from .links import listed_url
from .shape import OfficialTable, TableCell, TableRow, heading

LEADS = (NUMBER_LEAD, VILLAGE_LEAD)
GROUPS = (
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
        notes=() if facts.average else (NONE_RECORDED,),
        problems=tuple(_problems(facts)),
    )


def _row(facts: TableFacts, place: TableArea) -> TableRow:
    population = facts.population(place)
    households, persons = _counts(facts, place)
    cells = [TableCell(population.households), TableCell(population.persons)]
    for whole, counts in ((population.households, households), (population.persons, persons)):
        for poverty_class in CLASSES:
            if poverty_class == PovertyClass.AVERAGE_LIVING and not facts.average:
                cells += [UNKNOWN, UNKNOWN]
                continue
            count = counts[poverty_class]
            url = listed_url(facts, place, poverty_class)
            cells += [TableCell(count, url), TableCell(_rate(count, whole))]
    return TableRow(leads_of(facts, place), tuple(cells), is_total=place.is_ward)


def _counts(facts: TableFacts, place: TableArea) -> tuple[dict[str, int], dict[str, int]]:
    households = dict.fromkeys(CLASSES, 0)
    persons = dict(households)
    for household in inside(place, (*facts.listed, *facts.average)):
        households[household.poverty_class] += 1
        persons[household.poverty_class] += household.size
    return households, persons


def _rate(count: int, whole: int | None) -> Decimal | None:
    if whole is None or count > whole:
        return None
    return formatting.rate(count, whole)


# Checks ------------------------------------------------------------------------------------


def _problems(facts: TableFacts) -> list[str]:
    day = formatting.day(facts.until)
    problems = [
        f"Chưa có {what} của {', '.join(missing)} ngày {day}; tỷ lệ để “–”."
        for what, attribute in (
            ("tổng số hộ", "households"),
            ("tổng số nhân khẩu", "persons"),
        )
        if (missing := _without(facts, attribute))
    ]
    for place in facts.places:
        problems += _too_many(facts, place)
    return problems + _sum_problems(facts)


def _without(facts: TableFacts, attribute: str) -> list[str]:
    return [place.name for place in facts.places if not getattr(facts.population(place), attribute)]


def _too_many(facts: TableFacts, place: TableArea) -> list[str]:
    """Sentences where the three classes are more than the population they live in."""
    population = facts.population(place)
    households, persons = _counts(facts, place)
    return [
        f"{place.name}: {formatting.number(sum(counts.values()))} {unit} nghèo, cận nghèo, mức "
        f"sống trung bình nhiều hơn tổng số {formatting.number(whole)} {unit} ngày "
        f"{formatting.day(facts.until)}; tỷ lệ trên 100% không được ghi."
        for unit, whole, counts in (
            ("hộ", population.households, households),
            ("khẩu", population.persons, persons),
        )
        if whole and sum(counts.values()) > whole
    ]


def _sum_problems(facts: TableFacts) -> list[str]:
    """A sentence where the totals of the villages do not add up to the ward's."""
    return [
        f"Tổng số {unit} của các thôn, tổ dân phố là {formatting.number(parts)}, của "
        f"{facts.ward.name} là {formatting.number(whole)} (chênh "
        f"{formatting.number(abs(parts - whole))})."
        for unit, attribute in (("hộ", "households"), ("nhân khẩu", "persons"))
        if (whole := getattr(facts.population(facts.ward), attribute)) is not None
        and (parts := _sum_of_parts(facts, attribute)) is not None
        and parts != whole
    ]


def _sum_of_parts(facts: TableFacts, attribute: str) -> int | None:
    """The sum over the villages; None unless every one is known."""
    known: list[Population] = [facts.population(village) for village in facts.villages]
    parts = [getattr(population, attribute) for population in known]
    return sum(parts) if parts and None not in parts else None
