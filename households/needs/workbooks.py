"""The list of needs as a workbook: a row for each household."""

from collections.abc import Iterable, Iterator

from households.needs.selectors.lists import NeedLine
from povertyplan.core import clock
from povertyplan.core.models import Area
from povertyplan.core.platform.spreadsheets import Book, WorkbookColumn
from povertyplan.core.registers.files import text_table

HEADING, FIRST = 5, 6
COLUMNS = (
    WorkbookColumn("Mã hộ", 14),
    WorkbookColumn("Chủ hộ", 26),
    WorkbookColumn("Thôn, tổ dân phố", 24),
    WorkbookColumn("Diện hộ", 18),
    WorkbookColumn("Tình trạng", 26),
    WorkbookColumn("Hỏi ngày", 12),
    WorkbookColumn("Loại nhu cầu", 26),
    WorkbookColumn("Người có nhu cầu", 26),
    WorkbookColumn("Từ ngày", 12),
    WorkbookColumn("Nguồn", 20),
    WorkbookColumn("Ghi chú", 30),
)


def needs_workbook(lines: Iterable[NeedLine], *, ward: Area, caption: str, totals: str) -> bytes:
    """One row a need, and one for a household without; `caption` says which filters."""
    book = Book(title="Nhu cầu hỗ trợ", created=clock.now())
    book.sheet(
        "Nhu cau",
        lines=_above(ward, caption, totals),
        columns=COLUMNS,
        rows=_rows(lines),
        heading_row=HEADING,
        first_row=FIRST,
    )
    return book.content()


def needs_text(lines: Iterable[NeedLine], *, ward: Area, caption: str, totals: str) -> bytes:
    """The same rows as CSV."""
    headings = [column.heading for column in COLUMNS]
    return text_table(above=_above(ward, caption, totals), headings=headings, rows=_rows(lines))


def _above(ward: Area, caption: str, totals: str) -> list[str]:
    return ["NHU CẦU HỖ TRỢ CỦA HỘ", f"{ward.name}. {totals}", caption]


def _rows(lines: Iterable[NeedLine]) -> Iterator[tuple]:
    for line in lines:
        own = (
            line.household.code,
            line.head_name,
            line.household.village.name,
            line.group_label,
            line.state.label,
            line.answer.asked_on if line.answer else None,
        )
        if not line.needs:
            yield (*own, "", "", None, "", "")
        for need in line.needs:
            yield (
                *own,
                need.kind.name,
                str(need.person or ""),
                need.asked_on,
                need.get_source_display(),
                need.note,
            )
