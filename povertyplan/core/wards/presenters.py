"""What the pages of the ward say when an act is done, and to who may not do it."""

from povertyplan.core.models import Area

NOT_FIRST = "Phường, xã đã được lập; thông tin sửa ở mục Thiết lập."
NO_WARD = "Bạn không có quyền mở màn hình này ở phường, xã của mình."


def describe_ward_set_up(ward: Area) -> str:
    return f"Đã lập {ward}. Tiếp theo: thêm thôn, tổ dân phố."


def describe_ward_changed(ward: Area) -> str:
    return f"Đã sửa thông tin {ward}."
