"""Users and roles: what an administrator may do, how far it reaches, and what it ends."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from povertyplan.core import clock
from povertyplan.core.accounts import one_time
from povertyplan.core.accounts import services as accounts
from povertyplan.core.accounts.second_factor import remove_second_factor
from povertyplan.core.accounts.services import NewRole
from povertyplan.core.choices import Role
from povertyplan.core.models import AuditEvent, RoleGrant, RowChange, User
from tests.factories.core import (
    PASSWORD,
    GrantFactory,
    ProvinceFactory,
    UnitFactory,
    UserFactory,
    VillageFactory,
    WardFactory,
    user_with,
)
from tests.pages import NO_RIGHT, NOT_FOUND, heading_of, nothing_written

TODAY = date(2026, 11, 20)
REGISTER = "Hộ gia đình"
LIST, NEW = "/settings/users/", "/settings/users/new/"
KEYS = [f"6f3c1a52-3f0e-4b8f-9d59-0a1f6f2f7c{number:02}" for number in range(10)]
OWN = "bốn chậu xương rồng khô"


@pytest.fixture
def officer(ward):
    return user_with(Role.COORDINATOR, ward, user=UserFactory(full_name="Y Thoa"))


def role(area, name=Role.OBSERVER, **more):
    return NewRole(**({"role": name, "area": area, "valid_from": TODAY} | more))


def give(user, new_role, by, key=KEYS[0]):
    version = User.objects.get(pk=user.pk).version
    return accounts.grant_role(user=user, new_role=new_role, version=version, key=key, by=by)


def disable(user, by):
    accounts.disable_user(user=user, reason="Nghỉ việc", version=user.version, by=by)


def issue(user, by):
    user.refresh_from_db()
    return accounts.issue_password(user=user, version=user.version, by=by)


def sign_in(user, password):
    client = Client()
    client.post("/login/", {"username": user.username, "password": password})
    return client


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


@pytest.mark.parametrize("where", ["province", "another ward", "a village of another ward"])
def test_no_role_is_given_outside_the_administrators_area(administrator, officer, ward, where):
    other = WardFactory(parent=ward.parent)
    area = {
        "province": ward.parent,
        "another ward": other,
        "a village of another ward": VillageFactory(parent=other),
    }[where]

    with pytest.raises(ValidationError, match="địa bàn"):
        give(officer, role(area, Role.ENTRY_OFFICER), administrator)

    assert RoleGrant.objects.filter(user=officer).count() == 1


@pytest.mark.parametrize("who", ["coordinator", "leader", "observer", "village_head", "stranger"])
def test_nobody_but_an_administrator_gives_roles(request, ward, officer, who):
    by = request.getfixturevalue(who)

    with pytest.raises(ValidationError):
        give(officer, role(ward), by)
    with pytest.raises(ValidationError):
        disable(officer, by)


def test_nobody_changes_the_own_account(administrator, ward):
    acts = [
        lambda: give(administrator, role(ward, Role.COORDINATOR), administrator),
        lambda: disable(administrator, administrator),
        lambda: issue(administrator, administrator),
        lambda: accounts.end_role(
            grant=administrator.grants.get(), last_day=TODAY, version=1, by=administrator
        ),
    ]
    for act in acts:
        with pytest.raises(ValidationError, match="của mình"):
            act()


@pytest.mark.parametrize("elsewhere", ["now", "later"])
def test_an_account_that_reaches_further_is_not_taken_over(administrator, officer, elsewhere):
    start = TODAY if elsewhere == "now" else date(2027, 1, 1)
    GrantFactory(user=officer, area=ProvinceFactory(), role=Role.LEADER, valid_from=start)
    TOTPDevice.objects.create(user=officer, key="31" * 20)

    for act in (disable, issue):
        with pytest.raises(ValidationError, match=accounts.NOT_YOURS):
            act(officer, administrator)
    with pytest.raises(ValidationError, match="Chỉ quản trị hệ thống"):
        remove_second_factor(user=officer, reason="x", by=administrator)
    # The role inside the ward is still the ward's.
    accounts.end_role(
        grant=officer.grants.earliest("pk"),
        last_day=TODAY,
        version=officer.version,
        by=administrator,
    )


def test_a_role_elsewhere_that_is_over_hinders_nothing(administrator, officer):
    GrantFactory(user=officer, area=ProvinceFactory(), valid_to=date(2026, 11, 19))

    assert issue(officer, administrator)


def test_a_province_looks_after_its_wards(officer, ward):
    disable(officer, user_with(Role.ADMINISTRATOR, ward.parent))

    assert not User.objects.get(pk=officer.pk).is_active


def test_of_two_administrators_who_disable_each_other_one_stays(administrator, ward):
    other = user_with(Role.ADMINISTRATOR, ward)
    # What the second request read before the first one was done.
    administrator.grants_today, other.grants_today  # noqa: B018

    disable(administrator, other)
    with pytest.raises(ValidationError, match=accounts.NOT_YOURS):
        disable(other, administrator)

    assert User.objects.filter(is_active=True, grants__role=Role.ADMINISTRATOR).get() == other


def test_an_administrator_opens_no_household_by_giving_a_role_to_the_own_account(
    client_of, administrator, ward
):
    form = {
        "version": 1,
        "role": "coordinator",
        "area": ward.pk,
        "valid_from": "20/11/2026",
        "key": KEYS[0],
    }
    client = client_of(administrator)

    with nothing_written():
        client.post(reverse("core:role_grant", args=[administrator.pk]), form)

    assert heading_of(client.get("/households/")) == NO_RIGHT


def test_a_role_is_given_and_tells_the_journal(client_of, administrator, officer, ward):
    unit = UnitFactory(ward=ward, name="Phòng Kinh tế")

    grant = give(
        officer,
        role(ward, Role.UNIT_REPORTER, unit=unit, valid_to=date(2027, 1, 31)),
        administrator,
    )

    assert (grant.granted_by, grant.unit, grant.valid_to) == (
        administrator,
        unit,
        date(2027, 1, 31),
    )
    summary = AuditEvent.objects.get(act="grant_role").summary
    assert "Cán bộ đơn vị" in summary
    assert "từ 20/11/2026 đến 31/01/2027" in summary


def test_a_form_sent_twice_gives_one_role(administrator, officer, ward):
    first = accounts.grant_role(
        user=officer, new_role=role(ward), version=1, key=KEYS[0], by=administrator
    )
    again = accounts.grant_role(
        user=officer, new_role=role(ward), version=1, key=KEYS[0], by=administrator
    )

    assert first == again
    assert officer.grants.count() == 2


def test_a_role_is_not_held_twice_at_a_time(administrator, officer, ward):
    give(officer, role(ward, valid_to=date(2026, 12, 31)), administrator)

    with pytest.raises(ValidationError, match="đã có vai trò"):
        give(officer, role(ward, valid_from=date(2026, 12, 31)), administrator, KEYS[1])
    give(officer, role(ward, valid_from=date(2027, 1, 1)), administrator, KEYS[2])


def test_in_a_village_only_reviews_are_entered(administrator, officer, village):
    with pytest.raises(ValidationError, match="Rà soát viên"):
        give(officer, role(village, Role.LEADER), administrator)


@pytest.mark.parametrize(
    ("last_day", "is_in"),
    [(date(2026, 11, 19), False), (date(2026, 11, 20), True)],
    ids=["yesterday", "today"],
)
def test_an_ended_role_is_gone_at_the_next_request(administrator, officer, last_day, is_in):
    client = sign_in(officer, PASSWORD)
    assert heading_of(client.get("/households/")) == REGISTER

    accounts.end_role(
        grant=officer.grants.get(), last_day=last_day, version=officer.version, by=administrator
    )

    assert heading_of(client.get("/households/")) == (REGISTER if is_in else NO_RIGHT)


def test_a_role_that_never_began_is_taken_back(administrator, officer, ward):
    grant = give(officer, role(ward), administrator)
    officer.refresh_from_db()

    accounts.end_role(
        grant=grant, last_day=date(2026, 11, 19), version=officer.version, by=administrator
    )

    assert officer.grants.count() == 1
    deleted = RowChange.objects.get(table="core_rolegrant", operation="delete")
    assert deleted.actor == administrator.username


def test_an_ended_role_does_not_end_again_or_later(administrator, officer, ward):
    over = GrantFactory(user=officer, area=ward, valid_to=date(2026, 11, 1))
    ending = GrantFactory(user=officer, area=ward, valid_to=date(2026, 12, 1))

    for grant, day in ((over, TODAY), (ending, date(2026, 12, 2)), (ending, date(2026, 11, 18))):
        with pytest.raises(ValidationError):
            accounts.end_role(grant=grant, last_day=day, version=1, by=administrator)


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

    response = client.post(
        reverse("core:device_remove", args=[officer.pk]), {"version": 1, "reason": "Mất máy"}
    )

    assert response.status_code == 302
    assert not TOTPDevice.objects.exists()
