"""Lists after a decision: made from the ledger, sent, answered, followed by the difference."""

import io
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.urls import reverse
from openpyxl import load_workbook

from households.choices import PovertyClass, RelationToHead
from povertyplan.core import clock
from povertyplan.core.models import AccessEvent, Job
from povertyplan.core.platform import jobs
from projects.handover.selectors.lists import lists_of
from projects.handover.services.making import NOTHING_NEW, make_handover
from projects.handover.services.sending import answer_handover_list, send_handover_list
from projects.models import Handover, HandoverList, HandoverRow
from reports.papers import frame
from reports.papers.handovers import handover_paper
from tests.factories.households import (
    CampaignFactory,
    DecisionFactory,
    HouseholdFactory,
    MembershipFactory,
    StatusFactory,
)
from tests.factories.projects import HandoverKindFactory
from tests.pages import NO_RIGHT, text_of
from tests.queries import questions
from tests.reports.paper import read_pages

LIST = reverse("projects:handover_list")
MAKE = reverse("projects:handover_make")
DECIDED = date(2025, 12, 15)
EVE = DECIDED - timedelta(days=1)
TODAY = date(2026, 11, 20)


@pytest.fixture
def decision(ward):
    return DecisionFactory(ward=ward, campaign=CampaignFactory(ward=ward, year=2025))


@pytest.fixture
def insurance(db):
    return HandoverKindFactory(name="Thẻ bảo hiểm y tế")


def household_with(village, code, before, after):
    household = HouseholdFactory(village=village, code=code, head=f"Chủ hộ {code}")
    StatusFactory(household=household, poverty_class=before, ends_on=EVE)
    StatusFactory(household=household, poverty_class=after, starts_on=DECIDED)
    return household


@pytest.fixture
def households(village):
    poor, near, none = PovertyClass.POOR, PovertyClass.NEAR_POOR, PovertyClass.NOT_POOR
    return [
        household_with(village, "IN", none, poor),
        household_with(village, "OUT", poor, none),
        household_with(village, "OTHER", poor, near),
        household_with(village, "SAME", poor, poor),
    ]


def changes_of(handover_list):
    rows = handover_list.rows.changes().select_related("household")
    return [(row.household.code, row.change, row.basis) for row in rows]


def send(handover_list, by, on=TODAY, to="BHXH cơ sở Đăk Hà"):
    version = handover_list.version
    return send_handover_list(
        handover_list=handover_list, sent_on=on, sent_to=to, version=version, by=by
    )


def test_the_first_lists_tell_what_the_decision_changed(
    ward, coordinator, decision, insurance, households
):
    make_handover(ward=ward, seen=None, by=coordinator)

    made = HandoverList.objects.get()
    assert changes_of(made) == [
        ("IN", "added", "poor"),
        ("OTHER", "changed", "near_poor"),
        ("OUT", "removed", "poor"),
    ]
    assert (made.change_count, made.receiver, len(made.digest)) == (3, insurance.receiver, 64)
    assert made.rows.filter(change="known").count() == 3


def test_after_sending_only_the_difference_is_told(
    ward, coordinator, decision, insurance, households
):
    first = make_handover(ward=ward, seen=None, by=coordinator)
    send(first.lists.get(), coordinator)
    with pytest.raises(ValidationError, match=NOTHING_NEW):
        make_handover(ward=ward, seen=first.pk, by=coordinator)
    newborn = MembershipFactory(household=households[3], joined_on=TODAY)
    later = make_handover(ward=ward, seen=first.pk, by=coordinator)

    (row,) = later.lists.get().rows.all()
    assert (row.person, row.change) == (newborn.person, "added")


def test_a_list_that_was_not_sent_gives_way_and_nothing_is_lost(
    ward, coordinator, decision, insurance, households
):
    first = make_handover(ward=ward, seen=None, by=coordinator)
    waiting = first.lists.get()
    MembershipFactory(household=households[0], joined_on=TODAY)
    later = make_handover(ward=ward, seen=first.pk, by=coordinator)

    waiting.refresh_from_db()
    assert (waiting.replaced_by, waiting.is_pending) == (later, False)
    assert len(changes_of(later.lists.get())) == 4
    assert list(lists_of(coordinator, ward)) == [later.lists.get(), waiting]
    with pytest.raises(ValidationError, match="thay thế"):
        send(waiting, coordinator)


