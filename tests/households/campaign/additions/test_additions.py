"""Households that split off, arrive, complain or ask while a review is open reach its results."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from households.campaign.additions.selectors import omissions_of, unlisted_households
from households.campaign.additions.services import add_to_review, leave_out_of_review
from households.campaign.procedure.services.postings import decide_complaint
from households.campaign.recognition.services.recognising import recognise_results
from households.campaign.recognition.services.submission import submit_results
from households.choices import CampaignKind, EventKind, ListReason, PovertyClass, RequestKind
from households.entry.survey.selectors.reviews import work_list
from households.models import Household, Review, ReviewOmission, ReviewRequest
from povertyplan.core import clock
from povertyplan.core.choices import Role
from povertyplan.core.models import AuditEvent, RowChange
from tests.factories.core import GrantFactory, VillageFactory, WardFactory
from tests.factories.households import (
    CampaignFactory,
    HouseholdEventFactory,
    HouseholdFactory,
    MembershipFactory,
    PersonFactory,
    ProcedureFactory,
    ReviewRequestFactory,
    StatusFactory,
)
from tests.households.campaigns import DECIDED_ON, entered, finish, submitted_campaign, village_of
from tests.households.procedures import TODAY, complain, meet, post
from tests.pages import text_of as text
from tests.pages import words_of

REASON = "Hộ mới lập, thu nhập thấp."


@pytest.fixture(autouse=True)
def _today():
    with clock.set_to(TODAY):
        yield


@pytest.fixture
def campaign(ward, village, coordinator):
    campaign = CampaignFactory(ward=ward)
    entered(campaign, village, by=coordinator, code="HN-01")
    return campaign


@pytest.fixture
def poor(campaign, village):
    """A household that a split left poor, and that no decision knows."""
    return household_of_class(village, PovertyClass.POOR, code="HN-09", head="Y Tách")


def household_of_class(village, poverty_class, **values):
    household = HouseholdFactory(village=village, **values)
    StatusFactory(household=household, poverty_class=poverty_class)
    return household


def submit(campaign, by):
    campaign.refresh_from_db()
    return submit_results(campaign=campaign, version=campaign.version, by=by)


def add(campaign, household, by, **changes):
    values = {"households": [household], "reason": REASON, **changes}
    return add_to_review(campaign=campaign, by=by, **values)


def leave_out(campaign, household, by, **changes):
    values = {"households": [household], "reason": "Chỉ tạm trú.", **changes}
    return leave_out_of_review(campaign=campaign, by=by, **values)


def codes(campaign):
    return [(each.household.code, each.list_reason) for each in unlisted_households(campaign)]


def test_a_poor_household_that_no_review_knows_is_named(campaign, poor):
    assert codes(campaign) == [("HN-09", ListReason.ADDED)]


def test_what_came_about_since_the_opening_is_named_whatever_its_class(campaign, village):
    parent = Household.objects.get(code="HN-01")
    split = household_of_class(village, PovertyClass.NOT_POOR, code="HN-10")
    HouseholdEventFactory(
        household=parent,
        kind=EventKind.SPLIT,
        other_household=split,
        person=None,
        happened_on=date(2026, 10, 12),
    )
    came = household_of_class(village, PovertyClass.NOT_POOR, code="HN-11")
    HouseholdEventFactory(
        household=came, kind=EventKind.MOVED_IN, person=None, happened_on=date(2026, 10, 1)
    )
    earlier = household_of_class(village, PovertyClass.NOT_POOR, code="HN-12")
    HouseholdEventFactory(
        household=earlier, kind=EventKind.MOVED_IN, person=None, happened_on=date(2026, 3, 1)
    )
    asking = household_of_class(village, PovertyClass.NOT_POOR, code="HN-13")
    ReviewRequestFactory(village=village, household=asking, ward=campaign.ward)
    other = household_of_class(village, PovertyClass.NOT_POOR, code="HN-14")
    average = {"household": other, "kind": RequestKind.AVERAGE_LIVING}
    ReviewRequestFactory(village=village, ward=campaign.ward, **average)

    assert codes(campaign) == [
        ("HN-10", ListReason.SPLIT_OFF),
        ("HN-11", ListReason.MOVED_IN),
        ("HN-13", ListReason.REQUESTED),
    ]


def test_a_regular_review_claims_nothing_of_others(ward, poor):
    assert codes(CampaignFactory(ward=ward, kind=CampaignKind.REGULAR)) == []


@pytest.mark.parametrize("households", [1, 3])
def test_naming_them_costs_the_same_however_many_there_are(
    campaign, village, households, django_assert_num_queries
):
    for _ in range(households):
        household_of_class(village, PovertyClass.POOR)

    with django_assert_num_queries(5):
        assert len([each.head_name for each in unlisted_households(campaign)]) == households


def test_an_added_household_has_a_form_with_who_when_and_why(campaign, poor, coordinator):
    (review,) = add(campaign, poor, coordinator)

    assert (review.state, review.added_by, review.added_reason) == ("pending", coordinator, REASON)
    assert AuditEvent.objects.get(act="add_to_review").reason == REASON
    assert codes(campaign) == []
    assert add(campaign, poor, coordinator) == [review]


@pytest.mark.parametrize("service", [add, leave_out])
def test_nothing_is_decided_without_a_reason(campaign, poor, coordinator, service):
    with pytest.raises(ValidationError, match="Nhập lý do"):
        service(campaign, poor, coordinator, reason=" ")


@pytest.mark.parametrize("service", [add, leave_out])
def test_households_of_elsewhere_and_closed_ones_stay_out(campaign, coordinator, service):
    closed = HouseholdFactory(
        village__parent=campaign.ward, closed_on=date(2026, 10, 1), closing_reason="moved_out"
    )
    foreign = HouseholdFactory(village__parent=WardFactory())

    with pytest.raises(ValidationError, match="đã ra khỏi sổ"):
        service(campaign, closed, coordinator)
    with pytest.raises(ValidationError, match="của phường, xã"):
        service(campaign, foreign, coordinator)
    assert Review.objects.count() == 1


def test_a_finished_village_opens_again_for_an_added_household(
    campaign, village, poor, coordinator
):
    finish(campaign, village, by=coordinator)

    add(campaign, poor, coordinator)

    assert not village_of(campaign, village).is_finished
    assert AuditEvent.objects.get(act="reopen_village").reason == REASON


def test_adding_answers_the_request_that_waited(campaign, village, poor, coordinator):
    asked = ReviewRequestFactory(village=village, household=poor, ward=campaign.ward)

    (review,) = add(campaign, poor, coordinator)

    assert ReviewRequest.objects.get(pk=asked.pk).campaign == campaign
    assert review.list_reason == ListReason.REQUESTED


def test_results_are_not_submitted_before_each_household_has_a_form_or_a_reason(
    campaign, village, poor, coordinator
):
    finish(campaign, village, by=coordinator)

    with pytest.raises(ValidationError, match=r"Còn 1 hộ chưa có trong đợt rà soát.*HN-09"):
        submit(campaign, coordinator)
    leave_out(campaign, poor, coordinator)

    assert submit(campaign, coordinator).stage == "submitted"


def test_results_are_not_recognised_while_a_household_came_in_between(
    ward, village, coordinator, leader
):
    campaign = submitted_campaign(ward, village, by=coordinator)
    late = household_of_class(village, PovertyClass.POOR, code="HN-77")
    decision = {"number": "283/QĐ-UBND", "decided_on": DECIDED_ON, "version": campaign.version}

    with pytest.raises(ValidationError, match="HN-77"):
        recognise_results(campaign=campaign, by=leader, **decision)
    leave_out(campaign, late, coordinator)

    assert recognise_results(campaign=campaign, by=leader, **decision).number == "283/QĐ-UBND"
    with pytest.raises(DatabaseError), transaction.atomic():
        ReviewOmission.objects.update(reason="Đổi sau khi công nhận.")


def test_a_later_reason_replaces_the_earlier_which_stays_in_the_history(
    campaign, poor, coordinator
):
    leave_out(campaign, poor, coordinator)
    leave_out(campaign, poor, coordinator, reason="Đã chuyển đi.")

    assert [omission.reason for omission in omissions_of(campaign)] == ["Đã chuyển đi."]
    changes = RowChange.objects.filter(table="households_reviewomission", operation="update")
    assert changes.get().old["reason"] == "Chỉ tạm trú."


def test_who_was_left_out_is_added_after_all(campaign, poor, coordinator):
    leave_out(campaign, poor, coordinator)
    add(campaign, poor, coordinator)

    assert omissions_of(campaign) == []
    with pytest.raises(ValidationError, match="đã có phiếu"):
        leave_out(campaign, poor, coordinator)


def test_the_database_refuses_an_addition_without_a_reason(campaign, coordinator):
    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.update(added_by=coordinator, added_at=clock.now(), added_reason="")


def test_the_database_refuses_a_household_left_out_without_a_reason(campaign, poor, coordinator):
    with pytest.raises(IntegrityError), transaction.atomic():
        ReviewOmission.objects.create(
            ward=campaign.ward,
            campaign=campaign,
            household=poor,
            reason="",
            recorded_by=coordinator,
            recorded_at=clock.now(),
        )


def test_a_second_review_makes_a_form_for_a_household_that_had_none(ward, village, coordinator):
    campaign = CampaignFactory(ward=ward, procedure=ProcedureFactory())
    entered(campaign, village, by=coordinator)
    row = finish(campaign, village, by=coordinator)
    meeting = meet(row, coordinator)
    household = household_of_class(village, PovertyClass.NOT_POOR, code="HN-31")
    complaint = complain(post(row, coordinator), coordinator, household_code="HN-31")

    decide_complaint(
        complaint=complaint,
        outcome="reviewed",
        answer="Rà soát hộ.",
        decided_on=TODAY,
        version=complaint.version,
        by=coordinator,
    )

    review = Review.objects.get(household=household)
    assert (review.campaign, review.list_reason) == (campaign, ListReason.COMPLAINT)
    assert "nhận ngày 13/11/2026 về hộ HN-31" in review.added_reason
    meeting.refresh_from_db()
    assert meeting.stands


def test_a_household_that_left_is_not_reviewed_a_second_time(ward, village, coordinator):
    campaign = CampaignFactory(ward=ward, procedure=ProcedureFactory())
    entered(campaign, village, by=coordinator)
    row = finish(campaign, village, by=coordinator)
    meet(row, coordinator)
    closed = {"closed_on": date(2026, 11, 14), "closing_reason": "moved_out"}
    HouseholdFactory(village=village, code="HN-32", **closed)
    complaint = complain(post(row, coordinator), coordinator, household_code="HN-32")

    with pytest.raises(ValidationError, match="không phúc tra được"):
        decide_complaint(
            complaint=complaint,
            outcome="reviewed",
            answer="Rà soát hộ.",
            decided_on=TODAY,
            version=complaint.version,
            by=coordinator,
        )
    assert Review.objects.count() == 1


def split_data(household, son, **changes):
    return {
        "version": household.version,
        "key": str(uuid4()),
        "on": "17/11/2026",
        f"relation_{son.pk}": "head",
        "code": "HN-50",
        "village": household.village_id,
        **changes,
    }


@pytest.fixture
def household(campaign):
    return Household.objects.get(code="HN-01")


@pytest.fixture
def son(household):
    return MembershipFactory(
        household=household, person=PersonFactory(ward=household.ward, full_name="A Nam")
    )


def test_a_split_joins_the_open_review_in_the_same_act(
    client_of, coordinator, campaign, household, son
):
    page = reverse("households:household_split", args=[household.pk])
    assert "Đưa hộ mới vào đợt rà soát" in text(client_of(coordinator).get(page))

    answer = client_of(coordinator).post(page, split_data(household, son, review_choice="join"))

    assert answer.status_code == 302
    review = Review.objects.get(household__code="HN-50")
    assert review.list_reason == ListReason.SPLIT_OFF
    assert review.added_reason == "Tách từ hộ HN-01 ngày 17/11/2026."


def test_a_split_stays_outside_only_with_a_reason(client_of, coordinator, household, son):
    page = reverse("households:household_split", args=[household.pk])
    data = split_data(household, son, review_choice="leave_out")

    assert "Nhập lý do không đưa hộ" in text(client_of(coordinator).post(page, data))
    assert not Household.objects.filter(code="HN-50").exists()
    client_of(coordinator).post(page, data | {"review_reason": "Hộ đi làm xa."})

    assert ReviewOmission.objects.get(household__code="HN-50").reason == "Hộ đi làm xa."


def test_an_arrival_joins_the_open_review_in_the_same_act(
    client_of, coordinator, campaign, village
):
    client_of(coordinator).post(
        reverse("households:household_new"),
        {
            "version": "1",
            "key": str(uuid4()),
            "kind": "moved_in",
            "village": village.pk,
            "code": "HN-60",
            "opened_on": "16/11/2026",
            "initial_class": "not_poor",
            "full_name": "Y Đến",
            "sex": "female",
            "birth": "1/2/1990",
            "review_choice": "join",
        },
    )

    review = Review.objects.get(household__code="HN-60")
    assert (review.campaign, review.list_reason) == (campaign, ListReason.MOVED_IN)


def test_without_an_open_review_a_split_asks_nothing(client_of, coordinator, village):
    household = household_of_class(village, PovertyClass.POOR)
    page = reverse("households:household_split", args=[household.pk])

    assert "đợt rà soát" not in text(client_of(coordinator).get(page))


@pytest.mark.parametrize("view", ["campaign_overview", "campaign_submit"])
def test_the_pages_of_the_review_name_the_household(client_of, coordinator, campaign, poor, view):
    page = text(client_of(coordinator).get(reverse(f"households:{view}", args=[campaign.pk])))

    assert "1 hộ chưa có trong đợt rà soát" in page
    assert "HN-09 – Y Tách, sinh 1980, Tổ dân phố 1" in page


def test_the_leader_sees_the_household_and_cannot_recognise(
    client_of, ward, village, coordinator, leader
):
    campaign = submitted_campaign(ward, village, by=coordinator)
    household_of_class(village, PovertyClass.POOR, code="HN-77", head="Y Muộn")
    page = client_of(leader).get(reverse("households:campaign_recognise", args=[campaign.pk]))

    assert "HN-77 – Y Muộn" in text(page)
    assert ">Công nhận kết quả</button>" not in page.content.decode()


@pytest.mark.parametrize("view", ["campaign_overview", "campaign_submit"])
def test_who_was_left_out_stays_named_with_the_reason(client_of, coordinator, campaign, poor, view):
    leave_out(campaign, poor, coordinator)
    address = reverse(f"households:{view}", args=[campaign.pk])
    page = words_of(client_of(coordinator).get(address))

    assert "Không đưa vào đợt, có lý do: 1 hộ" in page
    assert "HN-09 – Y Tách, sinh 1980, Tổ dân phố 1; hộ nghèo : Chỉ tạm trú." in page


def test_the_leader_approves_with_those_left_out_in_sight(
    client_of, ward, village, coordinator, leader, observer
):
    campaign = submitted_campaign(ward, village, by=coordinator)
    late = household_of_class(village, PovertyClass.POOR, code="HN-77", head="Y Muộn")
    leave_out(campaign, late, coordinator)
    page = client_of(leader).get(reverse("households:campaign_recognise", args=[campaign.pk]))
    board = reverse("households:campaign_overview", args=[campaign.pk])

    assert "HN-77 – Y Muộn" in text(page)
    assert "Chỉ tạm trú." in text(page)
    assert ">Công nhận kết quả</button>" in page.content.decode()
    assert "HN-77" not in text(client_of(observer).get(board))


def test_an_observer_is_told_no_codes(client_of, observer, campaign, poor):
    board = reverse("households:campaign_overview", args=[campaign.pk])

    assert "HN-09" not in text(client_of(observer).get(board))


@pytest.fixture
def page(campaign):
    return reverse("households:campaign_unlisted", args=[campaign.pk])


def test_the_page_takes_a_household_in_or_keeps_the_reason(
    client_of, coordinator, campaign, village, poor, page
):
    other = household_of_class(village, PovertyClass.NEAR_POOR, code="HN-08")
    client = client_of(coordinator)
    client.post(page, {"listed": [poor.pk], "decision": "join", "reason": REASON})
    answer = client.post(
        page, {"listed": [other.pk], "decision": "leave_out", "reason": "Đi vắng."}, follow=True
    )

    assert Review.objects.get(household=poor).added_reason == REASON
    assert "Đi vắng." in text(answer)


def test_a_household_that_asks_late_is_found_by_its_code(client_of, coordinator, village, page):
    household_of_class(village, PovertyClass.NOT_POOR, code="HN-70")
    data = {"other": "hn-70", "decision": "join", "reason": "Nộp đơn muộn."}

    client_of(coordinator).post(page, data)

    assert Review.objects.get(household__code="HN-70").list_reason == ListReason.ADDED


def test_the_page_asks_for_a_household(client_of, coordinator, poor, page):
    answer = client_of(coordinator).post(page, {"decision": "join", "reason": REASON})

    assert answer.status_code == 422
    assert "Chọn ít nhất một hộ" in text(answer)


def test_the_leader_reads_the_page_and_writes_nothing(client_of, leader, poor, page):
    answer = client_of(leader).post(
        page, {"listed": [poor.pk], "decision": "join", "reason": REASON}
    )

    assert answer.status_code == 403
    assert "HN-09" in text(client_of(leader).get(page))


@pytest.mark.parametrize("households", [1, 3])
def test_the_page_has_as_many_queries_for_three_households(
    client_of, coordinator, village, page, households
):
    client = client_of(coordinator)
    client.get(page)
    household_of_class(village, PovertyClass.POOR)
    with CaptureQueriesContext(connection) as few:
        client.get(page)
    for _ in range(households):
        household_of_class(village, PovertyClass.POOR)
    with CaptureQueriesContext(connection) as many:
        client.get(page)

    assert len(many) == len(few)


def test_a_late_request_leads_to_the_open_review(client_of, coordinator, campaign, poor, page):
    ReviewRequestFactory(village=poor.village, household=poor, ward=campaign.ward)

    requests = client_of(coordinator).get(reverse("households:request_list"))

    assert page in requests.content.decode()


def test_requests_of_two_wards_lead_each_to_the_review_of_its_own(
    client_of, coordinator, campaign, poor, page
):
    elsewhere = VillageFactory(parent=WardFactory(name="Phường Ngọc Bay"))
    GrantFactory(user=coordinator, role=Role.COORDINATOR, area=elsewhere.parent)
    other = household_of_class(elsewhere, PovertyClass.POOR)
    ReviewRequestFactory(village=elsewhere, household=other, ward=elsewhere.parent)
    theirs = CampaignFactory(ward=elsewhere.parent)

    requests = client_of(coordinator).get(reverse("households:request_list")).content.decode()

    assert page not in requests
    assert reverse("households:campaign_unlisted", args=[theirs.pk]) in requests


def test_without_an_open_review_a_request_waits(client_of, coordinator, village):
    household = household_of_class(village, PovertyClass.POOR)
    ReviewRequestFactory(village=village, household=household, ward=village.parent)

    requests = client_of(coordinator).get(reverse("households:request_list"))

    assert "Đưa vào đợt rà soát" not in text(requests)


def test_a_household_that_came_in_since_shows_the_class_it_came_with(
    client_of, coordinator, campaign, village, household, son
):
    held = household.statuses.get(ends_on=None).get_poverty_class_display()
    client = client_of(coordinator)
    split = reverse("households:household_split", args=[household.pk])
    client.post(split, split_data(household, son, review_choice="join"))

    [item] = [
        each
        for each in work_list(campaign=campaign, village=village)
        if each.household.code == "HN-50"
    ]
    assert item.earlier_class == held
    form = reverse("households:review_edit", args=[campaign.pk, item.household.pk])
    assert f"Phân loại trước: {held} từ ngày 17/11/2026" in words_of(client.get(form))
