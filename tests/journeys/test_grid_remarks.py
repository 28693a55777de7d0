"""Note, flag and details of a row of the bulk entry, in Chromium."""

import pytest

from households.entry.survey.services.reviews import ReviewAnswers, record_review, save_remark
from households.models import Review
from households.rules.notes import ReviewNote
from tests.factories.households import CampaignFactory, ReviewFactory
from tests.households.campaigns import NEAR_POOR
from tests.households.grids import grid_url
from tests.journeys.steps.grid import (
    focused,
    listed,
    note_is_sent,
    ready,
    remark_of,
    row_is_saved,
    row_of,
    shown_order,
    stored,
)
from tests.journeys.windows import faults_of

pytestmark = [pytest.mark.browser, pytest.mark.drawn(one_of=2)]


@pytest.fixture
def campaign(transactional_db, ward):
    return CampaignFactory(ward=ward)


def test_note_and_flag_are_keys_away_and_need_no_answers(open_page, coordinator, campaign, village):
    (review,) = listed(campaign, village, 1)
    page = ready(open_page(grid_url(campaign, village), coordinator))
    row, press = row_of(page, review), page.keyboard.press

    press("F4")
    press("Control+m")
    assert focused(page) == [review.pk, "note"]
    page.keyboard.type("Vắng nhà + hẹn 22/11")
    press("Enter")
    assert focused(page) == [review.pk, "score"]
    assert not row.locator("[data-cell=note]").is_visible()
    note_is_sent(page)
    assert remark_of(review) == ReviewNote("Vắng nhà + hẹn 22/11", needs_check=True)
    assert not Review.objects.get().is_done
    assert row.locator("[data-part=mark][data-noted]").count() == 1

    press("Control+m")
    press("Home")
    page.keyboard.type("Đã ")
    press("Escape")
    note_is_sent(page)
    assert focused(page) == [review.pk, "score"]
    assert remark_of(review).note == "Vắng nhà + hẹn 22/11"

    page.reload()
    ready(page)
    assert row.locator("[data-cell=flag]").is_checked()
    press("Control+m")
    assert page.evaluate("document.activeElement.value") == "Vắng nhà + hẹn 22/11"


def test_note_and_flag_are_undone_like_answers(open_page, coordinator, campaign, village):
    (review,) = listed(campaign, village, 1)
    page = ready(open_page(grid_url(campaign, village), coordinator))
    press = page.keyboard.press
    press("F4")
    press("Control+m")
    page.keyboard.type("Vắng")
    press("Enter")
    note_is_sent(page)

    press("Control+z")
    note_is_sent(page)
    assert remark_of(review) == ReviewNote("", needs_check=True)
    press("Control+z")
    note_is_sent(page)
    assert remark_of(review) == ReviewNote()
    press("Control+y")
    press("Control+y")
    note_is_sent(page)
    assert remark_of(review) == ReviewNote("Vắng", needs_check=True)


@pytest.mark.drawn(one_of=1)
def test_a_note_waits_for_no_answer_that_is_half_typed(open_page, coordinator, campaign, village):
    (review,) = listed(campaign, village, 1)
    page = ready(open_page(grid_url(campaign, village), coordinator))

    page.keyboard.type("110")
    page.keyboard.press("F4")
    page.wait_for_selector("text=Chưa đủ")
    page.wait_for_timeout(800)

    assert remark_of(review).needs_check
    assert row_of(page, review).locator("[data-cell=score]").input_value() == "110"
    page.keyboard.press("Enter")
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    row_is_saved(page, review)
    assert stored(review) == ReviewAnswers(110, frozenset({5}))


@pytest.mark.drawn(one_of=1)
def test_a_note_and_somebody_elses_answers_are_both_kept(
    open_page, coordinator, village_head, campaign, village
):
    (review,) = listed(campaign, village, 1)
    page = ready(open_page(grid_url(campaign, village), coordinator))
    record_review(review=review, answers=NEAR_POOR, version=1, by=village_head)

    page.keyboard.press("Control+m")
    page.keyboard.type("Xem lại")
    page.keyboard.press("Enter")
    row_is_saved(page, review)

    assert stored(review) == NEAR_POOR
    assert remark_of(review).note == "Xem lại"
    assert page.locator(".grid__note").count() == 0


