"""Household lists as workbooks: the official form of three sheets, and a list of members."""

from collections.abc import Iterable
from datetime import date

from households.choices import EXPORTED_AT
from households.directory.selectors.exports import OfficialList
from povertyplan.core import clock
from povertyplan.core.models import Area
from povertyplan.core.platform.spreadsheets import Book, Column
from povertyplan.core.text import formatting

# Rows of the form: headings take two of them, the last numbers nothing.
POOR_HEADING, POOR_FIRST = 5, 8
ESCAPED_HEADING, ESCAPED_FIRST = 8, 10

POOR_COLUMNS = (
    Column("STT hộ", 6),
    Column("Họ tên chủ hộ", 24),
    Column("Họ tên thành viên", 24),
    Column("Quan hệ với chủ hộ", 14),
    Column("Ngày sinh", 12),
    Column("Giới tính", 8),
    Column("CCCD", 15),
    Column("Tỉnh", 14),
    Column("Huyện", 10),
    Column("Mã huyện", 8),
    Column("Xã", 18),
    Column("Mã xã", 8),
    Column("Thôn", 22),
    Column("Dân tộc", 12),
    Column("Phân loại hộ", 16),
    Column("Số QĐ công nhận", 16),
    Column("Ngày ban hành QĐ", 12),
    Column("B1", 6),
    Column("B2", 6),
    Column("Hộ DTTS", 8),
    Column("Hộ không có khả năng lao động", 12),
    Column("Có thành viên NCC với cách mạng", 12),
    Column("Nguyên nhân nghèo", 14),
    Column("", 4),
    Column("Tuổi", 6),
    Column("Số nhân khẩu", 8),
    Column("Mã hộ", 14),
)
ESCAPED_COLUMNS = (
    Column("STT", 6),
    Column("Họ tên", 24),
    Column("Quan hệ với chủ hộ", 14),
    Column("Giới tính", 8),
    Column("Ngày sinh", 12),
    Column("CCCD", 15),
    Column("Dân tộc", 12),
    Column("Địa chỉ", 40),
    Column("B1", 6),
    Column("B2", 6),
    Column("Ghi chú", 16),
    Column("Tuổi", 6),
    Column("Số nhân khẩu", 8),
    Column("Mã hộ", 14),
)
MEMBER_COLUMNS = (
    Column("Mã hộ", 14),
    Column("Họ và tên", 26),
    Column("Quan hệ với chủ hộ", 14),
    Column("Ngày sinh", 12),
    Column("Giới tính", 8),
    Column("CCCD", 15),
    Column("Dân tộc", 12),
    Column("Thôn, tổ dân phố", 24),
    Column("Địa chỉ", 30),
    Column("Phân loại hộ", 18),
    Column("Hộ không có khả năng lao động", 12),
    Column("Người có công", 10),
    Column("Khuyết tật", 10),
)


def official_workbook(found: OfficialList, ward: Area, told: str, on: date) -> bytes:
    """The official list: data from row 8 on its first sheet, from row 10 on the others.

    `told` is the line that says which households these are and when the list was made, `on` the
    day whose state it shows.
    """
    title = f"Danh sách hộ nghèo, hộ cận nghèo {ward.name}"
    book = _book(title, on)
    book.sheet(
        "DS hộ nghèo, hộ cận nghèo",
        lines=["DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO SAU KHI RÀ SOÁT", ward.name, told],
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
            lines=[heading, ward.name, told],
            columns=ESCAPED_COLUMNS,
            rows=rows,
            heading_row=ESCAPED_HEADING,
            first_row=ESCAPED_FIRST,
            first_column=2,
        )
    return book.content()


def member_workbook(rows: Iterable[tuple], ward: Area, told: str, on: date) -> bytes:
    """One row a member as of a day, with headings that the import knows."""
    book = _book(f"Danh sách hộ gia đình {ward.name}", on)
    book.sheet(
        "Danh sách hộ",
        lines=["DANH SÁCH HỘ GIA ĐÌNH", ward.name, told],
        columns=MEMBER_COLUMNS,
        rows=rows,
        heading_row=5,
        first_row=6,
    )
    return book.content()


def template_workbook(ward: Area) -> bytes:
    """An empty list of members to fill in."""
    told = "Mỗi dòng một người; chủ hộ đứng đầu mỗi hộ."
    return member_workbook([], ward, told, clock.today())


def _book(title: str, on: date) -> Book:
    """A workbook that tells whose moment's state it shows: what came later is not overwritten."""
    shown = clock.end_of(on) if on < clock.today() else clock.real_now()
    return Book(title=title, created=clock.now(), properties={EXPORTED_AT: shown.isoformat()})


def told_line(chips: Iterable[str]) -> str:
    """What the list holds and when it was made, in one line."""
    conditions = "; ".join(chips)
    made = formatting.moment(clock.now())
    return f"Lọc: {conditions or 'tất cả hộ trong sổ'}; lập lúc {made}; số liệu chưa duyệt."
