"""Legal bases proposed by who does not write them: taken, refused or taken back one by one."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.urls import reverse

from povertyplan.core import clock
from povertyplan.core.choices import Role
from povertyplan.core.platform.versions import StaleVersion
from reports.choices import BasisRole, ProposalAct, ProposalOutcome
from reports.models import BasisProposal, DocumentBasis
from reports.plans.basis_proposals.services import (
    accept_basis_proposal,
    propose_basis,
    refuse_basis_proposal,
    withdraw_basis_proposal,
)
from reports.plans.frame.services.bases import BasisInput
from reports.todo.tasks import build_todo
from tests.factories.core import UnitFactory, user_with
from tests.factories.reports import BlockFactory, DocumentFactory
from tests.pages import words_of
from tests.reports.documents import issue

NEW = BasisInput(role=BasisRole.BASIS, kind="Quyết định", number="90/QĐ-TTg", issuer="Thủ tướng")


@pytest.fixture(autouse=True)
def _today():
    with clock.set_to(date(2026, 3, 20)):
        yield


@pytest.fixture
def draft(ward):
    document = DocumentFactory(ward=ward)
    BlockFactory(document=document, text="Đoạn.")
    for order, number in enumerate(("24/2021/QH15", "07/2021/NĐ-CP"), start=1):
        DocumentBasis.objects.create(
            document=document, order=order, role=BasisRole.BASIS, kind="Nghị quyết", number=number
        )
    return document


@pytest.fixture
def officer(ward):
    return user_with(Role.UNIT_REPORTER, ward, unit=UnitFactory(ward=ward, name="Trạm Y tế"))


def propose(draft, officer, act=ProposalAct.ADD, basis=None, details=NEW):
    return propose_basis(
        document=draft, act=act, basis=basis, details=details, reason="Mới ban hành.", by=officer
    )


def accept(proposal, by, **values):
    document = proposal.document
    document.refresh_from_db()
    seen = {"version": proposal.version, "document_version": document.version} | values
    return accept_basis_proposal(proposal=proposal, by=by, **seen)


def numbers(draft):
    return [basis.number for basis in draft.bases.order_by("order")]


def test_a_unit_proposes_on_the_page_and_the_officer_takes_it(
    draft, officer, coordinator, client_of
):
    address = reverse("reports:document_basis_proposals", args=[draft.pk])
    sent = {"key": str(uuid4()), "act_on": "propose", "act": "add", "role": "basis"}
    sent |= {"kind": "Quyết định", "number": "90/QĐ-TTg", "reason": "Mới ban hành."}
    asked = words_of(client_of(officer).post(address, sent, follow=True))
    proposal = BasisProposal.objects.get()
    draft.refresh_from_db()
    settle = {"act_on": f"accept:{proposal.pk}", "version": proposal.version}
    settle |= {"document_version": draft.version}

    done = words_of(client_of(coordinator).post(address, settle, follow=True))

    assert "Đã gửi đề nghị về căn cứ" in asked
    assert "Trạm Y tế" in asked
    assert "Đã chấp nhận đề nghị" in done
    assert numbers(draft) == ["24/2021/QH15", "07/2021/NĐ-CP", "90/QĐ-TTg"]


@pytest.mark.parametrize(
    ("act", "expected"),
    [
        (ProposalAct.CHANGE, ["90/QĐ-TTg", "07/2021/NĐ-CP"]),
        (ProposalAct.REMOVE, ["07/2021/NĐ-CP"]),
    ],
)
def test_a_basis_is_changed_or_left_out_in_its_place(draft, officer, coordinator, act, expected):
    proposal = propose(draft, officer, act, draft.bases.earliest("order"))

    settled = accept(proposal, coordinator)

    assert numbers(draft) == expected
    assert settled.outcome == ProposalOutcome.ACCEPTED
    assert settled.was == "Căn cứ Nghị quyết số 24/2021/QH15"


def test_refused_and_withdrawn_ones_change_nothing_and_stay(draft, officer, coordinator):
    refused = refuse_basis_proposal(proposal=propose(draft, officer), version=1, by=coordinator)
    withdrawn = withdraw_basis_proposal(proposal=propose(draft, officer), version=1, by=officer)

    assert [refused.outcome, withdrawn.outcome] == ["refused", "withdrawn"]
    assert numbers(draft) == ["24/2021/QH15", "07/2021/NĐ-CP"]
    for change in (lambda rows: rows.update(reason="Lý do khác"), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change(BasisProposal.objects.filter(pk=refused.pk))


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        pytest.param({"details": BasisInput()}, "Nhập loại văn bản", id="nothing"),
        pytest.param(
            {"details": BasisInput(kind="Nghị quyết", number="24/2021/QH15")},
            "đã có căn cứ này",
            id="there already",
        ),
        pytest.param({"act": ProposalAct.REMOVE}, "không còn trong dự thảo", id="no basis"),
    ],
)
def test_what_cannot_be_proposed_is_said(draft, officer, values, sentence):
    with pytest.raises(ValidationError, match=sentence):
        propose(draft, officer, **values)


def test_only_who_writes_the_bases_settles_and_only_the_author_withdraws(
    draft, officer, coordinator
):
    proposal = propose(draft, officer)

    with pytest.raises(ValidationError, match="Cán bộ giảm nghèo xử lý"):
        accept(proposal, officer)
    with pytest.raises(ValidationError, match="Chỉ người đề nghị"):
        withdraw_basis_proposal(proposal=proposal, version=1, by=coordinator)
    with pytest.raises(ValidationError, match="sửa thẳng ở phần Căn cứ"):
        propose(draft, coordinator)


def test_a_draft_that_changed_since_is_looked_at_again(draft, officer, coordinator):
    proposal = propose(draft, officer)
    draft.refresh_from_db()
    seen = draft.version
    accept(propose(draft, officer, ProposalAct.REMOVE, draft.bases.first()), coordinator)

    with pytest.raises(StaleVersion):
        accept(proposal, coordinator, document_version=seen)


def test_a_basis_that_went_meanwhile_is_told(draft, officer, coordinator, client_of):
    basis = draft.bases.earliest("order")
    proposal = propose(draft, officer, ProposalAct.CHANGE, basis)
    accept(propose(draft, officer, ProposalAct.REMOVE, basis), coordinator)
    proposal.refresh_from_db()

    address = reverse("reports:document_basis_proposals", args=[draft.pk])
    assert "đã được bỏ khỏi dự thảo" in words_of(client_of(coordinator).get(address))
    with pytest.raises(ValidationError, match="không còn trong dự thảo"):
        accept(proposal, coordinator)


def test_an_issued_document_takes_no_proposal(draft, officer):
    issue(draft)

    with pytest.raises(ValidationError, match="đã ban hành"):
        propose(draft, officer)
    with pytest.raises(DatabaseError), transaction.atomic():
        BasisProposal.objects.create(
            document=draft, act="add", kind="Luật", author=officer, proposed_at=clock.now()
        )


def test_the_officer_is_told_of_it_among_the_work(draft, officer, coordinator):
    propose(draft, officer)

    said = str(build_todo(user=coordinator, today=clock.today()))
    assert f"/documents/{draft.pk}/proposals/" in said
