"""Whether figures may still change: each register with a year or a day asks here.

What tells of a year alone is held by a lock of the whole year, what has a day by any lock of that
day, and a report by a lock of every day that it tells of.
"""

from datetime import date

from django.core.exceptions import ValidationError

from povertyplan.core import clock
from povertyplan.core.models import Area, PeriodLock
from povertyplan.core.text import formatting

LOCKED = "Số liệu {period} đã khóa ({by} khóa ngày {day}). Mở khóa số liệu trước khi sửa."


def locks_in_force(ward: Area) -> list[PeriodLock]:
    """Every lock of a ward; one query."""
    return list(_in_force(ward))


def lock_of_year(ward: Area, year: int) -> PeriodLock | None:
    return _in_force(ward).of_whole_year(year).first()


def lock_of_day(ward: Area, day: date) -> PeriodLock | None:
    return _in_force(ward).on_day(day).first()


def lock_of_days(ward: Area, first: date, last: date) -> PeriodLock | None:
    """What holds the figures of a report on all those days."""
    return _in_force(ward).over(first, last).first()


def explain_lock(lock: PeriodLock) -> str:
    """Which figures are locked, by whom and since when, in one sentence."""
    day = formatting.day(clock.day_of(lock.locked_at))
    return LOCKED.format(period=lock.period_words, by=lock.locked_by, day=day)


def refuse_locked_year(ward: Area, year: int) -> None:
    """Raise ValidationError where the figures of the whole year are locked."""
    _refuse(lock_of_year(ward, year))


def refuse_locked_day(ward: Area, day: date) -> None:
    """Raise ValidationError where figures of the day are locked: of its year, or of a part."""
    _refuse(lock_of_day(ward, day))


def refuse_locked_since(ward: Area, day: date, *, until: int) -> None:
    """Raise ValidationError where figures of the day, or of later ones of years to `until`, are."""
    _refuse(_in_force(ward).reaching(day).filter(year__lte=until).order_by("year").first())


def refuse_locked_days(ward: Area, first: date, last: date) -> None:
    """Raise ValidationError where the figures of all these days are locked."""
    _refuse(lock_of_days(ward, first, last))


def _refuse(lock: PeriodLock | None) -> None:
    if lock is not None:
        raise ValidationError(explain_lock(lock), code="locked")


def _in_force(ward: Area):
    """The widest lock comes first."""
    locks = PeriodLock.objects.in_force().filter(ward=ward).select_related("locked_by")
    return locks.order_by("first_month", "-last_month")
