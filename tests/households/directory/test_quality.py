"""The data-quality checks: each finds its fault, and nothing where there is none."""

from datetime import date

import pytest
from django.urls import reverse

from households.choices import PovertyClass, RelationToHead, ReviewState, Sex
from households.directory.presenters import quality as words
from households.directory.selectors.quality import CHECKS, QualityScope, run_checks
from households.models import AreaYear, Household, Membership, ReviewCampaign
from tests.factories.core import VillageFactory
from tests.factories.households import (
    AreaYearFactory,
    CampaignFactory,
    DecisionFactory,
    HouseholdFactory,
    MembershipFactory,
    PersonFactory,
    ReviewFactory,
    StatusFactory,
)
from tests.pages import NO_RIGHT, NOT_FOUND, heading_of

TODAY = date(2026, 11, 20)
NUMBER = "062080000001"  # a man born in 1980


def findings(ward, key):
    return CHECKS[key](scope_of(ward))


def sentence_of(key, finding):
    ((_finding, sentence),) = words.present_findings(words.CHECKS[key], [finding])
    return sentence


def scope_of(ward):
    return QualityScope(
        households=Household.objects.filter(ward=ward),
        area_years=AreaYear.objects.filter(ward=ward),
        on=TODAY,
    )


def form(village, poverty_class=PovertyClass.POOR, score=30, lacking=(3, 6, 9), **fields):
    """An entered form of this year with its scores as they were typed."""
    known = ReviewCampaign.objects.filter(ward=village.parent).first()
    return ReviewFactory(
        campaign=known or CampaignFactory(ward=village.parent),
        household=HouseholdFactory(village=village),
        state=ReviewState.DONE,
        income_score=fields.pop("income_score", 100),
        deprivation_score=score,
        computed_class=poverty_class,
        recorded_class=poverty_class,
        **{f"deprived_{number:02}": True for number in lacking},
        **fields,
    )


def test_household_without_a_head_is_found(ward, village):
    sound, headless = HouseholdFactory.create_batch(2, village=village)
    Membership.objects.filter(household=headless).update(left_on=date(2026, 1, 1))

    (found,) = findings(ward, "head")

    assert found.household == headless.pk
    assert found.code == headless.code != sound.code


def test_member_without_a_number_is_found(ward, village):
    HouseholdFactory(village=village, head__citizen_id=NUMBER)
    nameless = HouseholdFactory(village=village, head="Y Blưn")

    (found,) = findings(ward, "no-id")

    assert (found.household, found.person) == (nameless.pk, "Y Blưn")


@pytest.mark.parametrize(
    ("number", "sex", "born", "told"),
    [
        (NUMBER, Sex.MALE, date(1980, 5, 17), None),
        ("999080000001", Sex.MALE, date(1980, 5, 17), None),  # registered in another country
        (NUMBER, Sex.FEMALE, date(1980, 5, 17), "giới tính nam"),
        (NUMBER, Sex.MALE, date(1981, 5, 17), "năm sinh 1980"),
        ("999080000001", Sex.MALE, date(1981, 5, 17), "năm sinh 1980"),
    ],
)
def test_number_against_sex_and_birth(ward, village, number, sex, born, told):
    HouseholdFactory(village=village, head__citizen_id=number, head__sex=sex, head__birth_date=born)

    found = findings(ward, "id")

    assert len(found) == (told is not None)
    if told:
        assert told in sentence_of("id", found[0])
        assert number not in sentence_of("id", found[0])


def test_persons_of_one_name_and_birth_are_found_on_both_sides(ward, village):
    first = HouseholdFactory(village=village, head="Đặng Thị Ủy")
    second = HouseholdFactory(village=village, head="ĐẶNG THỊ ỦY")
    HouseholdFactory(village=village, head="Đặng Thị Ủy", head__birth_date=date(1999, 1, 1))

    found = findings(ward, "duplicates")

    assert {each.household for each in found} == {first.pk, second.pk}
    at_first = next(each for each in found if each.household == first.pk)
    assert second.code in sentence_of("duplicates", at_first)


def test_class_that_its_scores_do_not_lead_to_is_found(ward, village):
    form(village)
    wrong = form(village, PovertyClass.NEAR_POOR)
    form(village, PovertyClass.AVERAGE_LIVING, income_score=400)

    (found,) = findings(ward, "class")

    assert (found.household, found.campaign) == (wrong.household_id, wrong.campaign_id)
    assert "hộ nghèo" in sentence_of("class", found)


def test_average_living_below_the_line_is_found(ward, village):
    form(village, PovertyClass.AVERAGE_LIVING)

    assert len(findings(ward, "class")) == 1


