"""The one writer of workbooks: what is text stays text."""

import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest

from povertyplan.core.platform.spreadsheets import Book, WorkbookColumn, file_stem

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
