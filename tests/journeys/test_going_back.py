"""No page is stored, and still Back leads to the form whose answer was left."""

import pytest
from playwright.sync_api import Error

from tests.journeys.windows import words

FORM = "/account/password/"


def send(page):
    """Send the form as it is, which is refused, and wait for the page that says so."""
    with page.expect_event("load"):
        page.click("main form[data-save] button.button--primary")


def leave_refused(page):
    """Send the form and go on to another page."""
    send(page)
    assert page.locator(".error-summary").count() == 1
    page.goto(page.url.replace(FORM, "/account/second-factor/"))


def test_back_from_a_later_page_leads_to_the_form(open_page, coordinator):
    page = open_page(FORM, coordinator)
    leave_refused(page)

    answer = page.go_back()

    assert (answer.request.method, answer.status) == ("GET", 200)
    assert answer.headers["cache-control"] == "no-store, private"
    assert words(page.inner_text("h1")) == "Đổi mật khẩu"


def test_without_the_script_the_browser_has_nothing_to_show(open_page, coordinator):
    page = open_page(FORM, coordinator, script=False)
    leave_refused(page)

    with pytest.raises(Error, match="ERR_CACHE_MISS"):
        page.go_back()


def test_a_reload_still_sends_the_same_form_again(open_page, coordinator):
    page = open_page(FORM, coordinator)
    send(page)

    assert page.reload().request.method == "POST"