def test_two_notes_are_settled_in_the_row(open_page, coordinator, village_head, campaign, village):
    (review,) = listed(campaign, village, 1)
    page = ready(open_page(grid_url(campaign, village), coordinator))
    theirs = ReviewNote("Đã chuyển đi", needs_check=True)
    save_remark(review=review, remark=theirs, version=1, by=village_head)

    page.keyboard.press("Control+m")
    page.keyboard.type("Vắng nhà")
    page.keyboard.press("Enter")
    page.locator(".grid__note").wait_for()
    told = page.inner_text(".grid__note")
    assert "ghi chú “Đã chuyển đi” · của bạn: ghi chú “Vắng nhà”" in told
    assert remark_of(review) == theirs

    page.click("text=Giữ của tôi")
    note_is_sent(page)

    assert remark_of(review) == ReviewNote("Vắng nhà", needs_check=True)


def test_the_mark_of_a_note_opens_it(open_page, coordinator, campaign, village):
    reviews = listed(campaign, village, 2)
    page = ready(open_page(grid_url(campaign, village), coordinator))
    last = shown_order(page, reviews)[1]

    row_of(page, last).locator("[data-open-note]").click()

    assert focused(page) == [last.pk, "note"]


def test_details_open_and_close_with_keys(open_page, coordinator, campaign, village):
    reviews = listed(campaign, village, 2)
    earlier = CampaignFactory(ward=campaign.ward, year=2025)
    form = ReviewFactory(campaign=earlier, household=reviews[0].household)
    record_review(review=form, answers=NEAR_POOR, version=1, by=coordinator)
    save_remark(review=reviews[0], remark=ReviewNote("Vắng nhà"), version=1, by=coordinator)
    page = ready(open_page(grid_url(campaign, village), coordinator))
    complaints = []
    page.on("pageerror", lambda error: complaints.append(error.message))
    first, second = (review.pk for review in shown_order(page, reviews))

    page.keyboard.press("Control+Enter")
    page.wait_for_selector("[data-details] >> text=Năm 2025: B1 = 110")
    details = page.inner_text("[data-details]")
    assert "Chủ hộ" in details
    assert "ghi chú – → “Vắng nhà”" in details
    assert focused(page) == [first, "score"]
    assert faults_of(page) == []

    page.keyboard.press("ArrowDown")
    page.wait_for_selector("[data-details] >> text=Hộ này chưa có phiếu của lần rà soát trước.")
    page.keyboard.press("Escape")
    assert not page.is_visible("[data-details]")
    assert focused(page) == [second, "score"]
    assert complaints == []


def test_details_leave_the_grid_where_it_is_when_the_session_has_ended(
    open_page, coordinator, campaign, village
):
    (review,) = listed(campaign, village, 1)
    page = ready(open_page(grid_url(campaign, village), coordinator))
    page.keyboard.type("110")
    page.context.clear_cookies(name="sessionid")

    page.keyboard.press("Control+Enter")

    page.wait_for_selector("[data-details] >> text=Chưa tải được chi tiết.")
    assert page.url.endswith(grid_url(campaign, village))
    assert focused(page) == [review.pk, "score"]
    assert page.input_value("[data-cell=score]") == "110"


def test_details_say_so_without_a_network(open_page, coordinator, campaign, village):
    listed(campaign, village, 1)
    page = ready(open_page(grid_url(campaign, village), coordinator))
    page.context.set_offline(True)
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("[data-details] >> text=Chưa tải được chi tiết.")
    page.context.set_offline(False)

    page.keyboard.press("Control+Enter")
    page.keyboard.press("Control+Enter")

    page.wait_for_selector("[data-details] >> text=Hộ này chưa có phiếu của lần rà soát trước.")
