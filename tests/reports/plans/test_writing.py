"""The words of a draft are written on screen; what is signed or submitted is not touched."""

import pytest
from django.urls import reverse

from povertyplan.core.models import AuditEvent
from reports.choices import BlockKind, DocumentState
from reports.models import Block
from tests.factories.reports import DocumentFactory


@pytest.fixture
def draft(ward):
    document = DocumentFactory(ward=ward, subject="giảm nghèo năm 2026")
    document.blocks.all().delete()
    heading = block(document, 1, BlockKind.HEADING, "Mục tiêu")
    block(document, 2, BlockKind.PARAGRAPH, "Đoạn một.", parent=heading)
    block(document, 3, BlockKind.TARGETS, "", parent=heading)
    block(document, 4, BlockKind.DASH, "Ý cuối.", parent=heading)
    return document


def block(document, order, kind, text, parent=None):
    return Block.objects.create(document=document, order=order, kind=kind, text=text, parent=parent)


def page_of(document):
    return reverse("reports:document_text", args=[document.pk])


def sent(document, **changes):
    """The form as the page shows it, with other words for blocks by their order."""
    texts = {f"b{each.pk}": each.text for each in document.blocks.exclude(kind="targets")}
    other = {
        f"b{document.blocks.get(order=int(name[1:])).pk}": text
        for name, text in changes.items()
        if name.startswith("o")
    }
    heading = {"version": document.version, "subject": document.subject}
    named = {name: value for name, value in changes.items() if name in heading}
    return {**heading, **texts, **other, **named}


def texts_of(document):
    return list(document.blocks.order_by("order").values_list("kind", "text"))


def test_words_are_written_and_blocks_of_data_stay(draft, coordinator, client_of):
    client = client_of(coordinator)
    page = client.get(page_of(draft)).content.decode()
    assert "Đoạn một." in page
    assert "Chỉ tiêu theo chiều thiếu hụt (lập từ số liệu)" in page

    client.post(page_of(draft), sent(draft, o2="Còn {poor_households 2026} hộ <b>nghèo</b>."))

    assert texts_of(draft)[1:3] == [
        ("paragraph", "Còn {poor_households 2026} hộ <b>nghèo</b>."),
        ("targets", ""),
    ]
    line = AuditEvent.objects.get(act="write_texts")
    assert line.summary.startswith(f"{coordinator} viết 1 đoạn của")


def test_a_blank_line_begins_a_block_and_an_empty_one_goes(draft, coordinator, client_of):
    first = draft.blocks.get(order=2)

    client_of(coordinator).post(page_of(draft), sent(draft, o2="Một\ndòng.\n\nHai.", o4="  "))

    assert texts_of(draft) == [
        ("heading", "Mục tiêu"),
        ("paragraph", "Một dòng."),
        ("paragraph", "Hai."),
        ("targets", ""),
    ]
    assert draft.blocks.get(pk=first.pk).text == "Một dòng."
    added = draft.blocks.get(order=3)
    assert added.parent_id == first.parent_id


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        pytest.param({"o1": ""}, "còn nội dung bên trong", id="heading with parts"),
        pytest.param({"o2": "{khong_co 2026}"}, "không có số liệu “khong_co”", id="figure"),
        pytest.param({"subject": ""}, "Nhập trích yếu", id="subject"),
    ],
)
def test_what_cannot_be_is_named_and_what_was_typed_stays(
    draft, coordinator, client_of, changes, sentence
):
    before = texts_of(draft)

    answer = client_of(coordinator).post(page_of(draft), sent(draft, o4="Ý khác.", **changes))

    words = answer.content.decode()
    assert sentence in words
    assert "Ý khác." in words
    assert texts_of(draft) == before


def test_who_saves_second_loses_neither_text(draft, coordinator, client_of):
    client, older = client_of(coordinator), sent(draft, o2="Của tôi.")
    client.post(page_of(draft), sent(draft, o2="Của người trước."))

    answer = client.post(page_of(draft), older)

    assert "vừa được sửa ở nơi khác" in answer.content.decode()
    assert "Của tôi." in answer.content.decode()
    assert "Người khác vừa lưu:</strong> Của người trước." in answer.content.decode()
    assert texts_of(draft)[1] == ("paragraph", "Của người trước.")


def test_a_submitted_document_is_not_written(draft, coordinator, client_of):
    type(draft).objects.filter(pk=draft.pk).update(state=DocumentState.SUBMITTED)

    answer = client_of(coordinator).post(page_of(draft), sent(draft, o2="Sửa lén."))

    assert "không sửa được ở đây" in answer.content.decode()
    assert texts_of(draft)[1] == ("paragraph", "Đoạn một.")
