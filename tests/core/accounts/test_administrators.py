"""How far an administrator reaches."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from povertyplan.core.accounts import services as accounts
from povertyplan.core.accounts.second_factor import remove_second_factor
from povertyplan.core.choices import Role
from povertyplan.core.models import RoleGrant, User
from tests.core.administration import KEYS, TODAY, disable, give, issue, role
from tests.factories.core import (
    GrantFactory,
    ProvinceFactory,
    VillageFactory,
    WardFactory,
    user_with,
)
from tests.pages import NO_RIGHT, heading_of, nothing_written


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
        remove_second_factor(user=officer, reason="Ghi nhầm", by=administrator)
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
