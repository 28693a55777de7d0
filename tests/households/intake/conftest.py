"""The office whose lists are read."""

import pytest

from households.models import EthnicGroup, PovertyCause
from tests.factories.core import VillageFactory
from tests.households.samples import CAUSES, GROUPS, VILLAGES


@pytest.fixture
def office(ward, coordinator):
    """The ward with the villages, ethnic groups and causes that the samples name."""
    for order, name in enumerate(VILLAGES):
        VillageFactory(parent=ward, name=name, order=order)
    for code, name, aliases in GROUPS:
        EthnicGroup.objects.get_or_create(
            code=code, defaults={"name": name, "aliases": "\n".join(aliases)}
        )
    for number in CAUSES:
        PovertyCause.objects.create(number=number, name=f"Nguyên nhân {number}")
    return coordinator
