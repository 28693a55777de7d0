"""Who may do what: every address, role, target and method; nothing of others in any answer.

ACCESS_SEED=…    repeats the sample of an earlier run (the seed is printed)
ACCESS_VIEWS=…   tries these addresses alone, with --long every cell of them
"""

import os
import random

import pytest
from django.db.models import Q
from django.http import HttpResponse

from povertyplan.access import RULES
from povertyplan.core.accounts import selectors as administrators
from povertyplan.core.journal import selectors as journal
from povertyplan.core.models import ScopedQuerySet, User
from povertyplan.core.models.area import AreaQuerySet
from tests.access import canaries
from tests.access.cells import all_cells, cells_of, expected, is_refused_at_the_door, telling
from tests.access.driver import Driver, models, scoped_views, snapshot
from tests.access.patterns import PATTERNS, resolved, views_of_part

# Shared by every ward, or copies and machinery.
WITHOUT_CANARIES = frozenset(
    {
        "core.RowChange",
        "core.Submission",
        "households.DeprivationIndicator",
        "households.IncomeLine",
        "households.PovertyCause",
        "households.PovertyStandard",
        "households.ReviewProcedure",
        "projects.ComponentProject",
        "projects.HandoverKind",
        "projects.Programme",
        "households.LowIncomeTerm",
        "projects.LivelihoodProcedure",
        "projects.PublicationRule",
        "projects.SpendingPeriod",
        "projects.SupportKind",
        # Counted from documents and data; a list says whether, never how many.
        "reports.FigureCheck",
    }
)
SAMPLE = 200
FLOOR = 10_000
PARTS = 4
SEED = int(os.environ.get("ACCESS_SEED", "0")) or random.SystemRandom().randrange(1, 10**6)


def test_every_address_has_a_rule_and_every_rule_an_address():
    assert set(resolved()) == set(RULES)


def test_every_address_has_a_line_in_the_matrix():
    assert set(PATTERNS) == set(resolved())


def test_every_text_and_number_holds_a_canary(world):
    """A new field or table without a canary would be a blind spot of the matrix."""
    blind = []
    for model in models():
        fields = canaries.fields_to_fill(model)
        if model._meta.label in WITHOUT_CANARIES or model._meta.auto_created or not fields:
            continue
        rows = list(model._base_manager.all())
        if not rows:
            blind.append(f"{model._meta.label}: no row")
        for field in fields:
            if not any(canaries.is_canary(getattr(row, field.name)) for row in rows):
                blind.append(f"{model._meta.label}.{field.name}")
    assert not blind


def is_plain(cell) -> bool:
    """Each address as each role, own and foreign."""
    return (
        cell.query == "plain"
        and cell.method in ("GET", "POST")
        and cell.target in ("own", "other ward")
    )


def one_of_many(world, cell) -> tuple:
    """What a cell has in common with others of which one is enough in a run that is not long.

    Who is refused at the door is refused by the same lines everywhere, so one role shows that the
    door is there; of those let in, one of each outcome. The long run sends every cell.
    """
    if is_refused_at_the_door(world, cell):
        return cell.view, cell.method, expected(world, cell)
    return cell.view, cell.method, cell.target, expected(world, cell)


