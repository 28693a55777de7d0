"""A role opens only what it opens where it is held, whatever other role somebody has.

Every pair of roles, in one ward or in two, granted in either order, is compared with what the
single roles see and write: nothing more, nothing less.

ACCESS_SEED=…    repeats the sample of an earlier run (the seed is printed)
ACCESS_VIEWS=…   with --long compares these addresses alone, every cell of them
"""

import os
import random

import pytest
from django.core.exceptions import PermissionDenied

from povertyplan.access import RULES
from povertyplan.core.access import middleware
from povertyplan.core.choices import Role
from tests.access.cells import READING, telling
from tests.access.pairs import ABOVE_WARDS, PairCell, PairDriver, all_cells, all_pairs
from tests.access.patterns import PATTERNS, views_of_part

SEED = int(os.environ.get("ACCESS_SEED", "0")) or random.SystemRandom().randrange(1, 10**6)
SAMPLE, AT_CLOSED_DOORS = 70, 10
PARTS = 4


def test_the_pairs_are_all_there():
    roles = len(Role)

    within, across = roles * (roles - 1), 2 * roles * roles
    assert len(set(all_pairs())) == within + across + 2 * roles * len(ABOVE_WARDS)


def sampled() -> list[PairCell]:
    """A draw of the cells that a role opens, one of which may be closed to the other."""
    chance = random.Random(SEED)
    cells = [cell for cell in all_cells() if not PATTERNS[cell.view].is_slow]
    opened = chance.sample([cell for cell in cells if cell.openers], SAMPLE)
    closed = chance.sample([cell for cell in cells if not cell.openers], AT_CLOSED_DOORS)
    return opened + closed


def compare(world, cells, *, is_told: bool = False) -> PairDriver:
    driver = PairDriver(world)
    driver.run(telling(cells) if is_told else cells)
    print(  # noqa: T201 -- the number of cells is part of the result
        f"\npairs of roles: {len(cells)} cells, {driver.opened} opened, seed {SEED}"
    )
    return driver


def test_a_sample_of_pairs_sees_what_its_roles_see(world):
    driver = compare(world, sampled())

    assert not driver.faults, "\n".join(driver.faults[:40]) + f"\n({len(driver.faults)} faults)"
    assert driver.opened > SAMPLE // 3


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
def test_every_pair_sees_what_its_roles_see(world, part):
    views = views_of_part(part, PARTS)

    # Doors that are closed to both roles are the matrix's; here a draw of them is enough.
    cells = [cell for cell in all_cells() if cell.view in views and cell.openers]
    driver = compare(world, cells, is_told=True)

    assert not driver.faults, "\n".join(driver.faults[:60]) + f"\n({len(driver.faults)} faults)"


def _open_the_door_alone(request, view) -> None:
    writing = request.method not in READING
    if not RULES[view].allows(request.user.roles, writing=writing):
        raise PermissionDenied


def test_with_every_grant_in_use_the_stronger_role_shows_through(world, monkeypatch):
    monkeypatch.setattr(middleware, "_use_opening_grants", _open_the_door_alone)
    mixed = {Role.COORDINATOR, Role.OBSERVER}
    cells = [
        cell
        for cell in all_cells()
        if cell.view in ("households:window_list", "households:window_anchor")
        and cell.is_of_two_wards
        and {held.role for held in cell.holds} == mixed
    ]

    faults = compare(world, cells).faults

    assert any("window_list" in fault and "more" in fault for fault in faults)
    assert any("POST households:window_anchor" in fault for fault in faults)
