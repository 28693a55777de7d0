"""Not the demonstration is the normal case: pages without it, by numbers.

Every run walks the menu and a sample of all pages that its own seed draws; a long one walks them
all, for each role that works with them.
"""

import random

import pytest

from povertyplan.core.models import User
from tests.journeys.every_page import WITHOUT_RECORD, pages_for
from tests.journeys.windows import faults_of

pytestmark = pytest.mark.browser(only="production")

WIDTHS = (360, 768, 1024, 1366, 1920)
ON_AN_EMPTY_WARD = (360, 1366)
MENU_FROM, WIDE_MENU_FROM = 768, 1200  # pixels, as the style sheet's 48rem and 75rem
SAMPLE = 10
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


def faults_at(page, widths):
    """The faults of an open page at each width that shows one."""
    found = {}
    for width in widths:
        page.set_viewport_size({"width": width, "height": 768})
        if faults := faults_of_shell(page):
            found[width] = faults
    return found


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
        if faults := faults_at(page, widths):
            found[link] = faults
    return found


def faults_of_pages(page, addresses, widths):
    """The faults of each page by its view; the page is signed in."""
    found = {}
    origin = page.evaluate("location.origin")
    for view, address in addresses.items():
        answer = page.goto(origin + address)
        faults = faults_at(page, widths) if answer.status == 200 else {0: answer.status}
        if faults:
            found[view, address] = faults
    return found


@pytest.mark.long
def test_pages_of_a_loaded_ward_stand_in_their_place(request, open_page, demo_ward):
    # One demonstration for both: loading it takes longer than walking through it.
    user = User.objects.get(username="canbo")
    assert faults_of_menu(open_page, user, WIDTHS) == {}
    targets_are_read_whole_on_a_phone(open_page)
    a_sample_of_pages_is_sound(open_page, seed=request.config.getoption("randomly_seed", 0))


def a_sample_of_pages_is_sound(open_page, seed):
    """Ten pages at every width, with the rules of accessibility at one of them."""
    user = User.objects.get(username="canbo")
    pages = {view: address for view, address in pages_for(user).items() if address}
    drawn = dict(random.Random(str(seed)).sample(sorted(pages.items()), SAMPLE))
    page = open_page("/", user)

    assert faults_of_pages(page, drawn, WIDTHS) == {}
    page.set_viewport_size({"width": WIDTHS[-2], "height": 768})
    broken = {}
    for view, address in drawn.items():
        page.goto(page.evaluate("location.origin") + address)
        if faults := faults_of(page):
            broken[view, address] = faults
    assert broken == {}


@pytest.mark.long
def test_every_page_of_a_loaded_ward_stands_in_its_place(open_page, demo_ward):
    walked, without_record = set(), set()
    for username in ("canbo", "lanhdao", "truongthon", "phongkinhte", "quantri", "giamsat"):
        user = User.objects.get(username=username)
        pages = pages_for(user)
        there = {view: address for view, address in pages.items() if address}
        assert faults_of_pages(open_page("/", user), there, WIDTHS) == {}, username
        walked |= set(there)
        without_record |= set(pages) - set(there)
    # What one role has no record of its own for is walked by another.
    assert without_record - walked == WITHOUT_RECORD


@pytest.mark.long
def test_every_page_of_an_empty_ward_stands_in_its_place(open_page, coordinator):
    pages = {view: address for view, address in pages_for(coordinator).items() if address}

    found = faults_of_pages(open_page("/", coordinator), pages, ON_AN_EMPTY_WARD)

    # Some of what is asked for is nothing yet: such a page says that it is not there.
    assert {key: faults for key, faults in found.items() if faults != {0: 404}} == {}


def targets_are_read_whole_on_a_phone(open_page):
    page = open_page("/targets/", User.objects.get(username="canbo"), width=360, height=740)

    beyond = page.eval_on_selector_all(
        ".targets tbody td",
        "cells => cells.filter(cell => cell.getBoundingClientRect().right > innerWidth).length",
    )

    assert page.locator(".targets tbody td").count() > 0
    assert beyond == 0


def test_pages_of_an_empty_ward_stand_in_their_place(open_page, coordinator):
    assert faults_of_menu(open_page, coordinator, ON_AN_EMPTY_WARD) == {}


def test_what_was_typed_is_not_left_without_a_question(open_page, administrator):
    page = open_page("/settings/units/new/", administrator)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.click(".breadcrumb a")
    page.go_back()

    page.fill("[name=name]", "Phòng mới")
    page.click(".breadcrumb a")

    assert asked == ["beforeunload"]


def test_an_unknown_address_fills_the_page_for_a_stranger(open_page):
    page = open_page("/khong-co/")

    assert page.evaluate("document.querySelector('main').getBoundingClientRect().width") > 500
