"""The boards beside the dashboard, as far as a viewer may open them."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from povertyplan.core import clock
from povertyplan.core.access.rules import may_open
from povertyplan.core.models import Area, User

POOR_MOVEMENTS, NEAR_POOR_MOVEMENTS = 2, 3  # numbers of the official tables

BOARDS: tuple[tuple[str, str, tuple[int, ...]], ...] = (
    ("Bảng điều hành", "reports:dashboard", ()),
    ("Theo chiều thiếu hụt", "reports:dimension_board", ()),
    ("Diễn biến hộ nghèo", "reports:table_detail", (POOR_MOVEMENTS,)),
    ("Diễn biến hộ cận nghèo", "reports:table_detail", (NEAR_POOR_MOVEMENTS,)),
    ("Chuyển dịch giữa các diện", "reports:matrix", ()),
    ("Kinh phí theo dự án", "projects:money_year", ()),
    ("Chỉ tiêu, báo cáo của đơn vị", "reports:target_list", ()),
)
# A year to come has none of these: the register knows nothing of it.
OF_THE_PAST = ("reports:table_detail", "reports:matrix")


@dataclass(frozen=True)
class BoardLink:
    label: str
    url: str
    active: bool


def board_links(viewer: User, ward: Area, year: int, here: str) -> Iterator[BoardLink]:
    """Every board of a year; `here` is the view that shows them."""
    is_to_come = year > clock.today().year
    for label, view, keys in BOARDS:
        if may_open(viewer, view, area=ward) and not (is_to_come and view in OF_THE_PAST):
            url = reverse(view, args=keys, query={"year": year})
            yield BoardLink(label, url, view == here)
