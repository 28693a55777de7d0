"""The days without work and the days worked instead of a ward: listed, and to be counted by."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from holidays.countries import Vietnam

from households.models import Holiday
from households.rules.working_days import WorkingCalendar, is_weekend
from povertyplan.core.models import Area


@dataclass(frozen=True)
class ListedHoliday:
    """A day of one year; `holiday` is its row, of the ward or of the whole country."""

    on: date
    holiday: Holiday

    @property
    def is_national(self) -> bool:
        return self.holiday.ward_id is None


def listed_holidays(ward: Area, year: int) -> list[ListedHoliday]:
    """National days and those of the ward, by day; a day that the year lacks is left out."""
    rows = Holiday.objects.filter(Q(ward=None) | Q(ward=ward, year=year))
    days = []
    for row in rows:
        try:
            days.append(ListedHoliday(date(year, row.month, row.day), row))
        except ValueError:  # 29/02 in a year without it
            continue
    return sorted(days, key=lambda listed: (listed.on, listed.holiday.pk))


@dataclass(frozen=True)
class ProposedDay:
    """A day off of Vietnam, or a day of the weekend worked instead, that a ward may take over."""

    on: date
    name: str
    is_worked: bool = False


def proposed_days(ward: Area, year: int) -> list[ProposedDay]:
    """The days that a ward's list of a year lacks, by day."""
    return missing_days(listed_holidays(ward, year), year)


def missing_days(listed: Sequence[ListedHoliday], year: int) -> list[ProposedDay]:
    """What the package `holidays` knows of a year and a list lacks, by day.

    Days off in the weekend are left out: the list needs them nowhere.
    """
    known = Vietnam(years=year, language="vi")
    days = [
        ProposedDay(on, name)
        for on, name in known.items()
        if on.year == year and not is_weekend(on)
    ]
    days += [
        ProposedDay(on, "", is_worked=True) for on in known.weekend_workdays if on.year == year
    ]
    held = {each.on for each in listed}
    return sorted((day for day in days if day.on not in held), key=lambda day: day.on)


def holiday_years(ward: Area, today: date) -> list[int]:
    """The years to choose from: this one, the next, and those with days of the ward."""
    own = Holiday.objects.filter(ward=ward).order_by().values_list("year", flat=True).distinct()
    return sorted({today.year, today.year + 1, *(year for year in own if year)}, reverse=True)


def working_calendar(ward: Area, years: Sequence[int]) -> WorkingCalendar:
    """What a ward's week differs by in some years; one query a year."""
    days = [listed for year in years for listed in listed_holidays(ward, year)]
    return WorkingCalendar(
        days_off=frozenset(listed.on for listed in days if not listed.holiday.is_worked),
        days_worked=frozenset(listed.on for listed in days if listed.holiday.is_worked),
    )
