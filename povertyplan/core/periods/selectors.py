"""Reads of the house itself."""

from collections import defaultdict
from dataclasses import dataclass

from povertyplan.core import clock
from povertyplan.core.models import Area, PeriodLock

YEARS_SHOWN = 6


@dataclass(frozen=True)
class PeriodYear:
    """A year that has ended: the lock that holds, and the locks that were released."""

    year: int
    lock: PeriodLock | None
    released: list[PeriodLock]


def period_years(ward: Area) -> list[PeriodYear]:
    """The last years of a ward that have ended, and every older one ever locked; one query."""
    locks = defaultdict(list)
    for lock in PeriodLock.objects.filter(ward=ward).select_related("locked_by", "released_by"):
        locks[lock.year].append(lock)
    last = clock.today().year - 1
    years = locks.keys() | set(range(last, last - YEARS_SHOWN, -1))
    return [_period_year(year, locks[year]) for year in sorted(years, reverse=True)]


def _period_year(year: int, locks: list[PeriodLock]) -> PeriodYear:
    return PeriodYear(
        year=year,
        lock=next((lock for lock in locks if lock.released_at is None), None),
        released=[lock for lock in locks if lock.released_at is not None],
    )


def lock_of(ward: Area, year: int) -> PeriodLock | None:
    """The lock that holds the figures of a year; one query."""
    locks = PeriodLock.objects.in_force().filter(ward=ward, year=year)
    return locks.select_related("locked_by").first()


def unlocked_years(ward: Area) -> list[int]:
    """The years that can be locked now, the latest first."""
    return [period.year for period in period_years(ward) if period.lock is None]
