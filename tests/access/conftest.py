"""One world for all the tests of a module: building it takes a second."""

from copy import deepcopy
from datetime import date, time

import pytest

from povertyplan.core import clock
from tests.access import canaries
from tests.access.world import build

# The worlds of a run are alike, and none is built on one side of midnight and used on the other.
TODAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def built_world(build_once):
    with canaries.counting_anew(), clock.set_to(TODAY, at=time(9, 0)):
        return build_once(build)


@pytest.fixture
def world(built_world, db, settings):
    """A world for one test: rows and objects are as they were built."""
    # What a cell does is undone, its being seen too: a long run would find its sessions idle.
    settings.SESSION_IDLE_LIMIT = settings.SESSION_LIMIT
    with clock.set_to(TODAY, at=time(15, 0)):
        yield deepcopy(built_world)
