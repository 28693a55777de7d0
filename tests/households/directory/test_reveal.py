"""Opening a personal number: who may, what it leaves behind, and what stays closed."""

import pytest

from households.choices import RevealPurpose
from povertyplan.core.choices import Role
from povertyplan.core.models import AccessEvent
from tests.factories.core import VillageFactory, user_with
from tests.factories.households import HouseholdFactory, MembershipFactory, PersonFactory
from tests.pages import NOT_FOUND, heading_of

NUMBER = "062185001234"


@pytest.fixture
def household(village):
    return HouseholdFactory(village=village, code="HN-03-017")


@pytest.fixture
def person(household):
    person = PersonFactory(ward=household.ward, full_name="Y Hữu Nam", citizen_id=NUMBER)
    MembershipFactory(household=household, person=person)
    return person


@pytest.fixture
def url(household, person):
    return f"/households/{household.pk}/members/{person.pk}/citizen-id/"


@pytest.mark.parametrize("role", ["coordinator", "leader", "village_head"])
def test_reveal_citizen_id_shows_the_number_and_writes_one_access(
    client_of, request, url, household, role
):
    user = request.getfixturevalue(role)
    client = client_of(user)
    assert NUMBER not in client.get(url).content.decode()
    assert not AccessEvent.objects.exists()

    page = client.post(url, {"purpose": RevealPurpose.REVIEW}).content.decode()

    assert NUMBER in page
    access = AccessEvent.objects.get()
    assert (access.actor, access.ward, access.purpose) == (
        user,
        household.ward,
        RevealPurpose.REVIEW.label,
    )
    assert access.what == "Số định danh cá nhân của Y Hữu Nam, hộ HN-03-017, Tổ dân phố 1"


def test_each_reveal_is_one_access(client_of, coordinator, url):
    client = client_of(coordinator)
    for _ in range(3):
        client.post(url, {"purpose": RevealPurpose.SUPPORT})

    assert AccessEvent.objects.count() == 3


@pytest.mark.parametrize("purpose", ["", "curiosity", None])
def test_without_a_purpose_nothing_is_shown(client_of, coordinator, url, purpose):
    page = client_of(coordinator).post(url, {"purpose": purpose} if purpose is not None else {})

    assert NUMBER not in page.content.decode()
    assert not AccessEvent.objects.exists()


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("stranger", 404),
        ("other_village_head", 404),
        ("reporter", 403),
        ("observer", 403),
        ("administrator", 403),
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_reveal_citizen_id_is_closed_to_others(client_of, request, url, role, status, method):
    client = client_of(request.getfixturevalue(role))

    response = getattr(client, method)(url, {"purpose": RevealPurpose.REVIEW})

    assert response.status_code == status
    assert NUMBER not in response.content.decode()
    assert not AccessEvent.objects.exists()


@pytest.fixture
def other_village_head(ward):
    return user_with(Role.ENTRY_OFFICER, VillageFactory(parent=ward))


def test_a_member_of_another_household_is_not_found(client_of, coordinator, village, person):
    other = HouseholdFactory(village=village)

    url = f"/households/{other.pk}/members/{person.pk}/citizen-id/"

    assert heading_of(client_of(coordinator).get(url)) == NOT_FOUND


def test_a_member_without_a_number_has_nothing_to_open(client_of, coordinator, household):
    member = MembershipFactory(household=household)

    url = f"/households/{household.pk}/members/{member.person.pk}/citizen-id/"

    assert heading_of(client_of(coordinator).get(url)) == NOT_FOUND


def test_the_household_page_masks_the_number_and_leads_to_it(
    client_of, coordinator, household, url
):
    page = client_of(coordinator).get(f"/households/{household.pk}/").content.decode()

    assert "0621****1234" in page
    assert NUMBER not in page
    assert url in page