def sampled(world, cells) -> list:
    """One plain cell of those alike, and a draw of all the others; both by the seed."""
    chance = random.Random(SEED)
    plain = [cell for cell in cells if is_plain(cell)]
    chance.shuffle(plain)
    certain = set({one_of_many(world, cell): cell for cell in plain}.values())
    others = [cell for cell in cells if cell not in certain]
    certain |= set(chance.sample(others, min(SAMPLE // PARTS, len(others))))
    return [cell for cell in cells if cell in certain]


def part_of(world, part) -> list:
    """The cells of every PARTS-th address."""
    views = views_of_part(part, PARTS)
    return [cell for cell in all_cells(world) if cell.view in views]


def with_doors_drawn(world, cells) -> list:
    """All that no door refuses, and of the others one drawn of each address, role and method.

    These three alone are what the door asks; target and query are looked at behind it. Where
    addresses are named, every cell of them.
    """
    if os.environ.get("ACCESS_VIEWS"):
        return cells
    mixed = random.Random(SEED).sample(cells, len(cells))
    refused = [cell for cell in mixed if is_refused_at_the_door(world, cell)]
    left_out = set(refused) - set({(at.view, at.role, at.method): at for at in refused}.values())
    return [cell for cell in cells if cell not in left_out]


def can_be_proved(world, view) -> bool:
    """Whether somebody of the other ward opens the view there, and the world has what it shows."""
    held = {role for grants in world.grants.values() for role, side in grants if side[0] == "b"}
    return bool(RULES[view].reads & held) and PATTERNS[view].status != 404


def check(world, cells, *, is_told: bool = False) -> None:
    """Send the cells; nothing leaks, nothing changes, and the allowed cases really work."""
    before = snapshot()
    tally = Driver(world).run(telling(cells) if is_told else cells)
    print(  # noqa: T201 -- the number of cells is part of the result
        f"\naccess matrix: {tally.cells} cells, seed {SEED}, {dict(sorted(tally.statuses.items()))}"
    )
    assert not tally.faults, "\n".join(tally.faults[:60]) + f"\n({len(tally.faults)} faults)"
    assert tally.cells == len(cells)
    assert snapshot() == before
    views = {cell.view for cell in cells}
    assert {view for view in views if PATTERNS[view].shows} <= tally.shown
    reaching = {view for view in views if PATTERNS[view].reach and can_be_proved(world, view)}
    assert reaching <= tally.proved


# Whether an address gives away another ward's records is asked of each in every run, below.
@pytest.mark.drawn(one_of=4)
@pytest.mark.alike(one_of=PARTS)
@pytest.mark.parametrize("part", range(PARTS))
def test_a_sample_of_the_matrix(world, part):
    cells = sampled(world, part_of(world, part))

    check(world, cells)


def test_no_address_opens_what_is_of_another_ward(world):
    """As somebody whom the door lets in; the sample asks of other roles, targets and methods."""
    mixed = all_cells(world)
    random.Random(SEED).shuffle(mixed)
    foreign = {
        cell.view: cell
        for cell in mixed
        if (cell.target, cell.query) == ("other ward", "plain")
        and cell.method in ("GET", "POST")
        and expected(world, cell) == {404}
    }

    tally = Driver(world).run(foreign.values())
    assert not tally.faults, "\n".join(tally.faults[:60])
    assert len(foreign) > 100


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
def test_the_whole_matrix(world, part):
    check(world, with_doors_drawn(world, part_of(world, part)), is_told=True)


def test_the_matrix_is_large(world):
    assert len(all_cells(world)) >= FLOOR


@pytest.fixture
def without_scoping(world, monkeypatch):
    monkeypatch.setattr(ScopedQuerySet, "visible_to", lambda rows, user: rows.all())
    monkeypatch.setattr(AreaQuerySet, "visible_to", lambda rows, user: rows.all())
    monkeypatch.setattr(administrators, "_inside", lambda user, lookup: Q())
    monkeypatch.setattr(journal, "_readable", lambda user, view: Q())
    monkeypatch.setattr(User, "wards", property(lambda user: [world.b.area]))


def test_without_scoping_every_scoped_address_goes_red(world, without_scoping):
    roles = {"village head", "coordinator", "leader", "administrator"}
    driver, green = Driver(world), []
    for view in sorted(scoped_views()):
        cells = (
            cell
            for cell in cells_of(view, roles)
            if cell.method == "GET" and cell.query == "plain" and driver.run([cell]).red
        )
        if not next(cells, None):
            green.append(view)

    assert not green


@pytest.mark.parametrize(
    ("words", "found"),
    [
        pytest.param("<td>ZQTA1x0042</td>", {("t", "a1")}, id="text"),
        pytest.param("B1 = 32.405 điểm", {("s", "b1")}, id="score"),
        pytest.param("31501 hộ", {("t", "b2")}, id="number"),
        pytest.param("999313000042", {("citizen id", "b0")}, id="personal number"),
        pytest.param('href="/households/31501/"', set(), id="an address"),
        pytest.param("131.501.200", set(), id="another number"),
    ],
)
def test_canaries_are_found(words, found):
    assert canaries.found(HttpResponse(words)) == found
