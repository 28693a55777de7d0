"""The gallery and the pages around it, in Chromium: wide and narrow, light and dark."""

import pytest

from tests.journeys.windows import PHONE, WIDE, faults_of

pytestmark = pytest.mark.browser

SIZES = [WIDE, PHONE, (320, 640)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_have_no_fault(open_page, coordinator, scheme):
    pages = [("/styleguide/", coordinator), ("/khong-co/", coordinator), ("/login/", None)]

    faults = {
        (address, width): faults_of(
            open_page(address, user, width=width, height=height, scheme=scheme)
        )
        for address, user in pages
        for width, height in SIZES
    }

    assert faults == {(address, width): [] for address, _user in pages for width, _height in SIZES}


def test_shortcuts_menu_and_theme_work(open_page, coordinator):
    page = open_page("/styleguide/", coordinator)

    assert page.evaluate("document.activeElement.id") == "error-summary"
    page.keyboard.press("Control+k")
    assert page.evaluate("document.activeElement.id") == "site-search"

    page.click(".topbar summary")
    page.keyboard.press("Escape")
    assert page.locator(".topbar details[open]").count() == 0

    page.click(".topbar summary")
    page.click(".topbar [data-theme-choice=dark]")
    page.reload()
    assert page.get_attribute("html", "data-theme") == "dark"


def test_phone_menu_opens_without_script(open_page, coordinator):
    page = open_page("/styleguide/", coordinator, width=360, height=740, script=False)
    assert not page.is_visible("#menu")

    page.click(".topbar__button--menu")

    assert page.is_visible("#menu")


def test_paper_shows_the_page_without_the_shell(open_page, coordinator):
    page = open_page("/styleguide/", coordinator, scheme="dark")

    page.emulate_media(media="print")

    assert not page.is_visible(".topbar")
    assert not page.is_visible(".sidenav")
    assert page.is_visible("h1")
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert background == "rgb(255, 255, 255)"
