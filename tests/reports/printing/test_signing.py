"""Who signs never stands alone on a page, however long what comes before is."""

from dataclasses import replace

import pytest
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as DocxParagraph

from reports.printing.docx import render_docx, render_form_docx
from reports.printing.form_sheet import FormSheet
from reports.printing.pdf import render_form_pdf, render_pdf
from reports.printing.tree import Paragraph, Signature, Table, TableColumn
from tests.reports.paper import read_pages
from tests.reports.samples import sample_plan
from tests.reports.word import read_docx

pytestmark = [pytest.mark.alike, pytest.mark.drawn(one_of=2)]

SIGNER = "CHỦ TỊCH"


def sheet(rows, *, notes=()):
    return FormSheet(
        label="Biểu số 01",
        title="Tổng hợp",
        period="Năm 2025",
        issuer="ỦY BAN NHÂN DÂN PHƯỜNG ĐĂK CẤM",
        issuer_lines=("ỦY BAN NHÂN DÂN", "PHƯỜNG ĐĂK CẤM"),
        date_line="Đăk Cấm, ngày 20 tháng 11 năm 2026",
        table=Table(
            columns=(TableColumn(20), TableColumn(80)),
            head=(("TT", "Tên"),),
            rows=tuple((str(place), f"Dòng {place}") for place in range(1, rows + 1)),
        ),
        signatures=(Signature(("NGƯỜI LẬP BIỂU",)), Signature((SIGNER,))),
        notes=notes,
        problems=(),
        is_wide=False,
        demo=False,
        source="",
    )


@pytest.mark.parametrize("notes", [(), ("Ghi chú thử.",)])
def test_form_is_signed_on_a_page_with_text(notes):
    """From what fits on one page with the signature to what fills it without.

    The signature is higher than two rows, so every second count meets each break.
    """
    alone = []
    for rows in range(24, 46, 2):
        pages = read_pages(render_form_pdf(sheet(rows, notes=notes)))
        signed = next(page for page in pages if SIGNER in page.text)
        if "Dòng" not in signed.text and "Ghi chú" not in signed.text:
            alone.append(rows)

    assert len(pages) > 1
    assert alone == []


def test_document_is_signed_on_a_page_with_its_closing():
    for count in range(12, 30, 2):
        body = tuple(Paragraph(f"Đoạn {place}. {'Nội dung. ' * 12}") for place in range(count))
        plan = replace(sample_plan(), body=body, appendices=(), bases=())
        pages = read_pages(render_pdf(plan))
        signed = next(page for page in pages if "Nơi nhận:" in page.text)

        assert "Trên đây" in signed.text
        assert SIGNER in signed.text


@pytest.mark.parametrize("notes", [(), ("Ghi chú thử.",)])
def test_word_file_of_a_form_keeps_its_last_line_with_the_signature(notes):
    word = read_docx(render_form_docx(sheet(5, notes=notes))).file
    signing = next(table for table in word.tables if SIGNER in table._tbl.xml)
    before = signing._tbl.getprevious()
    while before.tag == qn("w:p") and not before.findall(f".//{qn('w:t')}"):
        assert keeps_next(word, before)
        before = before.getprevious()
    last = before.findall(f".//{qn('w:p')}")[-1] if before.tag == qn("w:tbl") else before

    assert keeps_next(word, last)


def test_word_file_of_a_document_keeps_its_closing_with_the_signature():
    word = read_docx(render_docx(sample_plan())).file

    closing = next(line for line in word.paragraphs if line.text.startswith("Trên đây"))

    assert closing.paragraph_format.keep_with_next


def keeps_next(word, element):
    """Whether a paragraph, or else its style, says that it stays with the next."""
    paragraph = DocxParagraph(element, word)
    own = paragraph.paragraph_format.keep_with_next
    return paragraph.style.paragraph_format.keep_with_next if own is None else own
