"""A poor household with a grown child, and two kinds of need: one for it, one for persons."""

import pytest

from households.choices import PovertyClass
from tests.factories.households import (
    HouseholdFactory,
    MembershipFactory,
    NeedKindFactory,
    PersonFactory,
    StatusFactory,
)


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
def child(household):
    person = PersonFactory(ward=household.ward, full_name="Đặng Văn Nam")
    return MembershipFactory(household=household, person=person).person


@pytest.fixture
def credit(db):
    return NeedKindFactory(name="Vay vốn")


@pytest.fixture
def training(db):
    return NeedKindFactory(name="Học nghề", for_persons=True)
