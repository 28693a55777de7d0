"""One world for all the tests of a module: building it takes a second."""

from copy import deepcopy

import pytest

from tests.access.world import build


@pytest.fixture(scope="module")
def built_world(build_once):
    return build_once(build)


@pytest.fixture
def world(built_world, db, settings):
    """A world for one test: rows and objects are as they were built."""
    # What a cell does is undone, its being seen too: a long run would find its sessions idle.
    settings.SESSION_IDLE_LIMIT = settings.SESSION_LIMIT
    return deepcopy(built_world)
