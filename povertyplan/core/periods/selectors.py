"""Which years and parts of years of a ward are locked, were, or can be."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from povertyplan.core import clock
from povertyplan.core.models import Area, PeriodLock
from povertyplan.core.year_parts import YearPart, parts_of_year

YEARS_SHOWN = 6


@dataclass(frozen=True)
class LockablePeriod:
    """A part of a year that has ended: the lock that holds it, and every lock there ever was."""

    part: YearPart
    lock: PeriodLock | None
    history: list[PeriodLock]


def lockable_periods(ward: Area) -> list[LockablePeriod]:
    """The last years of a ward that have ended, and every other part ever locked; one query."""
    locks = defaultdict(list)
    for lock in PeriodLock.objects.filter(ward=ward).select_related("locked_by", "released_by"):
        locks[lock.part].append(lock)
    last = clock.today().year - 1
    parts = locks.keys() | {YearPart(year) for year in range(last, last - YEARS_SHOWN, -1)}
    order = sorted(parts, key=lambda part: (-part.year, part.months[0], -part.months[1]))
    return [_lockable_period(part, locks[part]) for part in order]


def _lockable_period(part: YearPart, locks: list[PeriodLock]) -> LockablePeriod:
    in_force = next((lock for lock in locks if lock.released_at is None), None)
    return LockablePeriod(part=part, lock=in_force, history=locks)


def locks_in_year(ward: Area, year: int) -> list[PeriodLock]:
    """The locks that hold figures of a year or its parts, the widest first; one query.

    A part that a wider lock holds as well is left out.
    """
    locks = PeriodLock.objects.in_force().filter(ward=ward, year=year)
    found: list[PeriodLock] = []
    for lock in locks.select_related("locked_by").order_by("first_month", "-last_month"):
        if not any(wider.part.covers(lock.part) for wider in found):
            found.append(lock)
    return found


def hold_whole_year(locks: Sequence[PeriodLock]) -> bool:
    """Whether one of the locks of a year holds all figures of it."""
    return any(lock.part == YearPart(lock.year) for lock in locks)


def unlocked_parts(ward: Area) -> list[YearPart]:
    """What can be locked now, the latest year first: parts that are over and not held."""
    today = clock.today()
    years = range(today.year, today.year - YEARS_SHOWN - 1, -1)
    locks = PeriodLock.objects.in_force().filter(ward=ward, year__in=years)
    held = [lock.part for lock in locks]
    return [
        part
        for year in years
        for part in parts_of_year(year)
        if part.last_day < today and not any(each.covers(part) for each in held)
    ]
