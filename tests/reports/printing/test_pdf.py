import sys
import unicodedata
from pathlib import Path
from xml.etree import ElementTree

import pypdfium2
import pytest

from reports.printing import fonts, pdf
from reports.printing.pdf import PrintingUnavailable, render_pdf
from reports.printing.tree import Heading, Paragraph
from tests.reports.paper import (
    POINTS_PER_MILLIMETRE,
    Properties,
    read_description,
    read_pages,
    read_properties,
    unpacked_objects,
)
from tests.reports.samples import sample_draft, sample_plan

pytestmark = [pytest.mark.alike, pytest.mark.drawn(one_of=2)]

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
PDFA_SCHEMA = "{http://www.aiim.org/pdfa/ns/schema#}"
LEFT_MARGIN = 30 * POINTS_PER_MILLIMETRE
RIGHT_MARGIN = 15 * POINTS_PER_MILLIMETRE


@pytest.fixture(scope="module")
def plan_pdf():
    return render_pdf(sample_plan())


@pytest.fixture(scope="module")
def pages(plan_pdf):
    return read_pages(plan_pdf)


@pytest.fixture(scope="module")
def first_page(pages):
    return pages[0]


@pytest.fixture(scope="module")
def signed_page(pages):
    return next(page for page in pages if "Nơi nhận:" in page.text)


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
    ],
)
def test_first_page_parts_are_set_as_the_decree_asks(first_page, start, size, bold, italic):
    line = first_page.line(start)

    assert (line.size, line.is_bold, line.is_italic) == (size, bold, italic)


@pytest.mark.parametrize(
    ("start", "size", "bold", "italic"),
    [
        pytest.param("Nơi nhận:", 12, True, True, id="recipients label"),
        pytest.param("- Lưu: VT, KTHTĐT.", 11, False, False, id="recipients"),
        pytest.param("TM. ỦY BAN NHÂN DÂN", 14, True, False, id="authority"),
        pytest.param("Đặng Thị Ngọc Ủy", 14, True, False, id="signer"),
    ],
)
def test_closing_parts_are_set_as_the_decree_asks(signed_page, start, size, bold, italic):
    line = signed_page.line(start)

    assert (line.size, line.is_bold, line.is_italic) == (size, bold, italic)


def test_number_and_date_stand_on_one_line(first_page):
    number, place = first_page.line("Số: 05"), first_page.line("Đăk Cấm, ngày")

    assert number.baseline == pytest.approx(place.baseline, abs=0.5)
    assert place.center == pytest.approx(first_page.line("Độc lập").center, abs=2)


def test_text_keeps_the_margins(pages):
    for page in pages:
        assert min(line.left for line in page.lines) >= LEFT_MARGIN - 1
        assert max(line.right for line in page.lines) <= page.width - RIGHT_MARGIN + 1


def test_first_line_of_a_paragraph_is_indented(first_page):
    indent = first_page.line("Ủy ban nhân dân phường Đăk").left - LEFT_MARGIN

    assert indent == pytest.approx(12.7 * POINTS_PER_MILLIMETRE, abs=1)


def test_pages_are_numbered_in_the_top_margin_but_for_the_first(pages):
    shown = [page.number.text.strip() if page.number else None for page in pages]
    first_of_appendix = [place for place, page in enumerate(pages) if "(Kèm theo" in page.text]
    wide, villages = first_of_appendix

    assert shown[:wide] == [None, *map(str, range(2, wide + 1))]
    assert shown[wide:villages] == [None]
    assert shown[villages:] == [None, *map(str, range(2, len(pages) - villages + 1))]


def test_page_number_is_centred_over_the_text(pages):
    number = pages[1].number

    assert number.size == 13
    assert number.center == pytest.approx((LEFT_MARGIN + pages[1].width - RIGHT_MARGIN) / 2, abs=1)
    assert not number.is_bold
    assert not number.is_italic


