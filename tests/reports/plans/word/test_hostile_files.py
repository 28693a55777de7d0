"""Files that are no plan, or hide what they say: read whole, or refused with the way out."""

import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from reports.choices import WordPart
from reports.plans.word.opening import open_word
from reports.plans.word.reading.facts import facts_in
from reports.plans.word.reading.passages import read_word
from reports.plans.word.reading.refusals import WordRefused
from tests.reports.word_files import as_bytes

OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def paragraph(inner: str):
    return parse_xml(f"<w:p {nsdecls('w')}>{inner}</w:p>")


def run(text: str, name: str = "t") -> str:
    return f'<w:r><w:{name} xml:space="preserve">{text}</w:{name}></w:r>'


def book(*inner: str) -> bytes:
    made = docx.Document()
    for each in inner:
        made.element.body.insert(-1, paragraph(each))
    return as_bytes(made)


def with_part(name: str, part: bytes) -> bytes:
    """A Word file one part of which is another one."""
    source, target = zipfile.ZipFile(io.BytesIO(book(run("Một hai ba")))), io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as written:
        for each in source.namelist():
            if each != name:
                written.writestr(each, source.read(each))
        written.writestr(name, part)
    return target.getvalue()


IN_UTF_32 = (
    '<?xml version="1.0" encoding="utf-32"?><!DOCTYPE a [<!ENTITY b "c">]>'
    f"<w:document {nsdecls('w')}><w:body/></w:document>"
).encode("utf-32")


def texts(content: bytes) -> list[str]:
    return [one.text for one in read_word(content, "a.docx").passages]


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        pytest.param(b"", "a.docx", "không có nội dung", id="empty"),
        pytest.param(OLE + b"x" * 99, "a.doc", "F12", id="old Word"),
        pytest.param(
            OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx", "mật khẩu", id="encrypted"
        ),
        pytest.param(b"%PDF-1.7", "a.pdf", "PDF", id="PDF"),
        pytest.param(b"\x89PNG\r\n", "a.png", "bản quét", id="picture"),
        pytest.param(b"PK\x03\x04 and no more", "a.docx", "bị hỏng", id="half a zip"),
        pytest.param(with_part("word/vbaProject.bin", b"x"), "a.docm", "macro", id="macros"),
        pytest.param(
            with_part("word/document.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
            "a.docx",
            "thực thể",
            id="entities",
        ),
        pytest.param(
            with_part("word/document.xml", IN_UTF_32), "a.docx", "thực thể", id="entities in UTF-32"
        ),
        pytest.param(with_part("xl/workbook.xml", b"<a/>"), "a.xlsx", "Chỉ nhận", id="workbook"),
        pytest.param(
            with_part("word/document.xml", b" " * 40_000_000), "a.docx", "phình", id="zip bomb"
        ),
        pytest.param(with_part("word/document.xml", b"<a><b>"), "a.docx", "bị hỏng", id="bad XML"),
        pytest.param(book(), "a.docx", "không có đoạn chữ", id="no text"),
        pytest.param(book(run("chữ " * 1_300_000)), "a.docx", "ký tự", id="5 MB of text"),
        pytest.param(book(*[run("Một đoạn.")] * 3100), "a.docx", "đoạn", id="thousands of lines"),
    ],
)
def test_a_file_that_is_not_read_says_why_and_what_to_do(content, name, says):
    with pytest.raises(WordRefused, match=says):
        read_word(content, name)


def test_a_scan_is_told_from_an_empty_file():
    vml = 'xmlns:v="urn:schemas-microsoft-com:vml"'
    picture = f"<w:r><w:pict><v:shape {vml}><v:imagedata/></v:shape></w:pict></w:r>"

    with pytest.raises(WordRefused, match="ảnh quét"):
        read_word(book(picture), "a.docx")


def test_the_child_reads_and_refuses_as_we_do():
    content = book(run("I. MỤC TIÊU"), run("Giảm 5 hộ."))

    assert open_word(content, "a.docx") == read_word(content, "a.docx")
    with pytest.raises(WordRefused, match="F12"):
        open_word(OLE + b"x", "a.doc")


def test_tracked_changes_are_read_as_accepted():
    inserted = f'<w:ins w:id="1" w:author="A">{run("15 hộ")}</w:ins>'
    deleted = f'<w:del w:id="2" w:author="A">{run("12 hộ", "delText")}</w:del>'
    ended = '<w:pPr><w:rPr><w:del w:id="3" w:author="A"/></w:rPr></w:pPr>'

    read = read_word(
        book(run("Giảm ") + inserted + deleted, ended + run("Một "), run("hai.")), "a.docx"
    )

    assert [one.text for one in read.passages] == ["Giảm 15 hộ", "Một hai."]
    assert read.notes == ("1 chỗ đã xóa khi theo dõi thay đổi được coi là đã xóa.",)


def test_text_in_controls_boxes_and_notes_is_read():
    control = f"<w:sdt><w:sdtContent>{run('trong ô nhập')}</w:sdtContent></w:sdt>"
    box = (
        '<w:r><w:pict><v:textbox xmlns:v="urn:schemas-microsoft-com:vml"><w:txbxContent>'
        f"<w:p>{run('Trong khung chữ.')}</w:p></w:txbxContent></v:textbox></w:pict></w:r>"
    )

    assert texts(book(run("Lời ") + control, box)) == ["Lời trong ô nhập", "Trong khung chữ."]


def test_a_table_and_a_table_in_it_are_named_as_left_out():
    made = docx.Document()
    made.add_paragraph("Giảm 5 hộ.")
    table = made.add_table(rows=1, cols=2)
    table.cell(0, 0).text, inner = "Tổ 1", table.cell(0, 1).add_table(rows=1, cols=1)
    inner.cell(0, 0).text = "5 hộ"

    read = read_word(as_bytes(made), "a.docx")

    assert [(one.text, one.part) for one in read.passages][1:] == [
        ("Tổ 1 | 5 hộ", WordPart.LEFT_OUT)
    ]
    assert read.notes == ("1 bảng nằm trong bảng: các ô được ghép thành dòng.",)


def test_old_fonts_are_read_by_their_name_and_by_their_letters():
    named = '<w:r><w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr><w:t>Hé nghÌo ®­îc gióp</w:t></w:r>'

    assert texts(book(named, run("Hoä ngheøo ñöôïc giuùp"))) == [
        "Hộ nghèo được giúp",
        "Hộ nghèo được giúp",
    ]


def test_a_number_out_of_its_sequence_is_told():
    read = read_word(book(*map(run, ("I. MỘT", "II. HAI", "II. BA", "V. NĂM"))), "a.docx")

    assert [one.remark for one in read.passages] == [
        "",
        "",
        "Số thứ tự lặp lại.",
        "Số thứ tự không liền với số trước.",
    ]
    assert {one.level for one in read.passages} == {1}


def test_a_header_that_is_missing_is_no_damage():
    listing = zipfile.ZipFile(io.BytesIO(book())).read("word/_rels/document.xml.rels")
    missing = b'<Relationship Id="h" Type="x/header" Target="gone.xml"/></Relationships>'
    content = with_part(
        "word/_rels/document.xml.rels", listing.replace(b"</Relationships>", missing)
    )

    assert texts(content) == ["Một hai ba"]


def test_a_long_row_of_digits_is_looked_at_once():
    assert facts_in("111." * 100_000) == ()
    assert [fact.words for fact in facts_in("giảm 1234 hộ; đạt 1.234,5%")] == [
        "giảm 1234 hộ",
        "đạt 1.234,5%",
    ]
