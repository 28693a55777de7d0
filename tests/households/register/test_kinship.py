"""Splits and new heads show years of birth and ask about what can hardly be."""

import re
from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from households.models import Household, HouseholdEvent, Membership
from tests.factories.households import MembershipFactory, PersonFactory
from tests.pages import text_of


@pytest.fixture
def children(household):
    """A son of sixteen and his sister."""
    return [
        MembershipFactory(
            household=household,
            relation="child",
            person=PersonFactory(
                ward=household.ward, full_name=name, sex=sex, birth_date=date(year, 3, 1)
            ),
        )
        for name, sex, year in (("A Nam", "male", 2010), ("Y Lan", "female", 2006))
    ]


@pytest.fixture
def split(client_of, coordinator, household, children):
    """Post the split of the son as head with his sister as wife."""
    son, sister = children

    def send(**values):
        household.refresh_from_db()
        data = {
            "version": household.version,
            "key": str(uuid4()),
            "on": "17/05/2026",
            "code": "HN-10",
            "village": household.village_id,
            f"relation_{son.pk}": "head",
            f"relation_{sister.pk}": "spouse",
            **values,
        }
        url = reverse("households:household_split", args=[household.pk])
        return client_of(coordinator).post(url, data)

    return send


@pytest.mark.parametrize("view", ["household_split", "head_change"])
def test_the_choices_show_years_of_birth(client_of, coordinator, household, children, view):
    page = client_of(coordinator).get(reverse(f"households:{view}", args=[household.pk]))

    assert "A Nam, sinh 2010, nam (con)" in text_of(page)


def test_a_son_of_sixteen_as_head_with_his_sister_as_wife_is_asked_about(split):
    response = split()

    assert response.status_code == 422
    page = text_of(response)
    assert "Chủ hộ A Nam mới 16 tuổi, sinh năm 2010." in page
    assert "trước đó sổ ghi A Nam là con và Y Lan là con của chủ hộ cũ" in page
    assert not Household.objects.filter(code="HN-10").exists()


def test_what_is_confirmed_stays_in_the_event_and_on_the_page(
    split, client_of, coordinator, household
):
    assert split(unusual_reason="Đã đối chiếu giấy khai sinh.").status_code == 302

    event = HouseholdEvent.objects.get()
    assert event.unusual_reason == "Đã đối chiếu giấy khai sinh."
    page = client_of(coordinator).get(reverse("households:household_detail", args=[household.pk]))
    assert "Chủ hộ A Nam mới 16 tuổi" in text_of(page)


def test_a_child_older_than_the_new_head_is_refused_whatever_the_reason(split, children):
    sister = children[1]
    response = split(**{f"relation_{sister.pk}": "child"}, unusual_reason="Cứ ghi.")

    assert "không thể như vậy" in text_of(response)
    assert not Household.objects.filter(code="HN-10").exists()


def test_a_new_head_under_eighteen_needs_a_reason(client_of, coordinator, household, children):
    head = household.memberships.get(is_head=True)
    son, sister = children
    chosen = {f"relation_{son.pk}": "head", f"relation_{head.pk}": "parent"}
    data = {"version": household.version, "on": "17/05/2026", **chosen}
    data[f"relation_{sister.pk}"] = "sibling"
    url = reverse("households:head_change", args=[household.pk])
    client = client_of(coordinator)

    assert "mới 16 tuổi" in text_of(client.post(url, data))
    assert Membership.objects.get(is_head=True, left_on=None) == head
    unclear = client.post(url, data | {"unusual_reason": "x"})
    assert unclear.status_code == 422
    assert re.search(r"mới 16 tuổi[^.]*\. Lý do chưa rõ: viết thành câu", text_of(unclear))
    assert Membership.objects.get(is_head=True, left_on=None) == head
    assert client.post(url, data | {"unusual_reason": "Mẹ đi làm xa."}).status_code == 302


def test_members_of_a_merged_household_are_compared_with_the_head(
    client_of, coordinator, household, neighbour
):
    guest = neighbour.memberships.get()
    guest.person.birth_date = date(1960, 1, 1)
    guest.person.save()
    data = {"version": household.version, "on": "17/05/2026", f"relation_{guest.pk}": "child"}
    url = reverse("households:household_merge", args=[household.pk]) + f"?other={neighbour.code}"

    assert "không thể như vậy" in text_of(client_of(coordinator).post(url, data))
    neighbour.refresh_from_db()
    assert neighbour.closed_on is None


@pytest.fixture
def add(client_of, coordinator, household):
    """Post somebody who joins the household, whose head was born in 1980."""

    def send(**values):
        household.refresh_from_db()
        data = {
            "version": household.version,
            "key": str(uuid4()),
            "on": "17/05/2026",
            "full_name": "Y Bliă Ayŭn",
            "relation": "child",
            "birth": "1985",
            "sex": "female",
            **values,
        }
        return client_of(coordinator).post(
            reverse("households:member_add", args=[household.pk]), data
        )

    return send


def test_a_child_five_years_younger_than_the_head_is_asked_about_when_added(add, household):
    response = add()

    assert response.status_code == 422
    assert "Y Bliă Ayŭn sinh năm 1985 ghi là con của chủ hộ" in text_of(response)
    assert household.memberships.count() == 1

    assert add(unusual_reason="Con riêng của vợ.").status_code == 302
    event = HouseholdEvent.objects.get(kind="member_added")
    assert event.unusual_reason == "Con riêng của vợ."


def test_a_child_older_than_the_head_is_refused_when_added(add, household):
    response = add(birth="1970", unusual_reason="Đã đúng.")

    assert response.status_code == 422
    assert "không thể như vậy" in text_of(response)
    assert household.memberships.count() == 1


def test_a_second_spouse_is_asked_about_when_added(add):
    assert add(relation="spouse").status_code == 302
    response = add(relation="spouse", full_name="A Thủi", birth="1981")

    assert "nhiều hơn một người ghi là vợ, chồng" in text_of(response)


def test_a_head_of_a_new_household_below_eighteen_is_asked_about(client_of, coordinator, village):
    data = {
        "key": str(uuid4()), "kind": "registered", "village": village.pk, "code": "HN-77",
        "opened_on": "17/05/2026", "initial_class": "not_poor", "full_name": "Rơ Châm H'Lan",
        "birth": "01/03/2011", "sex": "female",
    }  # fmt: skip
    client, url = client_of(coordinator), reverse("households:household_new")

    response = client.post(url, data)
    assert "Chủ hộ Rơ Châm H&#x27;Lan mới 15 tuổi" in response.content.decode()
    assert not Household.objects.filter(code="HN-77").exists()

    assert client.post(url, data | {"unusual_reason": "Mồ côi, ở một mình."}).status_code == 302
    assert HouseholdEvent.objects.get().unusual_reason == "Mồ côi, ở một mình."
