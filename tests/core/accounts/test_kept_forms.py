"""What was typed into a form whose session had ended comes back to the same account."""

import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from povertyplan.core import clock
from povertyplan.core.accounts import kept_forms
from povertyplan.core.models import KeptForm, PeriodLock
from tests.core.phones import CODE, KEY, code_of
from tests.factories.core import PASSWORD

FORM = "/settings/periods/lock/"
TYPED = {
    "period": ["2022"],
    "reason": ["Đã báo cáo"],
    "note": ['dòng 1\r\n"dòng 2" <b>', "\r\nlại"],
}


def later(minutes):
    return time_machine.travel(clock.real_now() + timedelta(minutes=minutes), tick=True)


@pytest.fixture
def browser(db):
    """A browser that checks the tokens of forms."""
    return Client(enforce_csrf_checks=True)


def token(browser, page):
    return re.search(r'csrfmiddlewaretoken" value="(\w+)"', browser.get(page).content.decode())[1]


def sign_in(browser, user, url="/login/"):
    values = {"username": user.username, "password": PASSWORD}
    page = browser.get(url).content.decode()
    values["next"] = unescape(re.search(r'name="next" value="([^"]*)"', page)[1])
    values["csrfmiddlewaretoken"] = token(browser, url)
    return browser.post(url, values)


@pytest.fixture
def officer_at_form(browser, coordinator):
    """An officer has opened a form; `send(minutes)` sends it so much later."""
    sign_in(browser, coordinator)
    values = {"csrfmiddlewaretoken": token(browser, FORM), **TYPED}

    def send(minutes, path=FORM, **more):
        with later(minutes):
            return browser.post(path, values | more)

    return send


def given_back(page):
    """The values in the form that a kept form's page holds, and where it goes."""
    form = re.search(r'<form method="post" action="([^"]+)" data-save>.*?</form>', page, re.DOTALL)
    areas = re.findall(
        r'<textarea name="([^"]+)" hidden>\n(.*?)</textarea>', form[0].replace("\r\n", "\n"), re.S
    )
    return unescape(form[1]), [(name, unescape(value)) for name, value in areas]


@pytest.mark.parametrize(
    ("minutes", "why"), [(31, "idle"), (604, "limit")], ids=["unused", "after a working day"]
)
def test_a_form_sent_too_late_comes_back_and_is_accepted(
    browser, coordinator, officer_at_form, minutes, why
):
    if why == "limit":
        for passed in range(25, 600, 25):
            with later(passed):
                browser.get("/todo/")

    refused = officer_at_form(minutes)

    assert f"ended={why}" in refused.url
    assert not PeriodLock.objects.exists()
    with later(minutes + 1):
        assert "vẫn được giữ" in browser.get(refused.url).content.decode()
        page = browser.get(sign_in(browser, coordinator, refused.url).url).content.decode()
        path, values = given_back(page)
        assert path == FORM
        expected = [
            ("period", "2022"),
            ("reason", "Đã báo cáo"),
            ("note", 'dòng 1\n"dòng 2" <b>'),
            ("note", "\nlại"),
        ]
        assert values == expected
        again = {"csrfmiddlewaretoken": token(browser, refused.url.split("next=")[1].split("&")[0])}
        assert browser.post(path, again | dict(values)).status_code == 302
    assert PeriodLock.objects.get().year == 2022


def test_a_form_left_open_overnight_comes_back_too(browser, coordinator, officer_at_form):
    """The session's cookie is gone by then; the browser still knows who signed in last."""
    del browser.cookies["sessionid"]

    officer_at_form(700)

    assert KeptForm.objects.get().user == coordinator


def test_after_the_second_factor_too(browser, coordinator, officer_at_form):
    TOTPDevice.objects.create(user=coordinator, key=KEY)

    refused = officer_at_form(31)

    with later(32):
        half_way = browser.get(sign_in(browser, coordinator, refused.url).url)
        assert half_way.url.startswith(f"{CODE}?next=/kept/")
        values = {"code": code_of(KEY), "csrfmiddlewaretoken": token(browser, half_way.url)}
        values["next"] = half_way.url.partition("next=")[2]
        assert browser.post(CODE, values).url == values["next"]


def test_another_account_does_not_get_it(browser, leader, officer_at_form):
    refused = officer_at_form(31)

    with later(32):
        response = browser.get(sign_in(browser, leader, refused.url).url)

    assert response.status_code == 404
    assert "dòng 1" not in response.content.decode()


def test_a_form_shown_before_somebody_elses_sign_in_is_not_taken_for_theirs(
    browser, leader, officer_at_form
):
    """Its token is no longer right, so nothing is kept, for neither of them."""
    with later(31):
        browser.get(FORM)
        sign_in(browser, leader)
    del browser.cookies["sessionid"]

    assert officer_at_form(32).status_code == 403
    assert not KeptForm.objects.exists()


@pytest.mark.parametrize("path", ["/account/password/", "/account/second-factor/"])
def test_passwords_and_codes_are_never_kept(officer_at_form, path):
    response = officer_at_form(31, path, old_password=PASSWORD, code="123456")

    assert "kept" not in response.url
    assert not KeptForm.objects.exists()


def test_a_stranger_leaves_nothing(client, db):
    assert "kept" not in client.post(FORM, TYPED).url
    assert not KeptForm.objects.exists()


def test_nothing_of_it_lies_in_the_browser(browser, officer_at_form):
    refused = officer_at_form(31)

    seen = refused.url + str(refused.headers) + str(browser.cookies)
    assert not [word for word in ("2022", "dòng", "year=") if word in seen]


def test_what_nobody_comes_back_for_is_gone_after_a_day(browser, coordinator, officer_at_form):
    refused = officer_at_form(31)

    with later(31 + 24 * 60 + 1):
        assert browser.get(sign_in(browser, coordinator, refused.url).url).status_code == 404
        assert not KeptForm.objects.exists()


def test_it_can_be_thrown_away(client_of, coordinator):
    kept = KeptForm.objects.create(user=coordinator, path=FORM, values=[], at=clock.real_now())
    client = client_of(coordinator)
    url = reverse("core:kept_form", args=[kept.key])

    assert client.get(url).status_code == 200
    assert client.post(url).status_code == 302
    assert not KeptForm.objects.exists()


def test_of_one_user_only_the_latest_are_kept(rf, coordinator, client):
    for number in range(kept_forms.KEPT_EACH + 3):
        KeptForm.objects.create(user=coordinator, path=f"/{number}", values=[], at=clock.real_now())
    client.force_login(coordinator)
    with later(31):
        client.post(FORM, TYPED)

    assert KeptForm.objects.count() == kept_forms.KEPT_EACH
    assert KeptForm.objects.first().path == FORM
