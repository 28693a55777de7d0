"""The pages of users: who sees them, and how a user is added."""

import re
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from povertyplan.core.accounts import services as accounts
from povertyplan.core.choices import Role
from povertyplan.core.models import AuditEvent, User
from tests.core.administration import KEYS, LIST, role, sign_in
from tests.factories.core import GrantFactory, UnitFactory, user_with
from tests.pages import NOT_FOUND, heading_of

NEW = "/settings/users/new/"


def test_the_list_shows_the_users_of_the_area_with_todays_roles(
    client_of, administrator, officer, stranger
):
    GrantFactory(user=officer, area=officer.ward, role=Role.LEADER, valid_to=date(2026, 11, 19))

    page = client_of(administrator).get(LIST).content.decode()

    assert "Y Thoa" in page
    assert "Cán bộ giảm nghèo" in page
    assert "Lãnh đạo" not in page
    assert stranger.full_name not in page


@pytest.mark.parametrize("item_count", [1, 3])
def test_the_list_needs_no_more_queries_for_more_users(
    client_of, administrator, ward, item_count, django_assert_num_queries
):
    for _ in range(item_count):
        user_with(Role.UNIT_REPORTER, ward, unit=UnitFactory(ward=ward))
    client = client_of(administrator)

    with django_assert_num_queries(8):
        page = client.get(LIST).content.decode()

    assert page.count("Cán bộ đơn vị") == item_count


def test_only_administrators_come_in(client_of, leader):
    client = client_of(leader)

    assert client.get(LIST).status_code == 403
    assert LIST not in client.get("/todo/").content.decode()


def test_a_user_of_another_ward_is_not_found(client_of, administrator, stranger):
    assert heading_of(client_of(administrator).get(f"{LIST}{stranger.pk}/")) == NOT_FOUND


def test_user_new_adds_a_user_who_then_gets_a_password(client_of, administrator, village):
    client = client_of(administrator)
    form = {
        "full_name": "  Đặng   Văn Mới ",
        "job_title": "Tổ trưởng",
        "username": "dang.moi",
        "role": "entry_officer",
        "area": village.pk,
        "valid_from": "20/11/2026",
        "key": KEYS[0],
    }

    first, again = client.post(NEW, form), client.post(NEW, form)

    user = User.objects.get(username="dang.moi")
    assert first.url == again.url == f"{LIST}{user.pk}/"
    assert (str(user), user.ward, user.has_usable_password()) == (
        "Đặng Văn Mới",
        village.parent,
        False,
    )
    event = AuditEvent.objects.get(act="add_user")
    assert (event.actor, event.ward) == (administrator, village.parent)
    assert "Chưa có mật khẩu" in client.get(LIST).content.decode()

    slip = client.post(f"{first.url}password/", {"version": user.version})

    password = re.search(r"<code>([\w-]+)</code>", slip.content.decode())[1]
    assert sign_in(user, password).get("/todo/").url == "/account/password/"


@pytest.mark.parametrize(
    ("name", "fault"),
    [("Đặng Văn \u041c\u043ei", "chữ Kirin"), ("=Đặng()", "ký hiệu “=”"), ("<b>A</b>", "“&lt;”")],
)
def test_a_name_that_nobody_can_have_is_refused(client_of, administrator, village, name, fault):
    form = {
        "full_name": name,
        "username": "dang.moi",
        "role": "entry_officer",
        "area": village.pk,
        "valid_from": "20/11/2026",
        "key": KEYS[0],
    }

    response = client_of(administrator).post(NEW, form)

    assert response.status_code == 422
    assert fault in response.content.decode()
    with pytest.raises(ValidationError, match="“"):
        accounts.add_user(
            username="dang.moi",
            full_name=name,
            job_title="",
            first_role=role(village, Role.ENTRY_OFFICER),
            key=KEYS[1],
            by=administrator,
        )
    assert not User.objects.filter(username="dang.moi").exists()


def test_what_is_wrong_is_said_all_at_once_and_nothing_is_saved(client_of, administrator, ward):
    form = {
        "full_name": "A",
        "username": "Đặng Mới",
        "role": "unit_reporter",
        "area": ward.pk,
        "valid_from": "19/11/2026",
        "valid_to": "18/11/2026",
        "key": KEYS[0],
    }
    client = client_of(administrator)

    assert "Tên đăng nhập gồm" in client.post(NEW, form).content.decode()
    response = client.post(NEW, form | {"username": "dang.moi"})

    assert response.status_code == 422
    page = response.content.decode()
    for sentence in (
        accounts.UNIT_MISSING,
        accounts.DATES_CROSSED,
        accounts.FROM_THE_PAST.format(today="20/11/2026"),
    ):
        assert sentence in page
    assert 'value="dang.moi"' in page
    assert not User.objects.filter(username="dang.moi").exists()


def test_a_user_name_is_taken_once(client_of, administrator, officer, ward):
    form = {
        "full_name": "A",
        "username": officer.username,
        "role": "observer",
        "area": ward.pk,
        "valid_from": "20/11/2026",
        "key": KEYS[0],
    }

    response = client_of(administrator).post(NEW, form)

    assert accounts.USERNAME_TAKEN in response.content.decode()
