"""The gap in words: its tabs, what is proposed, what was done."""

from collections.abc import Sequence
from urllib.parse import urlencode

from households.models import SupportNeed
from povertyplan.core.text import formatting
from projects.gaps.forms import LISTS
from projects.gaps.selectors.lists import GapLists

TITLE = "Ai cần gì, đã nhận gì"
MOST_SHOWN = 300
TOO_MANY = f"Hiện {MOST_SHOWN} dòng đầu. Chọn một thôn để thu hẹp danh sách."
FIRST_LIST = LISTS[0][0]
# What the second column of a list says; the other lists name a support, and why it is listed.
COLUMNS = {"asked": "Có nhu cầu từ ngày", "eligible": "Điều kiện"}
SUPPORT_COLUMN = "Hỗ trợ"


def tabs_of(lists: GapLists, asked: dict[str, str], show: str) -> list[dict]:
    return [
        {
            "label": label,
            "count": formatting.number(len(getattr(lists, name))),
            "url": "?" + urlencode(asked | {"show": name}),
            "active": name == show,
        }
        for name, label in LISTS
    ]


def batch_query(village: str, show: str) -> str:
    """What the form for many is asked beside kind and day: the same village, those in need."""
    asked = {"village": village, "in_need": "on" if show == FIRST_LIST else ""}
    return urlencode({name: value for name, value in asked.items() if value})


def describe_met(needs: Sequence[SupportNeed]) -> str:
    return f"Đã kết thúc {formatting.number(len(needs))} nhu cầu được đáp ứng."
