"""The second factor, with real codes of a phone."""

import time

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django_otp.plugins.otp_totp.models import TOTPDevice

from povertyplan.core.accounts import second_factor
from povertyplan.core.choices import Role
from povertyplan.core.models import AuditEvent, User
from tests.core.phones import CODE, KEY, code_of
from tests.factories.core import PASSWORD, user_with
from tests.pages import heading_of

ENROL, PAGE = "/account/second-factor/", "/account/password/"
CHANGE_PASSWORD = "Đổi mật khẩu"


@pytest.fixture
def demanded(settings):
    settings.SECOND_FACTOR_REQUIRED = True


@pytest.fixture
def device(coordinator):
    return TOTPDevice.objects.create(user=coordinator, key=KEY, name="điện thoại")


def sign_in(client, user):
    return client.post("/login/", {"username": user.username, "password": PASSWORD}, follow=True)


def enrol(client, **more):
    page = client.get(ENROL).content.decode()
    signed = page.partition('name="signed_key" value="')[2].partition('"')[0]
    key = second_factor.signing.loads(signed, salt=second_factor.KEY_SALT)[1]
    sent = {"signed_key": signed, "code": code_of(key), "own_password": PASSWORD}
    return client.post(ENROL, sent | more), key


@pytest.mark.parametrize("role", ["leader", "administrator"])
def test_leaders_and_administrators_must_enrol_before_anything_else(
    db, client, request, demanded, role
):
    user = request.getfixturevalue(role)
    client.force_login(user)

    for url in ("/", PAGE, "/todo/", "/households/"):
        assert client.get(url).url == ENROL
    assert client.post(PAGE).url == ENROL

    response, _key = enrol(client)
    assert response.url == ENROL
    assert client.get(PAGE).status_code == 200


def test_without_the_middleware_a_leader_would_walk_in(client, leader, demanded, settings):
    settings.MIDDLEWARE = [
        name for name in settings.MIDDLEWARE if not name.endswith("SecondFactorMiddleware")
    ]
    client.force_login(leader)

    assert heading_of(client.get(PAGE)) == CHANGE_PASSWORD


def test_others_may_go_without(client_of, coordinator, demanded):
    assert heading_of(client_of(coordinator).get(PAGE)) == CHANGE_PASSWORD


def test_a_user_with_a_device_is_asked_for_its_code(client, coordinator, device):
    response = sign_in(client, coordinator)

    assert response.redirect_chain[-1][0].startswith(CODE)
    assert client.get(PAGE).url == f"{CODE}?next={PAGE}"
    assert client.get(ENROL).url == f"{CODE}?next={ENROL}"

    response = client.post(CODE, {"code": code_of(KEY), "next": PAGE})

    assert response.url == PAGE
    assert client.get(PAGE).status_code == 200


def test_a_code_may_be_typed_in_two_groups(client, coordinator, device):
    sign_in(client, coordinator)
    code = code_of(KEY)

    client.post(CODE, {"code": f"{code[:3]} {code[3:]}"})

    assert heading_of(client.get(PAGE)) == CHANGE_PASSWORD


def test_the_session_key_changes_with_the_second_factor(client, coordinator, device):
    sign_in(client, coordinator)
    before = client.cookies["sessionid"].value

    client.post(CODE, {"code": code_of(KEY)})

    assert client.cookies["sessionid"].value != before


@pytest.mark.parametrize(
    "code",
    [
        pytest.param(lambda: code_of(KEY, steps=-4), id="two minutes old"),
        pytest.param(lambda: "000000", id="guessed"),
        pytest.param(lambda: "12345", id="five digits"),
        pytest.param(lambda: "", id="empty"),
    ],
)
def test_a_wrong_code_does_not_open(client, coordinator, device, code):
    sign_in(client, coordinator)

    response = client.post(CODE, {"code": code()})

    assert response.status_code == 200
    assert "field__error" in response.content.decode()
    assert client.get(PAGE).status_code == 302


def test_a_code_opens_once(client, coordinator, device):
    code = code_of(KEY)
    sign_in(client, coordinator)
    client.post(CODE, {"code": code})
    other = Client()
    sign_in(other, coordinator)

    assert second_factor.WRONG_CODE in _answer(other, code)
    assert other.get(PAGE).url.startswith(CODE)


