"""Households by class, their share, and what they lack."""

from collections.abc import Sequence

from households.choices import PovertyClass
from households.ledger.known import year_end
from households.ledger.selectors.deprivations import DeprivationTotals
from povertyplan.core.text import formatting

from . import within_year
from .facts import WardFacts
from .figure import (
    HOUSEHOLDS,
    NO_POPULATION,
    NO_RESULT,
    NOTHING_OLDER,
    PERCENT,
    RATE_DECIMALS,
    Figure,
)
from .links import household_list_url
from .times import read_time


def households(poverty_class: PovertyClass):
    """Households of a class at the end of a year, or on a day within it."""

    def households_of(facts: WardFacts, name: str, year: str) -> Figure:
        if not (when := read_time(year)).is_year:
            return within_year.households(facts, name, poverty_class, when)
        counts, day = facts.counts(int(year)), facts.day_of(int(year))
        if counts is None or day is None:
            return Figure(name, None, HOUSEHOLDS, reason=NO_RESULT.format(year))
        return Figure(
            name,
            getattr(counts, poverty_class),
            HOUSEHOLDS,
            as_of=day,
            source=f"Danh sách {poverty_class.label.lower()}, {facts.source(int(year))}",
            url=_list_url(facts, poverty_class, int(year)),
        )

    return households_of


def percent(poverty_class: PovertyClass):
    """Their share of all households, poor or not."""

    def percent_of(facts: WardFacts, name: str, year: str) -> Figure:
        if not (when := read_time(year)).is_year:
            return within_year.percent(facts, name, poverty_class, when)
        counts, day = facts.counts(int(year)), facts.day_of(int(year))
        if counts is None or day is None:
            return Figure(name, None, PERCENT, reason=NO_RESULT.format(year))
        if not counts.total_households:
            reason = NO_POPULATION.format(formatting.day(day))
            return Figure(name, None, PERCENT, as_of=day, reason=reason)
        share = f"{getattr(counts, poverty_class)}/{formatting.number(counts.total_households)}"
        given = facts.population(day)
        # What is counted long before what is a share of it makes the rate a rough one.
        of_day = (
            f" ngày {formatting.day(given.on)}" if given and given.on < year_end(day.year) else ""
        )
        return Figure(
            name,
            getattr(counts, f"{poverty_class}_percent"),
            PERCENT,
            as_of=day,
            source=f"{share} hộ dân cư{of_day}, {facts.source(int(year))}",
            decimals=RATE_DECIMALS,
            url=_list_url(facts, poverty_class, int(year)),
        )

    return percent_of


def _list_url(facts: WardFacts, poverty_class: PovertyClass, year: int) -> str:
    return household_list_url(**{"class": poverty_class}, **facts.list_filters(year))


def total_households(facts: WardFacts, name: str, year: str) -> Figure:
    """The population is known or not, whether the year's results are recognised or not."""
    if not (when := read_time(year)).is_year:
        return within_year.total_households(facts, name, when)
    day = min(year_end(int(year)), facts.until)
    population = facts.population(day)
    if population is None:
        return Figure(name, None, HOUSEHOLDS, reason=NO_POPULATION.format(formatting.day(day)))
    return Figure(
        name, population.households, HOUSEHOLDS, as_of=population.on, source=population.source
    )


def newly_escaped_households(facts: WardFacts, name: str, year: str) -> Figure:
    if not (when := read_time(year)).is_year:
        return within_year.newly_escaped(facts, name, when)
    escaped, day = facts.escaped(int(year)), facts.day_of(int(year))
    if day is None:
        return Figure(name, None, HOUSEHOLDS, reason=NO_RESULT.format(year))
    if escaped is None:
        return Figure(name, None, HOUSEHOLDS, reason=NOTHING_OLDER.format(formatting.day(day)))
    return Figure(
        name,
        len(escaped),
        HOUSEHOLDS,
        as_of=day,
        source=f"Hộ trong vòng 36 tháng kể từ khi thoát nghèo, {facts.source(int(year))}",
        url=household_list_url(window=1, on=day.isoformat()),
    )


def not_deprived_percent(facts: WardFacts, name: str, *parameters: str) -> Figure:
    """Households that lack none of the given indicators; the last parameter is the year."""
    *numbers, year = parameters
    totals = facts.deprivations(int(year))
    if totals is None:
        return Figure(name, None, PERCENT, reason=NO_RESULT.format(year))
    kept = totals.households - _deprived(facts, totals, numbers, int(year))
    return Figure(
        name,
        formatting.rate(kept, totals.households),
        PERCENT,
        as_of=facts.day_of(int(year)),
        source=f"{kept}/{totals.households} hộ nghèo, cận nghèo không thiếu hụt "
        f"chỉ số {' và '.join(numbers)}, {facts.source(int(year))}",
        # The list can be narrowed to those lacking one indicator, not to those lacking any of two.
        url=household_list_url(deprived=numbers[0], year=year) if len(numbers) == 1 else "",
        reason="" if totals.households else NO_RESULT.format(year),
        decimals=RATE_DECIMALS,
    )


def _deprived(
    facts: WardFacts, totals: DeprivationTotals, numbers: Sequence[str], year: int
) -> int:
    if len(numbers) == 1:
        return totals.deprived(int(numbers[0]))
    return facts.deprived_of_any(tuple(map(int, numbers))).get(facts.recognised[year].pk, 0)
