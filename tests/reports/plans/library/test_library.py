"""The library of acts: kept once, cited by drafts, warned of where they do not hold."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from povertyplan.core import clock
from povertyplan.core.choices import Role
from reports.choices import BasisRole
from reports.models import DocumentBasis, LegalDocument
from reports.plans.builder import build_with_links
from reports.plans.drafting.copying import ended_bases
from reports.plans.frame.services.bases import BasisInput, set_bases
from reports.plans.library.services import (
    LegalInput,
    add_legal_document,
    change_legal_document,
    cite_legal_documents,
)
from reports.plans.library.standing import ActDays, ActStanding, act_standing
from reports.plans.plan_facts import findings
from tests.factories.core import WardFactory, user_with
from tests.factories.reports import BlockFactory, DocumentFactory
from tests.pages import words_of

TODAY = date(2026, 3, 20)
HOLDS, NOT_YET, ENDED, REPLACED = ActStanding


@pytest.fixture(autouse=True)
def _today():
    with clock.set_to(TODAY):
        yield


@pytest.fixture
def draft(ward):
    document = DocumentFactory(ward=ward)
    BlockFactory(document=document, text="Nội dung.")
    return document


def kept(ward, by, **values):
    given = {"kind": "Nghị định", "number": "12/2020/NĐ-CP", "dated_on": date(2020, 1, 5)}
    return add_legal_document(ward=ward, details=LegalInput(**(given | values)), by=by)


@pytest.mark.parametrize(
    ("days", "standing"),
    [
        ({}, HOLDS),
        ({"dated_on": date(2026, 3, 20)}, HOLDS),
        ({"dated_on": date(2026, 3, 21)}, NOT_YET),
        ({"dated_on": date(2026, 1, 1), "valid_from": date(2026, 7, 1)}, NOT_YET),
        ({"valid_to": date(2026, 3, 20)}, HOLDS),
        ({"valid_to": date(2026, 3, 19)}, ENDED),
        ({"has_heir": True}, REPLACED),
        ({"has_heir": True, "heir_from": date(2026, 3, 20)}, REPLACED),
        ({"has_heir": True, "heir_from": date(2026, 3, 21)}, HOLDS),
    ],
)
def test_where_an_act_stands_on_a_day(days, standing):
    assert act_standing(ActDays(**days), TODAY) == standing


@pytest.mark.parametrize(
    ("values", "field", "said"),
    [
        ({"kind": ""}, "kind", "Nhập loại văn bản"),
        ({"number": "", "title": ""}, "number", "Nhập số, ký hiệu hoặc trích yếu"),
        (
            {"valid_from": date(2026, 2, 1), "valid_to": date(2026, 1, 1)},
            "valid_to",
            "không được trước",
        ),
        ({"valid_to": date(2020, 1, 4)}, "valid_to", "không được trước ngày ban hành"),
        ({"number": "12/2020/nđ-cp"}, "number", "đã có trong thư viện"),
    ],
)
def test_a_wrong_act_is_refused_at_its_field(ward, coordinator, values, field, said):
    kept(ward, coordinator)
    with pytest.raises(ValidationError) as refused:
        kept(ward, coordinator, **values)
    assert said in refused.value.message_dict[field][0]
    assert LegalDocument.objects.count() == 1


def test_an_act_is_kept_and_changed_on_the_page(ward, client_of, coordinator):
    client, new = client_of(coordinator), reverse("reports:legal_new")
    sent = {"key": str(uuid4()), "kind": "Luật", "number": "77/2015/QH13", "valid_to": "28/02/2025"}
    page = client.post(new, sent, follow=True).content.decode()
    client.post(new, sent)
    act = LegalDocument.objects.get()
    assert "Luật số 77/2015/QH13" in page
    assert "Hết hiệu lực sau ngày 28/02/2025" in page
    edit = reverse("reports:legal_edit", args=[act.pk])
    again = client.post(edit, {"version": 1, "kind": "", "number": "9"})
    assert "Nhập loại văn bản." in again.content.decode()
    dated = {"dated_on": "25/06/2015", "valid_to": ""}
    client.post(edit, {"version": 1, "kind": "Luật", "number": "77/2015/QH13", **dated})
    act.refresh_from_db()
    assert act.valid_to is None
    listed = client.get(reverse("reports:legal_list")).content.decode()
    assert "Còn hiệu lực" in listed


def test_a_draft_cites_acts_of_the_library_once(draft, ward, client_of, coordinator):
    DocumentBasis.objects.create(document=draft, order=4, role=BasisRole.BASIS, kind="Luật")
    act = kept(ward, coordinator, valid_to=date(2025, 12, 31), issuer="Chính phủ")
    page = reverse("reports:document_library", args=[draft.pk])
    client = client_of(coordinator)
    assert "hết hiệu lực sau ngày 31/12/2025" in client.get(page).content.decode()
    sent = {"role": BasisRole.BASIS, "acts": [act.pk]}
    said = words_of(client.post(page, sent, follow=True))
    assert "Xem lại căn cứ: Nghị định 12/2020/NĐ-CP hết hiệu lực sau ngày 31/12/2025." in said
    cite_legal_documents(document=draft, acts=[act], role=BasisRole.BASIS, by=coordinator)
    basis = draft.bases.get(legal=act)
    assert (basis.order, basis.issuer, basis.dated_on) == (5, "Chính phủ", date(2020, 1, 5))
    nothing = client.post(page, {"role": BasisRole.BASIS})
    assert "không còn văn bản nào" in nothing.content.decode()


@pytest.mark.parametrize("sent", [{"role": "x"}, {"role": "basis"}, {"role": "basis", "acts": "0"}])
def test_a_wrong_choice_is_refused(draft, ward, client_of, coordinator, sent):
    kept(ward, coordinator)
    page = reverse("reports:document_library", args=[draft.pk])
    answer = client_of(coordinator).post(page, sent)
    assert answer.status_code == 422
    assert "Chọn" in words_of(answer)
    assert not draft.bases.exists()


def messages_of(document):
    return " ".join(each.message for each in findings(document, build_with_links(document)))


def test_a_later_change_of_the_library_warns_the_drafts_that_cite_it(draft, ward, coordinator):
    act = kept(ward, coordinator)
    cite_legal_documents(document=draft, acts=[act], role=BasisRole.BASIS, by=coordinator)
    assert "12/2020" not in messages_of(draft)
    heir = kept(ward, coordinator, number="9/2026/NĐ-CP", dated_on=date(2026, 2, 1))
    values = {"kind": act.kind, "number": act.number, "dated_on": act.dated_on}
    details = LegalInput(**values, replaced_by=heir)
    change_legal_document(act=act, details=details, version=act.version, by=coordinator)
    assert "đã được thay thế bằng Nghị định 9/2026/NĐ-CP." in messages_of(draft)
    with clock.set_to(date(2026, 1, 20)):
        assert "12/2020" not in messages_of(draft)


def test_two_acts_do_not_replace_each_other(ward, coordinator):
    old, new, newest = (kept(ward, coordinator, number=number) for number in ("1", "2", "3"))
    for act, heir in ((old, new), (new, newest)):
        given = LegalInput("Nghị định", act.number, act.dated_on, replaced_by=heir)
        change_legal_document(act=act, details=given, version=1, by=coordinator)
    given = LegalInput("Nghị định", "3", newest.dated_on, replaced_by=old)
    with pytest.raises(ValidationError) as refused:
        change_legal_document(act=newest, details=given, version=1, by=coordinator)
    assert "đã được chính văn bản đang sửa thay thế" in str(
        refused.value.message_dict["replaced_by"]
    )
    newest.refresh_from_db()
    assert newest.replaced_by is None


def test_an_act_without_any_day_is_not_said_to_hold(ward, client_of, coordinator):
    kept(ward, coordinator, dated_on=None)
    said = words_of(client_of(coordinator).get(reverse("reports:legal_list")))
    assert "Chưa ghi ngày" in said
    assert "Còn hiệu lực" not in said


def test_an_act_that_ended_stays_behind_in_next_years_plan(draft, ward, coordinator):
    act = kept(ward, coordinator)
    cite_legal_documents(document=draft, acts=[act], role=BasisRole.BASIS, by=coordinator)
    LegalDocument.objects.update(valid_to=date(2026, 6, 30))
    assert ended_bases(draft, 2026) == []
    assert [row.legal for row in ended_bases(draft, 2027)] == [act]


def test_a_basis_written_anew_by_hand_is_no_act_of_the_library_any_more(draft, ward, coordinator):
    act = kept(ward, coordinator, valid_to=date(2025, 12, 31))
    cite_legal_documents(document=draft, acts=[act], role=BasisRole.BASIS, by=coordinator)
    basis, current = draft.bases.get(), type(draft).objects.get(pk=draft.pk)
    same = BasisInput(basis.pk, kind=act.kind, number=act.number, dated_on=act.dated_on)
    set_bases(document=current, bases=[same], version=current.version, by=coordinator)
    assert draft.bases.get().legal == act
    current.refresh_from_db()
    other = BasisInput(basis.pk, kind="Luật", number="1")
    set_bases(document=current, bases=[other], version=current.version, by=coordinator)
    basis = draft.bases.get()
    assert (basis.legal, basis.valid_to) == (None, None)


def test_the_database_refuses_an_act_of_another_ward(draft, ward, coordinator):
    foreign = LegalDocument.objects.create(ward=WardFactory(), kind="Luật")
    own = kept(ward, coordinator)
    with pytest.raises(DatabaseError, match="không cùng"), transaction.atomic():
        DocumentBasis.objects.create(
            document=draft, order=1, role=BasisRole.BASIS, kind="Luật", legal=foreign
        )
    with (
        pytest.raises(DatabaseError, match="không cùng"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "UPDATE reports_legaldocument SET replaced_by_id = %s WHERE id = %s",
            [foreign.pk, own.pk],
        )


def test_others_read_the_library_of_their_ward(ward, client_of, coordinator):
    kept(ward, coordinator)
    LegalDocument.objects.create(ward=WardFactory(), kind="Luật", number="99/QH")
    page = client_of(user_with(Role.LEADER, ward)).get(reverse("reports:legal_list"))
    assert "12/2020/NĐ-CP" in page.content.decode()
    assert "99/QH" not in page.content.decode()
    assert "Thêm văn bản" not in page.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_database_the_same(
    ward, client_of, coordinator, django_assert_max_num_queries, count
):
    for number in range(count):
        kept(ward, coordinator, number=f"{number}/QĐ")
    client = client_of(coordinator)
    client.get(reverse("reports:legal_list"))
    with django_assert_max_num_queries(12):
        client.get(reverse("reports:legal_list"))
