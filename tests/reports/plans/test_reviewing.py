"""A draft on its way through the units: comments at blocks, sections of units, returns."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.urls import reverse

from povertyplan.core import clock
from povertyplan.core.choices import Role
from reports.choices import DocumentState
from reports.models import BlockComment, Document
from reports.plans.outline import GAP
from reports.plans.reviewing.services.asking import ask_for_comments
from reports.plans.reviewing.services.comments import add_comment, answer_comment, close_comment
from reports.plans.services import return_document, submit_document
from reports.plans.workflow import STEPS, WorkflowStep, step_fault
from reports.plans.writing.services.placing import Move, Side, insert_block, move_block
from reports.plans.writing.services.removing import bring_back_block, remove_block
from reports.plans.writing.services.sections import assign_section
from reports.plans.writing.services.shaping import merge_blocks
from reports.plans.writing.services.words import write_block
from reports.todo.tasks import build_todo
from tests.factories.core import UnitFactory, user_with
from tests.factories.reports import BlockFactory
from tests.pages import text_of
from tests.reports.documents import issue

TODAY = date(2026, 3, 20)


@pytest.fixture(autouse=True)
def _today():
    with clock.set_to(TODAY):
        yield


def named(document, text):
    return document.blocks.select_related("document__ward").get(text=text)


def given(draft, unit, coordinator):
    """The second section, written by a unit."""
    block = named(draft, "Mục 1")
    return assign_section(block=block, unit=str(unit.pk), version=block.version, by=coordinator)


def titles(user):
    groups = build_todo(user=user, today=TODAY)
    return [task.title for group in groups for task in group.tasks]


@pytest.mark.parametrize("state", DocumentState)
@pytest.mark.parametrize("step", WorkflowStep)
def test_a_step_is_taken_or_refused_in_a_sentence(step, state):
    assert bool(step_fault(step, state)) != (state in STEPS[step])


def test_units_are_asked_and_say_something_at_a_block(draft, client_of, coordinator, officer):
    client = client_of(coordinator)
    asked = reverse("reports:document_ask", args=[draft.pk])
    page = client.post(asked, {"version": 1, "until": "31/03/2026"}, follow=True).content.decode()
    assert "Lấy ý kiến" in page
    assert "đến ngày 31/03/2026" in page
    assert "Cho ý kiến dự thảo kế hoạch giai đoạn 2025-2030" in titles(officer)

    block = named(draft, "Đoạn 0")
    address = reverse("reports:document_comments", args=[draft.pk])
    client = client_of(officer)
    assert "Ghi ý kiến" in client.get(address).content.decode()
    said = {"key": str(uuid4()), "text": "Thiếu <b>nguồn</b> vốn.", "act": f"add:{block.key.hex}"}
    page = client.post(address, said, follow=True).content.decode()
    client.post(address, said)
    assert "Thiếu &lt;b&gt;nguồn&lt;/b&gt; vốn." in page
    assert "Trạm Y tế" in page
    comment = BlockComment.objects.get()

    client = client_of(coordinator)
    assert "Ý kiến (1)" in client.get(page_of(draft)).content.decode()
    answer = {"version": comment.version, "text": "Đã bổ sung.", "act": f"answer:{comment.pk}"}
    assert "Đã trả lời" in client.post(address, answer, follow=True).content.decode()
    closing = {"version": comment.version + 1, "act": f"close:{comment.pk}"}
    assert "Đã đóng" in client.post(address, closing, follow=True).content.decode()


def page_of(document):
    return reverse("reports:plan_detail", args=[document.pk])


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"text": " "}, "Nhập ý kiến."),
        ({"text": "a" * 2001}, "Dài nhất 2.000 ký tự."),
    ],
)
def test_a_wrong_comment_is_refused(draft, client_of, officer, sent, said):
    block = named(draft, "Đoạn 0")
    address = reverse("reports:document_comments", args=[draft.pk])
    values = {"key": str(uuid4()), "act": f"add:{block.key.hex}", **sent}
    answer = client_of(officer).post(address, values)
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    for act in ("add:x", "close:999999", "answer:abc", "burn:1", ""):
        assert client_of(officer).post(address, values | {"act": act}).status_code == 404
    assert not BlockComment.objects.exists()


def test_a_day_that_passed_is_no_deadline(draft, client_of, coordinator):
    address = reverse("reports:document_ask", args=[draft.pk])
    answer = client_of(coordinator).post(address, {"version": 1, "until": "19/03/2026"})
    assert "không được trước hôm nay" in answer.content.decode()


def test_who_wrote_or_coordinates_closes_and_who_writes_answers(draft, ward, coordinator, officer):
    other = user_with(Role.UNIT_REPORTER, ward, unit=UnitFactory(ward=ward))
    comment = add_comment(block=named(draft, "Đoạn 0"), text="Sửa.", by=officer)
    with pytest.raises(ValidationError, match="đóng ý kiến"):
        close_comment(comment=comment, version=1, by=other)
    with pytest.raises(ValidationError, match="trả lời ý kiến"):
        answer_comment(comment=comment, answer="Không.", version=1, by=officer)
    close_comment(comment=comment, version=1, by=officer)
    with pytest.raises(ValidationError, match="đã đóng"):
        answer_comment(comment=comment, answer="Muộn.", version=2, by=coordinator)


def test_a_comment_goes_with_its_block_and_comes_back_with_it(draft, coordinator, officer):
    block = named(draft, "Đoạn 0")
    comment = add_comment(block=block, text="Sửa.", by=officer)
    removed = remove_block(block=block, version=block.version, by=coordinator)
    assert not BlockComment.objects.unsettled().exists()
    with pytest.raises(ValidationError, match="đã bỏ"):
        add_comment(block=block, text="Nữa.", by=officer)
    bring_back_block(block=removed, version=removed.version, by=coordinator)
    assert BlockComment.objects.unsettled().get() == comment


def test_comments_follow_their_block_and_no_other(draft, coordinator, officer):
    block = named(draft, "Đoạn 0")
    add_comment(block=block, text="Sửa.", by=officer)
    pieces = write_block(block=block, text="Ngắn\n\nĐoạn dài hơn nhiều", version=1, by=coordinator)
    assert [piece.comments.count() for piece in pieces] == [0, 1]


def test_a_unit_writes_its_section_only(draft, unit, officer, coordinator, client_of):
    section = given(draft, unit, coordinator)
    inside, outside = named(draft, "Đoạn 1"), named(draft, "Đoạn 0")
    write_block(block=inside, text="Viết lại", version=inside.version, by=officer)
    insert_block(document=draft, beside=inside, by=officer)
    for refused in (
        lambda: write_block(block=outside, text="Khác", version=outside.version, by=officer),
        lambda: insert_block(document=draft, beside=section, side=Side.AFTER, by=officer),
        lambda: insert_block(document=draft, by=officer),
        lambda: remove_block(block=section, version=section.version, by=officer),
        lambda: move_block(block=section, move=Move.UP, version=section.version, by=officer),
        lambda: assign_section(block=section, unit=None, version=section.version, by=officer),
    ):
        with pytest.raises(ValidationError, match=r"viết|được giao|giao mục"):
            refused()

    page = client_of(officer).get(reverse("reports:document_text", args=[draft.pk]))
    text = page.content.decode()
    assert text.count("<textarea") == 3  # the heading, its paragraph, the new one
    assert "Đoạn 0" in text
    assert "Viết mục “Mục 1” của dự thảo kế hoạch giai đoạn 2025-2030" in titles(officer)


def test_what_a_unit_sends_for_another_section_is_refused(draft, unit, officer, client_of):
    outside = named(draft, "Đoạn 0")
    prefix = f"b{outside.key.hex}"
    sent = {f"{prefix}-text": "Khác", f"{prefix}-version": 1, f"{prefix}-was": "x"}
    address = reverse("reports:document_text", args=[draft.pk])
    client_of(officer).post(address, sent | {"act": "save"})
    answer = client_of(officer).post(address, sent, HTTP_HX_REQUEST="true")
    assert answer.status_code == 422
    assert "cán bộ giảm nghèo viết" in answer.content.decode()
    outside.refresh_from_db()
    assert outside.text == "Đoạn 0"


def test_a_unit_takes_away_nothing_that_another_writes(draft, ward, unit, officer, coordinator):
    given(draft, unit, coordinator)
    top, own = named(draft, "Mục 1"), named(draft, "Đoạn 1")
    own.kind = "dash"
    own.save()
    theirs = BlockFactory(document=draft, parent=top, order=GAP, kind="dash", text="Của Công an")
    inside = BlockFactory(document=draft, parent=own, order=0, kind="dash", text="Bên trong")
    other = str(UnitFactory(ward=ward, name="Công an").pk)
    assign_section(block=inside, unit=other, version=inside.version, by=coordinator)
    with pytest.raises(ValidationError, match="do Công an viết"):
        remove_block(block=own, version=own.version, by=officer)

    inside.refresh_from_db()
    remove_block(block=inside, version=inside.version, by=coordinator)
    assign_section(block=theirs, unit=other, version=theirs.version, by=coordinator)
    with pytest.raises(ValidationError, match="do Công an viết"):
        merge_blocks(block=own, version=own.version, by=officer)


@pytest.mark.alike
def test_a_key_that_no_row_can_have_is_not_found(draft, client_of, coordinator):
    address = reverse("reports:document_comments", args=[draft.pk])
    sent = {"text": "Thiếu.", "version": 1, "act": f"answer:{'9' * 5000}"}
    assert client_of(coordinator).post(address, sent).status_code == 404
    block = named(draft, "Mục 1")
    with pytest.raises(ValidationError, match="Chọn đơn vị trong danh sách"):
        assign_section(block=block, unit="9" * 5000, version=block.version, by=coordinator)


def test_a_section_is_given_on_screen_to_a_unit_at_work(draft, ward, unit, client_of, coordinator):
    ended = UnitFactory(ward=ward, valid_to=date(2026, 1, 1))
    foreign = UnitFactory()
    block = named(draft, "Mục 1")
    prefix, address = f"b{block.key.hex}", reverse("reports:document_text", args=[draft.pk])
    client = client_of(coordinator)
    shown = {f"{prefix}-version": block.version, "act": f"assign:{block.key.hex}"}
    for wrong, said in ((ended, "đã kết thúc"), (foreign, "trong danh sách")):
        answer = client.post(address, shown | {f"{prefix}-unit": wrong.pk})
        assert said in answer.content.decode()
    client.post(address, shown | {f"{prefix}-unit": unit.pk})
    block.refresh_from_db()
    assert block.unit == unit


def test_a_document_goes_back_for_what_was_said_at_its_blocks(
    draft, client_of, coordinator, leader, officer
):
    add_comment(block=named(draft, "Đoạn 1"), text="Ý cũ.", by=leader)
    draft.refresh_from_db()
    with clock.set_to(date(2026, 3, 21)):
        sent = submit_document(document=draft, version=draft.version, by=coordinator)
        with pytest.raises(ValidationError, match="Nhập lý do"):
            return_document(document=sent, version=sent.version, reason="", by=leader)
        for text in ("Đoạn 0", "Mục 1"):
            add_comment(block=named(draft, text), text=f"Sửa {text}.", by=leader)
        page = client_of(leader).get(reverse("reports:document_return", args=[draft.pk]))
        assert "Có 2 ý kiến bạn ghi tại từng đoạn" in page.content.decode()
        returned = return_document(document=sent, version=sent.version, reason="", by=leader)

    assert returned.return_reason == "Xem 2 ý kiến ghi tại từng đoạn."
    marked = BlockComment.objects.filter(is_return=True).values_list("text", flat=True)
    assert set(marked) == {"Sửa Đoạn 0.", "Sửa Mục 1."}
    text = client_of(coordinator).get(reverse("reports:document_text", args=[draft.pk]))
    assert "trả lại:" in text.content.decode()


def test_nothing_is_said_about_what_is_issued(draft, officer):
    comment = add_comment(block=named(draft, "Đoạn 0"), text="Sửa.", by=officer)
    issue(Document.objects.get(pk=draft.pk))
    with pytest.raises(ValidationError, match="đã ban hành"):
        add_comment(block=named(draft, "Đoạn 0"), text="Muộn.", by=officer)
    with pytest.raises(DatabaseError, match="không sửa"), transaction.atomic():
        BlockComment.objects.filter(pk=comment.pk).update(text="Khác")


def test_a_submitted_document_asks_nobody(draft, coordinator):
    sent = submit_document(document=draft, version=1, by=coordinator)
    with pytest.raises(ValidationError, match="đang trình ký"):
        ask_for_comments(document=sent, until=TODAY, version=sent.version, by=coordinator)


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_comments_asks_as_often_for_many(
    draft, officer, client_of, count, django_assert_num_queries
):
    for _ in range(count):
        add_comment(block=named(draft, "Đoạn 0"), text="Sửa.", by=officer)
    client, address = client_of(officer), reverse("reports:document_comments", args=[draft.pk])
    client.get(address)
    with django_assert_num_queries(6):
        client.get(address)


def test_a_data_field_shows_its_name_and_value_beside_the_text(draft, client_of, coordinator):
    draft.blocks.filter(text="Đoạn 0").update(text="Còn {poor_households 2025} hộ.")
    address = reverse("reports:document_text", args=[draft.pk])
    page = client_of(coordinator).get(address).content.decode()
    assert "Số hộ nghèo năm 2025: <strong>(chưa có số liệu)</strong>" in page
    bases = reverse("reports:document_bases", args=[draft.pk])
    assert "<li>Căn cứ</li>" in client_of(coordinator).get(bases).content.decode()


def test_who_is_asked_reads_figures_and_not_their_names(draft, officer, client_of):
    BlockFactory(document=draft, order=9 * GAP, text="Có {poor_households 2024} hộ nghèo.")

    page = text_of(client_of(officer).get(reverse("reports:document_comments", args=[draft.pk])))

    assert "Có (chưa có số liệu) hộ nghèo." in page
    assert "poor_households" not in page
