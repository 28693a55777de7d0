"""The Word file of a document: the decree's form in styles, the same words as the PDF."""

import io
import re
import zipfile
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn

from reports.printing.docx import render_docx, render_set_docx
from reports.printing.html import render_html
from reports.printing.pdf import render_pdf
from reports.printing.tree import Cell, Paragraph, Table, TableColumn
from tests.reports.paper import read_pages
from tests.reports.samples import sample_draft, sample_plan
from tests.reports.word import read_docx

pytestmark = pytest.mark.alike


@pytest.fixture(scope="module")
def content():
    return render_docx(sample_plan())


@pytest.fixture(scope="module")
def word(content):
    return read_docx(content)


# What the decree fixes: size in points, bold, italic (Decree 30/2020, Appendix I).
@pytest.mark.parametrize(
    ("start", "size", "bold", "italic"),
    [
        pytest.param("CỘNG HÒA XÃ HỘI", 13, True, False, id="national name"),
        pytest.param("Độc lập - Tự do - Hạnh phúc", 14, True, False, id="motto"),
        pytest.param("PHƯỜNG ĐĂK CẤM", 13, True, False, id="issuer"),
        pytest.param("Số: 05/KH-UBND", 13, False, False, id="number"),
        pytest.param("Đăk Cấm, ngày 05 tháng 01", 14, False, True, id="place and date"),
        pytest.param("KẾ HOẠCH", 14, True, False, id="kind"),
        pytest.param("Công tác giảm nghèo", 14, True, False, id="subject"),
        pytest.param("Căn cứ Nghị quyết", 14, False, True, id="legal basis"),
        pytest.param("Ủy ban nhân dân phường Đăk", 14, False, False, id="body"),
        pytest.param("I. MỤC ĐÍCH", 14, True, False, id="section"),
        pytest.param("1. Mục đích", 14, True, False, id="clause with a title"),
        pytest.param("a) Chiều thiếu hụt", 14, False, False, id="point"),
        pytest.param("Nơi nhận:", 12, True, True, id="recipients label"),
        pytest.param("- Lưu: VT, KTHTĐT.", 11, False, False, id="recipients"),
        pytest.param("TM. ỦY BAN NHÂN DÂN", 14, True, False, id="authority"),
        pytest.param("Đặng Thị Ngọc Ủy", 14, True, False, id="signer"),
        pytest.param("Phụ lục I", 14, True, False, id="appendix"),
        pytest.param("LỘ TRÌNH GIẢM NGHÈO", 14, True, False, id="appendix title"),
    ],
)
def test_parts_are_set_as_the_decree_asks(word, start, size, bold, italic):
    font = word.paragraph(start).style.font

    assert (font.size.pt, bool(font.bold), bool(font.italic)) == (size, bold, italic)


def test_every_style_in_use_is_times_new_roman_in_black(word):
    for style in {paragraph.style.name: paragraph.style for paragraph in word.paragraphs}.values():
        fonts = style.element.rPr.rFonts if style.element.rPr is not None else None
        assert fonts is not None, style.name
        assert {fonts.get(qn(f"w:{face}")) for face in ("ascii", "hAnsi", "eastAsia", "cs")} == {
            "Times New Roman"
        }
        assert fonts.get(qn("w:asciiTheme")) is None
        assert str(style.font.color.rgb) == "000000"


def test_body_is_justified_with_an_indented_first_line(word):
    form = word.paragraph("Ủy ban nhân dân phường Đăk").style.paragraph_format

    assert form.alignment == WD_ALIGN_PARAGRAPH.JUSTIFY
    assert round(form.first_line_indent.mm, 1) == 12.7
    assert form.space_before.pt >= 6
    assert 1 <= form.line_spacing <= 1.5


def test_sheets_are_a4_with_lawful_margins_and_a_landscape_appendix(word):
    plan, wide, long = word.file.sections

    for section in (plan, wide, long):
        sides = {round(section.page_width.mm), round(section.page_height.mm)}
        assert sides == {210, 297}
        assert 20 <= round(section.top_margin.mm) <= 25
        assert 20 <= round(section.bottom_margin.mm) <= 25
        assert 30 <= round(section.left_margin.mm) <= 35
        assert 15 <= round(section.right_margin.mm) <= 20
    assert [section.orientation for section in (plan, wide, long)] == [
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.LANDSCAPE,
        WD_ORIENT.PORTRAIT,
    ]


def test_pages_are_numbered_above_from_the_second_on_each_appendix_from_one(word):
    for section in word.file.sections:
        assert section.different_first_page_header_footer
        assert section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"
        assert section.first_page_header.paragraphs[0].text == ""
        header = section.header.paragraphs[0]
        assert header._p.find(qn("w:fldSimple")).get(qn("w:instr")) == "PAGE"
        assert header.style.paragraph_format.alignment == WD_ALIGN_PARAGRAPH.CENTER
        assert header.style.font.size.pt in (13, 14)


def test_national_heading_is_a_table_without_lines(word):
    heading = word.file.tables[0]

    assert heading.style.name != "Table Grid"
    assert heading._tbl.find(".//" + qn("w:tblBorders")) is None
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in heading.rows[0].cells[1].text
    widths = [cell.width for cell in heading.rows[0].cells]
    assert widths[0] < widths[1]


