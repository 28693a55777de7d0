"""A household, its neighbour, and the coordinator acting on it."""

import pytest

from households.choices import PovertyClass
from tests.factories.households import HouseholdFactory, StatusFactory


@pytest.fixture
def household(village):
    household = HouseholdFactory(village=village, code="HN-01", head="Đặng Thị Ủy")
    StatusFactory(household=household)
    return household


@pytest.fixture
def neighbour(village):
    neighbour = HouseholdFactory(village=village, code="HN-02", head="A Blong")
    StatusFactory(household=neighbour, poverty_class=PovertyClass.NEAR_POOR)
    return neighbour


@pytest.fixture
def act(coordinator, household):
    """Run an act of the coordinator on the household as it is now."""

    def run(service, **values):
        household.refresh_from_db()
        return service(**({"version": household.version, "by": coordinator} | values))

    return run
