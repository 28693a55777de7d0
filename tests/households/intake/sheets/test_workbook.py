"""Opening files: what is read, and what is refused in time and with a sentence."""

import io
import random
import re
import resource
import struct
import subprocess
import sys
import time
import zipfile
from datetime import date

import openpyxl
import pytest
import xlsxwriter

from households.intake.sheets import refusals
from households.intake.sheets.refusals import FileRefused
from households.intake.sheets.workbook import open_workbook
from tests.households.samples import official_sample, saved

SECONDS = 10  # two on a quiet machine


def plain_book() -> bytes:
    book = openpyxl.Workbook()
    book.active["B3"] = "Họ tên"
    return saved(book)


def changed(content: bytes, changes: dict[str, bytes | None]) -> bytes:
    """The same zip with parts replaced, added or (None) taken out."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            if part.filename not in changes:
                new.writestr(part.filename, old.read(part))
        for name, data in changes.items():
            if data is not None:
                new.writestr(name, data)
    return stream.getvalue()


def sheet_with(rows: str) -> bytes:
    xml = (
        '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/'
        f'spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>'
    )
    return changed(plain_book(), {"xl/worksheets/sheet1.xml": xml.encode()})


def with_declaration(text: str) -> bytes:
    part = "xl/workbook.xml"
    with zipfile.ZipFile(io.BytesIO(plain_book())) as book:
        xml = book.read(part).decode()
    head = '<?xml version="1.0"?>'
    return changed(plain_book(), {part: f"{head}{text}{xml.removeprefix(head)}".encode()})


def forged_size() -> bytes:
    """The directory says that the sheet is a hundred bytes long."""
    content = bytearray(official_sample(20).content())
    at = content.rfind(b"xl/worksheets/sheet1.xml") - 46
    assert content[at : at + 4] == b"PK\x01\x02"
    struct.pack_into("<I", content, at + 24, 100)
    return bytes(content)


def many_parts() -> bytes:
    return changed(plain_book(), {f"xl/extra{number}.xml": b"<x/>" for number in range(20_000)})


ONE_CELL = "<row r='{row}'><c r='{cell}'><v>1</v></c></row>"
HUGE_TEXT = "<row r='1'><c r='A1' t='inlineStr'><is><t>{}</t></is></c></row>"
NAMED = {
    "far cell": ("a.xlsx", lambda: sheet_with(ONE_CELL.format(row=1048576, cell="XFD1048576"))),
    "far column": ("a.xlsx", lambda: sheet_with(ONE_CELL.format(row=1, cell="XFD1"))),
    "row that lies": ("a.xlsx", lambda: sheet_with(ONE_CELL.format(row=1, cell="A1048576"))),
    "three million rows": ("a.xlsx", lambda: sheet_with("<row/>" * 3_000_000)),
    "text of 60 MB": ("a.xlsx", lambda: sheet_with(HUGE_TEXT.format("x" * 60_000_000))),
    "long text": ("a.xlsx", lambda: sheet_with(HUGE_TEXT.format("x" * 20_000))),
    "entities": ("a.xlsx", lambda: with_declaration('<!DOCTYPE x [<!ENTITY a "aa">]>')),
    "external entity": (
        "a.xlsx", lambda: with_declaration('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>')
    ),
    "zip in it": ("a.xlsx", lambda: changed(plain_book(), {"xl/a.zip": plain_book()})),
    "many parts": ("a.xlsx", many_parts),
    "forged size": ("a.xlsx", forged_size),
    "encrypted": (
        "a.xlsx",
        lambda: bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"),
    ),
    "macros renamed": ("a.xlsx", lambda: changed(plain_book(), {"xl/vbaProject.bin": b"x"})),
    "macros": ("a.xlsm", plain_book),
    "old Excel": ("a.xls", lambda: bytes.fromhex("d0cf11e0a1b11ae1") + b"Workbook"),
    "xls that is HTML": ("a.xls", lambda: b"<html><table><tr><td>1</table></html>"),
    "xlsx that is HTML": ("a.xlsx", lambda: b"<html><table><tr><td>1</table></html>"),
    "csv that is a workbook": ("a.csv", plain_book),
    "zip of something else": ("a.xlsx", lambda: changed(plain_book(), {"xl/workbook.xml": None})),
    "empty": ("a.xlsx", lambda: b"  "),
    "cut": ("a.xlsx", lambda: plain_book()[:1500]),
    "broken sheet": ("a.xlsx", lambda: sheet_with("<row r='1'><c r='A1'>")),
    "other type": ("a.pdf", lambda: b"%PDF"),
    "csv of one byte each": ("a.csv", lambda: b"H\xf2 t\xean"),
}  # fmt: skip


@pytest.mark.parametrize("case", NAMED)
def test_hostile_file_refused_in_time_with_a_sentence(case):
    name, make = NAMED[case]
    content = make()
    started = time.monotonic()

    with pytest.raises(FileRefused) as refused:
        open_workbook(content, name)

    assert time.monotonic() - started < SECONDS
    assert str(refused.value).endswith(".")
    assert len(str(refused.value)) > 20


@pytest.mark.parametrize(
    ("case", "sentence"),
    [
        ("forged size", refusals.FORGED_SIZE),
        ("entities", refusals.ENTITIES),
        ("encrypted", refusals.ENCRYPTED),
        ("old Excel", refusals.OLD_EXCEL),
        ("many parts", refusals.TOO_MANY_PARTS),
        ("text of 60 MB", refusals.UNPACKS_TOO_LARGE),
        ("macros renamed", refusals.MACROS),
        ("xls that is HTML", refusals.NOT_A_WORKBOOK),
    ],
)
def test_hostile_file_refused_for_its_own_reason(case, sentence):
    name, make = NAMED[case]

    with pytest.raises(FileRefused, match=re.escape(sentence)):
        open_workbook(make(), name)


def test_child_over_its_memory_is_refused():
    """Fifty thousand cells that each repeat a long text: honest sizes, too large an answer."""
    row = "<row>" + "<c t='s'><v>0</v></c>" * 20 + "</row>"
    cells = row * 2500
    strings = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>'
        + "".join(chr(97 + number * 7 % 26) for number in range(4900))
        + "</t></si></sst>"
    )
    content = changed(sheet_with(cells), {"xl/sharedStrings.xml": strings.encode()})

    with pytest.raises(FileRefused):
        open_workbook(content, "a.xlsx")


def test_rows_and_columns_keep_their_numbers():
    book = openpyxl.Workbook()
    book.active["C4"] = "x"
    book.active["E6"] = 2

    sheet = open_workbook(saved(book), "a.xlsx").sheets[0]

    assert sheet.at(4, 3) == "x"
    assert sheet.at(6, 5) == 2
    assert sheet.at(1, 1) == sheet.at(99, 99) == ""


def test_formulas_error_values_fonts_and_hidden_sheets_are_told():
    sample = official_sample(1)
    sample.cells |= {"D8": "=1+1", "H8": "#REF!", "C8": "NguyÔn"}
    sample.fonts["C8"] = ".VnTime"
    book = openpyxl.load_workbook(io.BytesIO(sample.content()))
    book.create_sheet("Ẩn").sheet_state = "hidden"

    workbook = open_workbook(saved(book), "a.xlsx")

    sheet = workbook.sheets[0]
    assert (8, 4) in sheet.formulas
    assert (8, 8) in sheet.errors
    assert sheet.legacy == {(8, 3): "tcvn3"}
    assert [each.hidden for each in workbook.sheets] == [False, True]


@pytest.mark.parametrize("epoch", [1900, 1904])
def test_dates_are_the_same_in_both_date_systems(epoch):
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"date_1904": epoch == 1904})
    sheet = book.add_worksheet()
    day = date(1958, 5, 17)
    sheet.write_datetime("A1", day, book.add_format({"num_format": "dd/mm/yyyy"}))
    book.close()

    workbook = open_workbook(stream.getvalue(), "a.xlsx")

    assert workbook.sheets[0].at(1, 1) == day
    assert workbook.date1904 == (epoch == 1904)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_is_read_as_text(delimiter):
    lines = [["Họ tên", "CCCD"], ["Y Hữu Nam", "062080000001"]]
    text = "\r\n".join(delimiter.join(line) for line in lines)

    sheet = open_workbook(text.encode("utf-8-sig"), "a.csv").sheets[0]

    assert sheet.rows == tuple(map(tuple, lines))


def mutated(original: bytes, chance: random.Random) -> bytes:
    """Bytes flipped and a part cut by chance."""
    content = bytearray(original)
    for _ in range(chance.choice([1, 1, 2, 20])):
        content[chance.randrange(len(content))] = chance.randrange(256)
    if chance.random() < 0.2:
        del content[chance.randrange(len(content)) :]
    return bytes(content)


def test_mutated_files_are_read_whole_or_refused():
    chance = random.Random(4)
    original = official_sample(6).content()
    rows = len(open_workbook(original, "a.xlsx").sheets[0].rows)
    for _ in range(20):
        try:
            workbook = open_workbook(mutated(original, chance), "a.xlsx")
        except FileRefused:
            continue
        assert len(workbook.sheets[0].rows) == rows


def test_a_mutation_of_nothing_that_matters_is_read():
    """The time a part was packed, in the first local header of the archive."""
    original = official_sample(6).content()
    content = bytearray(original)
    content[10] ^= 0xFF

    assert (
        open_workbook(bytes(content), "a.xlsx").sheets == open_workbook(original, "a.xlsx").sheets
    )


def test_child_starts_without_the_framework():
    """It starts for every step of an import, and Django would be four fifths of its time."""
    loaded = "import sys, households.intake.sheets.child; print('django' in sys.modules)"
    child = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True)

    assert child.stdout == "False\n"


def test_child_keeps_to_its_memory():
    """The largest child so far, hostile ones included, stayed under 300 MB."""
    open_workbook(official_sample(200).content(), "a.xlsx")

    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    # A child begins as a copy of the parent, whose size counts as its own.
    assert peak < max(300, own + 50)
