"""The ledger of supports as a workbook."""

from collections.abc import Iterable, Iterator

from povertyplan.core import clock
from povertyplan.core.models import Area
from povertyplan.core.platform.spreadsheets import Book, WorkbookColumn
from povertyplan.core.text import formatting
from projects.support.selectors.ledger import LedgerLine

HEADING, FIRST = 5, 6
COLUMNS = (
    WorkbookColumn("Ngày", 12),
    WorkbookColumn("Mã hộ", 14),
    WorkbookColumn("Chủ hộ, nhóm", 26),
    WorkbookColumn("Người nhận", 26),
    WorkbookColumn("Thôn, tổ dân phố", 22),
    WorkbookColumn("Dự án", 14),
    WorkbookColumn("Loại hỗ trợ", 32),
    WorkbookColumn("Số lượng", 10),
    WorkbookColumn("Đơn vị tính", 10),
    WorkbookColumn("Số tiền (đồng)", 16),
    WorkbookColumn("Nguồn kinh phí", 22),
    WorkbookColumn("Văn bản, chứng từ", 26),
    WorkbookColumn("Tình trạng", 20),
    WorkbookColumn("Ngày ký nhận", 12),
    WorkbookColumn("Lý do hỗ trợ lần nữa", 28),
    WorkbookColumn("Căn cứ xác nhận", 28),
    WorkbookColumn("Lý do thu hồi", 24),
)


def ledger_workbook(lines: Iterable[LedgerLine], *, ward: Area, year: int, told: str) -> bytes:
    """One row a support; `told` says which filters made the list."""
    book = Book(title="Sổ hỗ trợ đã cấp và đã duyệt", created=clock.now())
    book.sheet(
        f"Ho tro {year}",
        lines=[
            f"SỔ HỖ TRỢ ĐÃ CẤP VÀ ĐÃ DUYỆT NĂM {year}",
            f"{ward.name}, lập ngày {formatting.day(clock.today())}",
            told,
        ],
        columns=COLUMNS,
        rows=_rows(lines),
        heading_row=HEADING,
        first_row=FIRST,
    )
    return book.content()


def _rows(lines: Iterable[LedgerLine]) -> Iterator[tuple]:
    for line in lines:
        support = line.support
        yield (
            support.day,
            line.code,
            line.head_name or support.group_name,
            line.person_name,
            line.village.name if line.village else "",
            str(support.ward_project.project) if support.ward_project else "",
            support.kind.name,
            support.quantity,
            support.kind.quantity_unit if support.quantity is not None else "",
            support.amount,
            support.get_source_display(),
            support.document,
            "Đã thu hồi" if support.is_withdrawn else support.get_state_display(),
            support.acknowledged_on,
            support.repeat_reason,
            support.confirmation,
            support.withdrawal_reason,
        )
