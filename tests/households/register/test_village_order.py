"""Villages stand as people sort them, in every list and select, on both databases."""

import re

import pytest
from django.urls import reverse

from povertyplan.core.models import Area
from tests.factories.core import VillageFactory
from tests.factories.households import (
    CampaignFactory,
    CampaignVillageFactory,
    HouseholdFactory,
    StatusFactory,
)
from tests.factories.projects import SupportFactory
from tests.journeys.every_page import pages_for
from tests.pages import text_of

NUMBERS = (10, 2, 1, 11, 3)
PAGES = (
    "households:household_list",
    "households:household_new",
    "households:window_list",
    "households:village_list",
    "households:request_new",
    "reports:dashboard",
    "reports:matrix",
    "reports:form_list",
)
PARTS = re.compile(r"<(select|tbody)\b.*?</\1>", re.DOTALL)


@pytest.fixture
def villages(ward):
    """Five villages in the order in which somebody typed them."""
    return [VillageFactory(parent=ward, name=f"Tổ dân phố {each}", order=0) for each in NUMBERS]


def test_villages_of_a_ward_come_by_their_number(ward, villages):
    names = [village.name for village in Area.objects.villages_of(ward)]

    assert names == [f"Tổ dân phố {each}" for each in sorted(NUMBERS)]


def test_the_official_order_goes_before_the_name(ward, villages):
    first = VillageFactory(parent=ward, name="Thôn Xa", order=1)
    Area.objects.filter(pk__in=[each.pk for each in villages]).update(order=2)

    assert Area.objects.villages_of(ward).first() == first


def test_a_renamed_village_takes_its_new_place(ward, villages):
    Area.objects.filter(pk=villages[0].pk).update(name="Tổ dân phố 0")
    villages[1].name = "Tổ dân phố 12"
    villages[1].save(update_fields=["name"])

    names = [village.name for village in Area.objects.villages_of(ward)]

    assert (names[0], names[-1]) == ("Tổ dân phố 0", "Tổ dân phố 12")


@pytest.mark.parametrize("page", PAGES)
def test_lists_and_selects_show_them_so(ward, villages, client_of, coordinator, page):
    campaign = CampaignFactory(ward=ward)
    for village in villages:
        CampaignVillageFactory(campaign=campaign, village=village)
        StatusFactory(household=HouseholdFactory(village=village))

    text = text_of(client_of(coordinator).get(reverse(page)))

    # The rows of the household list are people, by their names.
    parts = [part[0] for part in PARTS.finditer(text) if part[1] == "select" or page != PAGES[0]]
    found = [
        numbers
        for part in parts
        if len(numbers := list(dict.fromkeys(named(part)))) == len(NUMBERS)
    ]
    for numbers in found:
        assert numbers == sorted(NUMBERS)
    assert found or page == "reports:dashboard", text


def named(text):
    return map(int, re.findall(r"Tổ dân phố (\d+)", text))


@pytest.mark.alike
def test_every_select_of_every_page_shows_them_so(ward, villages, client_of, coordinator):
    campaign = CampaignFactory(ward=ward)
    for village in villages:
        CampaignVillageFactory(campaign=campaign, village=village)
        SupportFactory(
            household=StatusFactory(household=HouseholdFactory(village=village)).household
        )
    client = client_of(coordinator)

    wrong, seen = {}, 0
    for view, address in pages_for(coordinator).items():
        text = text_of(client.get(address)) if address else ""
        for part in PARTS.finditer(text):
            numbers = list(dict.fromkeys(named(part[0])))
            if part[1] == "select" and len(numbers) == len(NUMBERS):
                seen += 1
                if numbers != sorted(NUMBERS):
                    wrong[view] = numbers

    assert wrong == {}
    assert seen > len(PAGES)
