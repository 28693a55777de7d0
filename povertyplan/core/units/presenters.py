"""What a page says when an act on a unit is done."""

from collections.abc import Sequence

from povertyplan.core.models import Unit
from povertyplan.core.units.services import UnitInput

NO_UNITS = "Bạn không được sửa danh sách đơn vị của phường, xã này."


def describe_units_added(units: Sequence[UnitInput]) -> str:
    if len(units) == 1:
        return f"Đã thêm {units[0].name}."
    return f"Đã thêm {len(units)} đơn vị."


def describe_unit_saved(unit: Unit) -> str:
    return f"Đã sửa {unit}."


def describe_unit_ended(unit: Unit) -> str:
    return f"Đã kết thúc {unit}."
