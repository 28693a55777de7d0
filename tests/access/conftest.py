"""One world for all the tests of a module: building it takes a second."""

from copy import deepcopy

import pytest

from tests.access.world import build


@pytest.fixture(scope="module")
def built_world(build_once):
    return build_once(build)


@pytest.fixture
def world(built_world, db):
    """A world for one test: rows and objects are as they were built."""
    return deepcopy(built_world)
