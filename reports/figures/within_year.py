"""Figures of a day or of a part of a year: what the register counts, what units reported.

They are preliminary: the figures of a year are those of its recognised review. A part that still
runs is counted to date, and its source says so; what is not known is None, never 0.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from households.choices import PovertyClass
from households.rules.transitions import MovementMeasure, MovementTable
from povertyplan.core.periods.spans import span_of
from povertyplan.core.text import formatting
from projects.models import Indicator
from projects.targets.selectors import Reached, reached_between
from reports.models import UnitReportFigure

from .facts import WardFacts
from .figure import HOUSEHOLDS, NO_POPULATION, NOTHING_OLDER, PERCENT, RATE_DECIMALS, Figure
from .links import household_list_url
from .times import FigureTime

if TYPE_CHECKING:
    from .registry import FigureRegistry

NOT_KNOWN = "Chưa có số liệu của {}."
OF_REGISTER = "sơ bộ: sổ hộ nghèo, hộ cận nghèo ngày {}"
TO_DATE = "{}, kỳ chưa hết"
OF_UNIT = "{} báo cáo, số liệu đến ngày {}, sơ bộ"
ESTIMATED_BY = "{} ước thực hiện {}"


def households(
    facts: WardFacts, name: str, poverty_class: PovertyClass, when: FigureTime
) -> Figure:
    day = when.counted_on(facts.until)
    counts = facts.counts_on(day) if day else None
    if day is None or counts is None:
        return Figure(name, None, HOUSEHOLDS, reason=NOT_KNOWN.format(when.words))
    return Figure(
        name,
        getattr(counts, poverty_class),
        HOUSEHOLDS,
        as_of=day,
        source=register_source(when, day),
        url=_list_url(poverty_class, day),
    )


def percent(facts: WardFacts, name: str, poverty_class: PovertyClass, when: FigureTime) -> Figure:
    day = when.counted_on(facts.until)
    counts = facts.counts_on(day) if day else None
    if day is None or counts is None:
        return Figure(name, None, PERCENT, reason=NOT_KNOWN.format(when.words))
    if not counts.total_households:
        reason = NO_POPULATION.format(formatting.day(day))
        return Figure(name, None, PERCENT, as_of=day, reason=reason)
    part = formatting.number(getattr(counts, poverty_class))
    share = f"{part}/{formatting.number(counts.total_households)}"
    return Figure(
        name,
        getattr(counts, f"{poverty_class}_percent"),
        PERCENT,
        as_of=day,
        source=f"{share} hộ dân cư, {register_source(when, day)}",
        decimals=RATE_DECIMALS,
        url=_list_url(poverty_class, day),
    )


def total_households(facts: WardFacts, name: str, when: FigureTime) -> Figure:
    day = when.counted_on(facts.until)
    population = facts.population(day) if day else None
    if population is None:
        return Figure(name, None, HOUSEHOLDS, reason=NOT_KNOWN.format(when.words))
    return Figure(
        name, population.households, HOUSEHOLDS, as_of=population.on, source=population.source
    )


def newly_escaped(facts: WardFacts, name: str, when: FigureTime) -> Figure:
    day = when.counted_on(facts.until)
    if day is None or not facts.known.knows_day(day):
        return Figure(name, None, HOUSEHOLDS, reason=NOT_KNOWN.format(when.words))
    if (escaped := facts.escaped_on(day)) is None:
        return Figure(name, None, HOUSEHOLDS, reason=NOTHING_OLDER.format(formatting.day(day)))
    return Figure(
        name,
        len(escaped),
        HOUSEHOLDS,
        as_of=day,
        source=f"Hộ trong vòng 36 tháng kể từ khi thoát nghèo, {register_source(when, day)}",
        url=household_list_url(window=1, on=day.isoformat()),
    )


def moved(
    facts: WardFacts,
    name: str,
    poverty_class: PovertyClass,
    when: FigureTime,
    sum_of: Callable[[MovementTable], int],
) -> Figure:
    """How many joined or left a list in a part of a year."""
    ends = _ends(facts, when)
    if ends is None:
        return Figure(name, None, HOUSEHOLDS, reason=NOT_KNOWN.format(when.words))
    tables = facts.movements_between(*ends)
    return Figure(
        name,
        sum_of(tables.of(poverty_class, MovementMeasure.HOUSEHOLDS)),
        HOUSEHOLDS,
        as_of=ends[1],
        source=register_source(when, ends[1]),
    )


def reduced(facts: WardFacts, name: str, poverty_class: PovertyClass, when: FigureTime) -> Figure:
    """How many fewer there are than before a part of a year began."""
    ends = _ends(facts, when)
    counts = [facts.counts_on(day) for day in ends] if ends else [None]
    if ends is None or None in counts:
        return Figure(name, None, HOUSEHOLDS, reason=NOT_KNOWN.format(when.words))
    was, still = (getattr(each, poverty_class) for each in counts)
    source = (
        f"{formatting.number(was)} hộ ngày {formatting.day(ends[0])} "
        f"trừ {formatting.number(still)} hộ"
    )
    return Figure(
        name,
        was - still,
        HOUSEHOLDS,
        as_of=ends[1],
        source=f"{source}, {register_source(when, ends[1])}",
    )


def reached(book: "FigureRegistry", indicator: Indicator, when: FigureTime) -> Reached | None:
    """What an indicator reached by then: as its unit reported for that time or that day."""
    for said in _said_of(book, indicator):
        request = said.report.request
        is_same = when.is_day and request.data_on == when.last
        if said.value is not None and (is_same or _is_of(said, when)):
            unit, day = said.report.author.name, formatting.day(request.data_on)
            source = OF_UNIT.format(unit, day)
            return Reached(value=said.value, as_of=request.data_on, source=source)
    own = book.actuals.get((indicator.pk, when.year), [])
    if not when.is_day:
        return reached_between(own, when.first, when.last)
    begins, _ends = span_of(when.year, 12)
    is_of_day = any(row.as_of == when.last for row in own)
    return reached_between(own, begins, when.last) if is_of_day else None


def estimated(
    book: "FigureRegistry", indicator: Indicator, when: FigureTime
) -> tuple[Decimal, str] | None:
    """What its unit expects of the whole of a time, and the source in words."""
    for said in _said_of(book, indicator):
        if said.estimate is not None and _is_of(said, when):
            return said.estimate, ESTIMATED_BY.format(said.report.author.name, when.words)
    return None


def register_source(when: FigureTime, day: date) -> str:
    source = OF_REGISTER.format(formatting.day(day))
    return TO_DATE.format(source) if day < when.last else source


def _said_of(book: "FigureRegistry", indicator: Indicator) -> list[UnitReportFigure]:
    key = f"indicator-{indicator.pk}"
    return [said for said in book.reported_within if said.key == key]


def _is_of(said: UnitReportFigure, when: FigureTime) -> bool:
    request = said.report.request
    return (request.first_day, request.last_day) == (when.first, when.last)


def _ends(facts: WardFacts, when: FigureTime) -> tuple[date, date] | None:
    """The two days that are compared; None where one of them is not known."""
    before, day = facts.day_before(when.first), when.counted_on(facts.until)
    if before is None or day is None or before >= day or not facts.known.knows_day(day):
        return None
    return before, day


def _list_url(poverty_class: PovertyClass, day: date) -> str:
    return household_list_url(**{"class": poverty_class}, on=day.isoformat())
