"""`list_documents` and `render_document`, as an office's scheduler runs them."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from reports.choices import DocumentKind
from reports.printing import pdf
from tests.factories.reports import BlockFactory, DocumentFactory
from tests.reports.paper import read_pages
from tests.reports.word import read_docx


@pytest.fixture
def document(ward):
    document = DocumentFactory(ward=ward)
    BlockFactory(document=document, text="Nội dung thử.")
    return document


def render(document_id, **options):
    call_command("render_document", str(document_id), stdout=StringIO(), **options)


def test_list_documents_prints_a_line_for_each(document):
    report = DocumentFactory(ward=document.ward, kind=DocumentKind.REPORT)
    output = StringIO()

    call_command("list_documents", stdout=output)

    lines = [line.split("\t") for line in output.getvalue().splitlines()]
    assert lines == [
        [str(document.pk), "Kế hoạch", "Phường Đăk Cấm", document.title, "Dự thảo"],
        [str(report.pk), "Báo cáo", "Phường Đăk Cấm", report.title, "Dự thảo"],
    ]


def test_render_document_writes_pdf_word_and_html(document, tmp_path):
    for output_format in ("pdf", "docx", "html"):
        target = tmp_path / f"document.{output_format}"
        render(document.pk, format=output_format, output=str(target))

    assert "Nội dung thử." in read_pages((tmp_path / "document.pdf").read_bytes())[0].text
    assert "Nội dung thử." in read_docx((tmp_path / "document.docx").read_bytes()).text
    page = (tmp_path / "document.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert "Nội dung thử." in page


@pytest.mark.parametrize("unknown", ["999999", "abc", "-1"])
def test_render_document_refuses_an_unknown_number(db, tmp_path, unknown):
    with pytest.raises(CommandError, match=f"Không có văn bản số “{unknown}”"):
        render(unknown, output=str(tmp_path / "x.pdf"))


def test_render_document_refuses_an_unknown_format(document, tmp_path):
    with pytest.raises(CommandError, match="Không có định dạng “odt”; chọn: pdf, docx, html"):
        render(document.pk, format="odt", output=str(tmp_path / "x.odt"))


def test_render_document_says_why_a_file_cannot_be_written(document, tmp_path):
    with pytest.raises(CommandError, match=r"Không ghi được tệp .*: thư mục không tồn tại"):
        render(document.pk, format="html", output=str(tmp_path / "missing" / "x.html"))


def test_render_document_says_where_a_text_cannot_be_read(document, tmp_path):
    BlockFactory(document=document, text="{rich_households 2024}")

    with pytest.raises(CommandError, match=r"Đoạn văn .*rich_households"):
        render(document.pk, format="html", output=str(tmp_path / "x.html"))


def test_render_document_says_why_a_machine_cannot_print(document, tmp_path, monkeypatch):
    monkeypatch.setattr(pdf, "find_faces", lambda: None)

    with pytest.raises(CommandError, match="chưa có phông chữ"):
        render(document.pk, output=str(tmp_path / "x.pdf"))
