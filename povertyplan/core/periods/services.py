"""Locking the figures of a year or a part of it, and opening them again."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from povertyplan.core import clock
from povertyplan.core.journal import audit
from povertyplan.core.models import Area, PeriodLock, User
from povertyplan.core.text.reasons import reason_fault, stated_reason
from povertyplan.core.text.vietnamese import lower_first, normalise_text
from povertyplan.core.year_parts import WHOLE_YEAR, YearPart

REASON_MISSING = "Nhập lý do khóa số liệu."
RELEASE_REASON_MISSING = "Nhập lý do mở khóa số liệu."
NOT_OVER = "Chỉ khóa được số liệu của kỳ đã kết thúc, không phải {period}."
HELD_BY_WIDER = "Số liệu {wider} đã khóa, gồm cả {period}."
RELEASED_ALREADY = "Số liệu {period} đã được mở khóa."


@audit.business_act(label="Khóa số liệu")
def lock_period(
    *, ward: Area, year: int, months: tuple[int, int] = WHOLE_YEAR, reason: str, by: User
) -> PeriodLock:
    """Lock a ward's figures of a year, or of a part of it, that has ended.

    Locking it again returns the lock. Raises ValidationError keyed by field.
    """
    part, stated = YearPart(year, months), normalise_text(reason)
    held = PeriodLock.objects.in_force().filter(ward=ward, year=year)
    same = held.filter(first_month=months[0], last_month=months[1])
    if lock := same.first():
        return lock
    if faults := _faults(part, held, stated):
        raise ValidationError(faults)
    facts = {"first_month": months[0], "last_month": months[1], "reason": stated}
    try:
        with transaction.atomic():
            lock = PeriodLock.objects.create(
                ward=ward, year=year, locked_at=clock.now(), locked_by=by, **facts
            )
    except IntegrityError:
        return same.get()
    summary = f"{by} khóa số liệu {lock.period_words} của {ward}."
    audit.record(lock, summary, ward=ward, reason=stated)
    return lock


@audit.business_act(label="Mở khóa số liệu")
def release_period(*, lock: PeriodLock, reason: str, by: User) -> PeriodLock:
    """Open locked figures again; the reason is kept with the lock."""
    reason = stated_reason(reason, RELEASE_REASON_MISSING)
    released = PeriodLock.objects.in_force().filter(pk=lock.pk)
    facts = {"released_at": clock.now(), "released_by": by, "release_reason": reason}
    if not released.update(**facts):
        raise ValidationError(RELEASED_ALREADY.format(period=lock.period_words))
    lock.refresh_from_db()
    audit.record(
        lock,
        f"{by} mở khóa số liệu {lock.period_words} của {lock.ward}.",
        ward=lock.ward,
        reason=reason,
    )
    return lock


def _faults(part: YearPart, held, reason: str) -> dict[str, str]:
    """What cannot be, one sentence a field; `held` are the locks in force of the year."""
    faults, named = {}, lower_first(part.name)
    if part.last_day >= clock.today():
        faults["period"] = NOT_OVER.format(period=named)
    elif wider := next((lock for lock in held if lock.part.covers(part)), None):
        faults["period"] = HELD_BY_WIDER.format(wider=wider.period_words, period=named)
    if fault := reason_fault(reason, REASON_MISSING):
        faults["reason"] = fault
    return faults
