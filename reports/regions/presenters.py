"""What the pages of a region say: how much is known, the sums in words, where a number leads."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from povertyplan.core.areas import WARD
from povertyplan.core.models import Area
from povertyplan.core.text import formatting
from reports.figures import words

from .board import RegionBoard
from .facts import RegionSum

NO_REGION = "Tài khoản chưa được giao tỉnh hoặc huyện nào."
NO_SUCH_TARGET = "Không phường, xã nào được giao chỉ tiêu này trong năm."
NO_SUCH_REPORT = "Năm này không có kỳ báo cáo như vậy."
NO_SUCH_TABLE = "Chỉ biểu 1 đến 13 cộng được; biểu 14, 15 là danh sách của từng phường, xã."
NO_FIGURES_YET = "Năm này chưa đến."

TABS = (
    ("board", "Tổng hợp", "reports:region_board"),
    ("targets", "Chỉ tiêu", "reports:region_targets"),
    ("tables", "Biểu tổng hợp", "reports:region_table"),
    ("reports", "Báo cáo", "reports:region_reports"),
)


@dataclass(frozen=True)
class RegionTab:
    label: str
    url: str
    active: bool


def tabs_of(here: str, year: int) -> Iterator[RegionTab]:
    for key, label, view in TABS:
        args = [1] if key == "tables" else []
        yield RegionTab(label, reverse(view, args=args, query={"year": year}), key == here)


def ward_url(view: str, ward: Area, year: int, *args) -> str:
    """The page of one ward behind a number of the region."""
    return reverse(view, args=args, query={WARD: ward.pk, "year": year})


def coverage(board: RegionBoard) -> str:
    """ "98/100 phường, xã có số liệu năm 2025"."""
    return f"{board.counted}/{board.wards} phường, xã có số liệu năm {board.year}"


def headline(board: RegionBoard) -> str:
    """The sums in one sentence; what is not known is said, never 0."""
    total = board.total
    if total is None:
        return f"{board.facts.place}: chưa phường, xã nào có số liệu năm {board.year}."
    change = ""
    if board.before is not None:
        change = f", {words.change(total.poor - board.before.poor)} so với năm trước"
    rate = f" ({formatting.percent(total.poor_percent)})" if total.rated else ""
    return (
        f"{board.facts.place}: {formatting.number(total.poor)} hộ nghèo{rate}{change}; "
        f"{formatting.number(total.near_poor)} hộ cận nghèo. Cộng từ {coverage(board)}."
    )


def notes_of(board: RegionBoard) -> Iterator[str]:
    """What the sums leave out, and why."""
    if board.unknown:
        yield (
            f"{board.unknown} phường, xã chưa có kết quả được công nhận hoặc danh sách nhập vào sổ "
            f"năm {board.year}, không cộng vào tổng."
        )
    standard = board.facts.standard(board.year)
    if board.of_other_standards and standard:
        names = ", ".join(one.ward.name for one in board.of_other_standards)
        yield (
            f"Tổng chỉ gồm phường, xã theo {standard.name}; không cộng {names} vì kết quả theo "
            "chuẩn nghèo khác."
        )
    total = board.total
    if total and total.rated < board.counted:
        yield (
            f"Tỷ lệ tính trên {total.rated} phường, xã đã có tổng số hộ dân cư; "
            f"{board.counted - total.rated} phường, xã chưa có."
        )
    last, now = board.facts.standard(board.year - 1), standard
    if last and now and last != now:
        yield (
            f"Số liệu năm {board.year} theo {now.name}, năm {board.year - 1} theo {last.name}: "
            "không so sánh hai năm."
        )


def rate_note(percent, total: RegionSum) -> str:
    if not total.rated:
        return "chưa có tổng số hộ dân cư"
    return f"{formatting.percent(percent)} của {formatting.number(total.households)} hộ"
