"""The board of a campaign in Chromium: the arrow keys, the menu of a village, paper."""

import pytest

from tests.factories.core import VillageFactory
from tests.factories.households import CampaignFactory
from tests.households.campaigns import pending_review

pytestmark = [pytest.mark.browser, pytest.mark.drawn(one_of=2)]


@pytest.fixture
def board(open_page, coordinator, ward):
    """Two villages of a running campaign."""
    campaign = CampaignFactory(ward=ward)
    for name in ("Thôn Một", "Thôn Hai"):
        pending_review(campaign, VillageFactory(parent=ward, name=name))
    return open_page(f"/reviews/{campaign.pk}/", coordinator)


def focus(page):
    """The village of the link that has the focus, and what the link says."""
    return page.evaluate(
        """() => {
          const stop = document.activeElement, row = stop.closest("tr");
          return [row.querySelector("th").innerText.trim(), stop.firstChild.textContent.trim()];
        }"""
    )


def test_arrow_keys_walk_the_board(board):
    board.locator("table .row-link").first.focus()
    walked = []
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp", "ArrowUp"):
        board.keyboard.press(key)
        walked.append(focus(board))

    assert walked == [
        ["Thôn Một", "Giao người"],
        ["Thôn Một", "Bảng nhập"],
        ["Thôn Hai", "Bảng nhập"],
        ["Thôn Hai", "Giao người"],
        ["Thôn Một", "Giao người"],
        ["Thôn Một", "Giao người"],
    ]

    board.keyboard.press("Enter")
    board.wait_for_url("**/reviewer/")


def test_menu_of_a_village_opens_and_closes_by_keys(board):
    summary = board.locator("tbody details summary").first
    summary.focus()
    board.keyboard.press("Enter")
    assert board.get_by_role("link", name="In bảng nhập").first.is_visible()

    board.keyboard.press("Escape")
    assert board.locator("details.dropdown[open]").count() == 0


def test_paper_holds_the_villages_and_no_acts(board):
    board.emulate_media(media="print")

    assert board.get_by_text("Tiến độ rà soát theo thôn, tổ dân phố.").is_visible()
    assert board.get_by_text("Thôn Hai").first.is_visible()
    assert not board.get_by_text("Bảng nhập").first.is_visible()
