"""The 36-month book as a workbook."""

from collections.abc import Iterable, Iterator
from datetime import date

from households.windows.selectors import BookLine, RuleWindow
from povertyplan.core import clock
from povertyplan.core.models import Area
from povertyplan.core.platform.spreadsheets import Book, WorkbookColumn
from povertyplan.core.text import formatting

HEADING, FIRST = 5, 6
COLUMNS = (
    WorkbookColumn("Mã hộ", 14),
    WorkbookColumn("Chủ hộ", 26),
    WorkbookColumn("Thôn, tổ dân phố", 24),
    WorkbookColumn("Ra khỏi danh sách từ ngày", 14),
    WorkbookColumn("Số quyết định", 16),
    WorkbookColumn("Ngày quyết định", 14),
    WorkbookColumn("Mốc tính 36 tháng", 14),
    WorkbookColumn("Theo Chương trình: đến hết ngày", 16),
    WorkbookColumn("Theo tín dụng chính sách: đến hết ngày", 16),
    WorkbookColumn("Kết thúc sớm từ ngày", 14),
    WorkbookColumn("Lý do kết thúc sớm", 24),
)


def book_workbook(lines: Iterable[BookLine], *, ward: Area, on: date, caption: str) -> bytes:
    """One row a household; `caption` says which filters made the list."""
    book = Book(title="Sổ theo dõi hộ mới thoát nghèo", created=clock.now())
    book.sheet(
        "So 36 thang",
        lines=[
            "SỔ THEO DÕI HỘ MỚI THOÁT NGHÈO, THOÁT CẬN NGHÈO (36 THÁNG)",
            f"{ward.name}, ngày {formatting.day(on)}",
            caption,
        ],
        columns=COLUMNS,
        rows=_rows(lines),
        heading_row=HEADING,
        first_row=FIRST,
    )
    return book.content()


def _rows(lines: Iterable[BookLine]) -> Iterator[tuple]:
    for line in lines:
        first = line.first
        decision = first.spell.decision
        yield (
            line.household.code,
            line.head_name,
            line.household.village.name,
            first.spell.starts_on,
            decision.number if decision else "",
            decision.decided_on if decision else None,
            first.window.first,
            _last_day(line.programme),
            _last_day(line.credit),
            first.window.closed_on if first.ended_early else None,
            line.lost_by.get_cause_display() if line.lost_by else "",
        )


def _last_day(each: RuleWindow | None) -> date | None:
    return each.window.last if each is not None else None
