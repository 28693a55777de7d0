"""Who may be the person that is about to be written a second time."""

from datetime import date

import pytest

from households.register.selectors import bearer_of, similar_people
from tests.factories.households import HouseholdFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def find(ward):
    def find(name="Đặng Thị Ủy", born=date(1980, 5, 17), precision="day", **options):
        return similar_people(
            ward=ward, full_name=name, birth_date=born, birth_precision=precision, **options
        )

    return find


@pytest.fixture
def uy(village):
    household = HouseholdFactory(village=village, head="Đặng Thị Ủy")
    return household.memberships.get().person


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param({}, id="the same"),
        pytest.param({"name": "dang thi uy"}, id="without accents"),
        pytest.param({"born": date(1980, 1, 1), "precision": "year"}, id="only the year typed"),
        pytest.param({"born": date(1980, 9, 1), "precision": "month"}, id="another month"),
    ],
)
def test_similar_people_are_found(find, uy, asked):
    assert find(**asked) == [uy]


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param({"name": "Đặng Thị Út"}, id="another name"),
        pytest.param({"born": date(1980, 5, 18)}, id="another day"),
        pytest.param({"born": date(1981, 1, 1), "precision": "year"}, id="another year"),
        pytest.param({"born": None}, id="no birth"),
    ],
)
def test_others_are_not_found(find, uy, asked):
    assert find(**asked) == []


def test_a_known_year_is_like_any_day_of_it(find, uy):
    uy.birth_precision = "year"
    uy.save()

    assert find(born=date(1980, 9, 9)) == [uy]


def test_neither_the_person_edited_nor_another_ward_is_found(find, uy):
    PersonFactory(full_name="Đặng Thị Ủy")

    assert find(leaving_out=uy.pk) == []


def test_bearer_is_found_in_the_ward_only(ward, uy):
    uy.citizen_id = "062080000999"
    uy.save()
    PersonFactory(citizen_id="062080000111")

    assert bearer_of("062080000999", ward=ward) == uy
    assert bearer_of("062080000999", ward=ward).is_present
    assert bearer_of("062080000999", ward=ward, leaving_out=uy.pk) is None
    assert bearer_of("062080000111", ward=ward) is None
    assert bearer_of("", ward=ward) is None
