"""The first administrator and the ward: one command, one form, and what changes it later."""

import re
from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client

from households.models import PovertyStandard
from povertyplan.core.choices import AreaKind, Role
from povertyplan.core.management.commands import create_administrator
from povertyplan.core.models import Area, AuditEvent, RowChange, User
from povertyplan.core.wards.services import WardInput, change_ward
from tests.factories.core import PASSWORD, UserFactory, WardFactory
from tests.pages import NO_RIGHT, heading_of, nothing_written, text_of

SETUP, DETAIL, EDIT = "/setup/", "/settings/ward/", "/settings/ward/edit/"
KEY = "6f3c1a52-3f0e-4b8f-9d59-0a1f6f2f7c11"
FORM = {
    "province_code": "51",
    "province_name": "Tỉnh Quảng Ngãi",
    "code": "23284",
    "name": "Phường Đăk Cấm",
    "setting": "urban",
    "place_line": "Đăk Cấm",
    "issuer": "",
    "key": KEY,
}


def make_administrator(*more):
    out = StringIO()
    call_command("create_administrator", "quantri", "--full-name", "Y Thoa", *more, stdout=out)
    return out.getvalue()


@pytest.fixture
def typed(monkeypatch):
    """Answer the command's questions for a password."""

    def answer(*passwords):
        answers = iter(passwords)
        monkeypatch.setattr(create_administrator, "getpass", lambda _prompt: next(answers))

    return answer


@pytest.fixture
def first(client, db):
    """The window of a first administrator, before there is any ward."""
    client.force_login(UserFactory(full_name="Y Thoa"))
    return client


def test_the_command_makes_somebody_who_may_set_up_the_ward(typed, db):
    typed(PASSWORD, PASSWORD)

    said = make_administrator()

    assert "Đăng nhập vào hệ thống để lập phường, xã." in said
    user = authenticate(None, username="quantri", password=PASSWORD)
    assert (user.full_name, list(user.grants.all())) == ("Y Thoa", [])
    assert PovertyStandard.objects.exists()


def test_the_command_prints_a_password_that_must_be_changed(db):
    password = re.search(r"đổi khi đăng nhập: (\S+)", make_administrator("--one-time"))[1]

    client = Client()
    answer = client.post("/login/", {"username": "quantri", "password": password}, follow=True)

    assert heading_of(answer) == "Đổi mật khẩu"
    assert User.objects.get().one_time_until is not None


def test_the_command_gives_a_role_where_the_ward_exists(ward):
    make_administrator("--one-time")

    grant = User.objects.get(username="quantri").grants.get()
    assert (grant.role, grant.area) == (Role.ADMINISTRATOR, ward)


def test_the_command_asks_which_ward(ward):
    other = WardFactory()

    with pytest.raises(CommandError, match="ghi --ward"):
        make_administrator("--one-time")
    with pytest.raises(CommandError, match="Không có phường, xã mã 99999"):
        make_administrator("--one-time", "--ward", "99999")
    make_administrator("--one-time", "--ward", other.code)

    assert User.objects.get(username="quantri").grants.get().area == other


@pytest.mark.parametrize(
    ("passwords", "sentence"),
    [
        pytest.param((PASSWORD, "khác"), "không giống nhau", id="two different ones"),
        pytest.param(("quantri12345678", "quantri12345678"), "dễ đoán", id="too familiar"),
    ],
)
def test_the_command_refuses_a_bad_password(typed, db, passwords, sentence):
    typed(*passwords)

    with pytest.raises(CommandError, match=sentence):
        make_administrator()

    assert not User.objects.exists()


def test_the_command_says_where_it_cannot_ask(monkeypatch, db):
    def nobody_types(_prompt):
        raise EOFError

    monkeypatch.setattr(create_administrator, "getpass", nobody_types)

    with pytest.raises(CommandError, match="thêm --one-time"):
        make_administrator()

    assert not User.objects.exists()


def test_the_command_refuses_a_name_that_is_taken(db):
    make_administrator("--one-time")
    password = User.objects.get().password

    with pytest.raises(CommandError, match="đã có người dùng"):
        make_administrator("--one-time")

    assert User.objects.get().password == password


def test_the_command_refuses_a_name_that_nobody_can_have(db):
    with pytest.raises(CommandError, match="có chữ số “2”"):
        call_command("create_administrator", "quantri", "--full-name", "Y Thoa 2", "--one-time")

    assert not User.objects.exists()


def test_the_first_administrator_is_led_to_the_form(first):
    answer = first.get("/", follow=True)

    assert (answer.request["PATH_INFO"], heading_of(answer)) == (SETUP, "Lập phường, xã")


def test_the_form_makes_the_ward_and_its_administrator(first):
    answer = first.post(SETUP, FORM, follow=True)

    ward = Area.objects.get(kind=AreaKind.WARD)
    assert (ward.name, ward.setting, ward.code) == ("Phường Đăk Cấm", "urban", "23284")
    assert (ward.parent.name, ward.path) == (
        "Tỉnh Quảng Ngãi",
        f"/{ward.parent.pk}/{ward.pk}/",
    )
    assert heading_of(answer) == "Thiết lập"
    assert "Đã lập Phường Đăk Cấm. Tiếp theo: thêm thôn, tổ dân phố." in text_of(answer)
    assert User.objects.get().ward == ward
    assert AuditEvent.objects.get().summary == (
        "Y Thoa lập Phường Đăk Cấm, Tỉnh Quảng Ngãi và nhận vai trò quản trị."
    )


