"""Whatever happens to households, the movement tables of every period balance."""

from datetime import date, timedelta
from itertools import pairwise
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from households.choices import MovementCause, PovertyClass, Sex
from households.models import Household, HouseholdEvent, HouseholdStatus, Membership
from households.movement import movement, movement_problems
from households.selectors.movements import movement_tables
from households.selectors.statuses import class_counts
from households.services.events import Paper
from households.services.households import (
    HouseholdInput,
    close_household,
    enter_household,
    merge_households,
    split_household,
)
from households.services.ledger import change_status
from households.services.members import (
    add_member,
    change_head,
    member_left,
    move_member,
    record_birth,
    record_death,
)
from households.services.register import MemberInput
from tests.factories.households import HouseholdFactory, MembershipFactory, StatusFactory

pytestmark = pytest.mark.django_db

START = date(2024, 1, 1)
YEAR_ENDS = [date(2023, 12, 31), date(2024, 12, 31), date(2025, 12, 31)]
CLASSES = list(PovertyClass)
PAPER = Paper(document="Giấy xác nhận")

ACTS = st.sampled_from(
    ["add", "birth", "death", "left", "move", "head", "split", "merge", "close", "enter", "class"]
)
STEPS = st.lists(
    st.tuples(st.integers(0, 700), ACTS, st.integers(0, 99), st.integers(0, 99)), max_size=14
)


class Chronicle:
    """Acts drawn at random; an act that is refused must leave nothing behind."""

    def __init__(self, ward, village, by):
        self.ward, self.village, self.by = ward, village, by
        self.written = 0

    def play(self, day, act, first, second):
        households = list(Household.objects.filter(closed_on=None).order_by("pk"))
        if not households:
            return
        household = households[first % len(households)]
        other = households[second % len(households)]
        members = list(household.memberships.filter(left_on=None).order_by("pk"))
        member = members[second % len(members)] if members else None
        events, spells = HouseholdEvent.objects.count(), HouseholdStatus.objects.count()
        try:
            with transaction.atomic():
                getattr(self, f"_{act}")(day, household, other, member, second)
        except ValidationError:
            assert HouseholdEvent.objects.count() == events
            assert HouseholdStatus.objects.count() == spells
        else:
            self.written += 1

    def _common(self, household):
        return {"version": household.version, "by": self.by}

    def _person(self, day, relation="child"):
        return MemberInput(f"Người {uuid4().hex[:8]}", Sex.FEMALE, relation, day)

    def _add(self, day, household, other, member, number):
        add_member(
            household=household,
            member=self._person(START),
            joined_on=day,
            key=str(uuid4()),
            **self._common(household),
        )

    def _birth(self, day, household, other, member, number):
        record_birth(
            household=household,
            member=self._person(day),
            key=str(uuid4()),
            **self._common(household),
        )

    def _death(self, day, household, other, member, number):
        member.household = household
        record_death(membership=member, on=day, **self._common(household))

    def _left(self, day, household, other, member, number):
        member.household = household
        member_left(membership=member, on=day, **self._common(household))

    def _move(self, day, household, other, member, number):
        member.household = household
        move_member(
            membership=member, target=other, relation="other", on=day, **self._common(household)
        )

    def _head(self, day, household, other, member, number):
        relations = {
            row.pk: "head" if row == member else "other"
            for row in household.memberships.filter(left_on=None)
        }
        change_head(household=household, relations=relations, on=day, **self._common(household))

    def _split(self, day, household, other, member, number):
        split_household(
            household=household,
            relations={member.pk: "head"},
            village=self.village,
            details=HouseholdInput(code=uuid4().hex[:10]),
            on=day,
            key=str(uuid4()),
            **self._common(household),
        )

    def _merge(self, day, household, other, member, number):
        relations = {row.pk: "other" for row in other.memberships.filter(left_on=None)}
        merge_households(
            household=household,
            other=other,
            relations=relations,
            on=day,
            **self._common(household),
        )

    def _close(self, day, household, other, member, number):
        reason = ("moved_out", "dissolved", "duplicate")[number % 3]
        close_household(household=household, reason=reason, on=day, **self._common(household))

    def _enter(self, day, household, other, member, number):
        enter_household(
            kind="moved_in",
            ward=self.ward,
            village=self.village,
            details=HouseholdInput(code=uuid4().hex[:10]),
            opened_on=day,
            head=self._person(START, "head"),
            initial_class=CLASSES[number % 4],
            key=str(uuid4()),
            paper=PAPER,
            by=self.by,
        )

    def _class(self, day, household, other, member, number):
        """A recognised result, as a review would bring it."""
        spells = household.statuses.order_by("starts_on")
        history = [PovertyClass(each.poverty_class) for each in spells]
        after = CLASSES[number % 4]
        cause = movement(history[-1], after, history[:-1])
        change_status(
            household=household,
            poverty_class=after,
            starts_on=day,
            decision=None,
            cause=cause,
        )


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
def test_tables_balance_over_any_history_of_events(ward, village, coordinator, steps):
    with transaction.atomic():
        chronicle = Chronicle(ward, village, coordinator)
        for poverty_class in (PovertyClass.POOR, PovertyClass.NEAR_POOR):
            household = HouseholdFactory(village=village)
            MembershipFactory(household=household)
            StatusFactory(household=household, poverty_class=poverty_class)
        for offset, act, first, second in sorted(steps):
            chronicle.play(START + timedelta(days=offset), act, first, second)
        check_figures(ward)
        transaction.set_rollback(True)


