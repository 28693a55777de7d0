"""The note and the flag "cần kiểm tra" of a survey form: saved, kept, shown where they count."""

import re
from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from households.campaign.recognition.presenters import present_unusual
from households.campaign.recognition.selectors.unusual import find_unusual
from households.choices import PovertyClass
from households.entry.survey.services.confirmation import confirm_warnings
from households.entry.survey.services.reviews import record_review, save_remark
from households.models import PovertyCause, Review
from households.rules.notes import ReviewNote
from povertyplan.core.models import AuditEvent, RowChange
from povertyplan.core.platform.versions import StaleVersion
from tests.factories.households import CampaignFactory, MembershipFactory, ReviewFactory
from tests.households.campaigns import (
    NEAR_POOR,
    NOT_POOR,
    POOR,
    answers,
    entered,
    finish,
    pending_review,
)
from tests.households.grids import grid_url, line, message, remark_message, send
from tests.pages import NOT_FOUND, heading_of
from tests.pages import text_of as text

ABSENT = ReviewNote("Vắng nhà, hẹn 22/11", needs_check=True)
NOTED = {"note": ABSENT.note, "flag": True}


@pytest.fixture
def campaign(ward):
    return CampaignFactory(ward=ward)


@pytest.fixture
def review(campaign, village):
    return pending_review(campaign, village, code="DC-0001", head="Y Hữu Nam")


def remark_in_database(review):
    saved = Review.objects.get(pk=review.pk)
    return ReviewNote(saved.note, saved.needs_check)


def edit_url(review):
    return reverse("households:review_edit", args=[review.campaign_id, review.household_id])


def test_save_remark_needs_no_answers(village_head, review):
    saved = save_remark(
        review=review, remark=replace(ABSENT, note="  Vắng   nhà "), version=1, by=village_head
    )

    stored = Review.objects.get()
    assert (stored.note, stored.needs_check, stored.is_done) == ("Vắng nhà", True, False)
    assert (saved.version, stored.updated_by) == (2, village_head)
    event = AuditEvent.objects.get(act="save_remark")
    assert event.summary.endswith("ghi chú – → “Vắng nhà”; cần kiểm tra không → có")
    change = RowChange.objects.filter(table="households_review", operation="update").latest("pk")
    assert change.new["note"] == "Vắng nhà"


def test_save_remark_sent_twice_changes_nothing_more(village_head, review):
    for _ in range(2):
        save_remark(review=review, remark=ABSENT, version=1, by=village_head)

    assert Review.objects.get().version == 2
    assert AuditEvent.objects.filter(act="save_remark").count() == 1


def test_save_remark_over_somebody_else_is_stale(village_head, coordinator, review):
    save_remark(review=review, remark=ABSENT, version=1, by=coordinator)

    with pytest.raises(StaleVersion):
        save_remark(review=review, remark=ReviewNote("Khác"), version=1, by=village_head)

    assert remark_in_database(review) == ABSENT


def test_save_remark_refuses_a_long_note(village_head, review):
    with pytest.raises(ValidationError, match="Ghi chú dài nhất 500 ký tự"):
        save_remark(review=review, remark=ReviewNote("a" * 501), version=1, by=village_head)


def test_save_remark_is_locked_in_a_finished_village(village_head, coordinator, campaign, village):
    review = entered(campaign, village, by=village_head)
    finish(campaign, village, by=coordinator)

    with pytest.raises(ValidationError, match="đã hoàn thành rà soát"):
        save_remark(review=review, remark=ABSENT, version=review.version, by=village_head)


def test_record_review_without_a_remark_keeps_the_one_there_is(village_head, review):
    noted = save_remark(review=review, remark=ABSENT, version=1, by=village_head)

    record_review(review=review, answers=POOR, version=noted.version, by=village_head)

    assert remark_in_database(review) == ABSENT


def test_record_review_saves_answers_and_remark_in_one_act(village_head, review):
    said = replace(POOR, remark=ABSENT)
    record_review(review=review, answers=said, version=1, by=village_head)

    assert remark_in_database(review) == ABSENT
    (event,) = AuditEvent.objects.filter(object_type="households.review")
    assert "ghi chú – → “Vắng nhà, hẹn 22/11”" in event.summary