def test_guessing_codes_gets_slower_and_slower(client, coordinator, device):
    sign_in(client, coordinator)
    with time_machine.travel(time.time(), tick=False) as clock:
        for wait in (0, 1, 2, 4, 8):
            clock.shift(wait)
            assert second_factor.WRONG_CODE in _answer(client, "000000")

        assert "Chờ 16 giây" in _answer(client, code_of(KEY))
        clock.shift(17)
        assert client.post(CODE, {"code": code_of(KEY)}).status_code == 302


def _answer(client, code):
    return client.post(CODE, {"code": code}).content.decode()


def test_enrolling_shows_a_code_to_scan_and_leaves_a_trace(client_of, coordinator):
    client = client_of(coordinator)
    page = client.get(ENROL).content.decode()
    assert 'src="data:image/svg+xml' in page
    assert not TOTPDevice.objects.exists()

    _response, key = enrol(client)

    assert TOTPDevice.objects.get().key == key
    assert AuditEvent.objects.get().act == "enrol_second_factor"
    assert key not in AuditEvent.objects.get().summary


def test_a_wrong_first_code_turns_nothing_on_and_keeps_the_key(client_of, coordinator):
    client = client_of(coordinator)
    signed = second_factor.new_key(coordinator)

    response = client.post(ENROL, {"signed_key": signed, "code": "000000"})

    assert second_factor.WRONG_CODE in response.content.decode()
    assert signed in response.content.decode()
    assert not TOTPDevice.objects.exists()


@pytest.mark.parametrize("whose", ["somebody else's", "forged", "too old"])
def test_a_key_that_was_not_shown_to_this_user_is_refused(client_of, coordinator, leader, whose):
    client = client_of(coordinator)
    with time_machine.travel(time.time() - (31 * 60 if whose == "too old" else 0)):
        signed = second_factor.new_key(leader if whose == "somebody else's" else coordinator)
    if whose == "forged":
        signed = "WzEsIjMxMzIiXQ:1x:abc"

    response = client.post(ENROL, {"signed_key": signed, "code": "123456"})

    page = response.content.decode()
    assert second_factor.KEY_EXPIRED in page
    assert signed not in page
    assert 'name="signed_key" value="W' in page
    assert not TOTPDevice.objects.exists()


def test_another_phone_takes_the_place_of_the_first(client, coordinator, device):
    sign_in(client, coordinator)
    client.post(CODE, {"code": code_of(KEY)})

    response, _key = enrol(client)
    assert "field__error" in response.content.decode()

    _response, key = enrol(client, present_code=code_of(KEY, steps=1))

    assert TOTPDevice.objects.get(user=coordinator).key == key != KEY
    assert client.get(PAGE).status_code == 200


def test_a_key_is_turned_on_only_with_the_password(client_of, coordinator):
    response, _key = enrol(client_of(coordinator), own_password="sai-mat-khau")

    assert "Mật khẩu chưa đúng." in response.content.decode()
    assert not TOTPDevice.objects.exists()


@pytest.mark.parametrize("had_device", [False, True], ids=["turned on", "replaced"])
def test_another_session_of_the_user_ends_with_a_new_phone(client, coordinator, had_device):
    other = Client()
    for each in (client, other):
        sign_in(each, coordinator)
    if had_device:
        TOTPDevice.objects.create(user=coordinator, key=KEY)
        for each, steps in ((client, -1), (other, 0)):
            sign_in(each, coordinator)
            each.post(CODE, {"code": code_of(KEY, steps=steps)})
    assert other.get(PAGE).status_code == 200

    enrol(client, present_code=code_of(KEY, steps=1))

    assert client.get(PAGE).status_code == 200
    assert other.get(PAGE).url == f"/login/?next={PAGE}"
    assert other.get(ENROL).url == f"/login/?next={ENROL}"


def test_a_request_of_a_session_that_has_just_ended_changes_no_device(coordinator):
    before = User.objects.get(pk=coordinator.pk)
    second_factor.enrol_second_factor(key=KEY, code=code_of(KEY), by=coordinator)
    key = KEY[::-1]

    with pytest.raises(ValidationError, match="vừa được đổi ở nơi khác"):
        second_factor.enrol_second_factor(key=key, code=code_of(key), by=before)

    assert TOTPDevice.objects.get().key == KEY


