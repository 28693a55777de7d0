"""The households that registered to escape poverty as a workbook: a row for each."""

from collections.abc import Iterable, Iterator

from households.pledges.selectors import PledgeLine
from povertyplan.core import clock
from povertyplan.core.models import Area
from povertyplan.core.platform.spreadsheets import Book, WorkbookColumn

HEADING, FIRST = 5, 6
COLUMNS = (
    WorkbookColumn("Mã hộ", 14),
    WorkbookColumn("Chủ hộ", 26),
    WorkbookColumn("Thôn, tổ dân phố", 24),
    WorkbookColumn("Phân loại khi đăng ký", 18),
    WorkbookColumn("Ngày đăng ký", 12),
    WorkbookColumn("Năm", 8),
    WorkbookColumn("Cam kết", 40),
    WorkbookColumn("Đề nghị hỗ trợ", 30),
    WorkbookColumn("Người giúp đỡ", 40),
    WorkbookColumn("Số lần thăm", 10),
    WorkbookColumn("Thăm gần nhất", 12),
    WorkbookColumn("Kết quả", 26),
)


def pledges_workbook(
    lines: Iterable[PledgeLine], *, ward: Area, caption: str, totals: str
) -> bytes:
    """`caption` says which filters made the list."""
    book = Book(title="Đăng ký thoát nghèo", created=clock.now())
    book.sheet(
        "Dang ky thoat ngheo",
        lines=["HỘ ĐĂNG KÝ THOÁT NGHÈO", f"{ward.name}. {totals}", caption],
        columns=COLUMNS,
        rows=_rows(lines),
        heading_row=HEADING,
        first_row=FIRST,
    )
    return book.content()


def _rows(lines: Iterable[PledgeLine]) -> Iterator[tuple]:
    for line in lines:
        pledge = line.pledge
        yield (
            line.household.code,
            line.head_name,
            line.household.village.name,
            pledge.get_from_class_display(),
            pledge.pledged_on,
            pledge.year,
            pledge.commitment,
            pledge.request,
            "; ".join(f"{helper}: {helper.task}" for helper in line.helpers),
            line.visits,
            line.last_visit,
            line.result.label,
        )