def test_who_comes_second_sees_the_lists_of_who_came_first(
    ward, coordinator, decision, insurance, households, client_of
):
    make_handover(ward=ward, seen=None, by=coordinator)

    answer = client_of(coordinator).post(MAKE, {"seen": ""})

    assert answer.status_code == 422
    assert "đã lập danh sách lúc" in text_of(answer)
    assert "Thẻ bảo hiểm y tế" in text_of(answer)
    assert Handover.objects.count() == 1


def test_pupils_whose_school_is_unknown_have_a_list_of_their_own(
    ward, coordinator, decision, village, client_of
):
    HandoverKindFactory(by_school=True, age_from=3, age_to=22)
    household = household_with(village, "IN", PovertyClass.NOT_POOR, PovertyClass.POOR)
    child = MembershipFactory(
        household=household,
        relation=RelationToHead.CHILD,
        person__birth_date=date(2015, 5, 1),
    )

    make_handover(ward=ward, seen=None, by=coordinator)

    made = HandoverList.objects.get()
    assert made.receiver == "Chưa rõ trường"
    assert [row.person for row in made.rows.all()] == [child.person]
    paper = handover_paper(made)
    assert paper.addressees == ("………………",)
    # The table begins on the first sheet, which lies for its columns.
    assert (len(paper.body), paper.appendices, paper.landscape) == (1, (), True)
    form = client_of(coordinator).get(reverse("projects:handover_send", args=[made.pk]))
    assert 'value="Chưa rõ trường"' not in form.content.decode()


def test_every_bad_day_and_word_of_a_list_is_said_and_nothing_is_written(
    ward, coordinator, decision, insurance, households, client_of
):
    made = make_handover(ward=ward, seen=None, by=coordinator).lists.get()
    client = client_of(coordinator)
    sending = reverse("projects:handover_send", args=[made.pk])
    answering = reverse("projects:handover_answer", args=[made.pk])

    for url, typed, sentences in (
        (sending, {"sent_on": "21/11/2026", "sent_to": "BHXH"}, ["Ngày này chưa đến"]),
        (sending, {"sent_on": "01/12/2025", "sent_to": "BHXH"}, ["trước ngày quyết định"]),
        (sending, {"sent_on": "", "sent_to": ""}, ["Nhập ngày gửi", "Nêu nơi nhận"]),
        (answering, {"answered_on": "20/11/2026", "answer": "Đủ"}, ["Danh sách chưa gửi"]),
    ):
        answer = client.post(url, typed | {"version": made.version})
        assert answer.status_code == 422
        assert all(sentence in text_of(answer) for sentence in sentences)
        assert typed.get("sent_on", "") in answer.content.decode()
    made.refresh_from_db()
    assert (made.sent_on, made.answered_on, made.version) == (None, None, 1)

    sent = send(made, coordinator)
    with pytest.raises(ValidationError, match="đã ghi là gửi ngày 20/11/2026"):
        send(sent, coordinator)
    with pytest.raises(ValidationError, match="trước ngày gửi"):
        answer_handover_list(
            handover_list=sent, answered_on=EVE, answer="Đủ", version=2, by=coordinator
        )
    answered = answer_handover_list(
        handover_list=sent, answered_on=TODAY, answer="Đã cấp 1 thẻ", version=2, by=coordinator
    )
    assert answered.answer == "Đã cấp 1 thẻ"


