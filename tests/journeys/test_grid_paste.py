"""A block from a spreadsheet over the bulk entry, in Chromium: nothing in it is taken for an answer
that it does not give."""

import pytest

from households.entry.survey.services.reviews import ReviewAnswers
from households.models import DeprivationIndicator, PovertyCause, Review
from tests.factories.households import CampaignFactory
from tests.households.grids import grid_url
from tests.journeys.steps.grid import (
    all_saved,
    focused,
    listed,
    paste,
    ready,
    row_is_saved,
    row_of,
    shown_order,
    stored,
)
from tests.journeys.windows import faults_of

pytestmark = [pytest.mark.browser, pytest.mark.drawn(one_of=2)]


@pytest.fixture
def opened(transactional_db, open_page, coordinator, ward, village):
    """The page of a village with two households, and their forms in its order."""
    campaign = CampaignFactory(ward=ward)
    reviews = listed(campaign, village, 2)
    page = ready(open_page(grid_url(campaign, village), coordinator))
    return page, shown_order(page, reviews)


@pytest.fixture
def opened_with_others(transactional_db, open_page, coordinator, ward, village):
    """The same with a standard of ten indicators and with nine causes of poverty."""
    campaign = CampaignFactory(ward=ward)
    DeprivationIndicator.objects.filter(standard=campaign.standard, number__gt=10).delete()
    for number in range(1, 10):
        PovertyCause.objects.create(number=number, name=f"Nguyên nhân {number}")
    reviews = listed(campaign, village, 2)
    page = ready(open_page(grid_url(campaign, village), coordinator))
    return page, shown_order(page, reviews)


def cell_of(page, review, name):
    return row_of(page, review).locator(f"[data-cell='{name}']")


def test_a_refused_indicator_is_not_an_answer(opened):
    page, (first, _second) = opened
    page.keyboard.type("110")
    cell_of(page, first, 3).focus()

    paste(page, "2\t1")

    assert "chỉ số 3: “2”." in page.inner_text("[data-paste-report]")
    assert "Đã dán “2”" in cell_of(page, first, 3).get_attribute("title")
    assert "Chưa đủ" in row_of(page, first).inner_text()
    for number in (3, *range(5, 13), 1, 2):
        assert cell_of(page, first, number).evaluate("(box) => box.indeterminate"), number
    page.wait_for_timeout(700)  # longer than the pause before a row is sent
    assert not Review.objects.get(pk=first.pk).is_done

    for number in (1, 2, 3, *range(5, 13)):
        cell_of(page, first, number).press("0")
    row_is_saved(page, first)

    assert stored(first) == ReviewAnswers(110, frozenset({4}))
    assert cell_of(page, first, 3).get_attribute("data-refused") is None


@pytest.mark.drawn(one_of=1)
def test_a_refused_cell_keeps_what_was_saved(opened):
    page, (first, _second) = opened
    page.keyboard.type("110")
    page.keyboard.press("Enter")
    page.keyboard.type("3")
    page.keyboard.press("Enter")
    row_is_saved(page, first)
    cell_of(page, first, 3).focus()

    paste(page, "2\t1")
    page.wait_for_timeout(500)
    row_is_saved(page, first)

    assert stored(first) == ReviewAnswers(110, frozenset({3, 4}))


def test_columns_are_found_by_their_headings(opened):
    page, (first, second) = opened

    paste(page, "Khẩu\tNhanh\tB1\n5\t5 9\t110\n4\t0\t200")
    all_saved(page)

    assert stored(first) == ReviewAnswers(110, frozenset({5, 9}))
    assert stored(second) == ReviewAnswers(200, frozenset())
    assert "không có cột “Khẩu”" in page.inner_text("[data-paste-report]")


def test_the_report_stays_until_it_is_closed(opened):
    page, (first, _second) = opened

    paste(page, "\n".join(["110\t0", *(f"abc\t{number}" for number in range(13, 33))]))
    row_is_saved(page, first)
    page.keyboard.press("ArrowDown")
    page.wait_for_timeout(300)

    report = page.locator("[data-paste-report]")
    assert "cột Nhanh: “13”. Chỉ có 12 chỉ số" in report.inner_text()
    assert "19 dòng không có hộ để ghi vào" in report.inner_text()
    assert "abc | 32" in report.inner_text()
    assert faults_of(page) == []
    page.keyboard.press("Escape")
    assert report.is_hidden()


def test_a_block_is_pasted_through_the_box(opened):
    page, (first, second) = opened
    page.keyboard.press("ArrowDown")

    page.click("text=Dán từ Excel")
    assert focused(page) == [second.pk, "score"]
    assert faults_of(page) == []
    page.fill("#paste-text", "110\t5 9")
    page.click("text=Đưa vào bảng")
    row_is_saved(page, second)

    assert stored(second) == ReviewAnswers(110, frozenset({5, 9}))
    assert not Review.objects.get(pk=first.pk).is_done


def test_the_standard_on_the_page_says_what_may_be_typed(opened_with_others):
    page, (first, _second) = opened_with_others
    row = row_of(page, first)

    assert row.locator("input.grid__box:not([data-cell=flag])").count() == 10
    for text in ("110", "11"):
        page.keyboard.type(text)
        page.keyboard.press("Enter")
    assert "Chỉ có 10 chỉ số, không có số 11." in row.inner_text()
    for text in ("5 10", "10"):
        page.keyboard.type(text)
        page.keyboard.press("Enter")
    assert "Chỉ có 9 nguyên nhân, không có số 10." in row.inner_text()
    page.keyboard.type("2 9")
    page.keyboard.press("Enter")
    row_is_saved(page, first)
    cell_of(page, first, "score").focus()
    page.keyboard.press("End")

    assert stored(first) == ReviewAnswers(110, frozenset({5, 10}), frozenset({2, 9}))
    assert focused(page) == [first.pk, "causes"]


def test_the_standard_on_the_page_says_what_may_be_pasted(opened_with_others):
    page, (first, second) = opened_with_others
    boxes = "\t".join("x" if number in (5, 10) else "" for number in range(1, 11))

    paste(page, f"110\t{boxes}\t9\n110\t{boxes}\t10")

    report = page.inner_text("[data-paste-report]")
    assert "Đã dán 23 ô vào 2 hộ." in report
    assert "cột Nguyên nhân: “10”. Chỉ có 9 nguyên nhân, không có số 10." in report
    row_is_saved(page, first)
    row_is_saved(page, second)
    assert stored(first) == ReviewAnswers(110, frozenset({5, 10}), frozenset({9}))
    assert stored(second) == ReviewAnswers(110, frozenset({5, 10}))
