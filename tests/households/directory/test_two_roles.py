"""The list for somebody whose roles show more in one place than in another."""

import re

import pytest

from households.choices import ReviewState
from households.models import EthnicGroup
from povertyplan.core.choices import Role
from tests.factories.core import GrantFactory, VillageFactory, WardFactory, user_with
from tests.factories.households import CampaignFactory, HouseholdFactory, ReviewFactory
from tests.pages import text_of as text

pytestmark = pytest.mark.django_db

LIST = "/households/"
CITIZEN_IDS = {"Lê Đủ": "051012340001", "Lê Che": "051012340002"}


@pytest.fixture
def elsewhere():
    return VillageFactory(parent=WardFactory(name="Phường Ngọc Bay"), name="Tổ dân phố 9")


@pytest.fixture
def mixed(village, elsewhere):
    """Coordinator of the ward, and an observer of another."""
    user = user_with(Role.OBSERVER, elsewhere.parent)
    GrantFactory(user=user, role=Role.COORDINATOR, area=village.parent)
    return user


@pytest.fixture
def households(village, elsewhere):
    """One household in each ward: both deprived in indicator 3, of one ethnic group."""
    group = EthnicGroup.objects.create(code="22", name="Xơ Đăng")
    for code, place, head in (("HN-01", village, "Lê Đủ"), ("HN-02", elsewhere, "Lê Che")):
        home = HouseholdFactory(
            village=place,
            code=code,
            head=head,
            head__citizen_id=CITIZEN_IDS[head],
            head__ethnic_group=group,
        )
        ReviewFactory(
            campaign=CampaignFactory(ward=place.parent, year=2025),
            household=home,
            state=ReviewState.DONE,
            deprived_03=True,
            computed_class="poor",
            recorded_class="poor",
        )


def names(response):
    return re.findall(r'class="row-link"[^>]*>([^<]+)<', response.content.decode())


def test_household_list_shows_each_row_as_its_ward_allows(client_of, mixed, households):
    response = client_of(mixed).get(LIST)

    assert sorted(names(response)) == ["Lê Che", "Lê Đủ"]
    assert "HN-01" in text(response)
    assert "HN-02" not in text(response)


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param({"deprived": "3", "year": "2025"}, id="a deprivation"),
        pytest.param({"ethnic": "22"}, id="an ethnic group"),
        pytest.param({"trait": "minority"}, id="a trait"),
    ],
)
def test_household_list_picks_by_a_masked_field_only_where_it_is_seen(
    client_of, mixed, households, asked
):
    assert names(client_of(mixed).get(LIST, asked)) == ["Lê Đủ"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        pytest.param("Lê", ["Lê Che", "Lê Đủ"], id="a head's name everywhere"),
        pytest.param("HN-01", ["Lê Đủ"], id="a code that is seen"),
        pytest.param("HN-02", [], id="a code that is not"),
        pytest.param(CITIZEN_IDS["Lê Đủ"], ["Lê Đủ"], id="a number that may be opened"),
        pytest.param(CITIZEN_IDS["Lê Che"], [], id="a number that may not"),
    ],
)
def test_household_list_is_searched_as_far_as_each_ward_is_seen(
    client_of, mixed, households, words, found
):
    assert sorted(names(client_of(mixed).get(LIST, {"q": words}))) == found


def test_household_list_of_one_ward_is_named_in_its_address(
    client_of, mixed, households, elsewhere
):
    response = client_of(mixed).get(LIST, {"ward": elsewhere.parent_id})

    assert names(response) == ["Lê Che"]
    assert "Tất cả hộ trong sổ quản lý của Phường Ngọc Bay" in text(response)


@pytest.mark.parametrize("count", [1, 3])
def test_household_list_of_two_wards_query_count(
    client_of, mixed, village, elsewhere, count, django_assert_max_num_queries
):
    for place in (village, elsewhere):
        HouseholdFactory.create_batch(count, village=place)
    client = client_of(mixed)

    with django_assert_max_num_queries(19):
        client.get(LIST)


def test_household_export_takes_no_other_ward_along(client_of, mixed, households):
    page = text(client_of(mixed).get("/households/export/"))

    assert "1 hộ" in page
