"""The blocks of a draft are written on screen; what is signed or submitted is not touched."""

import pytest
from django.urls import reverse

from povertyplan.core.models import AuditEvent
from reports.choices import BlockKind, DocumentState
from reports.models import Block
from reports.plans.outline import reading_order
from reports.plans.writing.forms import mark_of
from reports.plans.writing.services.removing import remove_block
from tests.factories.reports import DocumentFactory
from tests.queries import questions


@pytest.fixture
def draft(ward):
    document = DocumentFactory(ward=ward, subject="giảm nghèo năm 2026")
    heading = block(document, 1, BlockKind.HEADING, "Mục tiêu")
    block(document, 2, BlockKind.PARAGRAPH, "Đoạn một.", parent=heading)
    block(document, 3, BlockKind.TARGETS, "", parent=heading)
    block(document, 4, BlockKind.DASH, "Ý cuối.", parent=heading)
    return document


def block(document, order, kind, text, parent=None):
    return Block.objects.create(document=document, order=order, kind=kind, text=text, parent=parent)


def page_of(document):
    return reverse("reports:document_text", args=[document.pk])


def sent(document, act="", at=0, **texts):
    """The form as the page shows it, with other words for blocks by their place in it."""
    values = {}
    blocks = reading_order(document.blocks.all())
    for place, each in enumerate(blocks, start=1):
        own = {"version": each.version, "was": mark_of(each.text), "kind": each.kind}
        if each.kind != BlockKind.TARGETS:
            own["text"] = texts.get(f"o{place}", each.text)
        values |= {f"b{each.key.hex}-{name}": value for name, value in own.items()}
    return values | {"act": f"{act}:{blocks[at - 1].key.hex}" if at else act}


def texts_of(document):
    return [(each.kind, each.text) for each in reading_order(document.blocks.all())]


def test_words_are_written_and_blocks_of_data_stay(draft, coordinator, client_of):
    client = client_of(coordinator)
    page = client.get(page_of(draft)).content.decode()
    assert "Đoạn một." in page
    assert "Chỉ tiêu theo chiều thiếu hụt" in page

    client.post(page_of(draft), sent(draft, o2="Còn {poor_households 2026} hộ <b>nghèo</b>."))

    assert texts_of(draft)[1:3] == [
        ("paragraph", "Còn {poor_households 2026} hộ <b>nghèo</b>."),
        ("targets", ""),
    ]
    assert [each.version for each in reading_order(draft.blocks.all())] == [1, 2, 1, 1]
    line = AuditEvent.objects.get(act="write_block")
    assert line.summary.startswith(f"{coordinator} viết đoạn “Còn")


def test_a_blank_line_makes_two_blocks_and_an_empty_one_stays(draft, coordinator, client_of):
    first = draft.blocks.get(text="Đoạn một.")

    client_of(coordinator).post(
        page_of(draft), sent(draft, o2="Một\ndòng.\n\nHai dòng dài hơn.", o4="  ")
    )

    assert texts_of(draft) == [
        ("heading", "Mục tiêu"),
        ("paragraph", "Một dòng."),
        ("paragraph", "Hai dòng dài hơn."),
        ("targets", ""),
        ("dash", ""),
    ]
    assert Block.objects.get(key=first.key).text == "Hai dòng dài hơn."


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        pytest.param({"o1": ""}, "còn nội dung bên trong", id="heading with parts"),
        pytest.param({"o2": "{khong_co 2026}"}, "không có số liệu “khong_co”", id="figure"),
    ],
)
def test_what_cannot_be_is_named_and_what_was_typed_beside_it_is_saved(
    draft, coordinator, client_of, changes, sentence
):
    client = client_of(coordinator)

    answer = client.post(page_of(draft), sent(draft, act="remove", at=4, o4="Ý khác.", **changes))

    assert answer.status_code == 422
    words = answer.content.decode()
    assert sentence in words
    assert "".join(changes.values()) in words
    assert texts_of(draft)[1:] == [
        ("paragraph", "Đoạn một."),
        ("targets", ""),
        ("dash", "Ý khác."),
    ]


def test_two_editors_of_two_blocks_both_save(draft, coordinator, client_of):
    client, older = client_of(coordinator), sent(draft, o4="Của tôi.")
    client.post(page_of(draft), sent(draft, o2="Của người trước."))

    answer = client.post(page_of(draft), older)

    assert answer.status_code == 302
    assert [text for _, text in texts_of(draft)][1:] == ["Của người trước.", "", "Của tôi."]


def test_who_saves_one_block_second_loses_neither_text(draft, coordinator, client_of):
    client, older = client_of(coordinator), sent(draft, o2="Của tôi.", o4="Khác.")
    client.post(page_of(draft), sent(draft, o2="Của người trước."))

    answer = client.post(page_of(draft), older)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "vừa được sửa ở nơi khác" in page
    assert "Của tôi." in page
    assert "Người khác vừa lưu:</strong> Của người trước." in page
    assert [text for _, text in texts_of(draft)][1:] == ["Của người trước.", "", "Khác."]

    again = dict(older)
    own = draft.blocks.get(text="Của người trước.")
    again |= {f"b{own.key.hex}-version": own.version, f"b{own.key.hex}-was": mark_of(own.text)}
    client.post(page_of(draft), again)
    assert texts_of(draft)[1] == ("paragraph", "Của tôi.")