def test_a_remark_leaves_what_is_unusual_confirmed(village_head, review):
    saved = record_review(review=review, answers=NOT_POOR, version=1, by=village_head)
    sure = confirm_warnings(review=saved, version=saved.version, by=village_head)

    said = replace(NOT_POOR, remark=ABSENT)
    record_review(review=review, answers=said, version=sure.version, by=village_head)

    assert Review.objects.get().warnings_confirmed_by == village_head


@pytest.mark.parametrize(
    ("changes", "kept"),
    [
        pytest.param({"income_score": 200}, [], id="off the list"),
        pytest.param({}, [2], id="on the list"),
        pytest.param(
            {
                "income_score": 200,
                "recorded_class": PovertyClass.POOR,
                "class_reason": "Họp dân thống nhất",
            },
            [2],
            id="on the list by what is recorded",
        ),
    ],
)
def test_causes_leave_with_the_list(village_head, review, changes, kept):
    PovertyCause.objects.create(number=2, name="Thiếu vốn")
    said = answers(causes=frozenset({2}))
    saved = record_review(review=review, answers=said, version=1, by=village_head)

    record_review(
        review=review, answers=replace(said, **changes), version=saved.version, by=village_head
    )

    assert [cause.number for cause in Review.objects.get().causes.all()] == kept


def test_grid_saves_note_and_flag_of_a_household_nobody_has_visited(
    client_of, village_head, review
):
    answer = send(client_of(village_head), review, remark_message(review, **NOTED))

    assert answer.status_code == 200
    assert answer.json()["values"] == {
        "score": None,
        "deprivations": None,
        "causes": [],
        **NOTED,
    }
    assert remark_in_database(review) == ABSENT
    assert not Review.objects.get().is_done


def test_grid_saves_note_and_flag_with_the_answers(client_of, village_head, review):
    content = message(review)
    content["values"] |= NOTED

    send(client_of(village_head), review, content)

    assert remark_in_database(review) == ABSENT
    assert Review.objects.get().income_score == 110


@pytest.mark.parametrize("typed", [{}, {"note": None, "flag": "x"}, {"note": [1], "flag": 1}])
def test_grid_leaves_note_and_flag_alone_that_it_cannot_read(
    client_of, village_head, review, typed
):
    noted = save_remark(review=review, remark=ABSENT, version=1, by=village_head)
    content = message(review, version=noted.version)
    content["values"] |= typed

    assert send(client_of(village_head), review, content).status_code == 200
    assert remark_in_database(review) == ABSENT


def test_grid_refuses_a_long_note_and_saves_nothing(client_of, village_head, review):
    content = message(review)
    content["values"] |= {"note": "a" * 501, "flag": True}

    answer = send(client_of(village_head), review, content)

    assert answer.status_code == 422
    assert answer.json()["errors"] == {"row": "Ghi chú dài nhất 500 ký tự."}
    assert Review.objects.get().version == 1


def test_grid_note_over_somebody_elses_answers_is_stale(
    client_of, village_head, coordinator, review
):
    record_review(review=review, answers=POOR, version=1, by=coordinator)

    answer = send(client_of(village_head), review, remark_message(review, version=1, **NOTED))

    assert answer.status_code == 409
    assert answer.json()["values"]["score"] == 110
    assert remark_in_database(review) == ReviewNote()


def test_grid_shows_the_flagged_in_a_list_of_their_own(
    client_of, village_head, campaign, village, review
):
    pending_review(campaign, village, head="Võ Thị Mai")
    save_remark(review=review, remark=ABSENT, version=1, by=village_head)

    page = text(client_of(village_head).get(grid_url(campaign, village) + "?show=flagged"))

    assert "Y Hữu Nam" in page
    assert "Võ Thị Mai" not in page
    assert f'value="{ABSENT.note}"' in page


def test_plain_form_saves_note_and_flag_alone_or_with_answers(
    client_of, village_head, campaign, village, review
):
    done = entered(campaign, village, by=village_head, said=NEAR_POOR)
    other = pending_review(campaign, village)
    posted = {
        **line(review, score="", code="", note=ABSENT.note, flag="1"),
        **line(done, code="5 9", boxes=[5, 9], note="Đã xem lại"),
        **line(other, note="Mới chuyển đến"),
    }

    answer = client_of(village_head).post(grid_url(campaign, village), posted)

    assert answer.status_code == 302
    assert remark_in_database(review) == ABSENT
    assert remark_in_database(done) == ReviewNote("Đã xem lại")
    assert remark_in_database(other) == ReviewNote("Mới chuyển đến")
    assert [one.is_done for one in Review.objects.order_by("pk")] == [False, True, True]


