"""What the 36-month book is called, and what its pages say after an act."""

from households.models import Household
from povertyplan.core.text import formatting

TITLE = "Sổ theo dõi hộ mới thoát nghèo"


def anchor_changed(household: Household) -> str:
    return f"Đã đổi mốc tính 36 tháng của hộ {household}."


def exported_book(count: int, caption: str) -> str:
    """What the record of accesses says was taken away."""
    return f"{TITLE}: tệp {formatting.number(count)} hộ ({caption})"