def test_words_typed_into_a_block_that_somebody_moved_or_removed_are_kept(
    draft, coordinator, client_of
):
    client = client_of(coordinator)
    moved, gone = sent(draft, o2="Viết khi bị chuyển."), sent(draft, o4="Viết khi bị bỏ.")
    client.post(page_of(draft), sent(draft, act="down", at=2))
    remove_block(block=draft.blocks.get(text="Ý cuối."), version=1, by=coordinator)

    assert client.post(page_of(draft), moved).status_code == 302
    answer = client.post(page_of(draft), gone)

    assert [text for _, text in texts_of(draft)] == ["Mục tiêu", "", "Viết khi bị chuyển."]
    page = answer.content.decode()
    assert "vừa bị bỏ khỏi văn bản" in page
    assert "Viết khi bị bỏ." in page

    removed = draft.blocks.get(text="Ý cuối.")
    own = {"act": f"back:{removed.key.hex}", f"b{removed.key.hex}-version": removed.version}
    client.post(page_of(draft), gone | own)
    assert texts_of(draft)[-1] == ("dash", "Viết khi bị bỏ.")


@pytest.mark.parametrize(
    ("act", "at", "expected"),
    [
        pytest.param("up", 4, ["Mục tiêu", "Đoạn một.", "Ý cuối.", ""], id="up"),
        pytest.param("down", 2, ["Mục tiêu", "", "Đoạn một.", "Ý cuối."], id="down"),
        pytest.param("out", 2, ["Mục tiêu", "", "Ý cuối.", "Đoạn một."], id="out"),
        pytest.param("remove", 2, ["Mục tiêu", "", "Ý cuối."], id="remove"),
        pytest.param("add-after", 2, ["Mục tiêu", "Đoạn một.", "", "", "Ý cuối."], id="after"),
        pytest.param("add-before", 1, ["", "Mục tiêu", "Đoạn một.", "", "Ý cuối."], id="before"),
        pytest.param("add-inside", 1, ["Mục tiêu", "Đoạn một.", "", "Ý cuối.", ""], id="inside"),
        pytest.param("end", 0, ["Mục tiêu", "Đoạn một.", "", "Ý cuối.", ""], id="end"),
    ],
)
def test_the_buttons_of_a_block_work_without_a_script(
    draft, coordinator, client_of, act, at, expected
):
    answer = client_of(coordinator).post(page_of(draft), sent(draft, act=act, at=at))

    assert answer.status_code == 302
    assert [text for _, text in texts_of(draft)] == expected


def test_a_removed_block_is_named_and_comes_back_as_itself(draft, coordinator, client_of):
    client = client_of(coordinator)
    first = draft.blocks.get(text="Đoạn một.")
    client.post(page_of(draft), sent(draft, act="remove", at=2))
    page = client.get(page_of(draft)).content.decode()
    assert f"{coordinator} bỏ" in page

    prefix = f"b{first.key.hex}"
    back = {"act": f"back:{first.key.hex}", f"{prefix}-version": 2}
    client.post(page_of(draft), sent(draft) | back)

    assert [text for _, text in texts_of(draft)][1] == "Đoạn một."
    assert draft.blocks.get(key=first.key).pk == first.pk


def test_a_script_sends_one_block_and_gets_its_state(draft, coordinator, client_of):
    client, own = client_of(coordinator), draft.blocks.get(text="Đoạn một.")

    def send(text, version=1, was="Đoạn một."):
        values = {"text": text, "version": version, "was": mark_of(was)}
        sent = {f"b{own.key.hex}-{name}": value for name, value in values.items()}
        return client.post(page_of(draft), sent, headers={"HX-Request": "true"})

    saved = send("Viết lại.")
    stale = send("Viết khác.")
    split = send("Viết lại, dài hơn.\n\nThêm.", version=2, was="Viết lại.")

    assert "Đã lưu" in saved.content.decode()
    assert "<html" not in saved.content.decode()
    assert (stale.status_code, "Viết lại." in stale.content.decode()) == (422, True)
    assert split.headers["HX-Retarget"] == f"#block-{own.key.hex}"
    assert split.content.decode().count("<article") == 2
    assert [text for _, text in texts_of(draft)][1:3] == ["Viết lại, dài hơn.", "Thêm."]


def test_a_submitted_document_is_not_written_and_what_was_typed_is_shown(
    draft, coordinator, client_of
):
    type(draft).objects.filter(pk=draft.pk).update(state=DocumentState.SUBMITTED)

    answer = client_of(coordinator).post(page_of(draft), sent(draft, o2="Sửa lén."))

    page = answer.content.decode()
    assert "không sửa được ở đây" in page
    assert "Sửa lén." in page
    assert texts_of(draft)[1] == ("paragraph", "Đoạn một.")


def test_a_block_of_another_document_is_not_there(draft, coordinator, client_of):
    other = block(DocumentFactory(), 1, BlockKind.PARAGRAPH, "Nơi khác.")

    answer = client_of(coordinator).post(page_of(draft), {"act": f"remove:{other.key.hex}"})

    assert answer.status_code == 404
    other.refresh_from_db()
    assert other.removed_at is None


def test_the_page_asks_as_much_of_three_blocks_as_of_more(draft, coordinator, client_of):
    client = client_of(coordinator)
    client.get(page_of(draft))
    counted = []
    for more in (0, 3):
        for order in range(more):
            block(draft, 10 + order, BlockKind.PARAGRAPH, f"Thêm {order}.")
        counted.append(questions(lambda: client.get(page_of(draft)))[1].total())
    assert counted[0] == counted[1]