def test_a_new_phone_leaves_the_browser_known(client, coordinator):
    sign_in(client, coordinator)
    coordinator.refresh_from_db()
    mark = coordinator.password_mark

    enrol(client)

    coordinator.refresh_from_db()
    assert (coordinator.sign_in_round, coordinator.password_mark) == (1, mark)


def test_an_administrator_removes_a_lost_device_with_a_reason(
    client, coordinator, administrator, device
):
    sign_in(client, coordinator)
    client.post(CODE, {"code": code_of(KEY)})

    second_factor.remove_second_factor(
        user=coordinator, reason="Mất điện thoại ngày 20/11", by=administrator
    )

    assert not TOTPDevice.objects.exists()
    event = AuditEvent.objects.get(act="remove_second_factor")
    assert (event.actor, event.reason) == (administrator, "Mất điện thoại ngày 20/11")
    assert client.get(PAGE).url == f"/login/?next={PAGE}"


def test_a_leader_whose_device_was_removed_must_enrol_again(client, leader, demanded):
    TOTPDevice.objects.create(user=leader, key=KEY)
    sign_in(client, leader)
    client.post(CODE, {"code": code_of(KEY)})

    TOTPDevice.objects.all().delete()
    client.get(CODE)

    assert client.get(PAGE).url == ENROL


@pytest.mark.parametrize("who", ["coordinator", "leader", "stranger", "other_administrator"])
def test_nobody_else_removes_a_device(request, coordinator, device, who):
    by = request.getfixturevalue(who)

    with pytest.raises(ValidationError, match="Chỉ quản trị hệ thống"):
        second_factor.remove_second_factor(user=coordinator, reason="Ghi nhầm", by=by)

    assert TOTPDevice.objects.count() == 1


@pytest.fixture
def other_administrator(stranger):
    return user_with(Role.ADMINISTRATOR, stranger.ward)


def test_an_administrator_does_not_remove_the_own_device(administrator):
    TOTPDevice.objects.create(user=administrator, key=KEY)

    with pytest.raises(ValidationError, match="Không tự gỡ"):
        second_factor.remove_second_factor(user=administrator, reason="Ghi nhầm", by=administrator)


def test_removing_needs_a_reason(coordinator, administrator, device):
    with pytest.raises(ValidationError, match="lý do"):
        second_factor.remove_second_factor(user=coordinator, reason=" ", by=administrator)


def test_remove_second_factor_command_helps_the_last_administrator(administrator, capsys):
    TOTPDevice.objects.create(user=administrator, key=KEY)

    call_command("remove_second_factor", administrator.username, reason="Mất điện thoại")

    assert not TOTPDevice.objects.exists()
    assert administrator.username in capsys.readouterr().out
    assert AuditEvent.objects.get().source == "command"


ODD = [
    pytest.param("https://example.com/", id="another site"),
    pytest.param("//example.com/", id="no scheme"),
    pytest.param("/\\example.com/", id="backslash"),
    pytest.param("javascript:alert(1)", id="script"),
    pytest.param("abc", id="a word"),
    pytest.param("core:login_code", id="a name"),
    pytest.param("/a\r\nSet-Cookie: x=1", id="line break"),
    pytest.param("/a\x00", id="zero byte"),
    pytest.param("/\u202e\ud800", id="no text"),
    pytest.param("//[", id="no address"),
    pytest.param("/" + "ộ" * 1_000, id="huge"),
]


@pytest.mark.parametrize("target", ODD)
def test_the_code_page_sends_nobody_to_another_site(client, coordinator, device, target):
    sign_in(client, coordinator)
    target = target.encode(errors="replace").decode()

    shown = client.get(CODE, {"next": target})
    response = client.post(CODE, {"code": code_of(KEY), "next": target})

    assert shown.status_code == 200
    assert (response.status_code, response.url) == (302, "/")
    assert client.get(CODE, {"next": target}).url == "/"


@pytest.mark.parametrize("target", ODD)
def test_signing_in_sends_nobody_to_another_site(client, coordinator, target):
    target = target.encode(errors="replace").decode()
    values = {"username": coordinator.username, "password": PASSWORD, "next": target}

    assert client.get("/login/", {"next": target}).status_code == 200
    assert client.post("/login/", values).url == "/"
