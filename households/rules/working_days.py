"""Working days: Monday to Friday without the days off, and the weekend days worked instead."""

from dataclasses import dataclass
from datetime import date, timedelta

SATURDAY = 5
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class WorkingCalendar:
    """What differs from the plain week: days off, and weekend days worked (ngày làm bù)."""

    days_off: frozenset[date] = frozenset()
    days_worked: frozenset[date] = frozenset()

    def is_working_day(self, day: date) -> bool:
        return day in self.days_worked or (not is_weekend(day) and day not in self.days_off)


def is_weekend(day: date) -> bool:
    return day.weekday() >= SATURDAY


def after_working_days(start: date, days: int, calendar: WorkingCalendar) -> date:
    """The day on which `days` working days after `start` are over; `start` itself counts not.

    >>> after_working_days(date(2026, 11, 19), 3, WorkingCalendar())  # a Thursday
    datetime.date(2026, 11, 24)
    """
    day = start
    while days > 0:
        day += ONE_DAY
        days -= calendar.is_working_day(day)
    return day
