"""Parts of a year whose figures can be locked: all of it, its first months, a quarter. Pure."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from povertyplan.core.text import formatting

MONTHS_A_QUARTER = 3
# Of each the first and the last month.
WHOLE_YEAR, HALF_YEAR, NINE_MONTHS = (1, 12), (1, 6), (1, 9)
QUARTERS = ((1, 3), (4, 6), (7, 9), (10, 12))
LOCKABLE_MONTHS = (WHOLE_YEAR, HALF_YEAR, NINE_MONTHS, *QUARTERS)


@dataclass(frozen=True)
class YearPart:
    """A part of a year whose figures can be locked: all of it, its first months, a quarter."""

    year: int
    months: tuple[int, int] = WHOLE_YEAR

    @property
    def last_day(self) -> date:
        last = self.months[1]
        return date(self.year, last, monthrange(self.year, last)[1])

    @property
    def name(self) -> str:
        return part_name(self.year, self.months)

    @property
    def token(self) -> str:
        """How it stands in addresses and forms: "2026", "2026-01-09"."""
        if self.months == WHOLE_YEAR:
            return str(self.year)
        return f"{self.year}-{self.months[0]:02}-{self.months[1]:02}"

    @property
    def is_whole_year(self) -> bool:
        return self.months == WHOLE_YEAR

    def covers(self, other: "YearPart") -> bool:
        """Whether every day of another part is one of this."""
        return (
            self.year == other.year
            and self.months[0] <= other.months[0]
            and other.months[1] <= self.months[1]
        )


def parts_of_year(year: int) -> Iterator[YearPart]:
    return (YearPart(year, months) for months in LOCKABLE_MONTHS)


def part_name(year: int, months: tuple[int, int]) -> str:
    """
    >>> part_name(2026, (1, 9)), part_name(2026, (4, 6)), part_name(2026, (1, 12))
    ('9 tháng năm 2026', 'Quý II/2026', 'Năm 2026')
    """
    if months == WHOLE_YEAR:
        return formatting.whole_year(year)
    if months == HALF_YEAR:
        return formatting.half_year(year)
    if months == NINE_MONTHS:
        return formatting.nine_months(year)
    return formatting.quarter(year, months[1] // MONTHS_A_QUARTER)
