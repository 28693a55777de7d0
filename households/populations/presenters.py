"""What a page says when an act on totals of households and persons is done."""

from collections.abc import Sequence

from povertyplan.core.models import Area

NO_TOTALS = "Bạn không được sửa tổng số hộ của phường, xã này."


def total_recorded(area: Area) -> str:
    return f"Đã ghi tổng số của {area}."


def totals_recorded(known: int, unknown: Sequence[Area]) -> str:
    """`known` counts the areas with figures; of the others nothing is known."""
    sentence = f"Đã ghi tổng số của {known} địa bàn."
    if unknown:
        names = ", ".join(area.name for area in unknown)
        sentence += f" Chưa có số liệu: {names}."
    return sentence


def total_saved(area: Area) -> str:
    return f"Đã sửa tổng số của {area}."


def total_removed(area: Area) -> str:
    return f"Đã xóa một tổng số của {area}."
