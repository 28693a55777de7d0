"""Meeting, posting, complaints: what they need, what they refuse, what they take back."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from households.campaign.procedure.selectors.steps import last_posting_day, steps_of, village_steps
from households.campaign.procedure.services.meetings import HouseholdVotes, hold_meeting
from households.campaign.procedure.services.postings import (
    correct_posting,
    decide_complaint,
)
from households.campaign.procedure.services.taking_back import reopen_village
from households.campaign.recognition.services.submission import submit_results
from households.choices import CampaignStage, ComplaintOutcome
from households.models import Complaint, Holiday, MeetingVote, Posting, VillageMeeting
from povertyplan.core import clock
from povertyplan.core.models import Area, AuditEvent
from povertyplan.core.platform.versions import StaleVersion
from tests.factories.core import VillageFactory
from tests.factories.households import CampaignFactory, ProcedureFactory, ReviewFactory
from tests.households.campaigns import (
    ENTERED_LATER,
    POOR,
    entered,
    finish,
    meeting_record,
    village_of,
)
from tests.households.procedures import MET_ON, POSTED_ON, TODAY, complain, meet, post


@pytest.fixture(autouse=True)
def _today():
    with clock.set_to(TODAY):
        yield


@pytest.fixture
def campaign(ward):
    return CampaignFactory(ward=ward, procedure=ProcedureFactory())


@pytest.fixture
def review(campaign, village, coordinator):
    return entered(campaign, village, by=coordinator)


@pytest.fixture
def row(review, campaign, village, coordinator):
    return finish(campaign, village, by=coordinator)


def test_last_posting_day_uses_national_and_own_holidays(campaign, stranger):
    Holiday.objects.create(month=11, day=13, name="Ngày nghỉ chung")
    Holiday.objects.create(ward=campaign.ward, year=2026, month=11, day=16, name="Nghỉ bù")
    Holiday.objects.create(ward=stranger.ward, year=2026, month=11, day=17, name="Nơi khác")
    Holiday.objects.create(month=2, day=29, name="Chỉ có năm nhuận")

    assert last_posting_day(campaign, POSTED_ON) == date(2026, 11, 19)


def test_meeting_with_exactly_half_agreeing_stands(row, coordinator):
    meeting = meet(row, coordinator, attendance=40, agreeing=20)

    assert meeting.stands
    assert village_of(row.campaign, row.village).is_finished


def test_meeting_below_half_sends_the_village_back_to_entry(row, coordinator):
    meeting = meet(row, coordinator, attendance=41, agreeing=20)

    assert not meeting.stands
    assert not village_of(row.campaign, row.village).is_finished
    event = AuditEvent.objects.get(act="reopen_village")
    assert "20/41 người đồng ý, dưới 50%" in event.reason
    assert steps_of(row).failed_meeting == meeting


def test_second_meeting_takes_the_place_of_the_first(row, coordinator):
    first, second = meet(row, coordinator), meet(row, coordinator, agreeing=39)

    first.refresh_from_db()
    assert (first.stands, second.stands) == (False, True)
    assert steps_of(row).failed_meeting is None


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"agreeing": 41}, "agreeing"),
        ({"attendance": 0, "agreeing": 0}, "attendance"),
        ({"held_on": date(2026, 11, 21)}, "held_on"),
        ({"held_on": date(2026, 8, 31)}, "held_on"),
        ({"chair": "  "}, "chair"),
    ],
)
def test_meeting_refuses_what_cannot_be(row, coordinator, changes, field):
    with pytest.raises(ValidationError) as refused:
        meet(row, coordinator, **changes)

    assert list(refused.value.message_dict) == [field]
    assert not VillageMeeting.objects.exists()


def test_votes_on_a_household_stay_within_the_attendance(row, review, coordinator):
    votes = (HouseholdVotes(review.pk, votes_for=30, votes_against=10),)
    meeting = meet(row, coordinator, votes=votes)
    too_many = (HouseholdVotes(review.pk, votes_for=30, votes_against=11),)

    with pytest.raises(ValidationError, match="Số phiếu về một hộ"):
        meet(row, coordinator, votes=too_many)
    assert MeetingVote.objects.get().votes_for == 30
    with pytest.raises(DatabaseError), transaction.atomic():
        MeetingVote.objects.filter(meeting=meeting).update(votes_against=11)


def test_votes_name_households_of_the_village_only(row, campaign, coordinator):
    other = ReviewFactory(campaign=campaign)

    with pytest.raises(ValidationError, match="biểu quyết một lần"):
        meet(row, coordinator, votes=(HouseholdVotes(other.pk, 1, 1),))


def test_meeting_waits_for_the_village_to_be_finished(review, campaign, village, coordinator):
    with pytest.raises(ValidationError, match="Chưa hoàn thành rà soát"):
        meet(village_of(campaign, village), coordinator)


def test_meeting_refuses_an_old_version(row, coordinator):
    meet(row, coordinator)

    with pytest.raises(StaleVersion):
        hold_meeting(
            campaign_village=row,
            record=meeting_record(MET_ON),
            version=row.version,
            by=coordinator,
        )


def test_posting_ends_after_the_working_days_of_the_procedure(row, coordinator):
    meet(row, coordinator)

    assert post(row, coordinator).until == date(2026, 11, 17)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"until": date(2026, 11, 11)}, "until"),
        ({"until": date(2026, 11, 16)}, "until"),
        ({"posted_on": date(2026, 11, 9)}, "posted_on"),
        ({"posted_on": date(2026, 11, 21)}, "posted_on"),
        ({"places": ""}, "places"),
    ],
)
def test_posting_refuses_what_cannot_be(row, coordinator, changes, field):
    meet(row, coordinator)

    with pytest.raises(ValidationError) as refused:
        post(row, coordinator, **changes)

    assert list(refused.value.message_dict) == [field]
    assert not Posting.objects.exists()


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        pytest.param(
            {},
            "Ngày họp trước ngày thôn hoàn thành rà soát trên hệ thống (20/11/2026).",
            id="before the village was finished here",
        ),
        pytest.param(
            {"held_on": TODAY, "secretary": "y  hữu nam"},
            "Chủ tọa và thư ký là một người.",
            id="one person chairs and writes",
        ),
        pytest.param(
            {"held_on": TODAY, "attendance": 1, "agreeing": 1},
            "Cuộc họp chỉ có một người dự.",
            id="one person came",
        ),
    ],
)
def test_an_unusual_meeting_needs_a_reason(row, coordinator, changes, found):
    with pytest.raises(ValidationError) as refused:
        meet(row, coordinator, unusual_reason=" ", **changes)
    assert refused.value.message_dict == {
        "unusual_reason": [f"{found} Sửa lại, hoặc nhập lý do để xác nhận."]
    }

    meeting = meet(row, coordinator, unusual_reason="Đúng biên bản.", **changes)
    assert (meeting.unusual, meeting.unusual_reason) == (found, "Đúng biên bản.")
    assert AuditEvent.objects.get(act="hold_meeting").reason == "Đúng biên bản."


def test_a_usual_meeting_keeps_no_reason(row, coordinator):
    meeting = meet(row, coordinator, held_on=TODAY)

    assert (meeting.unusual, meeting.unusual_reason) == ("", "")


@pytest.fixture
def visited(campaign, village, coordinator):
    """A village whose household was visited on the twelfth."""
    said = replace(POOR, visited_on=date(2026, 11, 12))
    review = entered(campaign, village, by=coordinator, said=said)
    finish(campaign, village, by=coordinator)
    return review, village_of(campaign, village)


def test_a_meeting_comes_after_the_last_visit(visited, coordinator):
    review, row = visited

    with pytest.raises(ValidationError) as refused:
        meet(row, coordinator, held_on=date(2026, 11, 11))

    assert refused.value.message_dict == {
        "held_on": [
            f"Ngày họp không được trước ngày rà soát hộ {review.household.code} (12/11/2026)."
        ]
    }
    assert meet(row, coordinator, held_on=date(2026, 11, 12)).stands


def test_a_posting_before_the_village_was_finished_needs_a_reason(row, coordinator):
    meet(row, coordinator)

    with pytest.raises(ValidationError, match="Ngày niêm yết trước ngày thôn hoàn thành") as no:
        post(row, coordinator, unusual_reason="")
    assert list(no.value.message_dict) == ["unusual_reason"]

    posting = post(row, coordinator, unusual_reason="Nhập phiếu sau.")
    assert posting.unusual_reason == "Nhập phiếu sau."
    assert "(20/11/2026)" in posting.unusual


def test_a_list_is_posted_anew_after_the_second_review_was_decided(row, coordinator, village):
    meet(row, coordinator)
    complaint = complain(post(row, coordinator), coordinator)
    decide_complaint(
        complaint=complaint,
        outcome=ComplaintOutcome.REVIEWED,
        answer="Rà soát lại hộ.",
        decided_on=date(2026, 11, 16),
        version=complaint.version,
        by=coordinator,
    )
    finish(row.campaign, village, by=coordinator)

    with pytest.raises(ValidationError, match=r"quyết định phúc tra \(16/11/2026\)"):
        post(row, coordinator, posted_on=date(2026, 11, 13))
    assert post(row, coordinator, posted_on=date(2026, 11, 16)).stands


def correct(row, by, **changes):
    row = village_of(row.campaign, row.village)
    values = {
        "places": "Nhà rông",
        "posted_on": date(2026, 11, 13),
        "unusual_reason": ENTERED_LATER,
        "reason": "Ghi nhầm ngày.",
        **changes,
    }
    return correct_posting(campaign_village=row, version=row.version, by=by, **values)


def test_a_corrected_posting_takes_the_place_of_the_wrong_one(row, coordinator):
    meet(row, coordinator)
    wrong = post(row, coordinator)

    right = correct(row, coordinator)

    wrong.refresh_from_db()
    assert (wrong.stands, right.stands) == (False, True)
    assert (right.until, right.correction_reason) == (date(2026, 11, 18), "Ghi nhầm ngày.")
    event = AuditEvent.objects.get(act="correct_posting")
    assert "từ 12/11/2026 đến hết 17/11/2026 thành từ 13/11/2026" in event.summary
    assert event.reason == "Ghi nhầm ngày."


def test_a_correction_names_every_fault(row, coordinator):
    meet(row, coordinator)
    complain(post(row, coordinator), coordinator, received_on=date(2026, 11, 13))

    with pytest.raises(ValidationError) as refused:
        correct(row, coordinator, reason=" ", places="", posted_on=date(2026, 11, 16))

    assert sorted(refused.value.message_dict) == ["places", "posted_on", "reason"]
    assert "(13/11/2026)" in refused.value.message_dict["posted_on"][0]
    with pytest.raises(ValidationError, match="Nhập lý do sửa"):
        correct(row, coordinator, reason="")
    assert Posting.objects.count() == 1


def test_posting_waits_for_the_meeting(row, coordinator):
    with pytest.raises(ValidationError, match="Chưa họp dân"):
        post(row, coordinator)


def test_posted_results_are_not_met_about_again(row, coordinator):
    meet(row, coordinator)
    post(row, coordinator)

    with pytest.raises(ValidationError, match="đã niêm yết"):
        meet(row, coordinator)


def test_reopened_village_takes_meeting_and_posting_back(row, coordinator):
    meet(row, coordinator)
    post(row, coordinator)
    current = village_of(row.campaign, row.village)

    reopen_village(
        campaign_village=current, version=current.version, reason="Nhập sai", by=coordinator
    )

    assert not VillageMeeting.objects.standing().exists()
    assert not Posting.objects.standing().exists()


def test_second_review_keeps_the_meeting_and_takes_the_posting_back(row, coordinator):
    meet(row, coordinator)
    complaint = complain(post(row, coordinator), coordinator)

    decide_complaint(
        complaint=complaint,
        outcome=ComplaintOutcome.REVIEWED,
        answer="Rà soát lại hộ.",
        decided_on=date(2026, 11, 16),
        version=complaint.version,
        by=coordinator,
    )

    assert VillageMeeting.objects.standing().exists()
    assert not Posting.objects.standing().exists()
    assert not village_of(row.campaign, row.village).is_finished
    assert "Phúc tra" in AuditEvent.objects.get(act="reopen_village").reason


def test_complaint_names_a_household_of_the_village(row, review, coordinator):
    meet(row, coordinator)
    posting = post(row, coordinator)

    known = complain(posting, coordinator, household_code=review.household.code.lower())
    assert known.household == review.household
    with pytest.raises(ValidationError, match="không có hộ mã"):
        complain(posting, coordinator, household_code="KHÔNG-CÓ")
    with pytest.raises(ValidationError, match="Ngày nhận"):
        complain(posting, coordinator, received_on=date(2026, 11, 11))


def test_complaint_is_answered_once(row, coordinator):
    meet(row, coordinator)
    complaint = complain(post(row, coordinator), coordinator)
    answer = {
        "outcome": ComplaintOutcome.EXPLAINED,
        "answer": "Đã giải thích.",
        "decided_on": TODAY,
        "by": coordinator,
    }
    decide_complaint(complaint=complaint, version=1, **answer)

    with pytest.raises(ValidationError, match="đã được giải quyết"):
        decide_complaint(complaint=complaint, version=2, **answer)
    assert Complaint.objects.get().outcome == ComplaintOutcome.EXPLAINED


def test_the_steps_of_several_villages_are_one_sentence(row, campaign, coordinator):
    Area.objects.filter(pk=row.village_id).update(order=1)
    other = VillageFactory(parent=campaign.ward, name="Tổ dân phố 5", order=2)
    entered(campaign, other, by=coordinator)
    finish(campaign, other, by=coordinator)
    campaign.refresh_from_db()

    with pytest.raises(ValidationError) as refused:
        submit_results(campaign=campaign, version=campaign.version, by=coordinator)

    assert refused.value.messages == [
        f"Chưa xong thủ tục ở 2 thôn, tổ dân phố: {row.village} (chưa họp dân), "
        "Tổ dân phố 5 (chưa họp dân)."
    ]


def test_submitting_waits_for_each_step(row, campaign, coordinator):
    def submit():
        campaign.refresh_from_db()
        return submit_results(campaign=campaign, version=campaign.version, by=coordinator)

    with pytest.raises(ValidationError, match="chưa họp dân"):
        submit()
    meet(row, coordinator)
    with pytest.raises(ValidationError, match="chưa niêm yết"):
        submit()
    posting = post(row, coordinator, until=TODAY)
    with pytest.raises(ValidationError, match="đang niêm yết đến hết ngày 20/11/2026"):
        submit()
    complaint = complain(posting, coordinator)
    with clock.set_to(date(2026, 11, 21)):
        with pytest.raises(ValidationError, match="1 khiếu nại"):
            submit()
        decide_complaint(
            complaint=complaint,
            outcome=ComplaintOutcome.EXPLAINED,
            answer="Đã giải thích.",
            decided_on=TODAY,
            version=1,
            by=coordinator,
        )
        assert submit().stage == CampaignStage.SUBMITTED


def test_village_without_households_needs_no_meeting(row, campaign, coordinator):
    empty = ReviewFactory(campaign=campaign)
    empty.household.closed_on = TODAY
    empty.household.closing_reason = "died"
    empty.household.save()
    finish(campaign, empty.village, by=coordinator)
    meet(row, coordinator)
    post(row, coordinator)

    campaign.refresh_from_db()
    submitted = submit_results(campaign=campaign, version=campaign.version, by=coordinator)
    assert submitted.stage == CampaignStage.SUBMITTED


def test_steps_query_count_does_not_grow(campaign, ward, coordinator):
    counts = []
    for more in (1, 2):
        for _ in range(more):
            village = VillageFactory(parent=ward)
            entered(campaign, village, by=coordinator)
            row = finish(campaign, village, by=coordinator)
            meet(row, coordinator)
            complain(post(row, coordinator), coordinator)
        with CaptureQueriesContext(connection) as queries:
            steps = village_steps(campaign)
        counts.append((len(steps), len(queries)))

    assert [villages for villages, _ in counts] == [1, 3]
    assert counts[0][1] == counts[1][1] <= 6
