"""Sessions end, the next person at the machine finds nothing, and pages carry their guards."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from povertyplan.core import clock
from povertyplan.core.accounts import sessions
from tests.factories.core import PASSWORD
from tests.pages import heading_of

PAGE = "/account/password/"


def later(minutes):
    return time_machine.travel(clock.real_now() + timedelta(minutes=minutes), tick=True)


@pytest.fixture
def signed_in(client_of, coordinator):
    return client_of(coordinator)


def is_open(response):
    return heading_of(response) == "Đổi mật khẩu"


def asks_to_sign_in(response):
    return response.status_code == 302 and response.url.startswith(reverse("core:login"))


def test_a_session_in_use_goes_on(signed_in):
    for minutes in range(29, 600, 29):
        with later(minutes):
            assert is_open(signed_in.get(PAGE))


def test_an_idle_session_ends_and_the_page_says_why(signed_in):
    with later(31):
        response = signed_in.get(PAGE + "?year=2026")

        assert response.url == "/login/?next=/account/password/%3Fyear%3D2026&ended=idle"
        assert sessions.ENDED["idle"] in signed_in.get(response.url).content.decode()
        assert asks_to_sign_in(signed_in.get(PAGE))


def test_a_session_ends_after_a_working_day_however_busy(signed_in):
    for minutes in range(25, 600, 25):
        with later(minutes):
            signed_in.get(PAGE)

    with later(601):
        assert "ended=limit" in signed_in.get(PAGE).url


def test_without_the_limits_an_old_session_would_go_on(signed_in, settings):
    settings.MIDDLEWARE = [
        name for name in settings.MIDDLEWARE if not name.endswith("SessionLimitsMiddleware")
    ]

    with later(31):
        assert is_open(signed_in.get(PAGE))


def test_an_ended_session_is_gone_from_the_database(signed_in):
    key = signed_in.session.session_key

    with later(31):
        signed_in.get(PAGE)

    assert not Session.objects.filter(pk=key).exists()


def test_a_session_without_its_times_is_over(signed_in):
    session = signed_in.session
    del session[sessions.SIGNED_IN_AT]
    session.save()

    assert asks_to_sign_in(signed_in.get(PAGE))


def test_the_old_cookie_opens_nothing_after_signing_out(signed_in):
    cookie = signed_in.cookies["sessionid"].value

    signed_in.post(reverse("core:logout"))
    thief = Client()
    thief.cookies["sessionid"] = cookie

    assert asks_to_sign_in(thief.get(PAGE))


def test_a_new_password_ends_the_other_sessions_but_not_this_one(client, coordinator):
    other = Client()
    other.force_login(coordinator)
    client.force_login(coordinator)
    new = "bốn chậu xương rồng khô"

    client.post(PAGE, {"old_password": PASSWORD, "new_password1": new, "new_password2": new})

    assert is_open(client.get(PAGE))
    assert asks_to_sign_in(other.get(PAGE))


def test_a_disabled_user_is_out_at_the_next_request(signed_in, coordinator):
    assert is_open(signed_in.get(PAGE))

    type(coordinator).objects.filter(pk=coordinator.pk).update(is_active=False)

    assert asks_to_sign_in(signed_in.get(PAGE))


def test_a_fragment_sends_the_whole_page_to_sign_in(client, db):
    response = client.get(
        PAGE, headers={"HX-Request": "true", "Referer": "http://testserver/todo/?year=2026"}
    )

    assert response.status_code == 401
    assert response["HX-Redirect"] == "/login/?next=/todo/%3Fyear%3D2026"


def test_a_post_comes_back_to_the_form_and_never_to_another_site(client, db):
    from_here = client.post(PAGE, headers={"Referer": "http://testserver/account/password/"})
    from_elsewhere = client.post(PAGE, headers={"Referer": "https://example.com/x"})

    assert from_here.url == "/login/?next=/account/password/"
    assert from_elsewhere.url == "/login/?next=/"


def session_writes(context):
    return sum(
        "UPDATE" in query["sql"] and "django_session" in query["sql"]
        for query in context.captured_queries
    )


def test_a_session_is_written_at_most_once_a_minute(signed_in):
    with CaptureQueriesContext(connection) as at_once:
        signed_in.get(PAGE)
    with later(2), CaptureQueriesContext(connection) as after_two_minutes:
        signed_in.get(PAGE)

    assert (session_writes(at_once), session_writes(after_two_minutes)) == (0, 1)
