"""The ledger keeps spells in a row and never rewrites the past."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from households.choices import ClosingReason, MovementCause, PovertyClass
from households.ledger.services.spells import (
    StatusChange,
    change_statuses,
    open_first_spell,
)
from households.models import HouseholdStatus
from tests.factories.households import DecisionFactory, HouseholdFactory
from tests.households.spells import change_status

pytestmark = pytest.mark.django_db


@pytest.fixture
def household():
    return HouseholdFactory(code="HN-01", opened_on=date(2021, 1, 1))


def spells(household):
    return list(
        household.statuses.order_by("starts_on").values_list(
            "poverty_class", "starts_on", "ends_on", "cause"
        )
    )


def test_open_first_spell_starts_as_not_poor(household):
    open_first_spell(household=household, starts_on=date(2021, 1, 1))

    assert spells(household) == [("not_poor", date(2021, 1, 1), None, "registered")]


def test_open_first_spell_is_refused_when_the_ledger_has_begun(household):
    open_first_spell(household=household, starts_on=date(2021, 1, 1))

    with pytest.raises(ValidationError, match="đã có kết quả"):
        open_first_spell(household=household, starts_on=date(2022, 1, 1))
    assert HouseholdStatus.objects.count() == 1


def test_open_first_spell_is_refused_before_the_household_was_opened(household):
    with pytest.raises(ValidationError, match="vào sổ ngày 01/01/2021"):
        open_first_spell(household=household, starts_on=date(2020, 12, 31))
    assert not HouseholdStatus.objects.exists()


def test_change_status_ends_the_spell_before_on_the_day_before(household):
    open_first_spell(household=household, starts_on=date(2021, 1, 1))
    decision = DecisionFactory(ward=household.ward, decided_on=date(2023, 12, 15))

    spell = change_status(
        household=household,
        poverty_class=PovertyClass.POOR,
        starts_on=date(2023, 12, 15),
        decision=decision,
        cause=MovementCause.NEWLY_POOR,
    )

    assert spell.decision == decision
    assert spell.ward == household.ward
    assert spells(household) == [
        ("not_poor", date(2021, 1, 1), date(2023, 12, 14), "registered"),
        ("poor", date(2023, 12, 15), None, "newly_poor"),
    ]


@pytest.mark.parametrize(
    "starts_on",
    [
        pytest.param(date(2023, 12, 15), id="on the day of the present spell"),
        pytest.param(date(2022, 6, 1), id="behind the present spell"),
    ],
)
def test_change_status_refuses_to_rewrite_the_past(household, starts_on):
    open_first_spell(
        household=household, starts_on=date(2023, 12, 15), poverty_class=PovertyClass.POOR
    )
    before = spells(household)

    with pytest.raises(ValidationError, match="từ ngày 15/12/2023"):
        change_status(
            household=household,
            poverty_class=PovertyClass.NOT_POOR,
            starts_on=starts_on,
            decision=None,
            cause=MovementCause.ESCAPED_POVERTY,
        )
    assert spells(household) == before


def test_change_status_needs_a_spell_in_force(household):
    with pytest.raises(ValidationError, match="không có kết quả đang còn hiệu lực"):
        change_status(
            household=household,
            poverty_class=PovertyClass.POOR,
            starts_on=date(2023, 12, 15),
            decision=None,
            cause=MovementCause.NEWLY_POOR,
        )


def test_change_status_is_refused_after_the_household_left_the_register(household):
    open_first_spell(household=household, starts_on=date(2021, 1, 1))
    household.closed_on = date(2023, 1, 1)
    household.closing_reason = ClosingReason.MOVED_OUT
    household.save()

    with pytest.raises(ValidationError, match="đã ra khỏi sổ ngày 01/01/2023"):
        change_status(
            household=household,
            poverty_class=PovertyClass.POOR,
            starts_on=date(2023, 12, 15),
            decision=None,
            cause=MovementCause.NEWLY_POOR,
        )
    assert len(spells(household)) == 1


def test_change_statuses_saves_all_or_names_every_refusal(household):
    other = HouseholdFactory(code="HN-02", village=household.village)
    late = HouseholdFactory(code="HN-03", village=household.village)
    open_first_spell(household=household, starts_on=date(2021, 1, 1))
    open_first_spell(household=late, starts_on=date(2025, 1, 1))
    changes = [
        StatusChange(each, PovertyClass.POOR, MovementCause.NEWLY_POOR)
        for each in (household, other, late)
    ]

    with pytest.raises(ValidationError) as refusal:
        change_statuses(changes=changes, starts_on=date(2023, 12, 15), decision=None)

    assert [message.split(" ")[1] for message in refusal.value.messages] == ["HN-02", "HN-03"]
    assert spells(household) == [("not_poor", date(2021, 1, 1), None, "registered")]


def test_change_statuses_costs_the_same_for_many_households(village, django_assert_max_num_queries):
    households = HouseholdFactory.create_batch(5, village=village)
    for each in households:
        open_first_spell(household=each, starts_on=date(2021, 1, 1))
    changes = [
        StatusChange(each, PovertyClass.POOR, MovementCause.NEWLY_POOR) for each in households
    ]

    with django_assert_max_num_queries(6):
        written = change_statuses(changes=changes, starts_on=date(2023, 12, 15), decision=None)

    assert [spell.household for spell in written] == households
