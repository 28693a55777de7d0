"""The pages of meeting, posting and complaints, as each role meets them."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from households.campaign.procedure.services.meetings import HouseholdVotes
from households.models import Complaint, Posting, VillageMeeting
from povertyplan.core import clock
from tests.factories.core import VillageFactory
from tests.factories.households import CampaignFactory, ProcedureFactory
from tests.households.campaigns import entered, finish, village_of
from tests.households.procedures import MET_ON, TODAY, complain, meet, post
from tests.pages import NO_RIGHT, NOT_FOUND, heading_of, nothing_written, row_landed_on
from tests.pages import text_of as text
from tests.queries import questions, repeated

NO_VOTES = {"votes-TOTAL_FORMS": "0", "votes-INITIAL_FORMS": "0"}


@pytest.fixture(autouse=True)
def _today():
    with clock.set_to(TODAY):
        yield


@pytest.fixture
def campaign(ward):
    return CampaignFactory(ward=ward, procedure=ProcedureFactory())


@pytest.fixture
def review(campaign, village, coordinator):
    return entered(campaign, village, by=coordinator, head="Đặng Thị Ủy")


@pytest.fixture
def row(review, campaign, village, coordinator):
    return finish(campaign, village, by=coordinator)


def url(name, row, *more):
    return reverse(f"households:{name}", args=[row.campaign_id, row.village_id, *more])


def meeting_data(row, **changes):
    row = village_of(row.campaign, row.village)
    return {
        "version": row.version,
        "held_on": MET_ON.strftime("%d/%m/%Y"),
        "place": "Nhà văn hóa",
        "chair": "Y Hữu Nam",
        "secretary": "Trần Thị Mai",
        "attendance": "40",
        "agreeing": "38",
        "minutes": "Nhất trí.",
        "unusual_reason": "Phiếu nhập sau.",
        **NO_VOTES,
        **changes,
    }


def test_meeting_form_comes_with_the_results_filled_in(client_of, coordinator, row):
    page = text(client_of(coordinator).get(url("village_meeting", row)))

    assert "đã rà soát 01 hộ; kết quả: 01 hộ nghèo" in page
    assert "Đặng Thị Ủy" in page


def test_posted_meeting_is_recorded(client_of, village_head, row, review):
    votes = {
        "votes-TOTAL_FORMS": "1",
        "votes-INITIAL_FORMS": "0",
        "votes-0-review": review.pk,
        "votes-0-votes_for": "30",
        "votes-0-votes_against": "10",
    }
    answer = client_of(village_head).post(url("village_meeting", row), meeting_data(row, **votes))

    assert answer.status_code == 302
    meeting = VillageMeeting.objects.get()
    assert (meeting.agreeing, meeting.votes.get().votes_against) == (38, 10)


def test_meeting_without_agreement_says_that_the_village_is_open_again(client_of, coordinator, row):
    answer = client_of(coordinator).post(
        url("village_meeting", row), meeting_data(row, agreeing="19"), follow=True
    )

    assert "trở lại bước rà soát" in text(answer)
    assert "19/40 người đồng ý, dưới 50%" in text(answer)


def test_the_board_says_why_a_village_is_reviewed_again(client_of, coordinator, observer, row):
    meet(row, coordinator, agreeing=19)
    board = reverse("households:campaign_overview", args=[row.campaign_id])

    page = text(client_of(coordinator).get(board))
    assert f'href="{url("village_meeting", row)}">✗ {MET_ON:%d/%m/%Y}<' in page
    assert "19/40 đồng ý, không đạt" in page
    seen = text(client_of(observer).get(board))
    assert "19/40 đồng ý, không đạt" in seen
    assert url("village_meeting", row) not in seen

    finish(row.campaign, row.village, by=coordinator)
    page = text(client_of(coordinator).get(board))
    assert "không đạt" not in page
    assert "Họp lại" in page
    assert "Họp lại" not in text(client_of(observer).get(board))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"agreeing": "41"}, "không được lớn hơn số người dự họp"),
        ({"attendance": "bốn mươi"}, "Nhập số nguyên"),
        ({"held_on": "31/02/2026"}, "Nhập ngày theo dạng"),
        ({"version": "999"}, "Số phiên bản"),
        ({"version": ""}, "thiếu số phiên bản"),
    ],
)
def test_meeting_with_bad_input_is_refused(client_of, coordinator, row, changes, sentence):
    answer = client_of(coordinator).post(url("village_meeting", row), meeting_data(row, **changes))

    assert answer.status_code == 422
    assert sentence in text(answer)
    assert not VillageMeeting.objects.exists()


def test_vote_above_the_attendance_is_refused(client_of, coordinator, row, review):
    votes = {
        "votes-TOTAL_FORMS": "1",
        "votes-INITIAL_FORMS": "0",
        "votes-0-review": review.pk,
        "votes-0-votes_for": "40",
        "votes-0-votes_against": "1",
    }
    answer = client_of(coordinator).post(url("village_meeting", row), meeting_data(row, **votes))

    assert answer.status_code == 422
    assert "Số phiếu về một hộ (41) không được lớn hơn số người dự họp (40)." in text(answer)
    assert not VillageMeeting.objects.exists()

    # Beside every other fault, and what was typed stays.
    data = meeting_data(row, **votes, place="")
    page = text(client_of(coordinator).post(url("village_meeting", row), data))
    assert "Số phiếu về một hộ (41)" in page
    assert "Nhập nội dung này." in page
    assert 'name="votes-0-votes_for" value="40"' in page


def test_posting_page_records_and_shows_the_last_day(client_of, coordinator, row):
    meet(row, coordinator)
    data = {
        "version": village_of(row.campaign, row.village).version,
        "places": "Nhà văn hóa",
        "posted_on": "12/11/2026",
        "until": "",
        "unusual_reason": "Phiếu nhập sau.",
    }
    page = client_of(coordinator).post(url("village_posting", row), data, follow=True)

    assert "đến hết 17/11/2026" in text(page)
    assert Posting.objects.get().until == date(2026, 11, 17)


def test_a_posting_asks_again_only_what_it_locks(client_of, coordinator, row):
    meet(row, coordinator)
    client, page = client_of(coordinator), url("village_posting", row)
    data = {
        "version": village_of(row.campaign, row.village).version,
        "places": "Nhà văn hóa",
        "posted_on": "12/11/2026",
        "unusual_reason": "Phiếu nhập sau.",
    }

    answer, asked = questions(lambda: client.post(page, data))

    assert answer.status_code == 302
    # What the service reads once more when the village is locked, and two of the journal.
    assert sum(times - 1 for times in repeated(asked).values()) <= 10
    # On PostgreSQL one of them seals who writes.
    assert asked.total() <= 39


def test_posting_that_ends_before_it_starts_is_refused(client_of, coordinator, row):
    meet(row, coordinator)
    data = {
        "version": village_of(row.campaign, row.village).version,
        "places": "Nhà văn hóa",
        "posted_on": "12/11/2026",
        "until": "11/11/2026",
    }
    answer = client_of(coordinator).post(url("village_posting", row), data)

    assert answer.status_code == 422
    assert "không được trước ngày bắt đầu" in text(answer)


def test_complaint_is_written_down_and_answered(client_of, coordinator, row):
    meet(row, coordinator)
    post(row, coordinator)
    client = client_of(coordinator)
    said = {"complainant": "Nguyễn Thị Hoa", "received_on": "13/11/2026", "text": "Chưa xét."}
    assert client.post(url("village_complaints", row), said).status_code == 302

    complaint = Complaint.objects.get()
    address = url("complaint_answer", row, complaint.pk)
    answer = {"version": "1", "outcome": "explained", "answer": "Rõ.", "decided_on": "16/11/2026"}
    assert client.post(address, answer | {"outcome": "?"}).status_code == 422
    page = client.post(address, answer, follow=True)
    assert row_landed_on(page) == f"complaint-{complaint.pk}"
    assert "Đã giải thích" in text(page)


def test_complaint_before_the_posting_is_refused(client_of, coordinator, row):
    said = {"complainant": "Nguyễn Thị Hoa", "received_on": "13/11/2026", "text": "Chưa xét."}
    answer = client_of(coordinator).post(url("village_complaints", row), said)

    assert answer.status_code == 422
    assert "chưa hoặc không còn niêm yết" in text(answer)


PAGES = ("village_meeting", "village_posting", "village_complaints")


@pytest.mark.parametrize("name", PAGES)
def test_strangers_and_observers_stay_out(client_of, stranger, observer, row, name):
    assert heading_of(client_of(stranger).get(url(name, row))) == NOT_FOUND
    assert heading_of(client_of(observer).get(url(name, row))) == NO_RIGHT


@pytest.mark.parametrize("name", PAGES)
def test_leader_reads_and_does_not_write(client_of, leader, row, name):
    client = client_of(leader)

    assert row.village.name in heading_of(client.get(url(name, row)))
    with nothing_written():
        assert heading_of(client.post(url(name, row), {})) == NO_RIGHT


def test_board_shows_what_each_village_waits_for(client_of, coordinator, campaign, row):
    address = reverse("households:campaign_overview", args=[campaign.pk])
    client = client_of(coordinator)

    assert "Ghi họp dân" in text(client.get(address))
    meet(row, coordinator)
    assert "Ghi niêm yết" in text(client.get(address))
    complain(post(row, coordinator), coordinator)
    page = text(client.get(address))
    assert "✓ 17/11/2026" in page
    assert "1 khiếu nại" in page


def test_submit_page_lists_what_is_missing(client_of, coordinator, campaign, row):
    page = text(client_of(coordinator).get(f"/reviews/{campaign.pk}/submit/"))

    assert "chưa xong họp dân, niêm yết" in page
    assert f"{row.village}: Chưa họp dân." in page


def test_board_query_count_does_not_grow(client_of, coordinator, campaign, ward):
    client = client_of(coordinator)
    counts = []
    for more in (1, 2):
        for _ in range(more):
            village = VillageFactory(parent=ward)
            entered(campaign, village, by=coordinator)
            meet(finish(campaign, village, by=coordinator), coordinator)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("households:campaign_overview", args=[campaign.pk]))
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_a_recorded_meeting_comes_back_filled_in(client_of, coordinator, row, review):
    vote = HouseholdVotes(review.pk, votes_for=2, votes_against=18)
    meet(row, coordinator, attendance=20, agreeing=19, secretary="Đinh Thị Bút", votes=(vote,))

    page = text(client_of(coordinator).get(url("village_meeting", row)))

    assert 'value="Đinh Thị Bút"' in page
    assert 'value="18"' in page
    assert f"Hộ {review.household.code}: 2 đồng ý, 18 không đồng ý" in page
    assert "dưới 50% người dự họp" in page
    assert "trước ngày thôn hoàn thành rà soát trên hệ thống" in page


def test_an_unusual_meeting_is_asked_about_beside_its_field(client_of, coordinator, row):
    data = meeting_data(row, unusual_reason="", secretary="Y Hữu Nam")

    answer = client_of(coordinator).post(url("village_meeting", row), data)

    assert answer.status_code == 422
    assert "Lý do xác nhận điều khác thường: Ngày họp trước" in text(answer)
    assert "Chủ tọa và thư ký là một người." in text(answer)
    assert not VillageMeeting.objects.exists()


def test_errors_of_minutes_and_votes_stand_in_one_summary(client_of, coordinator, row, review):
    votes = {
        "votes-TOTAL_FORMS": "2",
        "votes-INITIAL_FORMS": "0",
        "votes-0-review": review.pk,
        "votes-0-votes_for": "một",
        "votes-0-votes_against": "1",
        "votes-1-review": "",
        "votes-1-votes_for": "3",
        "votes-1-votes_against": "",
    }
    data = meeting_data(row, chair="", place="", **votes)

    page = text(client_of(coordinator).post(url("village_meeting", row), data))

    assert "Có 4 lỗi cần sửa" in page
    for named in ("Chủ tọa: ", "Địa điểm: ", "Đồng ý: ", "Hộ: Chọn hộ được biểu quyết."):
        assert named in page


def test_a_household_is_voted_on_in_one_row(client_of, coordinator, row, review):
    votes = {"votes-TOTAL_FORMS": "2", "votes-INITIAL_FORMS": "0"}
    for number in (0, 1):
        votes[f"votes-{number}-review"] = review.pk
        votes[f"votes-{number}-votes_for"] = "1"
        votes[f"votes-{number}-votes_against"] = "1"

    answer = client_of(coordinator).post(url("village_meeting", row), meeting_data(row, **votes))

    assert answer.status_code == 422
    assert "Hộ: Hộ này đã có dòng biểu quyết khác." in text(answer)


def test_a_wrong_posting_is_corrected_on_its_page(client_of, coordinator, row):
    meet(row, coordinator)
    post(row, coordinator)
    client = client_of(coordinator)
    page = text(client.get(url("village_posting", row)))
    assert "Sửa ghi nhận sai" in page
    assert 'value="12/11/2026"' in page
    data = {
        "version": village_of(row.campaign, row.village).version,
        "places": "Nhà rông",
        "posted_on": "13/11/2026",
        "until": "",
        "unusual_reason": "Phiếu nhập sau.",
    }
    refused = client.post(url("village_posting", row), data)
    assert refused.status_code == 422
    assert "Lý do sửa: Nhập lý do sửa." in text(refused)

    page = text(
        client.post(url("village_posting", row), {**data, "reason": "Ghi nhầm"}, follow=True)
    )

    assert "đến hết 18/11/2026" in page
    assert Posting.objects.standing().get().correction_reason == "Ghi nhầm"


def test_a_complaint_names_all_its_faults_at_once(client_of, coordinator, row):
    meet(row, coordinator)
    post(row, coordinator)
    data = {"complainant": "", "received_on": "11/11/2026", "household_code": "KHÔNG", "text": ""}

    page = text(client_of(coordinator).post(url("village_complaints", row), data))

    assert "Có 4 lỗi cần sửa" in page
    assert "Mã hộ liên quan: Thôn không có hộ mã “KHÔNG”." in page
    assert "Ngày nhận: " in page


def test_why_a_meeting_failed_stays_on_the_village_page(client_of, coordinator, row):
    meet(row, coordinator, agreeing=19)

    page = text(client_of(coordinator).get(url("village_reviews", row)))

    assert "Cuộc họp ngày 10/11/2026 không đạt" in page
    assert "19/40 người đồng ý, dưới 50%" in page


def test_poor_households_without_causes_are_named_before_finishing(
    client_of, coordinator, review, campaign, village
):
    page = text(client_of(coordinator).get(url("village_finish", village_of(campaign, village))))

    assert "1 hộ nghèo, hộ cận nghèo chưa ghi nguyên nhân nghèo" in page
    assert review.household.code in page


def test_each_step_leads_to_the_next_and_to_the_next_village(
    client_of, coordinator, campaign, row, ward
):
    after = VillageFactory(parent=ward, name="Tổ dân phố 2", order=9)
    entered(campaign, after, by=coordinator, head="A Blong")
    client = client_of(coordinator)

    def onward(page):
        return [(link.label, link.url) for link in client.get(url(page, row)).context["onward"]()]

    other = ("Nhập phiếu: Tổ dân phố 2", url("village_reviews", village_of(campaign, after)))
    assert onward("village_reviews") == [
        ("Họp dân: Tổ dân phố 1", url("village_meeting", row)),
        other,
    ]
    meet(row, coordinator)
    assert onward("village_meeting") == [
        ("Niêm yết: Tổ dân phố 1", url("village_posting", row)),
        other,
    ]
    posting = post(row, coordinator)
    assert onward("village_posting") == [other]
    complain(posting, coordinator)
    assert onward("village_complaints") == [other]