def test_wide_appendix_lies_on_its_side(pages):
    wide = next(page for page in pages if "Phụ lục I LỘ TRÌNH" in page.text)

    assert (round(wide.width), round(wide.height)) == (842, 595)
    assert [round(pages[0].width), round(pages[0].height)] == [595, 842]


def test_long_table_repeats_its_head(pages):
    village_pages = [page for page in pages if "Tổ dân phố " in page.text]

    assert len(village_pages) > 1
    assert all("Thôn, tổ dân phố" in page.text for page in village_pages)


def test_signature_stays_with_recipients_and_last_words():
    for filling in range(0, 24, 3):
        body = (Paragraph("Đoạn văn thêm cho đầy trang."),) * filling
        pages = read_pages(render_pdf(sample_plan(bases=(), body=body, appendices=())))
        signed = next(page for page in pages if "Nơi nhận:" in page.text)
        assert "Đặng Thị Ngọc Ủy" in signed.text
        assert "thực hiện./." in signed.text


def test_heading_never_ends_a_page():
    filling = tuple(Paragraph("Đoạn văn thêm cho đầy trang.") for _ in range(30))
    for count in range(17, 26):  # the heading comes near the end of the page, and past it
        body = (*filling[:count], Heading(1, "Mục tiêu"), Heading(2, "Mục tiêu chung"), *filling)
        first_page = read_pages(render_pdf(sample_plan(bases=(), body=body, appendices=())))[0]
        assert not first_page.lines[-1].text.startswith(("I. ", "1. "))


def test_text_reads_back_with_every_diacritic(pages):
    text = " ".join(page.text for page in pages)

    assert text == unicodedata.normalize("NFC", text)
    assert "Đa dạng hóa sinh kế, phát triển mô hình giảm nghèo" in text
    assert "Ủy ban MTTQ Việt Nam phường và các tổ chức chính trị - xã hội" in text
    assert "\ufffd" not in text


def test_every_vietnamese_letter_is_printed():
    letters = fonts.vietnamese_letters()
    body = (Paragraph(" ".join(letters)),)

    text = read_pages(render_pdf(sample_plan(body=body)))[0].text

    assert [letter for letter in letters if letter not in text] == []


def test_only_our_font_is_used(pages):
    used = {line.font for page in pages for line in page.lines}
    family = fonts.find_faces().family.replace(" ", "-")

    assert used == {f"{family}-Document{face}" for face in ("", "-Bold", "-Italic", "-Bold-Italic")}


def test_fonts_are_embedded(plan_pdf):
    document = pypdfium2.PdfDocument(plan_pdf)
    page = document[0]
    embedded = [run.get_font().is_embedded for run in page.get_objects() if run.type == 1]
    document.close()

    assert embedded
    assert all(embedded)


def test_file_is_tagged_and_names_its_language_and_title(plan_pdf):
    properties = read_properties(plan_pdf)

    assert properties == Properties(title=sample_plan().title, language="vi", is_tagged=True)


