"""Who holds a role over a province reads its wards, and writes in none of them."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from povertyplan.core.access.middleware import NAME_A_WARD, ONLY_READS
from povertyplan.core.choices import AreaKind, Role
from povertyplan.core.models import Area
from tests.access.patterns import PATTERNS, places
from tests.factories.core import GrantFactory, ProvinceFactory, UserFactory, WardFactory
from tests.pages import NO_RIGHT, NOT_FOUND, heading_of, nothing_written, text_of

READERS = {
    Role.COORDINATOR: "coordinator of the province",
    Role.LEADER: "leader of the province",
    Role.OBSERVER: "observer of the province",
}
BOTH = "coordinator here, leader of the province"
# What a ward enters, approves, signs and gives.
WRITTEN_IN_WARDS = (
    (Role.COORDINATOR, "households:review_edit"),
    (Role.COORDINATOR, "households:review_grid_save"),
    (Role.COORDINATOR, "households:household_edit"),
    (Role.COORDINATOR, "households:population_edit"),
    (Role.COORDINATOR, "households:campaign_submit"),
    (Role.LEADER, "households:campaign_recognise"),
    (Role.LEADER, "reports:document_issue"),
    (Role.COORDINATOR, "reports:document_submit"),
    (Role.COORDINATOR, "projects:support_household"),
    (Role.COORDINATOR, "projects:support_deliver"),
    (Role.COORDINATOR, "reports:target_year"),
    (Role.LEADER, "core:period_lock"),
    (Role.OBSERVER, "reports:finding_new"),
)
PAGE = "reports:dashboard"


@pytest.mark.parametrize(("role", "view"), WRITTEN_IN_WARDS)
@pytest.mark.parametrize("is_named", [False, True])
def test_nothing_is_written_in_a_ward(world, role, view, is_named):
    place, pattern = places(world)["own"], PATTERNS[view]
    address = reverse(view, kwargs=pattern.address(place))
    client = _client(world, READERS[role])

    with nothing_written():
        answer = client.post(
            _named(address, place.ward.area) if is_named else address, pattern.payload(place)
        )

    assert heading_of(answer) == NO_RIGHT
    assert ONLY_READS in text_of(answer)


@pytest.mark.parametrize("role", READERS)
def test_a_page_opens_in_the_ward_that_the_address_names(world, role):
    answer = _client(world, READERS[role]).get(_named(reverse(PAGE), world.b.area))

    assert world.b.area.name in text_of(answer)
    assert world.a.area.name not in text_of(answer)


def test_a_page_with_a_form_says_beforehand_that_it_is_only_read(world):
    address = _named(reverse("core:period_lock"), world.a.area)

    assert ONLY_READS in text_of(_client(world, READERS[Role.LEADER]).get(address, follow=True))
    page = _named(reverse(PAGE), world.a.area)
    assert ONLY_READS not in text_of(_client(world, READERS[Role.LEADER]).get(page))


def test_an_administrator_above_the_wards_keeps_their_users(world):
    client = _client(world, "administrator of the province")
    place, pattern = places(world)["other ward"], PATTERNS["core:user_disable"]
    answer = client.post(
        reverse("core:user_disable", kwargs=pattern.address(place)), pattern.payload(place)
    )

    assert answer.status_code == pattern.posted
    assert ONLY_READS not in text_of(answer)


def test_only_wards_below_are_named(world):
    elsewhere = WardFactory(parent=ProvinceFactory())
    district = ProvinceFactory(
        kind=AreaKind.DISTRICT, parent=world.a.area.parent, valid_to=date(2025, 6, 30)
    )
    strange = (elsewhere.pk, district.pk, world.a.area.parent_id, world.a.villages[0].area.pk)
    for named in (*strange, 2**63, "9" * 5000, "²", "-1", ""):
        answer = _client(world, READERS[Role.LEADER]).get(reverse(PAGE), {"ward": named})
        assert heading_of(answer) == NOT_FOUND, named


def test_a_cookie_that_names_no_ward_leads_to_the_first_below(world):
    client = _client(world, READERS[Role.LEADER])
    for last in ("9" * 5000, str(WardFactory().pk), "x"):
        client.cookies["ward"] = last
        assert client.get(reverse(PAGE)).url == _named(reverse(PAGE), world.a.area)


def test_a_ward_that_was_closed_is_still_read(world):
    Area.objects.filter(pk=world.b.area.pk).update(valid_to=date(2026, 6, 30))

    answer = _client(world, READERS[Role.LEADER]).get(_named(reverse(PAGE), world.b.area))

    assert world.b.area.name in text_of(answer)


def test_a_grant_on_a_district_of_2024_reaches_its_own_wards_alone(world):
    above = world.a.area.parent
    district = ProvinceFactory(kind=AreaKind.DISTRICT, name="Huyện của năm 2024", parent=above)
    inside = WardFactory(parent=district, name="Xã trong huyện")
    client = Client()
    client.force_login(GrantFactory(role=Role.OBSERVER, area=district).user)

    assert "Xã trong huyện" in text_of(client.get(_named(reverse(PAGE), inside)))
    assert heading_of(client.get(_named(reverse(PAGE), world.a.area))) == NOT_FOUND


def test_a_form_that_does_not_name_its_ward_is_written_nowhere(world):
    """Two tabs with two wards: the one named last is not the one that was filled in."""
    client, pattern = _client(world, BOTH), PATTERNS["reports:target_year"]
    place = places(world)["own"]
    address = reverse("reports:target_year", kwargs=pattern.address(place))
    client.get(_named(reverse(PAGE), world.b.area))

    with nothing_written():
        answer = client.post(address, pattern.payload(place) | {"ward": world.a.area.pk})
        elsewhere = client.post(_named(address, world.b.area), pattern.payload(place))

    assert NAME_A_WARD in text_of(answer)
    assert heading_of(elsewhere) == NOT_FOUND
    assert client.post(_named(address, world.a.area), pattern.payload(place)).status_code == 302


@pytest.mark.parametrize("is_of_ward_first", [True, False])
def test_the_own_ward_stays_written_beside_a_role_above(world, is_of_ward_first):
    user = UserFactory()
    grants = [(Role.COORDINATOR, world.a.area), (Role.COORDINATOR, world.a.area.parent)]
    for role, area in grants if is_of_ward_first else reversed(grants):
        GrantFactory(user=user, role=role, area=area)
    client, pattern = Client(), PATTERNS["households:population_edit"]
    client.force_login(user)

    for target, heading in (("own", ""), ("other ward", NOT_FOUND)):
        place = places(world)[target]
        address = reverse("households:population_edit", kwargs=pattern.address(place))
        answer = client.post(address, pattern.payload(place))
        assert heading_of(answer) == heading


@pytest.mark.parametrize(
    ("page", "sends_to"),
    [
        ("projects:handover_list", "projects:handover_make"),
        ("projects:money_import", "projects:money_import"),
        ("projects:activity_list_import", "projects:activity_list_import"),
    ],
)
def test_a_form_sent_to_another_page_names_the_ward_it_was_filled_in_for(world, page, sends_to):
    answer = _client(world, BOTH).get(_named(reverse(page), world.a.area))
    page_text = answer.content.decode()

    assert "<form" in page_text
    bare = f'action="{reverse(sends_to)}"'
    assert bare not in page_text


def _client(world, name: str) -> Client:
    client = Client()
    client.force_login(world.users[name])
    return client


def _named(address: str, ward: Area) -> str:
    return f"{address}?ward={ward.pk}"
