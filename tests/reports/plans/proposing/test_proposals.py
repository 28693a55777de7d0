"""Changes proposed for blocks of a draft: kept beside the text, taken or refused one by one."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from povertyplan.core import clock
from povertyplan.core.choices import Role
from povertyplan.core.platform.versions import StaleVersion
from reports.choices import ProposalAct, ProposalOrigin, ProposalOutcome
from reports.models import BlockProposal
from reports.plans.proposing.services.proposing import keep_stale_words, propose_words
from reports.plans.proposing.services.settling import (
    accept_proposal,
    refuse_proposal,
    withdraw_proposal,
)
from reports.plans.services import submit_document
from reports.plans.writing.forms import mark_of
from reports.plans.writing.services.removing import bring_back_block, remove_block
from reports.plans.writing.services.sections import assign_section
from reports.plans.writing.services.words import write_block
from reports.todo.tasks import build_todo
from tests.factories.core import UnitFactory, user_with
from tests.factories.reports import BlockFactory, DocumentFactory
from tests.pages import words_of
from tests.reports.documents import issue

TODAY = date(2026, 3, 20)


@pytest.fixture(autouse=True)
def _today():
    with clock.set_to(TODAY):
        yield


@pytest.fixture
def draft(draft):
    for block in draft.blocks.filter(text__startswith="Đoạn"):
        block.text += " còn 21 hộ"
        block.save(update_fields=["text"])
    return draft


def named(document, text):
    return document.blocks.select_related("document__ward").get(text__startswith=text)


def proposed(draft, officer, text="Đoạn 0 còn 12 hộ"):
    return propose_words(block=named(draft, "Đoạn 0"), text=text, reason="Số mới.", by=officer)


def accept(proposal, by, **values):
    block = proposal.block
    block.refresh_from_db()
    seen = {"version": proposal.version, "block_version": block.version} | values
    return accept_proposal(proposal=proposal, by=by, **seen)


def address(draft):
    return reverse("reports:document_proposals", args=[draft.pk])


def test_a_unit_proposes_on_the_page_and_the_coordinator_takes_it(
    draft, client_of, coordinator, officer
):
    block, client = named(draft, "Đoạn 0"), client_of(officer)
    page = client.get(address(draft), {"at": block.key.hex}).content.decode()
    assert "Đoạn 0 còn 21 hộ</textarea>" in page
    sent = {"key": str(uuid4()), "act": f"propose:{block.key.hex}"}
    sent |= {"text": "Đoạn 0 còn <b>12</b> hộ", "reason": "Theo rà soát."}
    page = client.post(address(draft), sent, follow=True).content.decode()
    client.post(address(draft), sent)
    assert "Đã gửi đề nghị sửa" in page
    proposal = BlockProposal.objects.get()
    assert (proposal.unit.name, proposal.origin) == ("Trạm Y tế", ProposalOrigin.WRITTEN)

    client = client_of(coordinator)
    said = words_of(client.get(address(draft)))
    assert "[bỏ] 21" in said
    assert "Lý do: Theo rà soát." in said
    block.refresh_from_db()
    assert block.text == "Đoạn 0 còn 21 hộ"
    taking = {"act": f"accept:{proposal.pk}", "version": 1, "block_version": block.version}
    page = client.post(address(draft), taking, follow=True).content.decode()
    assert "Đã chấp nhận đề nghị" in page
    block.refresh_from_db()
    proposal.refresh_from_db()
    assert block.text == "Đoạn 0 còn <b>12</b> hộ"
    assert (proposal.outcome, proposal.settled_by) == (ProposalOutcome.ACCEPTED, coordinator)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"text": " "}, "Nhập lời đề nghị."),
        ({"text": "Đoạn 0 còn 21 hộ"}, "giống lời hiện nay"),
        ({"text": "Có {no_figure 1} hộ"}, "Số liệu trong ngoặc nhọn"),
        ({"text": "a" * 20_001}, "20.000 ký tự"),
        ({"text": "Khác", "reason": "a" * 1_001}, "Lý do dài nhất 1.000 ký tự."),
    ],
)
def test_a_wrong_proposal_is_refused_with_what_was_typed(draft, client_of, officer, sent, said):
    block = named(draft, "Đoạn 0")
    values = {"key": str(uuid4()), "act": f"propose:{block.key.hex}", "reason": "", **sent}
    answer = client_of(officer).post(address(draft), values)
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert not BlockProposal.objects.exists()


def test_unknown_acts_are_none(draft, client_of, coordinator, officer):
    foreign = propose_words(
        block=BlockFactory(document=DocumentFactory()), text="Khác hẳn", by=officer
    )
    for act in ("propose:x", "accept:999999", f"accept:{foreign.pk}", "burn:1", ""):
        values = {"act": act, "version": 1, "block_version": 1}
        assert client_of(coordinator).post(address(draft), values).status_code == 404
    foreign.refresh_from_db()
    assert foreign.outcome == ""


def test_who_writes_a_block_does_not_propose_for_it(draft, coordinator, unit, officer):
    with pytest.raises(ValidationError, match="sửa thẳng"):
        propose_words(block=named(draft, "Đoạn 0"), text="Khác", by=coordinator)
    section = named(draft, "Mục 1")
    assign_section(block=section, unit=str(unit.pk), version=section.version, by=coordinator)
    with pytest.raises(ValidationError, match="sửa thẳng"):
        propose_words(block=named(draft, "Đoạn 1"), text="Khác", by=officer)


def test_a_proposal_is_settled_by_who_writes_the_block_and_withdrawn_by_its_author(
    draft, ward, coordinator, officer
):
    proposal = proposed(draft, officer)
    other = user_with(Role.UNIT_REPORTER, ward, unit=UnitFactory(ward=ward))
    with pytest.raises(ValidationError, match="Người viết đoạn này"):
        refuse_proposal(proposal=proposal, version=1, by=officer)
    with pytest.raises(ValidationError, match="viết"):
        accept(proposal, officer)
    with pytest.raises(ValidationError, match="Chỉ người đề nghị"):
        withdraw_proposal(proposal=proposal, version=1, by=other)
    withdraw_proposal(proposal=proposal, version=1, by=officer)
    with pytest.raises(ValidationError, match="đã được xử lý"):
        refuse_proposal(proposal=proposal, version=2, by=coordinator)
    again = proposed(draft, officer)
    refuse_proposal(proposal=again, version=1, by=coordinator)
    again.refresh_from_db()
    assert again.outcome == ProposalOutcome.REFUSED
    assert named(draft, "Đoạn 0").text == "Đoạn 0 còn 21 hộ"


def test_nothing_is_taken_over_words_that_nobody_looked_at(draft, coordinator, officer):
    proposal, block = proposed(draft, officer), named(draft, "Đoạn 0")
    write_block(block=block, text="Đoạn 0 còn 20 hộ", version=1, by=coordinator)
    with pytest.raises(StaleVersion):
        accept(proposal, coordinator, block_version=1)
    accept(proposal, coordinator)
    assert named(draft, "Đoạn 0").text == "Đoạn 0 còn 12 hộ"


def test_a_proposal_goes_with_its_block_and_comes_back_with_it(draft, coordinator, officer):
    proposal, block = proposed(draft, officer), named(draft, "Đoạn 0")
    removed = remove_block(block=block, version=block.version, by=coordinator)
    assert not BlockProposal.objects.waiting().exists()
    bring_back_block(block=removed, version=removed.version, by=coordinator)
    assert BlockProposal.objects.waiting().get() == proposal


@pytest.mark.parametrize("act", [ProposalAct.ADD, ProposalAct.REMOVE])
def test_a_block_more_and_a_block_less_are_proposals_too(draft, coordinator, officer, act):
    proposal = proposed(draft, officer)
    text = "Đoạn mới" if act == ProposalAct.ADD else ""
    BlockProposal.objects.update(act=act, text=text)
    proposal.refresh_from_db()
    accept(proposal, coordinator)
    living = draft.blocks.filter(removed_at=None, parent=named(draft, "Mục 0"))
    said = list(living.order_by("order").values_list("text", flat=True))
    assert said == (["Đoạn 0 còn 21 hộ", "Đoạn mới"] if act == ProposalAct.ADD else [])


def test_a_submitted_document_keeps_its_proposals_waiting(draft, coordinator, officer):
    proposal = proposed(draft, officer)
    submit_document(document=draft, version=draft.version + 0, by=coordinator)
    with pytest.raises(ValidationError, match="trình ký"):
        accept(proposal, coordinator)
    refuse_proposal(proposal=proposal, version=1, by=coordinator)


def test_the_database_keeps_what_was_settled_and_what_was_issued(draft, coordinator, officer):
    proposal = proposed(draft, officer)
    waiting = proposed(draft, officer, "Đoạn 0 còn 3 hộ")
    refuse_proposal(proposal=proposal, version=1, by=coordinator)
    assert _refused("UPDATE reports_blockproposal SET text = 'x' WHERE id = %s", proposal.pk)
    assert _refused("DELETE FROM reports_blockproposal WHERE id = %s", proposal.pk)
    draft.refresh_from_db()
    issue(draft)
    assert _refused("UPDATE reports_blockproposal SET text = 'x' WHERE id = %s", waiting.pk)
    with pytest.raises(ValidationError, match="đã ban hành"):
        refuse_proposal(proposal=waiting, version=1, by=coordinator)


def _refused(sql, key) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, [key])
    except DatabaseError as refused:
        return "không sửa" in str(refused)
    return False


def late_save(client, draft, block, text):
    """What a page sends that was opened before somebody else saved the block."""
    name = f"b{block.key.hex}"
    sent = {f"{name}-text": text, f"{name}-version": 1, f"{name}-was": mark_of("Đoạn 0 còn 21 hộ")}
    sent |= {f"{name}-kind": block.kind}
    return client.post(reverse("reports:document_text", args=[draft.pk]), sent)


def test_words_saved_too_late_are_kept_beside_the_newer_ones(draft, ward, client_of, coordinator):
    block, other = named(draft, "Đoạn 0"), user_with(Role.COORDINATOR, ward)
    write_block(block=block, text="Đoạn 0 còn 20 hộ", version=1, by=other)
    client = client_of(coordinator)
    page = late_save(client, draft, block, "Đoạn 0 còn 19 hộ").content.decode()
    late_save(client, draft, block, "Đoạn 0 còn 18 hộ")
    assert "Đoạn 0 còn 20 hộ" in page
    assert "được giữ ở" in page
    proposal = BlockProposal.objects.get()
    assert (proposal.text, proposal.origin) == ("Đoạn 0 còn 18 hộ", ProposalOrigin.STALE)
    assert named(draft, "Đoạn 0").text == "Đoạn 0 còn 20 hộ"
    write_block(block=block, text="Đoạn 0 còn 18 hộ", version=2, by=coordinator)
    proposal.refresh_from_db()
    assert proposal.outcome == ProposalOutcome.ACCEPTED


def test_empty_words_saved_too_late_are_not_said_to_be_kept(draft, ward, client_of, coordinator):
    block, other = named(draft, "Đoạn 0"), user_with(Role.COORDINATOR, ward)
    write_block(block=block, text="Đoạn 0 còn 20 hộ", version=1, by=other)
    page = late_save(client_of(coordinator), draft, block, "").content.decode()
    assert "Người khác vừa lưu" in page
    assert "được giữ ở" not in page
    assert not BlockProposal.objects.exists()


def test_many_proposals_stand_on_pages_and_settling_one_stays_on_its_page(
    draft, client_of, coordinator, officer
):
    rows = [
        BlockProposal(
            block=named(draft, "Đoạn 0"),
            act=ProposalAct.ADD,
            origin=ProposalOrigin.WORD,
            text=f"Thêm số {number}.",
            author=officer,
            proposed_at=clock.now(),
        )
        for number in range(52)
    ]
    BlockProposal.objects.bulk_create(rows)
    named(draft, "Đoạn 0").document.blocks.update(version=2)
    client, last = client_of(coordinator), BlockProposal.objects.latest("pk")
    first = client.get(address(draft)).content.decode()
    assert "Thêm số 0." in first
    assert "Thêm số 51." not in first
    assert "sửa sau khi có đề nghị" not in first
    sent = {"act": f"refuse:{last.pk}", "version": 1}
    second = client.post(f"{address(draft)}?page=2", sent, follow=True)
    said = words_of(second)
    assert "Thêm số 50." in said
    assert "Thêm số 49." not in said


def test_who_takes_the_newer_words_lets_go_of_the_own(draft, ward, client_of, coordinator):
    block, other = named(draft, "Đoạn 0"), user_with(Role.COORDINATOR, ward)
    write_block(block=block, text="Đoạn 0 còn 20 hộ", version=1, by=other)
    keep_stale_words(block=block, text="Đoạn 0 còn 19 hộ", version=1, by=coordinator)
    client_of(coordinator).post(
        reverse("reports:document_text", args=[draft.pk]), {"act": f"take:{block.key.hex}"}
    )
    assert BlockProposal.objects.get().outcome == ProposalOutcome.WITHDRAWN


def test_an_own_late_save_is_taken_like_any_other(draft, ward, coordinator):
    block, other = named(draft, "Đoạn 0"), user_with(Role.COORDINATOR, ward)
    write_block(block=block, text="Đoạn 0 còn 20 hộ", version=1, by=other)
    late = keep_stale_words(block=block, text="Đoạn 0 còn 19 hộ", version=1, by=coordinator)
    accept(late, coordinator)
    late.refresh_from_db()
    assert late.outcome == ProposalOutcome.ACCEPTED
    assert named(draft, "Đoạn 0").text == "Đoạn 0 còn 19 hộ"


def test_proposals_are_told_where_work_is_told(draft, client_of, coordinator, officer):
    proposed(draft, officer)
    groups = build_todo(user=coordinator, today=TODAY)
    titles = [task.title for group in groups for task in group.tasks]
    assert "Xử lý đề nghị sửa dự thảo kế hoạch giai đoạn 2025-2030" in titles
    client = client_of(coordinator)
    assert "Đề nghị sửa (1)" in words_of(
        client.get(reverse("reports:plan_detail", args=[draft.pk]))
    )
    submit = words_of(client.get(reverse("reports:document_submit", args=[draft.pk])))
    assert "Còn 1 đề nghị sửa chưa xử lý" in submit
    comments = client_of(officer).get(reverse("reports:document_comments", args=[draft.pk]))
    assert f"?at={named(draft, 'Đoạn 0').key.hex}" in comments.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_database_the_same(
    draft, client_of, coordinator, officer, django_assert_max_num_queries, count
):
    for number in range(count):
        proposed(draft, officer, f"Đoạn 0 còn {number} hộ")
    client = client_of(coordinator)
    client.get(address(draft))
    with django_assert_max_num_queries(16):
        client.get(address(draft))
