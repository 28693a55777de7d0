"""Acts of the house itself."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from povertyplan.core import clock
from povertyplan.core.journal import audit
from povertyplan.core.models import Area, PeriodLock, User
from povertyplan.core.text.vietnamese import normalise_text


@audit.business_act(label="Khóa số liệu")
def lock_period(*, ward: Area, year: int, by: User) -> PeriodLock:
    """Lock a ward's figures of a year that has ended. Locking it again returns the lock."""
    if year >= clock.today().year:
        raise ValidationError(
            {"year": f"Chỉ khóa được số liệu của năm đã kết thúc, không phải {year}."}
        )
    held = PeriodLock.objects.in_force().filter(ward=ward, year=year)
    if lock := held.first():
        return lock
    try:
        with transaction.atomic():
            lock = PeriodLock.objects.create(
                ward=ward, year=year, locked_at=clock.now(), locked_by=by
            )
    except IntegrityError:
        return held.get()
    audit.record(lock, f"{by} khóa số liệu năm {year} của {ward}.", ward=ward)
    return lock


@audit.business_act(label="Mở khóa số liệu")
def release_period(*, lock: PeriodLock, reason: str, by: User) -> PeriodLock:
    """Open a locked year again; the reason is kept with the lock."""
    reason = normalise_text(reason)
    if not reason:
        raise ValidationError({"reason": "Nhập lý do mở khóa số liệu."})
    released = PeriodLock.objects.in_force().filter(pk=lock.pk)
    facts = {"released_at": clock.now(), "released_by": by, "release_reason": reason}
    if not released.update(**facts):
        raise ValidationError("Số liệu năm này đã được mở khóa.")
    lock.refresh_from_db()
    audit.record(
        lock,
        f"{by} mở khóa số liệu năm {lock.year} của {lock.ward}.",
        ward=lock.ward,
        reason=reason,
    )
    return lock
