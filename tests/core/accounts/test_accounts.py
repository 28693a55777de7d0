"""Accounts that are closed, and passwords that open them once."""

import re
import time
from datetime import timedelta

import time_machine
from django.test import Client
from django.urls import reverse
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice

from povertyplan.core import clock
from povertyplan.core.accounts import one_time
from povertyplan.core.accounts import services as accounts
from povertyplan.core.models import AuditEvent, RowChange
from tests.core.administration import LIST, OWN, disable, issue, sign_in
from tests.core.phones import KEY, code_of
from tests.factories.core import PASSWORD
from tests.pages import heading_of


def test_a_disabled_account_is_out_everywhere_and_stays_out(
    client_of, administrator, officer, ward
):
    sessions = [sign_in(officer, PASSWORD), sign_in(officer, PASSWORD)]
    assert [each.get("/todo/").status_code for each in sessions] == [200, 200]

    disable(officer, administrator)
    assert [each.get("/todo/").status_code for each in sessions] == [302, 302]

    officer.refresh_from_db()
    accounts.enable_user(user=officer, version=officer.version, by=administrator)
    assert [each.get("/todo/").status_code for each in sessions] == [302, 302]
    assert sign_in(officer, PASSWORD).get("/todo/").status_code == 302
    assert AuditEvent.objects.get(act="disable_user").reason == "Nghỉ việc"


def test_a_one_time_password_opens_only_the_page_that_changes_it(administrator, officer):
    elsewhere = sign_in(officer, PASSWORD)
    password = issue(officer, administrator)
    assert elsewhere.get("/todo/").url.startswith("/login/")

    client = sign_in(officer, password)
    for url in ("/", "/todo/", "/households/", LIST):
        assert client.get(url).url == "/account/password/"
    same = {"old_password": password, "new_password1": password, "new_password2": password}
    assert "khác với" in client.post("/account/password/", same).content.decode()
    client.post("/account/password/", same | {"new_password1": OWN, "new_password2": OWN})

    assert client.get("/todo/").status_code == 200
    assert sign_in(officer, OWN).get("/todo/").status_code == 200


def test_without_the_middleware_a_one_time_password_opens_everything(
    administrator, officer, settings
):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "OneTime" not in name]

    page = sign_in(officer, issue(officer, administrator)).get("/todo/")

    assert heading_of(page) == "Việc cần làm"


def test_a_one_time_password_ends_after_a_week(administrator, officer):
    password = issue(officer, administrator)

    with time_machine.travel(clock.real_now() + one_time.VALID_FOR + timedelta(minutes=1)):
        response = Client().post("/login/", {"username": officer.username, "password": password})

    assert one_time.EXPIRED in response.content.decode()


def test_a_leader_with_a_one_time_password_enrols_first(administrator, leader, settings):
    settings.SECOND_FACTOR_REQUIRED = True

    client = sign_in(leader, issue(leader, administrator))

    assert client.get("/todo/").url == "/account/second-factor/"
    assert client.get("/account/second-factor/").status_code == 200


def test_a_one_time_password_is_kept_nowhere(administrator, officer):
    password = issue(officer, administrator)

    kept = [str(row) for row in RowChange.objects.values_list("old", "new")]
    kept += [event.summary for event in AuditEvent.objects.all()]
    assert not [words for words in kept if password in words]


def test_a_reload_of_the_slip_issues_no_second_password(client_of, administrator, officer):
    client = client_of(administrator)
    url = reverse("core:password_issue", args=[officer.pk])

    assert client.post(url, {"version": officer.version}).status_code == 200
    assert client.post(url, {"version": officer.version}).status_code == 422
    assert AuditEvent.objects.filter(act="issue_password").count() == 1


def test_one_time_passwords_differ_and_pass_our_own_rules():
    passwords = {one_time.new_password() for _ in range(500)}

    assert len(passwords) == 500
    assert all(
        re.fullmatch(r"([a-hjkmnp-z2-9]{4}-){3}[a-hjkmnp-z2-9]{4}", each) for each in passwords
    )


def test_device_remove_takes_the_second_factor_away(client_of, administrator, officer):
    TOTPDevice.objects.create(user=officer, key="31" * 20)
    client = client_of(administrator)
    assert "Gỡ xác thực hai lớp" in client.get(f"{LIST}{officer.pk}/").content.decode()

    url, sent = (
        reverse("core:device_remove", args=[officer.pk]),
        {"version": 1, "reason": "Mất máy"},
    )
    wrong = client.post(url, sent | {"own_password": "sai-mat-khau"})
    assert (wrong.status_code, TOTPDevice.objects.count()) == (422, 1)

    response = client.post(url, sent | {"own_password": PASSWORD})

    assert response.status_code == 302
    assert not TOTPDevice.objects.exists()


def test_device_remove_asks_an_administrator_with_a_phone_for_its_code(
    client_of, administrator, officer
):
    TOTPDevice.objects.create(user=officer, key="31" * 20)
    own = TOTPDevice.objects.create(user=administrator, key=KEY)
    client = client_of(administrator)
    session = client.session
    session[DEVICE_ID_SESSION_KEY] = own.persistent_id
    session.save()
    url = reverse("core:device_remove", args=[officer.pk])
    sent = {"version": 1, "reason": "Mất máy", "own_password": PASSWORD}

    for code in ("", "000000"):
        assert client.post(url, sent | {"present_code": code}).status_code == 422
    time.sleep(1)  # a wrong code makes wait
    assert client.post(url, sent | {"present_code": code_of(KEY)}).status_code == 302
    assert TOTPDevice.objects.get() == own
