"""The one writer of workbooks: what is text stays text."""

import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest

from povertyplan.core.platform.files import file_stem
from povertyplan.core.platform.spreadsheets import (
    Book,
    RuledSheet,
    SheetCell,
    WorkbookColumn,
    WorkbookRow,
)

PAYLOADS = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://example.com","x")',
    "http://example.com",
    "\uff1d1+1",
    "\uff0b1+1",
    "{=SUM(A1)}",
    "'=1+1",
]


def book_of(payload: object, *, title: str = "x") -> bytes:
    book = Book(title=title, created=datetime(2026, 11, 20, tzinfo=UTC))
    book.sheet(
        title,
        lines=[str(payload)],
        columns=[WorkbookColumn(str(payload)), WorkbookColumn("Số")],
        rows=[(payload, -5)],
        heading_row=2,
        first_row=3,
    )
    return book.content()


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return {name: book.read(name) for name in book.namelist()}


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_becomes_a_formula_or_a_link(payload):
    content = book_of(payload, title=payload)

    found = parts(content)
    assert b"<f>" not in b"".join(found.values())
    assert b"<hyperlink" not in b"".join(found.values())
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet["A3"].data_type == "s"
    assert sheet["A2"].data_type == "s"
    # A carriage return is written as its number.
    assert sheet["A3"].value.replace("_x000D_", "\r").lstrip() == payload.lstrip()


def test_plain_writer_would_make_a_formula():
    """The control: without our writer the same payload is live."""
    book = openpyxl.Workbook()
    book.active["A1"] = "=1+1"
    stream = io.BytesIO()
    book.save(stream)

    assert b"<f>1+1</f>" in parts(stream.getvalue())["xl/worksheets/sheet1.xml"]


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        (-5, -5),
        (0, 0),
        (Decimal("0.27"), 0.27),
        ("062080000001", "062080000001"),
        (date(1958, 5, 17), "17/05/1958"),
        (True, "x"),
        (False, None),
        (None, None),
    ],
)
def test_values_keep_their_kind(value, stored):
    sheet = openpyxl.load_workbook(io.BytesIO(book_of(value))).active

    assert sheet["A3"].value == stored
    assert sheet["B3"].value == -5


@pytest.mark.parametrize("name", ["a/b:c*d?e[f]", "'", "x" * 60, "=1+1"])
def test_any_name_of_a_sheet_can_be_opened(name):
    assert openpyxl.load_workbook(io.BytesIO(book_of("x", title=name))).sheetnames


def test_file_stem_has_plain_letters_only():
    assert file_stem('=Đặng "Thị"/Ủy\r\n.xlsx') == "dang-thi-uy-xlsx"


def test_a_ruled_sheet_has_spanned_heads_formats_of_numbers_and_two_signatures():
    book = Book(title="x", created=datetime(2026, 11, 20, tzinfo=UTC))
    whole, rate = SheetCell(1250, number_format="#,##0"), SheetCell(Decimal("2.5"), 1, 1, "0.00")
    book.official_sheet(
        "Biểu",
        RuledSheet(
            widths=(10, 20, 20, 90),
            head=(
                (SheetCell("Thôn", down=2), SheetCell("Hộ", across=2), SheetCell("Ghi chú", 1, 2)),
                (SheetCell("Số"), SheetCell("%")),
            ),
            rows=[
                WorkbookRow((SheetCell("=1+1"), whole, rate, SheetCell(""))),
                WorkbookRow((SheetCell("Cộng", across=2), SheetCell("–"), SheetCell(None)), True),
            ],
            left=("Phường",),
            right=("Nước", "Tiêu ngữ"),
            title=("TÊN",),
            dated="ngày 20",
            period="Năm 2026",
            mark="MẪU",
            after=("Ghi chú 1",),
            signed=(("Người lập",), ("Chủ tịch", "")),
            frozen_columns=1,
        ),
    )

    sheet = openpyxl.load_workbook(io.BytesIO(book.content())).active
    cells = {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value}
    assert cells == {
        "A1": "Phường",
        "C1": "Nước",
        "C2": "Tiêu ngữ",
        "C3": "ngày 20",
        "A5": "TÊN",
        "A6": "Năm 2026",
        "A7": "MẪU",
        "A8": "Thôn",
        "B8": "Hộ",
        "D8": "Ghi chú",
        "B9": "Số",
        "C9": "%",
        "A10": "=1+1",
        "B10": 1250,
        "C10": 2.5,
        "A11": "Cộng",
        "C11": "–",
        "A13": "Ghi chú 1",
        "A15": "Người lập",
        "C15": "Chủ tịch",
    }
    assert {"A8:A9", "B8:C8", "D8:D9", "A11:B11", "A15:B15"} <= {
        str(merged) for merged in sheet.merged_cells.ranges
    }
    assert (sheet["B10"].number_format, sheet["C10"].number_format) == ("#,##0", "0.00")
    assert sheet["A10"].data_type == "s"
    assert (sheet["A10"].font.b, sheet["A11"].font.b) == (False, True)
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("B10", "$8:$9")
    assert sheet.column_dimensions["D"].width < 62