def test_tables_repeat_their_head_and_never_split_a_row(word):
    ruled = [table for table in word.file.tables if table.style.name == "Table Grid"]

    assert len(ruled) == 2
    for table in ruled:
        rows = table._tbl.tr_lst
        assert rows[0].trPr.find(qn("w:tblHeader")) is not None
        assert rows[-1].trPr.find(qn("w:tblHeader")) is None
        assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows)
        grid = [column.width for column in table.columns]
        for row in rows:
            spans = sum(cell.grid_span for cell in row.tc_lst)
            assert spans == len(grid)
            assert abs(sum(cell.width for cell in row.tc_lst) - sum(grid)) < len(grid) * 1270


def test_spanning_heads_cover_the_places_they_span(word):
    table = next(table for table in word.file.tables if len(table.columns) == 9)

    top, second = (row.cells for row in table.rows[:2])
    assert [cell.text for cell in top[:3]] == ["TT", "Chỉ tiêu", "Thực hiện đến 31/12"]
    assert second[0]._tc is top[0]._tc
    assert second[1]._tc is top[1]._tc
    assert [cell.text for cell in second[2:]] == [str(year) for year in range(2024, 2031)]
    assert {cell.text for cell in top[3:]} == {"Kế hoạch đến ngày 31 tháng 12 hằng năm"}


def test_words_are_those_of_the_pdf_in_the_same_order(word):
    pages = read_pages(render_pdf(sample_plan()))
    printed = [line.text for page in pages for line in page.lines if line is not page.number]
    heads = "|".join(re.escape(words) for words in ("TTChỉtiêu", "TTThôn,tổdânphố"))

    def bare(text):
        return re.sub(r"\s", "", text)

    # The PDF repeats a table's head on each page, and reads the heading by rows.
    in_word = re.split(heads, bare(word.text))[0]
    body = bare("".join(printed))
    assert in_word[in_word.index("Căncứ") : in_word.index("Nơinhận")] in body


def test_every_word_of_the_preview_is_in_the_file(word):
    def bare(text):
        return re.sub(r"[\s\xa0]", "", text)

    html = re.sub(
        r"<style>.*?</style>|<title>.*?</title>", "", render_html(sample_plan()), flags=re.S
    )
    pieces = [bare(piece) for piece in re.split(r"<[^>]+>", html)]
    written = bare(word.text)
    assert [piece for piece in pieces if piece and piece not in written] == []


def test_sample_data_are_marked_at_the_foot_of_every_page():
    word = read_docx(render_docx(sample_draft(demo=True, source="Chuẩn nghèo X")))

    for section in word.file.sections:
        for footer in (section.footer, section.first_page_footer):
            assert footer.paragraphs[0].text.startswith("DỮ LIỆU MẪU – ")
            assert footer.paragraphs[0].text.endswith("Chuẩn nghèo X")
    assert "Số: \xa0" in word.text
    assert "DỰ THẢO" not in read_docx(render_docx(sample_plan())).text


def test_properties_name_the_file_its_author_and_language(word):
    about = word.file.core_properties

    assert about.title.startswith("Kế hoạch công tác giảm nghèo")
    assert about.author == "Ủy ban nhân dân phường Đăk Cấm"
    assert about.language == "vi-VN"
    assert word.file.styles["Normal"].element.rPr.find(qn("w:lang")).get(qn("w:val")) == "vi-VN"


def test_hostile_text_stays_text():
    payload = 'A\x00\x0b\ufffe <w:t>"&lt;" {{ x }} =1+1 \ud800 ﹤script﹥'
    table = Table(
        columns=(TableColumn(50), TableColumn(50)),
        head=(("a", payload),),
        rows=((payload, Cell(payload)),),
    )
    content = render_docx(sample_plan(subject=payload, body=(Paragraph(payload), table)))

    expected = 'A <w:t>"&lt;" {{ x }} =1+1  ﹤script﹥'
    word = read_docx(content)
    assert word.ruled[0] == [["a", expected], [expected, expected]]
    assert expected in word.text
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert not any("vbaProject" in name or "embeddings" in name for name in parts.namelist())
        for name in parts.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(parts.read(name))  # noqa: S314 - made a line above
        assert b'TargetMode="External"' not in b"".join(map(parts.read, parts.namelist()))


def test_papers_of_a_set_each_start_a_sheet_counted_from_one():
    first = sample_plan(appendices=())
    word = read_docx(render_set_docx([first, replace(first, kind="Báo cáo")], title="Hai văn bản"))

    assert len(word.file.sections) == 2
    assert word.file.core_properties.title == "Hai văn bản"
    assert [round(section.page_width.mm) for section in word.file.sections] == [210, 210]
    assert word.text.count("CỘNG HÒA XÃ HỘI") == 2


def test_list_on_a_wall_is_set_in_large_type():
    table = Table(columns=(TableColumn(100),), head=(("Họ tên",),), rows=(("Y Hoa",),))
    plan = sample_plan(body=(table,), appendices=())
    word = read_docx(render_set_docx([plan], title="DS", is_large=True))

    run = next(table for table in word.file.tables if table.style.name == "Table Grid")
    assert run.rows[1].cells[0].paragraphs[0].runs[0].font.size.pt == 17
