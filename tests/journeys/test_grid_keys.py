"""Every key of the bulk entry does what the list of keys says, in Chromium."""

import pytest

from households.entry.survey.services.reviews import ReviewAnswers, record_review
from households.models import Review
from tests.factories.core import VillageFactory
from tests.factories.households import CampaignFactory, ReviewFactory
from tests.households.campaigns import NOT_POOR, entered, pending_review
from tests.households.grids import grid_url
from tests.journeys.steps.grid import (
    Keys,
    all_saved,
    enter,
    focused,
    listed,
    ready,
    row_is_saved,
    row_of,
    shown_order,
    stored,
)
from tests.journeys.windows import words

pytestmark = [pytest.mark.browser, pytest.mark.drawn(one_of=2)]


@pytest.fixture
def campaign(transactional_db, ward):
    return CampaignFactory(ward=ward)


def test_keys_walk_copy_undo_and_mark(open_page, coordinator, campaign, village):
    reviews = listed(campaign, village, 3)
    page = ready(open_page(grid_url(campaign, village), coordinator))
    first, second, _third = shown_order(page, reviews)
    keys = Keys(page)
    keys.type("110")
    for key in ("ArrowDown", "Control+d", "ArrowRight", "ArrowRight", "1", "Space"):
        keys.press(key)
    row_is_saved(page, second)
    assert (stored(second).income_score, stored(second).deprivations) == (110, {1, 2})

    keys.press("Control+z")
    row_is_saved(page, second)
    assert stored(second).deprivations == {1}
    keys.press("Control+y")
    row_is_saved(page, second)
    assert stored(second).deprivations == {1, 2}

    assert "Chưa đủ" in row_of(page, first).inner_text()
    for key in ("Home", "Control+Home"):
        keys.press(key)
    assert page.evaluate("document.activeElement.name") == f"s{first.pk}"
    keys.press("Escape")
    assert row_of(page, first).locator("[data-cell=score]").input_value() == ""

    with page.context.expect_page() as needs:
        keys.press("F7")
    assert needs.value.url.endswith(f"/needs/households/{first.household_id}/?review")


def test_plus_separates_the_numbers_of_a_code(open_page, coordinator, campaign, village):
    (review,) = listed(campaign, village, 1)
    page = ready(open_page(grid_url(campaign, village), coordinator))
    keys = Keys(page)

    for key in ("1", "1", "0", "NumpadEnter", "5", "NumpadAdd", "9", "NumpadEnter"):
        keys.press(key)
    row_is_saved(page, review)

    assert stored(review) == ReviewAnswers(110, frozenset({5, 9}))


def test_keys_go_to_the_edges_and_edit_inside_a_cell(open_page, coordinator, campaign, village):
    reviews = listed(campaign, village, 3)
    page = ready(open_page(grid_url(campaign, village), coordinator))
    first, second, third = shown_order(page, reviews)
    press = page.keyboard.press

    press("Control+End")
    assert focused(page) == [third.pk, "score"]
    press("Control+Home")
    assert focused(page) == [first.pk, "score"]
    press("ArrowDown")
    press("End")
    assert focused(page) == [second.pk, "12"]
    box = row_of(page, second).locator("[data-cell='12']")
    press("Space")
    assert box.is_checked()
    press("Space")
    assert not box.is_checked()
    press("Home")
    assert focused(page) == [second.pk, "score"]

    page.keyboard.type("11")
    press("Control+Home")
    press("ArrowDown")
    press("F2")
    page.keyboard.type("5")
    assert page.evaluate("document.activeElement.value") == "115"
    press("Escape")
    assert page.evaluate("document.activeElement.value") == ""


def test_f8_walks_over_what_needs_care(open_page, coordinator, campaign, village):
    pending_review(campaign, village, head="Y A")
    one, other = (
        entered(campaign, village, by=coordinator, said=NOT_POOR, head=head).pk
        for head in ("Y B", "Y C")
    )
    page = ready(open_page(grid_url(campaign, village), coordinator))
    page.keyboard.press("Control+Home")

    places = []
    for key in ("F8", "F8", "F8", "Shift+F8"):
        page.keyboard.press(key)
        places.append(focused(page)[0])

    assert places == [one, other, one, other]


def test_ctrl_s_sends_without_waiting(open_page, coordinator, campaign, village):
    (review,) = listed(campaign, village, 1)
    page = ready(open_page(grid_url(campaign, village), coordinator))
    page.evaluate(
        """() => {
            const send = window.fetch.bind(window);
            let isFirst = true;
            window.fetch = (...call) => {
                const answer = isFirst ? new Response("", { status: 503 }) : send(...call);
                isFirst = false;
                return answer;
            };
        }"""
    )
    enter(Keys(page), ReviewAnswers(200, frozenset({1})))
    page.wait_for_selector("text=Chờ mạng (1)")

    page.keyboard.press("Control+s")
    page.wait_for_selector(f'[data-review="{review.pk}"][data-state=saved]', timeout=1000)

    assert stored(review) == ReviewAnswers(200, frozenset({1}))


