"""A record is written only in the version its editor has seen."""

import pytest
from django.core.exceptions import ValidationError

from povertyplan.core.models import Area
from povertyplan.core.platform import versions
from tests.factories.core import VillageFactory
from tests.factories.households import HouseholdFactory


@pytest.fixture
def household(db):
    return HouseholdFactory(address="Đường cũ")


def test_update_writes_and_counts_the_version_up(household):
    versions.update(household, version=1, address="Đường mới")

    assert (household.address, household.version) == ("Đường mới", 2)
    household.refresh_from_db()
    assert (household.address, household.version) == ("Đường mới", 2)


def test_update_refuses_a_stale_version_with_the_present_row(household):
    versions.update(household, version=1, address="Đường mới")

    with pytest.raises(versions.StaleVersion) as caught:
        versions.update(household, version=1, address="Đường khác")

    assert caught.value.current.address == "Đường mới"
    household.refresh_from_db()
    assert (household.address, household.version) == ("Đường mới", 2)


@pytest.mark.parametrize("version", [None, "", "1", 1.0, True, 0, -1, 2, 10**9])
def test_update_refuses_a_version_we_never_gave(household, version):
    with pytest.raises(ValidationError) as caught:
        versions.update(household, version=version, address="Đường khác")

    assert caught.value.code == "version"
    household.refresh_from_db()
    assert (household.address, household.version) == ("Đường cũ", 1)


def test_a_place_of_a_new_name_is_sorted_by_it(ward):
    """Through the base manager, which knows no key of its own."""
    first, second = (
        VillageFactory(parent=ward, name=f"Tổ dân phố {number}", order=1) for number in (2, 10)
    )

    versions.update(first, version=first.version, name="Tổ dân phố 11")

    assert list(Area.objects.villages_of(ward)) == [second, first]
    assert first.sort_key == Area.objects.get(pk=first.pk).sort_key
