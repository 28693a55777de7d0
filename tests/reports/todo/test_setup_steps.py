"""What is left to set up in a new ward, for whoever may do it."""

import re

import pytest

from povertyplan.core.choices import Role
from tests.factories.core import GrantFactory, UnitFactory, VillageFactory, WardFactory
from tests.factories.households import AreaYearFactory, HouseholdFactory
from tests.pages import text_of

VILLAGES, UNITS, TOTALS = "/settings/villages/", "/settings/units/", "/settings/populations/"
USERS, FIRST_LIST = "/settings/users/", "/households/import/"


def steps(client):
    section = re.search(r'id="setup-steps".*?</section>', text_of(client.get("/todo/")))
    return re.findall(r'<li><a href="([^"]+)">', section[0]) if section else []


def test_an_administrator_begins_with_villages_units_and_users(client_of, administrator):
    assert steps(client_of(administrator)) == [VILLAGES, UNITS, USERS]


def test_each_step_goes_when_it_is_done(client_of, coordinator, ward):
    client = client_of(coordinator)
    assert steps(client) == [VILLAGES, UNITS]

    village = VillageFactory(parent=ward)
    assert steps(client) == [UNITS, TOTALS, FIRST_LIST]
    UnitFactory(ward=ward)
    AreaYearFactory(ward=ward, area=village)
    assert steps(client) == [FIRST_LIST]
    HouseholdFactory(village=village)
    assert steps(client) == []
    assert "Không có việc đến hạn." in text_of(client.get("/todo/"))


def test_the_steps_of_two_wards_name_theirs(client_of, coordinator, ward):
    VillageFactory(parent=ward)
    other = WardFactory()
    GrantFactory(user=coordinator, role=Role.COORDINATOR, area=other)
    client = client_of(coordinator)

    found = steps(client)

    assert f"{UNITS}?ward={ward.pk}" in found
    assert f"{VILLAGES}?ward={ward.pk}" not in found
    assert f"{VILLAGES}?ward={other.pk}" in found
    assert f"{other}: Thêm thôn, tổ dân phố" in text_of(client.get("/todo/"))


@pytest.mark.parametrize("role", ["leader", "observer", "reporter", "village_head"])
def test_others_have_nothing_to_set_up(request, client_of, role):
    assert steps(client_of(request.getfixturevalue(role))) == []


def test_an_empty_register_leads_to_the_first_list(client_of, coordinator, observer):
    assert "Nhập danh sách đầu tiên từ Excel" in text_of(client_of(coordinator).get("/households/"))
    assert "Nhập danh sách đầu tiên" not in text_of(client_of(observer).get("/households/"))