def test_keys_of_the_page_go_to_help_the_next_village_and_paper(
    open_page, coordinator, ward, village
):
    after = VillageFactory(parent=ward, name="Tổ dân phố 2", order=village.order + 1)
    campaign = CampaignFactory(ward=ward)
    listed(campaign, village, 1)
    listed(campaign, after, 1)
    page = ready(open_page(grid_url(campaign, village), coordinator))

    page.keyboard.press("Control+Slash")
    assert page.locator("[data-keys]").get_attribute("open") is not None
    page.keyboard.press("Alt+PageDown")
    page.wait_for_url(f"**{grid_url(campaign, after)}")
    ready(page).keyboard.press("Control+p")
    page.wait_for_url(f"**{grid_url(campaign, after, 'review_grid_print')}")


def test_f9_confirms_the_warning_and_the_counts_follow(open_page, coordinator, campaign, village):
    (review,) = listed(campaign, village, 1)
    page = ready(open_page(grid_url(campaign, village), coordinator))
    tabs = page.locator(".grid-tools .tabs")
    assert "Chưa nhập 1" in words(tabs.inner_text())
    keys = Keys(page)
    enter(keys, ReviewAnswers(200, frozenset()))
    page.wait_for_selector("text=1 cảnh báo chưa xác nhận")
    told = "Tất cả 1 Chưa nhập 0 Cảnh báo 1 Cần kiểm tra 0 Đổi phân loại 1"
    assert words(tabs.inner_text()) == told

    keys.press("F9")
    page.wait_for_selector("text=(đã xác nhận)")

    assert Review.objects.get(pk=review.pk).warnings_confirmed_by == coordinator
    assert "Cảnh báo 0" in words(tabs.inner_text())
    assert page.locator("text=cảnh báo chưa xác nhận").count() == 0


def test_last_years_answers_leave_with_this_years(open_page, coordinator, campaign, village):
    (review,) = listed(campaign, village, 1)
    earlier = CampaignFactory(ward=campaign.ward, year=2025)
    form = ReviewFactory(campaign=earlier, household=review.household)
    said = ReviewAnswers(110, frozenset({5, 9}))
    record_review(review=form, answers=said, version=1, by=coordinator)
    page = ready(open_page(grid_url(campaign, village), coordinator))
    before = row_of(page, review).locator(".grid__was")
    assert before.all_inner_texts() == ["2025: 110", "2025: 5 9"]
    assert row_of(page, review).locator("[data-cell=score]").get_attribute("placeholder") is None

    enter(Keys(page), ReviewAnswers(200, frozenset()))
    row_is_saved(page, review)

    assert not before.first.is_visible()


def test_the_grid_says_where_one_is(open_page, coordinator, campaign, village):
    """Names are whole, the first save moves nothing, a refusal and the end say where one stands."""
    head = "Nguyễn Hoàng Thị Bảo Ngọc Ánh"
    first, second = (pending_review(campaign, village, head=head) for _ in range(2))
    page = ready(open_page(grid_url(campaign, village), coordinator))
    first, _second = shown_order(page, [first, second])
    keys = Keys(page)
    names = page.locator(".grid__name a:last-child")
    assert names.evaluate_all(
        "all => all.every((a) => a.scrollWidth <= a.parentElement.clientWidth)"
    )
    before = places(page)

    keys.type("1101")
    keys.press("Enter")
    assert focused(page) == [first.pk, "score"]
    assert "Con trỏ vẫn ở ô B1: gõ lại rồi bấm Enter" in row_of(page, first).inner_text()
    keys.press("Tab")
    assert "Ô B1: B1 không lớn hơn 1.000. Chưa lưu" in row_of(page, first).inner_text()
    keys.press("Shift+Tab")

    keys.type("200")
    keys.press("Enter")
    keys.type("5")
    keys.press("Enter")
    row_is_saved(page, first)
    assert places(page) == before

    keys.type("200")
    keys.press("Enter")
    keys.type("5")
    keys.press("Enter")
    next_step = page.locator("[data-next]")
    assert "Đã đến hộ cuối cùng của thôn" in next_step.inner_text()
    all_saved(page)
    keys.press("Enter")
    page.wait_for_url("**/finish/")


def places(page):
    """Where the head of the page and the rows stand."""
    return page.eval_on_selector_all(
        "h1, .page-head a, .grid__row",
        "all => all.map((e) => e.getBoundingClientRect()).map((r) => [r.left, r.top, r.width])",
    )
