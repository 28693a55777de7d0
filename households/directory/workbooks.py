"""Household lists as workbooks: the official form of three sheets, and a list of members."""

from collections.abc import Iterable, Sequence
from datetime import date

from households.directory.selectors.exports import ExportedList
from households.rules.import_sheets import EXPORTED_AT
from povertyplan.core import clock
from povertyplan.core.models import Area
from povertyplan.core.platform.spreadsheets import Book, WorkbookColumn
from povertyplan.core.text import formatting

TEMPLATE_NAME = "Mẫu nhập danh sách hộ"  # of its file

# Rows of the form: headings take two of them, the last numbers nothing.
POOR_HEADING, POOR_FIRST = 5, 8
ESCAPED_HEADING, ESCAPED_FIRST = 8, 10

POOR_COLUMNS = (
    WorkbookColumn("STT hộ", 6),
    WorkbookColumn("Họ tên chủ hộ", 24),
    WorkbookColumn("Họ tên thành viên", 24),
    WorkbookColumn("Quan hệ với chủ hộ", 14),
    WorkbookColumn("Ngày sinh", 12),
    WorkbookColumn("Giới tính", 8),
    WorkbookColumn("CCCD", 15),
    WorkbookColumn("Tỉnh", 14),
    WorkbookColumn("Huyện", 10),
    WorkbookColumn("Mã huyện", 8),
    WorkbookColumn("Xã", 18),
    WorkbookColumn("Mã xã", 8),
    WorkbookColumn("Thôn", 22),
    WorkbookColumn("Dân tộc", 12),
    WorkbookColumn("Phân loại hộ", 16),
    WorkbookColumn("Số QĐ công nhận", 16),
    WorkbookColumn("Ngày ban hành QĐ", 12),
    WorkbookColumn("B1", 6),
    WorkbookColumn("B2", 6),
    WorkbookColumn("Hộ DTTS", 8),
    WorkbookColumn("Hộ không có khả năng lao động", 12),
    WorkbookColumn("Có thành viên NCC với cách mạng", 12),
    WorkbookColumn("Nguyên nhân nghèo", 14),
    WorkbookColumn("", 4),
    WorkbookColumn("Tuổi", 6),
    WorkbookColumn("Số nhân khẩu", 8),
    WorkbookColumn("Mã hộ", 14),
)
ESCAPED_COLUMNS = (
    WorkbookColumn("STT", 6),
    WorkbookColumn("Họ tên", 24),
    WorkbookColumn("Quan hệ với chủ hộ", 14),
    WorkbookColumn("Giới tính", 8),
    WorkbookColumn("Ngày sinh", 12),
    WorkbookColumn("CCCD", 15),
    WorkbookColumn("Dân tộc", 12),
    WorkbookColumn("Địa chỉ", 40),
    WorkbookColumn("B1", 6),
    WorkbookColumn("B2", 6),
    WorkbookColumn("Ghi chú", 16),
    WorkbookColumn("Tuổi", 6),
    WorkbookColumn("Số nhân khẩu", 8),
    WorkbookColumn("Mã hộ", 14),
)
MEMBER_COLUMNS = (
    WorkbookColumn("Mã hộ", 14),
    WorkbookColumn("Họ và tên", 26),
    WorkbookColumn("Quan hệ với chủ hộ", 14),
    WorkbookColumn("Ngày sinh", 12),
    WorkbookColumn("Giới tính", 8),
    WorkbookColumn("CCCD", 15),
    WorkbookColumn("Dân tộc", 12),
    WorkbookColumn("Thôn, tổ dân phố", 24),
    WorkbookColumn("Địa chỉ", 30),
    WorkbookColumn("Phân loại hộ", 18),
    WorkbookColumn("Hộ không có khả năng lao động", 12),
    WorkbookColumn("Người có công", 10),
    WorkbookColumn("Khuyết tật", 10),
)
# What a first list brings beside it, so that the figures of earlier days have a baseline.
RESULT_COLUMNS = (
    WorkbookColumn("Số QĐ công nhận", 18),
    WorkbookColumn("Ngày ban hành QĐ", 12),
    WorkbookColumn("B1", 6),
    WorkbookColumn("B2", 6),
    WorkbookColumn("Nguyên nhân nghèo", 14),
)


def official_workbook(found: ExportedList, ward: Area, caption: str, on: date) -> bytes:
    """The official list: data from row 8 on its first sheet, from row 10 on the others.

    `caption` is the line that says which households these are and when the list was made, `on` the
    day whose state it shows.
    """
    title = f"Danh sách hộ nghèo, hộ cận nghèo {ward.name}"
    book = _book(title, on)
    book.sheet(
        "DS hộ nghèo, hộ cận nghèo",
        lines=["DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO SAU KHI RÀ SOÁT", ward.name, caption],
        columns=POOR_COLUMNS,
        rows=found.poor,
        heading_row=POOR_HEADING,
        first_row=POOR_FIRST,
        first_column=2,
    )
    for name, heading, rows in (
        ("DS hộ thoát nghèo", "DANH SÁCH HỘ THOÁT NGHÈO", found.escaped),
        ("DS hộ thoát cận nghèo", "DANH SÁCH HỘ THOÁT CẬN NGHÈO", found.escaped_near),
    ):
        book.sheet(
            name,
            lines=[heading, ward.name, caption],
            columns=ESCAPED_COLUMNS,
            rows=rows,
            heading_row=ESCAPED_HEADING,
            first_row=ESCAPED_FIRST,
            first_column=2,
        )
    return book.content()


def member_workbook(rows: Iterable[tuple], ward: Area, caption: str, on: date) -> bytes:
    """One row a member as of a day, with headings that the import knows."""
    return _members(rows, ward, caption, on, MEMBER_COLUMNS)


def _members(
    rows: Iterable[tuple], ward: Area, caption: str, on: date, columns: Sequence[WorkbookColumn]
) -> bytes:
    book = _book(f"Danh sách hộ gia đình {ward.name}", on)
    book.sheet(
        "Danh sách hộ",
        lines=["DANH SÁCH HỘ GIA ĐÌNH", ward.name, caption],
        columns=columns,
        rows=rows,
        heading_row=5,
        first_row=6,
    )
    return book.content()


def template_workbook(ward: Area) -> bytes:
    """An empty list of members to fill in, with the decision and the scores of a first list."""
    caption = (
        "Mỗi dòng một người; chủ hộ đứng đầu mỗi hộ. Phân loại, quyết định, B1, B2 và nguyên nhân "
        "ghi ở dòng của chủ hộ; nguyên nhân ghi theo số, ví dụ 1, 3."
    )
    return _members([], ward, caption, clock.today(), (*MEMBER_COLUMNS, *RESULT_COLUMNS))


def _book(title: str, on: date) -> Book:
    """A workbook that tells whose moment's state it shows: what came later is not overwritten."""
    shown = clock.end_of(on) if on < clock.today() else clock.real_now()
    return Book(title=title, created=clock.now(), properties={EXPORTED_AT: shown.isoformat()})


def caption_of(chips: Iterable[str]) -> str:
    """What the list holds and when it was made, in one line."""
    conditions = "; ".join(chips)
    made = formatting.moment(clock.now())
    return f"Lọc: {conditions or 'tất cả hộ trong sổ'}; lập lúc {made}; số liệu chưa duyệt."
