"""What the pages of the days without work say after an act, and to whom they are closed."""

from households.models import Holiday

NO_RIGHT = "Bạn không được sửa ngày nghỉ của phường, xã mình."
NOT_THEIR_WARD = "Bạn không được sửa ngày nghỉ của phường, xã này."


def days_added(count: int) -> str:
    return f"Đã thêm {count} ngày."


def day_removed(holiday: Holiday) -> str:
    return f"Đã gỡ {holiday}."
