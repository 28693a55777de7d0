"""What a page says when a year is locked or opened again, and to whom it may not be shown."""

NO_RIGHT_TO_RELEASE = "Bạn không có quyền mở khóa số liệu của phường, xã này."
NO_RIGHT_IN_WARD = "Bạn không có quyền mở màn hình này ở phường, xã của mình."


def describe_locked(year: int) -> str:
    return f"Đã khóa số liệu năm {year}."


def describe_released(year: int) -> str:
    return f"Đã mở khóa số liệu năm {year}."
