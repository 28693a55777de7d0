"""Working days: Monday to Friday, without the holidays."""

from collections.abc import Collection
from datetime import date, timedelta

SATURDAY = 5
ONE_DAY = timedelta(days=1)


def is_working_day(day: date, holidays: Collection[date]) -> bool:
    return day.weekday() < SATURDAY and day not in holidays


def after_working_days(start: date, days: int, holidays: Collection[date]) -> date:
    """The day on which `days` working days after `start` are over; `start` itself counts not.

    >>> after_working_days(date(2026, 11, 19), 3, ())  # a Thursday
    datetime.date(2026, 11, 24)
    """
    day = start
    while days > 0:
        day += ONE_DAY
        days -= is_working_day(day, holidays)
    return day
