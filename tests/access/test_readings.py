"""Which pages leave an access entry, about which ward, and how often."""

from datetime import time

import pytest
from django.urls import reverse

from povertyplan.access import RULES
from povertyplan.core import clock
from povertyplan.core.choices import Role
from povertyplan.core.journal.readings import ON_SCREEN
from povertyplan.core.models import AccessEvent
from tests.access.cells import TWO_WARDS
from tests.access.patterns import PATTERNS, places

pytestmark = pytest.mark.readings

READINGS = {view: rule for view, rule in RULES.items() if rule.reading}
EXPECTED = {
    "households:household_list",
    "households:household_detail",
    "households:member_edit",
    "households:window_list",
    "households:fact_list",
    "households:fact_village",
    "households:need_list",
    "households:need_village",
    "households:certificate_list",
    "households:pledge_list",
    "households:worker_list",
    "projects:need_gap",
    "reports:reaching",
    "reports:simulation_list",
    "households:quality",
    "households:village_reviews",
    "households:review_grid",
    "households:review_grid_print",
    "households:phone_list",
    "households:scan_file",
    "households:campaign_version",
    "reports:person_table",
}


def address(world, view, target="own"):
    return reverse(view, kwargs=PATTERNS[view].address(places(world)[target]))


def on_screen():
    return AccessEvent.objects.filter(purpose=ON_SCREEN)


def reader(world, view):
    role = "coordinator" if Role.COORDINATOR in RULES[view].reads else "leader"
    return world.users[role]


def test_the_rules_say_which_pages_are_readings():
    assert set(READINGS) == EXPECTED


@pytest.mark.alike(one_of=4)
@pytest.mark.parametrize("view", sorted(READINGS))
def test_a_reading_leaves_one_entry_in_ten_minutes(world, client, view):
    user, day = reader(world, view), clock.today()
    client.force_login(user)
    for minute in (0, 9):
        with clock.set_to(day, time(9, minute)):
            assert client.get(address(world, view)).status_code == 200

    entry = on_screen().get()
    assert (entry.actor, entry.ward) == (user, world.a.area)
    assert entry.what.startswith(RULES[view].reading.what.partition("{")[0])

    with clock.set_to(day, time(9, 10)):
        client.get(address(world, view))

    assert on_screen().count() == 2


@pytest.mark.alike(one_of=4)
@pytest.mark.parametrize("view", sorted(READINGS))
def test_what_was_not_shown_leaves_nothing(world, client, view):
    client.force_login(reader(world, view))
    answers = [client.head(address(world, view))]
    if PATTERNS[view].reach:
        answers.append(client.get(address(world, view, "other ward")))

    assert [each.status_code for each in answers] in ([200], [200, 404])
    assert not on_screen().exists()


def test_who_does_not_see_the_condition_of_people_leaves_nothing(world, client):
    client.force_login(world.users["unit reporter"])

    assert client.get(address(world, "households:household_detail")).status_code == 200
    assert not on_screen().exists()


def test_a_list_of_two_wards_is_an_entry_in_each(world, client):
    client.force_login(world.users[TWO_WARDS])

    assert client.get(reverse("households:household_list")).status_code == 200
    assert {each.ward for each in on_screen()} == {world.a.area, world.b.area}
