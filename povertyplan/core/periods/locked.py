"""Whether the figures of a year may still change: each register with a year asks here."""

from django.core.exceptions import ValidationError

from povertyplan.core.models import Area, PeriodLock

LOCKED = "Số liệu năm {year} đã khóa. Mở khóa số liệu trước khi sửa."


def is_year_locked(ward: Area, year: int) -> bool:
    return PeriodLock.objects.in_force().filter(ward=ward, year=year).exists()


def explain_locked(year: int) -> str:
    return LOCKED.format(year=year)


def refuse_locked_year(ward: Area, year: int) -> None:
    """Raise ValidationError where the figures of the year are locked."""
    if is_year_locked(ward, year):
        raise ValidationError(explain_locked(year), code="locked")
