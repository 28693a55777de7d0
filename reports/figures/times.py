"""The time a named figure is about: a year, a part of one, or a day. Pure.

Written "2026", "2026-m02", "2026-q2", "2026-h1" (the first six months), "2026-9m" and "2026-06-30".
"""

import re
from dataclasses import dataclass
from datetime import date

from povertyplan.core.periods.spans import MONTHS_A_QUARTER, span_of
from povertyplan.core.text import formatting
from povertyplan.core.text.vietnamese import lower_first

_YEAR = r"20\d\d"
_PART = rf"{_YEAR}-(?:q[1-4]|h1|9m|m(?:0[1-9]|1[0-2]))"
SPAN_SHAPE = re.compile(rf"{_YEAR}|{_PART}")
MOMENT_SHAPE = re.compile(rf"{_YEAR}|{_PART}|{_YEAR}-\d\d-\d\d")
HALF, NINE_MONTHS = "h1", "9m"
MONTHS = {HALF: 6, NINE_MONTHS: 9}
_NUMBERED = {"q": (MONTHS_A_QUARTER, formatting.quarter), "m": (1, formatting.month_of_year)}


@dataclass(frozen=True)
class FigureTime:
    """From the first to the last day; `words` name it inside a sentence.

    `is_year` marks a whole year, whose figures are those of its recognised review.
    """

    text: str
    first: date
    last: date
    words: str
    is_year: bool = False

    @property
    def is_day(self) -> bool:
        return self.first == self.last

    @property
    def year(self) -> int:
        return self.last.year

    def counted_on(self, until: date) -> date | None:
        """The day up to which it can be counted: its last, or `until` while it runs; else None."""
        if until < self.first:
            return None
        return min(self.last, until)


def is_time(text: str) -> bool:
    """Whether a text of the right shape names days that there are."""
    try:
        read_time(text)
    except ValueError:
        return False
    return True


def read_time(text: str) -> FigureTime:
    """The time that a text names. Raises ValueError for a day that no month has.

    >>> read_time("2026-q2").last, read_time("2026-9m").words, read_time("2026-06-30").words
    (datetime.date(2026, 6, 30), '9 tháng năm 2026', 'ngày 30/06/2026')
    """
    start, _, part = text.partition("-")
    year = int(start)
    if not part:
        return FigureTime(text, *span_of(year, 12), f"năm {year}", is_year=True)
    if part in MONTHS:
        named = formatting.half_year if part == HALF else formatting.nine_months
        return FigureTime(text, *span_of(year, MONTHS[part]), lower_first(named(year)))
    if part[0] in _NUMBERED:
        (months, numbered), number = _NUMBERED[part[0]], int(part[1:])
        words = lower_first(numbered(year, number))
        return FigureTime(text, *span_of(year, months, number), words)
    day = date.fromisoformat(text)
    return FigureTime(text, day, day, f"ngày {formatting.day(day)}")