def test_file_says_both_standards_in_one_description(plan_pdf):
    """PDF/A-2a with PDF/UA-1, whose property PDF/A takes only with its description."""
    description = ElementTree.fromstring(read_description(plan_pdf))  # noqa: S314 - our own
    said = {
        name: value
        for each in description.iter(f"{RDF}Description")
        for name, value in each.attrib.items()
    }
    described = [each.text for each in description.iter(f"{PDFA_SCHEMA}prefix")]

    assert said["{http://www.aiim.org/pdfa/ns/id/}part"] == "2"
    assert said["{http://www.aiim.org/pdfa/ns/id/}conformance"] == "A"
    assert said["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
    assert described == ["pdfuaid"]
    assert len(list(description.iter(f"{RDF}RDF"))) == 1
    assert b"/OutputIntents" in unpacked_objects(plan_pdf)
    assert b"/DisplayDocTitle" in unpacked_objects(plan_pdf)


def test_pages_are_named_as_they_are_numbered(plan_pdf):
    """Each appendix begins with page 1 again, as on paper."""
    document = pypdfium2.PdfDocument(plan_pdf)
    labels = [document.get_page_label(at) for at in range(len(document))]
    document.close()
    own = [label for label in labels if not label.startswith("Phụ lục")]

    assert own == [str(number) for number in range(1, len(own) + 1)]
    assert labels[len(own)] == "Phụ lục I - 1"
    assert labels[-1].startswith("Phụ lục II - ")
    assert len(set(labels)) == len(labels)


def test_headings_are_bookmarks_of_the_file(plan_pdf):
    document = pypdfium2.PdfDocument(plan_pdf)
    marks = [(mark.level, mark.get_title()) for mark in document.get_toc()]
    document.close()
    plan = sample_plan()
    sections = [block.text.upper() for block in plan.body if getattr(block, "level", 0) == 1]

    assert marks[0][0] == 0
    assert plan.kind.upper() in marks[0][1]
    assert [title.split(" ", 1)[1] for level, title in marks if level == 1][
        : len(sections)
    ] == sections


def test_draft_is_marked_on_every_page():
    pages = read_pages(render_pdf(sample_draft(demo=True)))

    assert all("DỰ THẢO" in page.text for page in pages)
    assert all("DỮ LIỆU MẪU" in page.text for page in pages)
    assert "Số: /KH-UBND" in pages[0].text


def test_signed_document_bears_no_mark(pages):
    assert not any("DỰ THẢO" in page.text or "DỮ LIỆU MẪU" in page.text for page in pages)


def test_same_document_gives_the_same_bytes(plan_pdf):
    assert render_pdf(sample_plan()) == plan_pdf


def test_printing_reaches_nothing_outside(monkeypatch, tmp_path):
    """Even a page that asks for files and addresses gets none of them."""
    secret = tmp_path / "secret.txt"
    secret.write_text("canary-in-a-file", encoding="utf-8")
    hostile = (
        f'<html lang="vi"><link rel="stylesheet" href="{secret.as_uri()}">'
        f'<link rel="attachment" href="{secret.as_uri()}"><img src="http://127.0.0.1:9/x.png">'
        "<img src=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>\"><p>Chữ</p>"
    )
    monkeypatch.setattr(pdf, "render_html", lambda document: hostile)

    printed = render_pdf(sample_plan())

    assert b"/EmbeddedFile" not in printed
    assert b"/Image" not in printed
    assert b"canary" not in printed


def test_missing_font_is_told(monkeypatch):
    monkeypatch.setattr(pdf, "find_faces", lambda: None)

    with pytest.raises(PrintingUnavailable, match="phông chữ Times New Roman"):
        render_pdf(sample_plan())


def test_missing_library_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "weasyprint", None)

    with pytest.raises(PrintingUnavailable, match="Pango"):
        render_pdf(sample_plan())


def test_font_without_vietnamese_letters_is_passed_over(tmp_path):
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    faces = fonts.find_faces()
    old, new = tmp_path / "a-old", tmp_path / "b-new"
    for folder in (old, new):
        folder.mkdir()
    names = dict(fonts.FACE_FILES)["Tinos"]
    for name in names:
        (new / name).write_bytes(faces.regular.read_bytes())
        poor = TTFont(faces.regular)
        subsetter = Subsetter(Options())
        subsetter.populate(text="CONG HOA cong hoa")
        subsetter.subset(poor)
        poor.save(old / name)

    assert fonts.find_faces((tmp_path,)).regular == new / "Tinos-Regular.ttf"
    assert fonts.find_faces((old,)) is None


def test_the_fonts_of_the_project_come_before_those_of_the_machine(settings):
    folder = settings.BASE_DIR / "static" / "fonts"

    faces = fonts.find_faces()

    assert faces.family == "Liberation Serif"
    assert {faces.regular.parent, faces.bold_italic.parent} == {folder}
    assert "SIL OPEN FONT LICENSE" in (folder / "LICENSE.txt").read_text()


def test_machine_without_fonts_has_none(tmp_path):
    assert fonts.find_faces((tmp_path, Path("/nowhere"))) is None
