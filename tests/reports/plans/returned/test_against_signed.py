"""A Word file against an issued document: numbers and words that differ are listed, no more."""

import io
from uuid import uuid4

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from reports.choices import BlockKind
from reports.models import BlockProposal, ReturnedWord
from reports.plans.outline import GAP
from reports.plans.snapshots import signed_tree
from reports.printing.docx import render_docx
from tests.factories.core import VillageFactory
from tests.factories.reports import BlockFactory, DocumentFactory
from tests.pages import nothing_written, words_of
from tests.reports.documents import issue


@pytest.fixture
def plan(ward):
    VillageFactory(parent=ward)
    document = DocumentFactory(ward=ward)
    top = BlockFactory(document=document, order=0, kind="heading", text="Mục tiêu chung")
    for place, text in enumerate(
        (
            "Toàn phường có {village_count} thôn, còn 12 hộ nghèo (0,15%).",
            "Hỗ trợ học nghề cho người lao động thuộc hộ nghèo.",
            "Các đơn vị báo cáo hằng quý.",
        )
    ):
        BlockFactory(document=document, parent=top, order=place * GAP, text=text)
    BlockFactory(document=document, order=GAP, kind=BlockKind.CLOSING, text="Trên đây là kế hoạch.")
    return issue(document)


def word_of(document, change=lambda file: None):
    file = docx.Document(io.BytesIO(render_docx(signed_tree(document))))
    change(file)
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def unlike():
    file = docx.Document()
    file.add_paragraph("Thực đơn bữa trưa của nhà ăn tập thể.")
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def send(client, document, content, name="tep.docx"):
    sent = {"key": str(uuid4()), "file": SimpleUploadedFile(name, content)}
    with nothing_written():
        return client.post(reverse("reports:document_word", args=[document.pk]), sent)


def say(file, begins, text):
    found = next(each for each in file.paragraphs if each.text.startswith(begins))
    first, *others = found.runs
    first.text = text
    for run in others:
        run.text = ""


def test_a_file_nobody_touched_says_the_same(plan, client_of, coordinator):
    answer = send(client_of(coordinator), plan, word_of(plan))

    assert "Không có chỗ nào khác bản đã ký." in words_of(answer)
    assert answer.context["comparison"].is_alike


def test_other_numbers_are_listed_beside_the_signed_ones(plan, client_of, coordinator):
    def change(file):
        say(file, "Toàn phường", "Toàn phường có 02 thôn, còn 15 hộ nghèo (0,15%).")
        say(file, "Hỗ trợ", "Hỗ trợ dạy nghề cho người lao động thuộc hộ nghèo.")

    before = signed_tree(plan)
    answer = send(client_of(coordinator), plan, word_of(plan, change))

    found = answer.context["comparison"]
    assert [(each.printed, each.found) for each in found.figures] == [("01", "02"), ("12", "15")]
    assert len(found.words) == 1
    assert "2 con số khác bản đã ký." in words_of(answer)
    assert signed_tree(plan) == before
    assert not ReturnedWord.objects.exists()
    assert not BlockProposal.objects.exists()


def test_a_paragraph_more_and_one_less_are_named(plan, client_of, coordinator):
    def change(file):
        gone = next(each for each in file.paragraphs if each.text.startswith("Các đơn vị"))
        gone._element.getparent().remove(gone._element)
        first = next(each for each in file.paragraphs if each.text.startswith("Hỗ trợ"))
        first.insert_paragraph_before("Đoạn viết thêm ngoài phần mềm.")

    found = send(client_of(coordinator), plan, word_of(plan, change)).context["comparison"]

    assert found.added == ["Đoạn viết thêm ngoài phần mềm."]
    assert found.removed == ["Các đơn vị báo cáo hằng quý."]


def test_the_frozen_figures_count_and_not_those_of_today(plan, client_of, coordinator, ward):
    VillageFactory(parent=ward)

    found = send(client_of(coordinator), plan, word_of(plan)).context["comparison"]

    assert found.is_alike


def test_a_file_of_something_else_is_refused_with_a_sentence(plan, client_of, coordinator, ward):
    other = DocumentFactory(ward=ward)
    BlockFactory(document=other, text="Văn bản khác hẳn.")
    foreign = word_of(issue(other, number=6))

    for content, sentence in (
        (unlike(), "không có đoạn nào của văn bản đã ký"),
        (foreign, "tải từ một văn bản khác"),
        (b"PK not a file", ".docx"),
    ):
        answer = send(client_of(coordinator), plan, content)
        assert answer.status_code == 422
        assert sentence in words_of(answer)
