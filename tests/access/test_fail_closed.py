"""What is not settled is refused; and a right that is taken away is gone at the next request."""

import pytest
from django.test import Client
from django.urls import reverse

from povertyplan.access import RULES
from povertyplan.core.access.rules import AccessScope
from povertyplan.core.choices import Role
from povertyplan.core.models import RoleGrant, Unit, User
from tests.access.cells import Cell, url
from tests.access.driver import Driver
from tests.access.patterns import PATTERNS, places
from tests.access.world import build
from tests.factories.core import UnitFactory, WardFactory

LESS: dict = {}
BROKEN = "nothing like a table"


@pytest.fixture
def world(db):
    return build()


def test_a_view_without_its_rule_is_refused(world, settings):
    driver = Driver(world)
    settings.ACCESS_TABLE = f"{__name__}.LESS"
    for view in PATTERNS:
        LESS.clear()
        LESS.update({name: rule for name, rule in RULES.items() if name != view})
        for role in ("coordinator", "leader", "village head"):
            for method in ("GET", "POST"):
                cell = Cell(view, role, "own", method, "plain")
                assert driver.send(cell).status_code == 403, view


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
    assert client.get(address).status_code == 200
    return lambda: client.get(address).status_code


def grants(world):
    return RoleGrant.objects.filter(user=world.users["coordinator"])


WITHDRAWN = {
    "disabled": (
        lambda world: User.objects.filter(grants__in=grants(world)).update(is_active=False),
        302,
    ),
    "term ended": (lambda world: grants(world).update(valid_to="2026-11-19"), 403),
    "not yet begun": (lambda world: grants(world).update(valid_from="2026-11-21"), 403),
    "grant taken away": (lambda world: grants(world).delete(), 403),
    "moved to another ward": (lambda world: grants(world).update(area=world.b.area), 404),
    "moved to another village": (
        lambda world: grants(world).update(area=world.a.villages[1].area, role=Role.ENTRY_OFFICER),
        404,
    ),
    "made administrator": (lambda world: grants(world).update(role=Role.ADMINISTRATOR), 403),
}


@pytest.mark.parametrize(("withdraw", "status"), WITHDRAWN.values(), ids=WITHDRAWN)
def test_a_right_withdrawn_is_gone_at_the_next_request(world, page, withdraw, status):
    withdraw(world)

    assert page() == status


def test_a_term_that_still_runs_stays(world, page):
    grants(world).update(valid_to="2026-11-20")

    assert page() == 200


def test_a_user_without_a_ward_meets_no_data(world):
    RoleGrant.objects.filter(user=world.users["leader"]).update(area=world.a.area.parent)
    driver = Driver(world)
    for view in ("reports:dashboard", "reports:target_list", "core:period_list"):
        assert driver.send(Cell(view, "leader", "own", "GET", "plain")).status_code == 404


def test_one_may_sign_out_without_any_role(world):
    client = Client()
    client.force_login(world.users["expired"])

    assert client.post(reverse("core:logout")).status_code == 302
    assert client.get(reverse("core:password_change")).status_code == 302


def test_every_self_service_needs_a_log_in(world):
    for view, rule in RULES.items():
        if rule.scope == AccessScope.SELF:
            address = PATTERNS[view].address(places(world)["own"])
            assert Client().get(reverse(view, kwargs=address)).status_code == 302


def test_a_ward_opened_later_is_closed_to_all(world):
    """Rows of a ward nobody holds a grant in are nobody's."""
    unit = UnitFactory(ward=WardFactory())
    for user in world.users.values():
        assert unit not in Unit.objects.visible_to(user)
