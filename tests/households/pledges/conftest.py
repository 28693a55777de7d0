"""A poor household on the list, and what it registered."""

import pytest

from tests.factories.households import HouseholdFactory, PledgeFactory, StatusFactory


@pytest.fixture
def household(village):
    household = HouseholdFactory(village=village, code="HN-01", head="Đặng Thị Ủy")
    StatusFactory(household=household)
    return household


@pytest.fixture
def pledge(household):
    return PledgeFactory(household=household)
