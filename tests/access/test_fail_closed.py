"""What is not settled is refused; and a right that is taken away is gone at the next request."""

from itertools import cycle

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import reverse

from povertyplan.access import RULES
from povertyplan.core.access.rules import AccessScope
from povertyplan.core.choices import Role
from povertyplan.core.models import RoleGrant, Unit, User
from tests.access import canaries
from tests.access.cells import Cell, url
from tests.access.driver import Driver
from tests.access.patterns import PATTERNS, places
from tests.factories.core import ProvinceFactory, UnitFactory, WardFactory
from tests.pages import NO_RIGHT, NOT_FOUND, SIGN_IN, heading_of, nothing_written, text_of

LESS: dict = {}
BROKEN = "nothing like a table"


# The same lines refuse whichever rule is missing.
def test_a_view_without_its_rule_is_refused(world, settings, share):
    driver = Driver(world)
    settings.ACCESS_TABLE = f"{__name__}.LESS"
    roles = cycle(("coordinator", "leader", "village head"))
    for view in share(list(PATTERNS), one_of=3):
        LESS.clear()
        LESS.update({name: rule for name, rule in RULES.items() if name != view})
        role = next(roles)
        for method in ("GET", "POST"):
            with nothing_written():
                answer = driver.send(Cell(view, role, "own", method, "plain"))
            assert heading_of(answer) == NO_RIGHT, view


@pytest.mark.drawn(one_of=2)
@pytest.mark.parametrize("table", ["tests.access.no_such_table", f"{__name__}.BROKEN"])
def test_a_broken_table_opens_nothing(world, settings, table):
    settings.ACCESS_TABLE = table
    driver = Driver(world)
    for view in PATTERNS:
        answer = driver.send(Cell(view, "leader", "own", "GET", "plain"))
        assert answer.status_code in (403, 500), view
        assert b"zq" not in answer.content


@pytest.fixture
def page(world):
    """A page that the coordinator has just opened, in a session that stays."""
    user = world.users["coordinator"]
    client = Client()
    client.force_login(user)
    address = url(world, Cell("households:household_detail", "coordinator", "own", "GET", "plain"))
    assert shows_the_household(client.get(address), world)
    return lambda: client.get(address, follow=True)


def shows_the_household(response, world):
    return world.a.villages[0].first.code in text_of(response)


def grants(world):
    return RoleGrant.objects.filter(user=world.users["coordinator"])


WITHDRAWN = {
    "disabled": (
        lambda world: User.objects.filter(grants__in=grants(world)).update(is_active=False),
        SIGN_IN,
    ),
    "term ended": (lambda world: grants(world).update(valid_to="2026-11-19"), NO_RIGHT),
    "not yet begun": (lambda world: grants(world).update(valid_from="2026-11-21"), NO_RIGHT),
    "grant taken away": (lambda world: grants(world).delete(), NO_RIGHT),
    "moved to another ward": (lambda world: grants(world).update(area=world.b.area), NOT_FOUND),
    "moved to another village": (
        lambda world: grants(world).update(area=world.a.villages[1].area, role=Role.ENTRY_OFFICER),
        NOT_FOUND,
    ),
    "made administrator": (lambda world: grants(world).update(role=Role.ADMINISTRATOR), NO_RIGHT),
}


@pytest.mark.parametrize(("withdraw", "heading"), WITHDRAWN.values(), ids=WITHDRAWN)
def test_a_right_withdrawn_is_gone_at_the_next_request(world, page, withdraw, heading):
    withdraw(world)

    answer = page()

    assert heading_of(answer) == heading
    assert not shows_the_household(answer, world)


def test_a_term_that_still_runs_stays(world, page):
    grants(world).update(valid_to="2026-11-20")

    assert shows_the_household(page(), world)


def test_a_user_without_a_ward_meets_no_data(world):
    """Also where the cookie names one; a province with wards has tests of its own, above_wards."""
    RoleGrant.objects.filter(user=world.users["leader"]).update(area=ProvinceFactory())
    driver = Driver(world)
    client = Client()
    client.force_login(world.users["leader"])
    client.cookies["ward"] = world.a.area.pk
    assert heading_of(client.get(reverse("reports:dashboard"), follow=True)) == NOT_FOUND
    board = client.get(reverse("reports:region_board"))
    assert not canaries.values_in(board) - _own(client)
    for view in ("reports:dashboard", "reports:target_list", "core:period_list"):
        answer = driver.send(Cell(view, "leader", "own", "GET", "plain"))
        assert heading_of(answer) == NOT_FOUND


def _own(client) -> frozenset[str]:
    """What every page says of its reader."""
    return canaries.values_in(client.get(reverse("core:password_change")))


def test_one_may_sign_out_without_any_role(world):
    client = Client()
    client.force_login(world.users["expired"])

    client.post(reverse("core:logout"))

    assert SESSION_KEY not in client.session
    assert heading_of(client.get(reverse("core:password_change"), follow=True)) == SIGN_IN


def test_every_self_service_needs_a_log_in(world):
    for view, rule in RULES.items():
        if rule.scope == AccessScope.SELF:
            address = PATTERNS[view].address(places(world)["own"])
            answer = Client().get(reverse(view, kwargs=address), follow=True)
            assert heading_of(answer) == SIGN_IN, view


def test_a_ward_opened_later_is_closed_to_all(world):
    """Rows of a ward nobody holds a grant in are nobody's."""
    unit = UnitFactory(ward=WardFactory())
    for user in world.users.values():
        assert unit not in Unit.objects.visible_to(user)
