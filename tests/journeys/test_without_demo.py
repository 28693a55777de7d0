"""Not the demonstration is the normal case: every page of the menu without it, by numbers."""

import pytest

from povertyplan.core.models import User

pytestmark = pytest.mark.browser(on_each_database=True)

WIDTHS = (360, 768, 1024, 1366, 1920)
ON_AN_EMPTY_WARD = (360, 1366)
MENU_FROM, WIDE_MENU_FROM = 768, 1200  # pixels, as the style sheet's 48rem and 75rem
MENU, WIDE_MENU, LONGEST_MAIN = 13 * 16, 15 * 16, 96 * 16

# What a page is made of, in pixels of the page.
MEASURE = """() => {
  const boxOf = (selector) => {
    const found = document.querySelector(selector)
    if (!found || getComputedStyle(found).display === "none") return null
    const box = found.getBoundingClientRect()
    return { left: box.left, right: box.right, top: box.top + scrollY, width: box.width }
  }
  return {
    width: document.documentElement.clientWidth,
    scrolled: document.documentElement.scrollWidth,
    banner: boxOf(".demo-banner"), menu: boxOf(".sidenav"), main: boxOf("#main"),
    bar: boxOf(".topbar"), footer: boxOf(".footer"),
  }
}"""


def faults_of_shell(page):
    """What does not stand where it should, in words."""
    seen = page.evaluate(MEASURE)
    width, main, menu = seen["width"], seen["main"], seen["menu"]
    beside = 0 if width < MENU_FROM else MENU if width < WIDE_MENU_FROM else WIDE_MENU
    expected = min(width - beside, LONGEST_MAIN if beside else width)
    faults = []
    if abs(main["width"] - expected) > 1:
        faults.append(f"main is {main['width']} px wide, not {expected}")
    if beside and (menu is None or menu["right"] > main["left"] + 1):
        faults.append("the menu lies over main")
    if beside and menu and abs(menu["top"] - main["top"]) > 1:
        faults.append("the menu does not stand beside main")
    if main["top"] < seen["bar"]["top"]:
        faults.append("main stands above the bar")
    if seen["footer"]["left"] < main["left"] - 1:
        faults.append("the footer stands below the menu")
    if seen["scrolled"] > width:
        faults.append(f"the page is {seen['scrolled']} px wide")
    return faults


def faults_of_menu(open_page, user, widths):
    """The faults of each page that the user's menu leads to, at each width."""
    page = open_page("/", user)
    links = page.eval_on_selector_all(
        ".sidenav a:not(.sidenav__close)", "links => links.map(link => link.href)"
    )
    assert links
    assert page.locator(".demo-banner").count() == 0
    found = {}
    for link in dict.fromkeys([page.url, *links]):
        page.goto(link)
        for width in widths:
            page.set_viewport_size({"width": width, "height": 768})
            if faults := faults_of_shell(page):
                found[link, width] = faults
    return found


@pytest.fixture
def without_demo(settings):
    settings.DEMO = False
    settings.SECOND_FACTOR_REQUIRED = False


def test_pages_of_a_loaded_ward_stand_in_their_place(open_page, demo_ward, without_demo):
    # One demonstration for both: loading it takes longer than walking through it.
    for username in ("canbo", "lanhdao"):
        user = User.objects.get(username=username)
        assert faults_of_menu(open_page, user, WIDTHS) == {}, username
    targets_are_read_whole_on_a_phone(open_page)


def targets_are_read_whole_on_a_phone(open_page):
    page = open_page("/targets/", User.objects.get(username="canbo"), width=360, height=740)

    beyond = page.eval_on_selector_all(
        ".targets tbody td",
        "cells => cells.filter(cell => cell.getBoundingClientRect().right > innerWidth).length",
    )

    assert page.locator(".targets tbody td").count() > 0
    assert beyond == 0


def test_pages_of_an_empty_ward_stand_in_their_place(open_page, coordinator, without_demo):
    assert faults_of_menu(open_page, coordinator, ON_AN_EMPTY_WARD) == {}


def test_an_unknown_address_fills_the_page_for_a_stranger(open_page, without_demo):
    page = open_page("/khong-co/")

    assert page.evaluate("document.querySelector('main').getBoundingClientRect().width") > 500
