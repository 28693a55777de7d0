"""The lists of a village's forms by their names, and what its pages say after an act."""

from povertyplan.core.models import Area

# By the name in the address.
LISTS = {"": "Tất cả", "pending": "Chưa nhập", "done": "Đã nhập"}


def finished(village: Area) -> str:
    return f"Đã hoàn thành rà soát ở {village}."


def reopened(village: Area) -> str:
    return f"Đã mở lại {village} để sửa phiếu."


def one_confirmed(head_name: str) -> str:
    return f"Đã xác nhận cảnh báo của hộ {head_name}."


def all_confirmed(households: int) -> str:
    return f"Đã xác nhận cảnh báo của {households} hộ."
