"""What a page says when figures are locked or opened again, and to whom it may not be shown."""

from povertyplan.core.models import PeriodLock

NO_RIGHT_TO_RELEASE = "Bạn không có quyền mở khóa số liệu của phường, xã này."
NO_RIGHT_IN_WARD = "Bạn không có quyền mở màn hình này ở phường, xã của mình."


def describe_locked(lock: PeriodLock) -> str:
    return f"Đã khóa số liệu {lock.period_words}."


def describe_released(lock: PeriodLock) -> str:
    return f"Đã mở khóa số liệu {lock.period_words}."
