"""First and last day of a part of a year. Pure; every quarter and month is read from here."""

from calendar import monthrange
from datetime import date

MONTHS_A_QUARTER = 3


def span_of(year: int, months: int, number: int = 1) -> tuple[date, date]:
    """The days of the `number`-th part of a year in which each part is so many months long.

    >>> span_of(2026, 3, 2)
    (datetime.date(2026, 4, 1), datetime.date(2026, 6, 30))
    >>> span_of(2024, 1, 2)[1]
    datetime.date(2024, 2, 29)
    """
    last = number * months
    return span_of_months(year, last - months + 1, last)


def span_of_months(year: int, first: int, last: int) -> tuple[date, date]:
    """The days from the first to the last of some months of a year."""
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])