def test_plain_form_takes_the_flag_back_and_keeps_it_where_it_is_not_sent(
    client_of, village_head, campaign, village, review
):
    client = client_of(village_head)
    noted = save_remark(review=review, remark=ABSENT, version=1, by=village_head)
    empty = {"score": "", "code": "", "version": noted.version}

    client.post(grid_url(campaign, village), line(review, **empty))
    assert remark_in_database(review) == ABSENT

    client.post(grid_url(campaign, village), line(review, **empty, note=ABSENT.note))
    assert remark_in_database(review) == replace(ABSENT, needs_check=False)


def test_plain_form_keeps_my_note_in_words_when_somebody_was_quicker(
    client_of, village_head, coordinator, campaign, village, review
):
    save_remark(review=review, remark=ABSENT, version=1, by=coordinator)
    mine = line(review, score="", code="", version=1, note="Chuyển đi")

    answer = client_of(village_head).post(grid_url(campaign, village), mine)

    assert answer.status_code == 422
    assert "ghi chú “Chuyển đi”" in text(answer)
    assert remark_in_database(review) == ABSENT


def details_url(review):
    return reverse(
        "households:review_grid_details",
        args=[review.campaign_id, review.village_id, review.pk],
    )


def test_details_tell_last_year_members_note_and_who_changed_what(
    client_of, village_head, campaign, review
):
    earlier = CampaignFactory(ward=campaign.ward, year=2025)
    form = ReviewFactory(campaign=earlier, household=review.household)
    record_review(review=form, answers=answers(income_score=123), version=1, by=village_head)
    save_remark(review=review, remark=ABSENT, version=1, by=village_head)
    client = client_of(village_head)

    part = client.get(details_url(review), headers={"HX-Request": "true"})
    page = client.get(details_url(review))

    assert "<html" not in text(part)
    assert "<html" in text(page)
    assert part["Cache-Control"] == "no-store, private"
    assert "HX-Request" in part["Vary"]
    for shown in (text(part), text(page)):
        assert "Năm 2025: B1 = 123" in shown
        assert f"→ Hộ cận nghèo, tính theo {review.campaign.standard.name}." in shown
        assert "Y Hữu Nam · Chủ hộ" in shown
        assert ABSENT.note in shown
        assert f"{village_head} ghi chú phiếu rà soát" in shown


def test_details_cost_the_same_whatever_the_household(client_of, village_head, review):
    client = client_of(village_head)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            page = text(client.get(details_url(review)))
        counts.append((page.count("sinh năm"), len(queries)))
        MembershipFactory.create_batch(3, household=review.household)

    assert counts[0][0] < counts[1][0]
    assert counts[0][1] == counts[1][1]


def test_details_are_of_the_village_in_the_address(client_of, coordinator, ward, review):
    other = pending_review(CampaignFactory(ward=ward, year=2025), review.village)
    address = reverse(
        "households:review_grid_details", args=[review.campaign_id, review.village_id, other.pk]
    )

    assert heading_of(client_of(coordinator).get(address)) == NOT_FOUND


def test_single_form_takes_a_note_before_the_visit(client_of, village_head, review):
    posted = {"version": "1", "note": ABSENT.note, "needs_check": "on"}
    answer = client_of(village_head).post(edit_url(review), posted, follow=True)

    assert "Đã lưu ghi chú của hộ Y Hữu Nam. Phiếu chưa nhập điểm B1." in text(answer)
    assert ABSENT.note in text(answer)
    assert remark_in_database(review) == ABSENT
    assert not Review.objects.get().is_done


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param({}, id="nothing new"),
        pytest.param({"note": "x", "deprivations": ["5"]}, id="answers without a score"),
    ],
)
def test_single_form_still_asks_for_the_score(client_of, village_head, review, typed):
    answer = client_of(village_head).post(edit_url(review), {"version": "1", **typed})

    assert answer.status_code == 422
    assert remark_in_database(review) == ReviewNote()


