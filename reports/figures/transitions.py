"""How many households joined or left a list in a year."""

from collections.abc import Callable

from households.choices import PovertyClass
from households.rules.transitions import MovementMeasure, MovementTable

from . import within_year
from .facts import WardFacts
from .figure import HOUSEHOLDS, NO_RESULT, Figure
from .times import read_time


def decrease(poverty_class: PovertyClass):
    """Households that left a list in a year."""
    return _movement(poverty_class, "giảm", _decrease)


def increase(poverty_class: PovertyClass):
    """Households that joined a list in a year."""
    return _movement(poverty_class, "tăng", _increase)


def _movement(poverty_class: PovertyClass, way: str, sum_of: Callable[[MovementTable], int]):
    def moved(facts: WardFacts, name: str, year: str) -> Figure:
        if not (when := read_time(year)).is_year:
            return within_year.moved(facts, name, poverty_class, when, sum_of)
        tables = facts.movements(int(year))
        if tables is None:
            return _not_compared(facts, name, int(year))
        source = f"{poverty_class.label} {way} trong năm {year}, theo bảng diễn biến"
        return Figure(
            name,
            sum_of(tables.of(poverty_class, MovementMeasure.HOUSEHOLDS)),
            HOUSEHOLDS,
            as_of=facts.day_of(int(year)),
            source=f"{source}; {facts.source(int(year))}",
        )

    return moved


def _not_compared(facts: WardFacts, name: str, year: int) -> Figure:
    """Without one of its two ends there is nothing to compare: the reason names the year."""
    missing = year - 1 if facts.knows(year) else year
    return Figure(name, None, HOUSEHOLDS, reason=NO_RESULT.format(missing))


def _decrease(table: MovementTable) -> int:
    return table.to_other_list + table.above_both_lines + table.other_decrease


def _increase(table: MovementTable) -> int:
    return table.from_other_list + table.fell_back + table.newly + table.other_increase


def reduction(poverty_class: PovertyClass):
    """How many fewer households there are than at the end of the year before."""

    def reduced(facts: WardFacts, name: str, year: str) -> Figure:
        if not (when := read_time(year)).is_year:
            return within_year.reduced(facts, name, poverty_class, when)
        facts.load([int(year) - 1, int(year)])
        before, now = facts.counts(int(year) - 1), facts.counts(int(year))
        if before is None or now is None:
            return _not_compared(facts, name, int(year))
        was, still = getattr(before, poverty_class), getattr(now, poverty_class)
        return Figure(
            name,
            was - still,
            HOUSEHOLDS,
            as_of=facts.day_of(int(year)),
            source=f"{was} hộ cuối năm {int(year) - 1} trừ {still} hộ, {facts.source(int(year))}",
        )

    return reduced