def test_score_that_is_not_ten_times_the_flags_is_found(ward, village):
    form(village)
    wrong = form(village, score=40)

    (found,) = findings(ward, "b2")

    assert found.household == wrong.household_id
    assert "40" in sentence_of("b2", found)
    assert "30" in sentence_of("b2", found)


def test_listed_household_unseen_for_a_year_is_found(ward, village):
    seen = form(village, visited_on=date(2026, 10, 1)).household
    long_ago = form(village, visited_on=date(2025, 10, 1)).household
    never = HouseholdFactory(village=village)
    for household in (seen, long_ago, never):
        StatusFactory(household=household, poverty_class=PovertyClass.POOR)
    StatusFactory(household=HouseholdFactory(village=village), poverty_class=PovertyClass.NOT_POOR)

    found = {each.household: sentence_of("unseen", each) for each in findings(ward, "unseen")}

    assert found == {
        long_ago.pk: "Phiếu gần nhất ngày 01/10/2025.",
        never.pk: "Chưa có phiếu nào.",
    }


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        (60, 40, []),
        (60, 41, ["tổng số hộ của các thôn là 101, của {ward} là 100."]),
        (60, None, ["1 thôn, tổ dân phố chưa có tổng số hộ."]),
        (None, None, []),
    ],
)
def test_totals_of_villages_against_the_ward(ward, first, second, told):
    villages = VillageFactory.create_batch(2, parent=ward)
    AreaYearFactory(area=ward, households=100, persons=None)
    for village, total in zip(villages, (first, second), strict=True):
        if total is not None:
            AreaYearFactory(area=village, ward=ward, households=total, persons=None)

    sentences = [sentence_of("totals", each) for each in findings(ward, "totals")]
    assert [each.partition(": ")[2] for each in sentences] == [
        each.format(ward=ward.name) for each in told
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_checks_cost_the_same_for_more_faults(ward, village, count, django_assert_max_num_queries):
    for _ in range(count):
        household = form(village).household
        MembershipFactory(
            household=household,
            person=PersonFactory(ward=ward),
            relation=RelationToHead.CHILD,
        )

    with django_assert_max_num_queries(20):
        results = run_checks(scope_of(ward))

    assert len(results) == len(CHECKS)


def test_page_links_each_fault_to_its_household(client_of, coordinator, village):
    nameless = HouseholdFactory(village=village)
    client = client_of(coordinator)

    overview = client.get(reverse("households:quality")).content.decode()
    found = client.get(reverse("households:quality"), {"check": "no-id"}).content.decode()

    assert "?check=no-id" in overview
    assert reverse("households:household_detail", args=[nameless.pk]) in found


def test_page_shows_a_stranger_nothing(client_of, stranger, village):
    nameless = HouseholdFactory(village=village)

    found = client_of(stranger).get(reverse("households:quality"), {"check": "no-id"})

    assert nameless.code not in found.content.decode()


def test_page_of_an_unknown_check_is_not_found(client_of, coordinator):
    answer = client_of(coordinator).get(reverse("households:quality"), {"check": "nothing"})

    assert heading_of(answer) == NOT_FOUND


def test_page_is_closed_to_observers(client_of, observer):
    assert heading_of(client_of(observer).get(reverse("households:quality"))) == NO_RIGHT


def test_member_older_in_the_household_than_in_life_is_found(ward, village, coordinator, client_of):
    household = HouseholdFactory(village=village)
    child = MembershipFactory(
        household=household,
        person=PersonFactory(ward=ward, birth_date=date(2026, 5, 10)),
        joined_on=date(2026, 2, 1),
    )

    (found,) = findings(ward, "dates")

    assert (found.membership, found.field) == (child.pk, "birth")
    assert "Sinh 10/05/2026" in sentence_of("dates", found)
    assert "01/02/2026" in sentence_of("dates", found)
    page = client_of(coordinator).get(reverse("households:quality"), {"check": "dates"})
    url = reverse("households:member_edit", args=[household.pk, child.pk])
    assert f'href="{url}#id_birth"' in page.content.decode()


@pytest.mark.parametrize(
    ("decided", "scored", "text"),
    [
        (False, False, "Chưa ghi quyết định công nhận; chưa có phiếu với điểm B1, B2."),
        (True, False, "Chưa có phiếu với điểm B1, B2."),
        (False, True, "Chưa ghi quyết định công nhận."),
        (True, True, None),
    ],
)
def test_listed_household_without_decision_or_scores_is_found(ward, village, decided, scored, text):
    household = form(village).household if scored else HouseholdFactory(village=village)
    decision = DecisionFactory(ward=ward) if decided else None
    StatusFactory(household=household, decision=decision)
    StatusFactory(household=HouseholdFactory(village=village), poverty_class=PovertyClass.NOT_POOR)

    found = findings(ward, "basis")

    assert [sentence_of("basis", each) for each in found] == ([text] if text else [])
    assert all(each.person for each in found)