def check_figures(ward):
    years = [
        movement_tables(area=ward, after=after, until=until) for after, until in pairwise(YEAR_ENDS)
    ]
    assert movement_problems(years[0]) == []
    assert movement_problems(years[1], years[0]) == []
    for tables, until in zip(years, YEAR_ENDS[1:], strict=True):
        counted = class_counts(area=ward, on=until)
        closing = (
            tables.poor_households.closing,
            tables.near_poor_households.closing,
            tables.poor_persons.closing,
            tables.near_poor_persons.closing,
        )
        assert closing == (
            counted.poor,
            counted.near_poor,
            counted.poor_persons,
            counted.near_poor_persons,
        )
    open_heads = Membership.objects.filter(left_on=None, is_head=True)
    present = Household.objects.filter(closed_on=None)
    assert open_heads.count() == present.count()


@pytest.fixture
def chronicle(ward, village, coordinator):
    return Chronicle(ward, village, coordinator)


@pytest.mark.parametrize(
    ("act", "columns"),
    [
        pytest.param("close", (1, 0, 0, 1, 0, 0, 0, 0, 0), id="moved out"),
        pytest.param("split", (1, 0, 0, 0, 0, 0, 0, 1, 2), id="split off"),
        pytest.param("add", (1, 0, 0, 0, 0, 0, 0, 0, 1), id="a member more"),
    ],
)
def test_act_stands_in_the_column_of_other_movements(chronicle, ward, village, act, columns):
    household = HouseholdFactory(village=village)
    child = MembershipFactory(household=household)
    StatusFactory(household=household)
    run = getattr(chronicle, f"_{act}")

    run(date(2024, 6, 1), household, None, child, 0)

    tables = movement_tables(area=ward, after=YEAR_ENDS[0], until=YEAR_ENDS[1])
    assert tables.poor_households.columns == columns
    assert movement_problems(tables) == []


def test_causes_of_leaving_and_entering_are_told(chronicle, ward, village):
    household = HouseholdFactory(village=village)
    StatusFactory(household=household)
    chronicle._death(date(2024, 6, 1), household, None, household.memberships.get(), 0)

    tables = movement_tables(area=ward, after=YEAR_ENDS[0], until=YEAR_ENDS[1])

    assert tables.poor_households.other_decrease == 1
    assert tables.poor_persons.other_decrease == 1
    assert household.statuses.get().ends_on == date(2024, 5, 31)
    assert household.statuses.get().cause == MovementCause.REGISTERED
