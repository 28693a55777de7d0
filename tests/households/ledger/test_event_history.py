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
from households.ledger.selectors.classes import (
    class_counts,
    class_counts_by_village,
    inside_area,
    listed_counts_over_time,
    registered_on,
)
from households.ledger.selectors.transition_tables import class_matrix, movement_tables
from households.models import Household, HouseholdEvent, HouseholdStatus, Membership
from households.register.services.events import SupportingDocument
from households.register.services.households import (
    HouseholdInput,
    change_village,
    close_household,
    enter_household,
    merge_households,
    split_household,
)
from households.register.services.members import (
    add_member,
    change_head,
    member_left,
    move_member,
    record_birth,
    record_death,
)
from households.register.services.registering import MemberInput
from households.register.services.reopening import reopen_household
from households.register.services.villages import merge_villages
from households.rules.transitions import movement_problems, transition_cause
from povertyplan.core.models import Area
from tests.factories.core import VillageFactory
from tests.factories.households import HouseholdFactory, MembershipFactory, StatusFactory
from tests.households.spells import change_status

pytestmark = pytest.mark.django_db

START = date(2024, 1, 1)
YEAR_ENDS = [date(2023, 12, 31), date(2024, 12, 31), date(2025, 12, 31)]
CLASSES = list(PovertyClass)
MEASURES = ("poor_households", "poor_persons", "near_poor_households", "near_poor_persons")
PAPER = SupportingDocument(document="Giấy xác nhận")

ACTS = st.sampled_from(
    [
        *("add", "birth", "death", "left", "move", "head", "split", "merge", "close", "enter"),
        *("class", "village", "join", "reopen"),
    ]
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
        letters = uuid4().hex[:8].translate(str.maketrans("0123456789", "ghiklmnopq"))
        return MemberInput(f"Người {letters}", Sex.FEMALE, relation, day)

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
            village=self._any_village(number),
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
            village=self._any_village(number),
            details=HouseholdInput(code=uuid4().hex[:10]),
            opened_on=day,
            head=self._person(START, "head"),
            initial_class=CLASSES[number % 4],
            key=str(uuid4()),
            paper=PAPER,
            by=self.by,
        )

    def _reopen(self, day, household, other, member, number):
        closed = list(Household.objects.exclude(closed_on=None).order_by("pk"))
        if closed:
            back = closed[number % len(closed)]
            reopen_household(household=back, reason="Ghi nhầm", **self._common(back))

    def _any_village(self, number):
        villages = Area.objects.villages_of(self.ward)
        return villages[number % len(villages)]

    def _village(self, day, household, other, member, number):
        change_village(
            household=household,
            village=self._any_village(number),
            address="",
            on=day,
            **self._common(household),
        )

    def _join(self, day, household, other, member, number):
        """Two villages become one; the day may lie a month back, before other acts."""
        merge_villages(
            ward=self.ward,
            villages=Area.objects.villages_of(self.ward)[:2],
            name=f"Thôn {uuid4().hex[:8]}",
            setting="rural",
            on=day - timedelta(days=number % 30),
            by=self.by,
        )

    def _class(self, day, household, other, member, number):
        """A recognised result, as a review would bring it."""
        spells = household.statuses.order_by("starts_on")
        history = [PovertyClass(each.poverty_class) for each in spells]
        after = CLASSES[number % 4]
        cause = transition_cause(history[-1], after, history[:-1])
        change_status(
            household=household,
            poverty_class=after,
            starts_on=day,
            decision=None,
            cause=cause,
        )


