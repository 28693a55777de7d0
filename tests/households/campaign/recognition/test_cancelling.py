"""A review opened by mistake is cancelled: it stays readable and counts nowhere."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from households.campaign.opening.services import open_campaign
from households.campaign.progress import campaign_progress
from households.campaign.recognition.services.cancelling import (
    cancel_campaign,
    decline_cancellation,
    request_cancellation,
)
from households.campaign.recognition.services.recognising import recognise_results
from households.campaign.recognition.services.reopening import reopen_campaign, reopening_obstacle
from households.choices import CampaignKind, CampaignStage
from households.entry.survey.selectors.reviews import earlier_review
from households.entry.survey.services.reviews import record_review
from households.models import CampaignVillage, Review, ReviewCampaign, ReviewRequest
from povertyplan.core import clock
from povertyplan.core.choices import Role
from povertyplan.core.models import AuditEvent
from reports.todo.tasks import build_todo
from tests.factories.core import user_with
from tests.factories.households import CampaignFactory, ReviewFactory, ReviewRequestFactory
from tests.households.campaigns import DECIDED_ON, POOR, entered, pending_review, submitted_campaign
from tests.pages import NO_RIGHT, heading_of

REASON = "Mở nhầm năm."


def cancel(campaign, by, **changes):
    """Cancel as one person, or as the second where forms are entered."""
    campaign.refresh_from_db()
    if campaign.is_open and campaign.reviews.done().exists():
        ask(campaign, user_with(Role.LEADER, campaign.ward))
    values = {"version": campaign.version, "reason": REASON, **changes}
    return cancel_campaign(campaign=campaign, by=by, **values)


def ask(campaign, by, **changes):
    campaign.refresh_from_db()
    values = {"version": campaign.version, "reason": REASON, **changes}
    asked = request_cancellation(campaign=campaign, by=by, **values)
    campaign.refresh_from_db()
    return asked


def opening(ward, standard, **changes):
    values = {
        "ward": ward,
        "year": 2026,
        "kind": CampaignKind.ANNUAL,
        "name": "Rà soát định kỳ năm 2026",
        "standard": standard,
        "opens_on": date(2026, 9, 1),
        "closes_on": date(2026, 12, 14),
        "by": None,
        **changes,
    }
    return open_campaign(**values)


@pytest.fixture
def mistaken(ward):
    return CampaignFactory(ward=ward)


def test_a_cancelled_review_keeps_who_when_and_why(mistaken, coordinator):
    cancelled = cancel(mistaken, coordinator)

    assert (cancelled.stage, cancelled.cancel_reason) == (CampaignStage.CANCELLED, REASON)
    assert cancelled.cancelled_by == coordinator
    assert AuditEvent.objects.get(act="cancel_campaign").reason == REASON
    assert cancel(mistaken, coordinator).version == cancelled.version


@pytest.mark.parametrize("reason", ["", "  "])
def test_cancelling_needs_a_reason(mistaken, coordinator, reason):
    with pytest.raises(ValidationError, match="Nhập lý do hủy"):
        cancel(mistaken, coordinator, reason=reason)


def test_the_real_review_of_the_year_opens_after_the_mistaken_one(mistaken, coordinator):
    cancel(mistaken, coordinator)

    assert opening(mistaken.ward, mistaken.standard).is_open


def test_forms_of_a_cancelled_review_count_nowhere(mistaken, village, coordinator, ward):
    review = entered(mistaken, village, by=coordinator)
    cancel(mistaken, coordinator)
    with clock.set_to(date(2027, 9, 2)):
        later = ReviewFactory(
            campaign=CampaignFactory(ward=ward, year=2027), household=review.household
        )

    assert Review.objects.filter(state="done").count() == 1
    assert not Review.objects.done().exists()
    assert earlier_review(later) is None


def test_nothing_is_written_into_a_cancelled_review(mistaken, village, coordinator):
    review = pending_review(mistaken, village)
    cancel(mistaken, coordinator)

    with pytest.raises(ValidationError, match="Đợt rà soát đã hủy"):
        record_review(review=review, answers=POOR, version=1, by=coordinator)
    with pytest.raises(DatabaseError), transaction.atomic():
        ReviewCampaign.objects.filter(pk=mistaken.pk).update(stage=CampaignStage.OPEN)


def test_villages_of_a_cancelled_review_are_not_late(mistaken, village, coordinator):
    pending_review(mistaken, village)
    on = date(2026, 12, 1)
    assert [row.is_late for row in campaign_progress(mistaken, on=on)] == [True]

    cancelled = cancel(mistaken, coordinator)

    assert [row.is_late for row in campaign_progress(cancelled, on=on)] == [False]
    assert CampaignVillage.objects.count() == 1


def test_requests_of_a_cancelled_review_wait_again(mistaken, village, coordinator):
    household = pending_review(mistaken, village).household
    told = {"village": village, "household": household, "ward": mistaken.ward}
    first = ReviewRequestFactory(**told, campaign=mistaken)
    other = ReviewRequestFactory(**told, campaign=mistaken, kind="escape")
    anew = ReviewRequestFactory(**told)

    cancel(mistaken, coordinator)

    for request in (first, other, anew):
        request.refresh_from_db()
    assert (other.is_waiting, anew.is_waiting) == (True, True)
    assert "hộ đã có giấy đề nghị sau" in first.closing_reason
    assert ReviewRequest.objects.waiting().count() == 2


def test_what_was_recognised_is_not_cancelled(ward, village, coordinator, leader):
    campaign = submitted_campaign(ward, village, by=coordinator)
    decision = recognise_results(
        campaign=campaign, number="283", decided_on=DECIDED_ON, version=2, by=leader
    )
    with pytest.raises(ValidationError, match="đã được công nhận và khóa"):
        cancel(campaign, leader)

    campaign.refresh_from_db()
    reopen_campaign(campaign=campaign, version=campaign.version, reason="Ghi sai", by=leader)

    with pytest.raises(ValidationError, match=f"Quyết định số {decision.number}, sau đó thu hồi"):
        cancel(campaign, leader)


def test_a_cancelled_review_does_not_hold_up_the_reopening(ward, village, coordinator, leader):
    campaign = submitted_campaign(ward, village, by=coordinator)
    decision = recognise_results(
        campaign=campaign, number="283", decided_on=DECIDED_ON, version=2, by=leader
    )
    mistaken = CampaignFactory(ward=ward, year=2027, opens_on=date(2027, 9, 1))
    assert "đã mở dựa trên kết quả này" in reopening_obstacle(decision)

    cancel(mistaken, coordinator)

    assert reopening_obstacle(decision) == ""


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        pytest.param({"opens_on": date(2025, 9, 1)}, ["opens_on"], id="opens the year before"),
        pytest.param({"closes_on": date(2027, 1, 5)}, ["closes_on"], id="ends the year after"),
        pytest.param(
            {"opens_on": date(2025, 9, 1), "closes_on": date(2025, 12, 1)},
            ["closes_on", "opens_on"],
            id="both",
        ),
    ],
)
def test_a_review_opens_in_its_own_year(ward, mistaken, coordinator, changes, fields):
    cancel(mistaken, coordinator)

    with pytest.raises(ValidationError) as refused:
        opening(ward, mistaken.standard, **changes)

    assert sorted(refused.value.message_dict) == fields


def test_a_second_annual_review_is_opened_only_where_it_is_meant(ward, mistaken):
    values = {"year": 2025, "opens_on": date(2025, 9, 1), "closes_on": date(2025, 12, 14)}
    with pytest.raises(ValidationError) as refused:
        opening(ward, mistaken.standard, **values)
    assert f"“{mistaken}” chưa kết thúc" in refused.value.message_dict["beside_open"][0]

    assert opening(ward, mistaken.standard, beside_open=True, **values).is_open


def test_the_page_cancels_and_says_so(client_of, coordinator, mistaken, village):
    client = client_of(coordinator)
    address = f"/reviews/{mistaken.pk}/cancel/"
    assert address in client.get(f"/reviews/{mistaken.pk}/").content.decode()
    refused = client.post(address, {"version": "1", "reason": ""})
    assert refused.status_code == 422

    client.post(address, {"version": "1", "reason": REASON})

    page = client.get(f"/reviews/{mistaken.pk}/").content.decode()
    assert "Đợt rà soát đã hủy" in page
    assert REASON in page
    assert address not in page
    assert "Đã hủy" in client.get("/reviews/").content.decode()
    assert str(mistaken) not in client.get("/").content.decode()


def test_the_wizard_asks_about_the_review_under_way(client_of, coordinator, mistaken):
    page = client_of(coordinator).get("/reviews/new/").content.decode()

    assert f"Mở thêm khi “{mistaken}” chưa kết thúc" in page


@pytest.fixture
def running(mistaken, village, coordinator):
    """A review with one form entered."""
    entered(mistaken, village, by=coordinator)
    return mistaken


def test_a_review_with_entries_is_not_cancelled_by_one_person(running, coordinator):
    values = {"campaign": running, "version": running.version, "reason": REASON}
    with pytest.raises(ValidationError, match="đã có 1 phiếu nhập: gửi đề nghị hủy"):
        cancel_campaign(by=coordinator, **values)

    ask(running, coordinator)
    with pytest.raises(ValidationError, match="không được tự duyệt"):
        cancel_campaign(by=coordinator, **values | {"version": running.version})
    assert running.is_open


def test_a_second_person_cancels_for_the_reason_of_the_first(running, coordinator, leader):
    ask(running, coordinator)

    cancelled = cancel_campaign(campaign=running, version=running.version, by=leader)

    assert (cancelled.cancelled_by, cancelled.cancel_reason) == (leader, REASON)
    assert cancelled.cancel_requested_by == coordinator


def test_asking_twice_is_the_same_as_once_and_nobody_asks_beside(running, coordinator, leader):
    version = ask(running, coordinator).version

    assert ask(running, coordinator).version == version
    with pytest.raises(ValidationError, match="đã đề nghị hủy đợt này"):
        ask(running, leader)


def test_a_declined_request_leaves_the_review_running(running, coordinator, leader):
    ask(running, coordinator)
    values = {"campaign": running, "version": running.version, "by": leader}
    with pytest.raises(ValidationError, match="Nhập lý do không đồng ý"):
        decline_cancellation(reason=" ", **values)

    declined = decline_cancellation(reason="Đợt đúng.", **values)

    assert declined.is_open
    assert not declined.awaits_cancellation
    assert AuditEvent.objects.get(act="decline_cancellation").reason == "Đợt đúng."
    with pytest.raises(ValidationError, match="Không có đề nghị hủy"):
        decline_cancellation(reason="Xem lại.", **values | {"version": declined.version})


def test_results_are_not_recognised_while_a_request_waits(ward, village, coordinator, leader):
    campaign = submitted_campaign(ward, village, by=coordinator)
    ask(campaign, coordinator)

    with pytest.raises(ValidationError, match="Cần quyết định đề nghị này trước"):
        recognise_results(
            campaign=campaign,
            number="283",
            decided_on=DECIDED_ON,
            version=campaign.version,
            by=leader,
        )


def test_the_database_refuses_one_person_for_both(running, coordinator):
    ask(running, coordinator)
    done = {"cancelled_by": coordinator, "cancelled_at": clock.now(), "cancel_reason": REASON}

    with pytest.raises(IntegrityError), transaction.atomic():
        ReviewCampaign.objects.filter(pk=running.pk).update(stage=CampaignStage.CANCELLED, **done)


def test_the_database_refuses_to_cancel_entries_nobody_asked_about(running, coordinator):
    done = {"cancelled_by": coordinator, "cancelled_at": clock.now(), "cancel_reason": REASON}

    with pytest.raises(DatabaseError, match="một người đề nghị"), transaction.atomic():
        ReviewCampaign.objects.filter(pk=running.pk).update(stage=CampaignStage.CANCELLED, **done)


def test_the_leader_finds_the_request_and_decides(client_of, running, coordinator, leader):
    asked = client_of(coordinator).post(
        f"/reviews/{running.pk}/cancel/", {"version": running.version, "reason": REASON}
    )
    assert asked.status_code == 302
    titles = [
        task.title for group in build_todo(user=leader, today=clock.today()) for task in group.tasks
    ]
    assert "Quyết định đề nghị hủy đợt rà soát năm 2026" in titles
    client = client_of(leader)
    address = f"/reviews/{running.pk}/cancel/decide/"
    assert address in client.get(f"/reviews/{running.pk}/").content.decode()
    assert REASON in client.get(address).content.decode()
    running.refresh_from_db()

    client.post(address, {"version": running.version, "decision": "cancel", "reason": ""})

    running.refresh_from_db()
    assert running.stage == CampaignStage.CANCELLED


def test_who_asked_sees_no_decision_to_make(client_of, running, leader):
    ask(running, leader)
    page = client_of(leader).get(f"/reviews/{running.pk}/cancel/decide/").content.decode()

    assert "không được tự duyệt" in page
    assert "Ghi quyết định" not in page


def test_the_coordinator_does_not_decide(client_of, running, coordinator, leader):
    ask(running, leader)
    answer = client_of(coordinator).get(f"/reviews/{running.pk}/cancel/decide/")

    assert heading_of(answer) == NO_RIGHT