def test_what_was_made_and_sent_stays(ward, coordinator, decision, insurance, households):
    foreign = HouseholdFactory()
    made = make_handover(ward=ward, seen=None, by=coordinator).lists.get()
    with pytest.raises(DatabaseError), transaction.atomic():
        HandoverList.objects.filter(pk=made.pk).update(sent_on=EVE, sent_to="x")
    made = send(made, coordinator)
    for change in (
        lambda: HandoverRow.objects.create(
            handover_list=made, household=foreign, change="added", basis="poor", order=99
        ),
        lambda: HandoverRow.objects.update(basis="poor", basis_before=""),
        lambda: HandoverList.objects.filter(pk=made.pk).update(sent_on=EVE),
        lambda: HandoverList.objects.filter(pk=made.pk).update(digest="x"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_the_page_and_its_list_ask_the_same_however_many_there_are(
    ward, coordinator, decision, insurance, households, client_of, leader, observer
):
    client = client_of(coordinator)
    page = client.get(LIST)
    assert "Chưa lập danh sách chuyển giao" in text_of(page)
    assert client.post(MAKE, {"seen": ""}).status_code == 302
    made = HandoverList.objects.get()
    _, one = questions(lambda: client.get(LIST))
    for _ in range(2):
        HandoverKindFactory()
    client.post(MAKE, {"seen": Handover.objects.get().pk})
    _, three = questions(lambda: client.get(LIST))
    assert sum(one.values()) == sum(three.values())

    page = text_of(client.get(reverse("projects:handover_detail", args=[made.pk])))
    assert "Chủ hộ IN" in page
    assert "Hộ nghèo → Hộ cận nghèo" in page
    assert "Không gửi" in page
    assert NO_RIGHT in text_of(client_of(observer).post(MAKE, {"seen": ""}))


def test_a_kind_that_tells_of_illness_is_closed_to_who_may_not_read_that(
    ward, coordinator, decision, households, client_of, reporter
):
    HandoverKindFactory(name="Thuốc điều trị", tells_of_health=True)
    made = make_handover(ward=ward, seen=None, by=coordinator).lists.get()
    page = reverse("projects:handover_detail", args=[made.pk])

    assert "Thuốc điều trị" not in text_of(client_of(reporter).get(page))
    assert "Chủ hộ IN" in text_of(client_of(coordinator).get(page))


def test_the_files_hold_the_frozen_rows_and_are_written_down(
    ward, coordinator, decision, insurance, households, client_of
):
    person = households[0].memberships.get().person
    type(person).objects.filter(pk=person.pk).update(citizen_id="062080000123")
    made = make_handover(ward=ward, seen=None, by=coordinator).lists.get()
    client = client_of(coordinator)
    assert "062080000123" not in text_of(
        client.get(reverse("projects:handover_detail", args=[made.pk]))
    )

    assert f"sau {decision} ngày 15/12/2025" in handover_paper(made).subject
    answer = client.post(reverse("reports:handover_file", args=[made.pk, "xlsx"]))

    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    texts = {str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value}
    assert {"062080000123", "Chủ hộ OUT", "Hộ nghèo → Hộ cận nghèo", "Giảm"} <= texts
    assert AccessEvent.objects.get().what.startswith("Danh sách chuyển giao Thẻ bảo hiểm y tế")


def test_a_list_too_long_for_a_request_is_laid_out_by_the_worker(
    ward, coordinator, decision, insurance, households, client_of, monkeypatch
):
    made = make_handover(ward=ward, seen=None, by=coordinator).lists.get()
    client, address = (
        client_of(coordinator),
        reverse("reports:handover_file", args=[made.pk, "pdf"]),
    )
    at_once = client.post(address)
    monkeypatch.setattr(frame, "LONG_PAPER", 0)

    begun = client.post(address)

    job = Job.objects.get()
    assert begun.url == reverse("core:job_detail", args=[job.pk])
    jobs.run(job)
    file = client.get(f"{begun.url}file/")
    assert file["Content-Disposition"] == at_once["Content-Disposition"]
    assert "Chủ hộ OUT" in " ".join(page.text for page in read_pages(file.content))
    assert AccessEvent.objects.filter(what__startswith="Danh sách chuyển giao").count() == 2


def test_lists_are_to_do_until_they_are_sent(
    ward, coordinator, decision, insurance, households, client_of
):
    client, todo = client_of(coordinator), reverse("reports:todo")
    assert "Lập danh sách chuyển giao sau Quyết định" in text_of(client.get(todo))
    made = make_handover(ward=ward, seen=None, by=coordinator).lists.get()
    page = text_of(client.get(todo))
    assert "1 danh sách chuyển giao chưa gửi" in page
    assert "Lập danh sách chuyển giao sau" not in page

    send(made, coordinator, on=clock.today())

    assert "chuyển giao" not in text_of(client.get(todo)).replace("Sau quyết định", "")


def test_the_database_adds_nothing_to_what_was_sent(
    ward, coordinator, decision, insurance, households
):
    made = make_handover(ward=ward, seen=None, by=coordinator)
    send(made.lists.get(), coordinator)
    row = HandoverRow.objects.first()
    row.pk, row.order = None, 99
    with pytest.raises(DatabaseError, match="không thêm dòng"), transaction.atomic():
        row.save(force_insert=True)
    with pytest.raises(DatabaseError, match="giữ nguyên"), transaction.atomic():
        Handover.objects.update(as_of=DECIDED)