@settings(
    max_examples=settings.default.max_examples // 2,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
def test_tables_balance_over_any_history_of_events(ward, village, coordinator, steps):
    with transaction.atomic():
        chronicle = Chronicle(ward, village, coordinator)
        for home in (village, VillageFactory(parent=ward), VillageFactory(parent=ward)):
            for poverty_class in (PovertyClass.POOR, PovertyClass.NEAR_POOR):
                household = HouseholdFactory(village=home)
                MembershipFactory(household=household)
                StatusFactory(household=household, poverty_class=poverty_class)
        for offset, act, first, second in sorted(steps):
            chronicle.play(START + timedelta(days=offset), act, first, second)
        check_figures(ward)
        transaction.set_rollback(True)


def check_figures(ward):
    """The identities of the tables, for the ward and for every village there ever was."""
    whole = check_area(ward)
    villages = [check_area(area) for area in Area.objects.filter(parent=ward)]
    for year, total in enumerate(whole):
        for name in MEASURES:
            columns = getattr(total, name).columns
            parts = [getattr(each[year], name).columns for each in villages]
            over = [sum(part) - own for *part, own in zip(*parts, columns, strict=True)]
            # Moves inside the ward leave one village and come to another; the rest adds up.
            assert over == [0, 0, 0, over[3], 0, 0, 0, over[3], 0]
    for day in YEAR_ENDS:
        rows = class_counts_by_village(ward=ward, on=day)
        for row in rows:
            counted = class_counts(area=row.village, on=day)
            assert (row.counts.poor, row.counts.near_poor) == (counted.poor, counted.near_poor)
        by_village = listed_counts_over_time(ward=ward, days=[day])[day]
        assert {pk: (each.poor, each.near_poor) for pk, each in by_village.items()} == {
            row.village.pk: (row.counts.poor, row.counts.near_poor)
            for row in rows
            if row.counts.listed
        }
    open_heads = Membership.objects.filter(left_on=None, is_head=True)
    present = Household.objects.filter(closed_on=None)
    assert open_heads.count() == present.count()


def check_area(area):
    years = [
        movement_tables(area=area, after=after, until=until) for after, until in pairwise(YEAR_ENDS)
    ]
    assert movement_problems(years[0]) == []
    assert movement_problems(years[1], years[0]) == []
    for tables, (after, until) in zip(years, pairwise(YEAR_ENDS), strict=True):
        check_persons(area, tables, after, until)
        counted = class_counts(area=area, on=until)
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
        matrix = class_matrix(area=area, after=until - timedelta(days=1), until=until)
        assert sum(n for (_, now), n in matrix.items() if now == "poor") == counted.poor
    return years


def check_persons(area, tables, after, until):
    """The tables show every person who came onto a list or left it, and no more."""
    for name in ("poor", "near_poor"):
        before, now = persons_on_list(area, name, after), persons_on_list(area, name, until)
        table = getattr(tables, f"{name}_persons")
        decreases = table.to_other_list + table.above_both_lines + table.other_decrease
        increases = table.from_other_list + table.fell_back + table.newly + table.other_increase
        assert decreases >= len(before - now)
        assert increases >= len(now - before)
        assert decreases - increases == len(before) - len(now)


def persons_on_list(area, name, day):
    spells = HouseholdStatus.objects.in_force(on=day).filter(
        inside_area(area, day), registered_on(day), poverty_class=name
    )
    members = Membership.objects.present(on=day).filter(household__in=spells.values("household"))
    return set(members.values_list("person", flat=True))


def test_persons_are_counted_gross_inside_a_household(chronicle, ward, village):
    """A birth, two who come, one who leaves, one who goes to a household that is not poor."""
    household = HouseholdFactory(village=village)
    leaver, goer, splitter = (
        MembershipFactory(household=household, relation="child", is_head=False) for _ in range(3)
    )
    StatusFactory(household=household)
    other = HouseholdFactory(village=village)
    StatusFactory(household=other, poverty_class=PovertyClass.NOT_POOR)
    chronicle._birth(date(2024, 2, 1), household, None, None, 0)
    chronicle._add(date(2024, 3, 1), household, None, None, 0)
    chronicle._add(date(2024, 3, 2), household, None, None, 0)
    chronicle._left(date(2024, 4, 1), household, None, leaver, 0)
    chronicle._move(date(2024, 5, 1), household, other, goer, 0)
    chronicle._split(date(2024, 6, 1), household, None, splitter, 0)

    tables = movement_tables(area=ward, after=YEAR_ENDS[0], until=YEAR_ENDS[1])

    assert tables.poor_households.columns == (1, 0, 0, 0, 0, 0, 0, 1, 2)
    assert tables.poor_persons.columns == (4, 0, 0, 2, 0, 0, 0, 3, 5)
    assert movement_problems(tables) == []


def test_merge_inside_a_list_moves_no_persons(chronicle, ward, village):
    household, other = HouseholdFactory(village=village), HouseholdFactory(village=village)
    for each in (household, other):
        StatusFactory(household=each)
    chronicle._merge(date(2024, 6, 1), household, other, None, 0)

    for area in (ward, village):
        tables = movement_tables(area=area, after=YEAR_ENDS[0], until=YEAR_ENDS[1])
        assert tables.poor_households.columns == (2, 0, 0, 1, 0, 0, 0, 0, 1)
        assert tables.poor_persons.columns == (2, 0, 0, 0, 0, 0, 0, 0, 2)


def test_household_counts_where_it_lived(chronicle, ward, village):
    """It moves after the year's end; a merge that is recorded late still comes after the move."""
    other = VillageFactory(parent=ward)
    household = HouseholdFactory(village=village)
    StatusFactory(household=household)
    change_village(
        household=household,
        village=other,
        address="",
        on=date(2025, 3, 1),
        **chronicle._common(household),
    )
    merged = merge_villages(
        ward=ward,
        villages=[other, VillageFactory(parent=ward)],
        name="Thôn Mới",
        setting="rural",
        on=date(2025, 2, 1),
        by=chronicle.by,
    )

    homes = {
        day: [area for area in (village, other, merged) if class_counts(area=area, on=day).poor]
        for day in (date(2024, 12, 31), date(2025, 2, 15), date(2025, 3, 1), date(2026, 1, 1))
    }

    assert list(homes.values()) == [[village], [village], [merged], [merged]]


def test_household_cannot_move_before_it_came(chronicle, ward, village):
    household = HouseholdFactory(village=village)
    first, second = VillageFactory(parent=ward), VillageFactory(parent=ward)
    move = {"household": household, "address": "", "by": chronicle.by}
    household = change_village(village=first, on=date(2025, 3, 1), version=1, **move)
    household.refresh_from_db()

    with pytest.raises(ValidationError, match="01/03/2025"):
        change_village(
            village=second, on=date(2025, 2, 1), **(move | {"household": household, "version": 2})
        )

    assert Household.objects.get().village == first


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
