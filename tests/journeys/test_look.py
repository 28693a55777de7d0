"""The gallery and the pages around it, in Chromium: wide and narrow, light and dark."""

from datetime import date

import pytest

from tests.factories.core import UnitFactory
from tests.factories.households import HouseholdFactory
from tests.factories.projects import SupportFactory
from tests.journeys.windows import PHONE, WIDE, faults_of

pytestmark = [pytest.mark.browser, pytest.mark.drawn(one_of=2)]
of_the_gallery = pytest.mark.browser(only="demo")  # production has none

SIZES = [WIDE, PHONE, (320, 640)]


# The dark theme has other colours and nothing else, so one width is enough for it.
@of_the_gallery
@pytest.mark.parametrize(("scheme", "sizes"), [("light", SIZES), ("dark", [WIDE])])
def test_the_gallery_has_no_fault(open_page, coordinator, scheme, sizes):
    assert faults_found(open_page, "/styleguide/", coordinator, scheme, sizes) == []


@pytest.mark.parametrize(("scheme", "sizes"), [("light", SIZES), ("dark", [WIDE])])
def test_pages_of_no_app_have_no_fault(open_page, coordinator, scheme, sizes):
    assert faults_found(open_page, "/khong-co/", coordinator, scheme, sizes) == []
    assert faults_found(open_page, "/login/", None, scheme, sizes) == []


def faults_found(open_page, address, user, scheme, sizes):
    return [
        (width, fault)
        for width, height in sizes
        for fault in faults_of(open_page(address, user, width=width, height=height, scheme=scheme))
    ]


@of_the_gallery
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
    page = open_page("/", coordinator, width=360, height=740, script=False)
    assert not page.is_visible("#menu")

    page.click(".topbar__button--menu")

    assert page.is_visible("#menu")


def test_paper_shows_the_page_without_the_shell(open_page, coordinator):
    page = open_page("/households/", coordinator, scheme="dark")

    page.emulate_media(media="print")

    assert not page.is_visible(".topbar")
    assert not page.is_visible(".sidenav")
    assert page.is_visible("h1")
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert background == "rgb(255, 255, 255)"


# How far two colours are apart, as the rules of contrast count it.
TOLD = """() => {
  const shownOn = (html) => {
    document.querySelector("main").insertAdjacentHTML("beforeend", html)
    return getComputedStyle(document.querySelector("main").lastElementChild.lastElementChild)
  }
  const text = shownOn('<div class="field"><input type="text" value="hộ" disabled></div>')
  const free = shownOn('<div class="field"><input type="text" value="hộ"></div>')
  const tick = shownOn('<div><input type="checkbox" checked disabled></div>')
  return {
    isLocked: text.backgroundColor !== free.backgroundColor && text.color !== free.color,
    tick: [tick.appearance, tick.opacity, tick.color === free.color],
  }
}"""


@of_the_gallery
def test_what_is_locked_looks_so_and_is_read_in_the_dark(open_page, coordinator):
    page = open_page("/styleguide/", coordinator, scheme="dark")

    assert page.evaluate(TOLD) == {"isLocked": True, "tick": ["none", "1", True]}


def test_a_file_is_chosen_in_vietnamese(open_page, coordinator, tmp_path):
    (tmp_path / "ho-ngheo.xlsx").write_bytes(b"")
    page = open_page("/households/import/", coordinator)
    assert "Chọn tệp chưa chọn tệp nào" in " ".join(page.inner_text(".file-field").split())
    assert page.evaluate("getComputedStyle(document.querySelector('[type=file]')).opacity") == "0"

    page.set_input_files("[type=file]", tmp_path / "ho-ngheo.xlsx")

    assert page.inner_text("[data-file-name]") == "ho-ngheo.xlsx"


def test_every_tab_is_seen_on_a_phone(open_page, coordinator):
    page = open_page("/audit/", coordinator, width=360, height=740)

    rights = page.eval_on_selector_all(
        ".tabs a", "links => links.map(link => link.getBoundingClientRect().right)"
    )

    assert rights
    assert max(rights) <= 360


def test_what_was_saved_has_the_cursor_and_the_message_in_sight(open_page, coordinator):
    UnitFactory.create_batch(30, ward=coordinator.grants.get().area)
    page = open_page("/settings/units/new/", coordinator)
    page.fill("[name=name]", "Phòng Kinh tế")
    page.select_option("[name=kind]", "department")

    page.click("main form .button--primary")
    page.wait_for_url("**/units/#unit-*")

    assert "Phòng Kinh tế" in page.evaluate("document.activeElement.innerText")
    row = page.locator(":focus").bounding_box()
    message = page.locator("#messages").bounding_box()
    assert 0 < message["y"] < message["y"] + message["height"] <= row["y"]
    assert row["y"] + row["height"] < 768


def test_a_list_of_ticks_is_taken_whole(open_page, coordinator, village):
    household = HouseholdFactory(village=village)
    promised = {"state": "promised", "promised_on": date(2026, 3, 1), "delivered_on": None}
    SupportFactory.create_batch(3, household=household, **promised)
    page = open_page("/supports/deliver/", coordinator)
    page.locator("main [type=checkbox]").first.check()
    assert "Đã chọn 1/3" in page.inner_text("[data-check-all]")

    page.click("text=Chọn tất cả")

    assert "Đã chọn 3/3" in page.inner_text("[data-check-all]")
    page.click("text=Bỏ chọn tất cả")
    assert page.locator("main [type=checkbox]:checked").count() == 0
