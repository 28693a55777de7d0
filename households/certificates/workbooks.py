"""The book of certificates as a workbook: a row for each."""

from collections.abc import Iterable, Iterator

from households.models import Certificate
from povertyplan.core import clock
from povertyplan.core.models import Area
from povertyplan.core.platform.spreadsheets import Book, WorkbookColumn

TITLE = "Sổ cấp giấy chứng nhận"
HEADING, FIRST = 5, 6
COLUMNS = (
    WorkbookColumn("Số", 20),
    WorkbookColumn("Ngày cấp", 12),
    WorkbookColumn("Chủ hộ", 26),
    WorkbookColumn("Mã hộ", 14),
    WorkbookColumn("Thôn, tổ dân phố", 24),
    WorkbookColumn("Phân loại", 16),
    WorkbookColumn("Theo quyết định", 22),
    WorkbookColumn("Ngày quyết định", 14),
    WorkbookColumn("Người cấp", 26),
    WorkbookColumn("Ghi chú", 26),
)


def certificates_workbook(rows: Iterable[Certificate], *, ward: Area, caption: str) -> bytes:
    """`caption` says which filters made the list."""
    book = Book(title=TITLE, created=clock.now())
    book.sheet(
        "So cap giay chung nhan",
        lines=["SỔ CẤP GIẤY CHỨNG NHẬN HỘ NGHÈO, HỘ CẬN NGHÈO", ward.name, caption],
        columns=COLUMNS,
        rows=_lines(rows),
        heading_row=HEADING,
        first_row=FIRST,
    )
    return book.content()


def _lines(rows: Iterable[Certificate]) -> Iterator[tuple]:
    for row in rows:
        decision = row.decision
        yield (
            row.number_in_full,
            row.issued_on,
            row.head_name,
            row.household.code,
            row.household.village.name,
            row.get_poverty_class_display(),
            decision.number,
            decision.decided_on,
            str(row.issued_by),
            "Quyết định đã thu hồi" if decision.withdrawn_at else "",
        )