def test_the_form_sent_twice_makes_one_ward(first):
    first.post(SETUP, FORM)

    answer = first.post(SETUP, FORM)

    assert answer.status_code == 302
    assert Area.objects.filter(kind=AreaKind.WARD).count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"code": "2328"}, "Mã phường, xã gồm 5 chữ số, ví dụ 23284."),
        ({"province_code": ""}, "Mã tỉnh, thành phố gồm 2 chữ số"),
        ({"setting": ""}, "Chọn khu vực."),
        ({"name": " "}, "Nhập tên phường, xã, đặc khu."),
    ],
)
def test_the_form_says_what_is_missing_and_keeps_what_was_typed(first, changes, sentence):
    answer = first.post(SETUP, FORM | changes)

    assert sentence in text_of(answer)
    assert "Tỉnh Quảng Ngãi" in text_of(answer)
    assert not Area.objects.exists()


def test_nobody_sets_up_a_second_ward(client_of, administrator):
    client = client_of(administrator)

    assert heading_of(client.get(SETUP)) == NO_RIGHT
    with nothing_written():
        answer = client.post(SETUP, FORM)

    assert "tài khoản của bạn không được lập phường, xã" in text_of(answer)


def test_whoever_lost_every_role_sets_up_nothing(client_of, ward):
    client = client_of(UserFactory())

    assert heading_of(client.get(SETUP)) == NO_RIGHT
    assert client.post(SETUP, FORM).status_code == 422
    assert Area.objects.filter(kind=AreaKind.WARD).count() == 1


@pytest.fixture
def change(client_of, administrator, ward):
    client = client_of(administrator)
    Area.objects.filter(pk=ward.parent_id).update(code="51")
    Area.objects.filter(pk=ward.pk).update(code="23284")
    ward.refresh_from_db()
    own = {
        "province_code": ward.parent.code,
        "province_name": ward.parent.name,
        "code": ward.code,
        "name": ward.name,
        "setting": ward.setting,
        "version": ward.version,
        "reason": "Đính chính",
    }
    return lambda **changes: client.post(EDIT, own | changes, follow=True)


def test_a_change_keeps_its_reason_and_the_old_value(change, ward):
    answer = change(issuer="Ủy ban nhân dân xã Đăk Cấm", province_name="Tỉnh Mới")

    ward.refresh_from_db()
    assert (ward.issuer, ward.parent.name) == ("Ủy ban nhân dân xã Đăk Cấm", "Tỉnh Mới")
    assert "Lý do: Đính chính" in text_of(answer)
    kept = RowChange.objects.filter(table="core_area", row_id=ward.pk).latest("pk")
    assert (kept.old["issuer"], kept.new["issuer"]) == ("", "Ủy ban nhân dân xã Đăk Cấm")


def test_a_renamed_ward_is_sorted_by_its_new_name(change, ward):
    WardFactory(name="Phường Bờ Y")

    change(name="Phường An Khê")

    wards = Area.objects.filter(kind=AreaKind.WARD).in_order()
    assert [each.name for each in wards] == ["Phường An Khê", "Phường Bờ Y"]


def test_the_service_refuses_a_name_of_another_script(administrator, ward):
    details = WardInput("51", "Tỉnh \u0410", "23284", "Phường Đăk Cấm", "urban")

    with pytest.raises(ValidationError, match="là chữ Kirin"):
        change_ward(ward=ward, details=details, reason="Đính chính", version=1, by=administrator)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, "Chưa có gì thay đổi."),
        ({"name": "Phường Khác", "reason": " "}, "Nhập lý do."),
    ],
)
def test_a_change_that_says_nothing_is_refused(change, ward, changes, sentence):
    answer = change(**changes)

    assert sentence in text_of(answer)
    assert Area.objects.get(pk=ward.pk).version == 1


def test_a_province_with_other_wards_keeps_its_name(change, ward):
    WardFactory(parent=ward.parent)

    answer = change(name="Phường Khác", province_name="Tỉnh Mới")

    assert "Còn phường, xã khác thuộc tỉnh" in text_of(answer)
    assert Area.objects.get(pk=ward.pk).name == "Phường Đăk Cấm"


def test_a_form_over_a_newer_ward_is_shown_again(change, ward):
    change(name="Phường Khác")

    answer = change(name="Phường Cũ")

    assert "vừa được sửa ở nơi khác" in text_of(answer)
    assert Area.objects.get(pk=ward.pk).name == "Phường Khác"


def test_the_coordinator_reads_and_does_not_change(client_of, coordinator):
    client = client_of(coordinator)

    page = client.get(DETAIL)

    assert heading_of(page) == "Phường Đăk Cấm"
    assert "Ủy ban nhân dân phường Đăk Cấm" in text_of(page)
    assert EDIT not in text_of(page)
    assert heading_of(client.get(EDIT)) == NO_RIGHT