def test_single_form_shows_both_notes_and_saves_the_chosen(
    client_of, village_head, coordinator, review
):
    save_remark(review=review, remark=ABSENT, version=1, by=coordinator)
    client = client_of(village_head)
    mine = {"version": "1", "income_score": "110", "note": "Đã đến", "needs_check": ""}

    both = client.post(edit_url(review), mine)
    assert both.status_code == 409
    assert ABSENT.note in text(both)
    assert "Đã đến" in text(both)
    assert 'name="keep_income_score"' not in text(both)

    unsure = client.post(edit_url(review), {**mine, "version": "2", "keep_note": "theirs"})
    assert unsure.status_code == 409

    chosen = {"version": "2", "keep_note": "theirs", "keep_needs_check": "mine"}
    assert client.post(edit_url(review), {**mine, **chosen}).status_code == 302
    assert remark_in_database(review) == replace(ABSENT, needs_check=False)
    assert Review.objects.get().income_score == 110


def test_single_form_note_over_somebody_elses_answers_keeps_them(
    client_of, village_head, coordinator, review
):
    client = client_of(village_head)
    record_review(review=review, answers=POOR, version=1, by=coordinator)

    both = client.post(edit_url(review), {"version": "1", "note": "Đã đến"})
    assert both.status_code == 409
    assert re.findall(r'name="(keep_\w+)"', text(both)) == ["keep_note", "keep_note"]

    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', text(both))
    chosen = {name: [one for key, one in hidden if key == name] for name, _value in hidden}
    client.post(edit_url(review), {**chosen, "keep_note": "mine"})

    saved = Review.objects.get()
    assert (saved.note, saved.deprivations) == ("Đã đến", POOR.deprivations)


def test_flagged_households_are_named_before_a_village_is_finished(
    client_of, village_head, campaign, village
):
    review = entered(campaign, village, by=village_head, head="Y Hữu Nam")
    entered(campaign, village, by=village_head, head="Võ Thị Mai")
    save_remark(review=review, remark=ABSENT, version=review.version, by=village_head)

    page = text(client_of(village_head).get(grid_url(campaign, village, "village_finish")))

    assert "1 hộ được đánh dấu cần kiểm tra" in page
    assert f"Y Hữu Nam</a> ({review.household.code}): {ABSENT.note}" in page
    assert "Đã nhập đủ 2 hộ" in page


def test_flagged_households_count_on_the_board(
    client_of, coordinator, village_head, campaign, review
):
    address = reverse("households:campaign_overview", args=[campaign.pk])
    assert "cần kiểm tra" not in text(client_of(coordinator).get(address))

    save_remark(review=review, remark=ABSENT, version=1, by=village_head)

    page = text(client_of(coordinator).get(address))
    assert "Hộ được đánh dấu cần kiểm tra: 1" in page
    (kind,) = present_unusual(find_unusual(campaign))
    assert kind.remarks[0][1] == f"{review.village}: {ABSENT.note}"


def test_household_page_shows_the_note_to_the_office_only(
    client_of, reporter, village_head, campaign, village
):
    review = entered(campaign, village, by=village_head)
    save_remark(review=review, remark=ABSENT, version=review.version, by=village_head)
    address = reverse("households:household_detail", args=[review.household_id])

    assert f"Ghi chú: {ABSENT.note}" in text(client_of(village_head).get(address))
    assert ABSENT.note not in text(client_of(reporter).get(address))


def test_work_list_shows_the_note_to_those_who_open_forms(
    client_of, reporter, village_head, campaign, village, review
):
    save_remark(review=review, remark=ABSENT, version=1, by=village_head)
    address = grid_url(campaign, village, "village_reviews")

    assert ABSENT.note in text(client_of(village_head).get(address))
    assert ABSENT.note not in text(client_of(reporter).get(address))


def test_sheet_prints_notes_below_the_filled_table(
    client_of, village_head, campaign, village, review
):
    save_remark(review=review, remark=ABSENT, version=1, by=village_head)
    client = client_of(village_head)
    address = grid_url(campaign, village, "review_grid_print")

    assert f"1. Y Hữu Nam ⚑: {ABSENT.note}" in text(client.get(address))
    assert ABSENT.note not in text(client.get(f"{address}?blank=1"))
