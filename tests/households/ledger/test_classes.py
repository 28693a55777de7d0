"""Figures of the ledger, each against a few households counted by hand."""

from datetime import date
from decimal import Decimal

import pytest

from households.choices import ClosingReason, MovementCause, PovertyClass, WindowRule
from households.directory.selectors.history import ledger_of, status_by_year
from households.directory.selectors.rows import class_run
from households.ledger.known import KnownPeriods
from households.ledger.selectors import classes
from households.ledger.selectors.transition_tables import households_moved, movement_tables
from households.ledger.services.spells import open_first_spell
from households.models import Household
from households.rules.transitions import movement_problems
from households.templatetags.household_ui import year_items
from tests.factories.core import VillageFactory, WardFactory
from tests.factories.households import (
    AreaYearFactory,
    DecisionFactory,
    HouseholdFactory,
    MembershipFactory,
)
from tests.households.spells import change_status

pytestmark = pytest.mark.django_db

OPENED = date(2020, 1, 1)
END_2024, END_2025 = date(2024, 12, 31), date(2025, 12, 31)
POOR, NEAR_POOR, NOT_POOR = PovertyClass.POOR, PovertyClass.NEAR_POOR, PovertyClass.NOT_POOR


def household_with(village, *changes, size=1, first=NOT_POOR):
    """A household in the ledger since OPENED; each change is (day, class, cause)."""
    household = HouseholdFactory(village=village, opened_on=OPENED)
    MembershipFactory.create_batch(size - 1, household=household)
    open_first_spell(household=household, starts_on=OPENED, poverty_class=first)
    for starts_on, poverty_class, cause in changes:
        change_status(
            household=household,
            poverty_class=poverty_class,
            starts_on=starts_on,
            decision=None,
            cause=cause,
        )
    return household


@pytest.fixture
def escaped(village):
    """Poor from the start, near-poor since 15/12/2025, three persons."""
    change = (date(2025, 12, 15), NEAR_POOR, MovementCause.ESCAPED_TO_NEAR_POOR)
    return household_with(village, change, first=POOR, size=3)


@pytest.fixture
def fallen(village):
    """Not poor, poor since 15/12/2025, two persons."""
    change = (date(2025, 12, 15), POOR, MovementCause.NEWLY_POOR)
    return household_with(village, change, size=2)


def close(household, on, reason=ClosingReason.MOVED_OUT):
    household.closed_on, household.closing_reason = on, reason
    household.save()


def test_class_counts_tell_households_persons_and_rates(ward, village, escaped, fallen):
    household_with(village)
    AreaYearFactory(area=ward, on=END_2024, households=7847, persons=29_000)
    AreaYearFactory(area=ward, on=date(2026, 6, 30), households=9000)

    counts = classes.class_counts(area=ward, on=END_2025)

    assert counts == classes.ClassCounts(
        poor=1,
        near_poor=1,
        not_poor=1,
        poor_persons=2,
        near_poor_persons=3,
        total_households=7847,
        total_persons=29_000,
    )
    assert counts.poor_percent == Decimal("0.01")
    assert counts.listed == 2


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        pytest.param(date(2019, 12, 31), (0, 0), id="before the register"),
        pytest.param(date(2025, 12, 14), (1, 0), id="day before the decision"),
        pytest.param(date(2025, 12, 15), (0, 1), id="day of the decision"),
    ],
)
def test_class_counts_are_those_of_the_day(ward, escaped, on, expected):
    counts = classes.class_counts(area=ward, on=on)

    assert (counts.poor, counts.near_poor) == expected


def test_class_counts_without_a_population_have_no_rate(ward, fallen):
    counts = classes.class_counts(area=ward, on=END_2025)

    assert counts.total_households is None
    assert counts.poor_percent is None


def test_class_counts_stop_at_the_area(ward, village, escaped):
    other = VillageFactory(parent=ward)
    household_with(VillageFactory(parent=WardFactory()), first=POOR)

    assert classes.class_counts(area=other, on=END_2024).poor == 0
    assert classes.class_counts(area=village, on=END_2024).poor == 1
    assert classes.class_counts(area=ward, on=END_2024).poor == 1
    assert classes.class_counts(area=ward.parent, on=END_2024).poor == 1


def test_class_counts_leave_out_closed_households_and_members_who_left(ward, escaped, fallen):
    close(fallen, END_2025)
    member = escaped.memberships.filter(is_head=False).first()
    member.left_on = END_2025
    member.save()

    counts = classes.class_counts(area=ward, on=END_2025)

    assert (counts.poor, counts.near_poor, counts.near_poor_persons) == (0, 1, 2)


def test_class_counts_by_village_add_up_to_the_ward(
    ward, village, escaped, fallen, django_assert_num_queries
):
    second = VillageFactory(parent=ward, order=village.order + 1)
    empty = VillageFactory(parent=ward, order=village.order + 2)
    household_with(second, first=POOR, size=4)
    AreaYearFactory(area=second, ward=ward, on=END_2024, households=200)

    with django_assert_num_queries(3):
        rows = classes.class_counts_by_village(ward=ward, on=END_2025)

    counts = {row.village: row.counts for row in rows}
    assert list(counts) == [village, second, empty]
    assert counts[second].poor_persons == 4
    assert counts[second].poor_percent == Decimal("0.50")
    assert counts[empty] == classes.ClassCounts()
    whole = classes.class_counts(area=ward, on=END_2025)
    assert sum(each.poor for each in counts.values()) == whole.poor == 2
    assert sum(each.near_poor_persons for each in counts.values()) == whole.near_poor_persons


@pytest.mark.parametrize(
    ("on", "rule", "inside"),
    [
        pytest.param(date(2025, 12, 14), WindowRule.PROGRAMME, False, id="day before"),
        pytest.param(date(2025, 12, 15), WindowRule.PROGRAMME, True, id="first day"),
        pytest.param(date(2028, 12, 15), WindowRule.PROGRAMME, True, id="last day"),
        pytest.param(date(2028, 12, 16), WindowRule.PROGRAMME, False, id="day after"),
        pytest.param(date(2025, 12, 15), WindowRule.CREDIT, False, id="bank: still near-poor"),
    ],
)
def test_newly_escaped_follows_the_window(ward, escaped, on, rule, inside):
    found = classes.newly_escaped(ward=ward, on=on, rule=rule)

    assert [each.household for each in found] == ([escaped] if inside else [])


def test_newly_escaped_leaves_out_closed_and_foreign_households(ward, escaped):
    assert classes.newly_escaped(ward=WardFactory(), on=END_2025) == []
    close(escaped, END_2025)
    assert classes.newly_escaped(ward=ward, on=END_2025) == []


def test_newly_escaped_costs_one_query(ward, village, django_assert_num_queries):
    for _ in range(3):
        change = (date(2025, 12, 15), NOT_POOR, MovementCause.ESCAPED_POVERTY)
        household_with(village, change, first=POOR)

    with django_assert_num_queries(1):
        assert len(classes.newly_escaped(ward=ward, on=END_2025)) == 3


def test_movement_tables_count_each_movement_and_balance(ward, village, escaped, fallen):
    household_with(village, first=POOR, size=5)
    moved_out = household_with(village, first=POOR, size=2)
    close(moved_out, date(2025, 6, 1))
    back = (date(2023, 12, 15), NOT_POOR, MovementCause.ESCAPED_POVERTY)
    again = (date(2025, 12, 15), POOR, MovementCause.FELL_BACK)
    household_with(village, back, again, first=POOR)

    tables = movement_tables(area=ward, after=END_2024, until=END_2025)

    #  đầu kỳ, thành cận nghèo, vượt chuẩn, khác, cận nghèo thành nghèo, tái, mới, khác, cuối kỳ
    assert tables.poor_households.columns == (3, 1, 0, 1, 0, 1, 1, 0, 3)
    assert tables.poor_persons.columns == (10, 3, 0, 2, 0, 1, 2, 0, 8)
    assert tables.near_poor_households.columns == (0, 0, 0, 0, 1, 0, 0, 0, 1)
    assert tables.near_poor_persons.columns == (0, 0, 0, 0, 3, 0, 0, 0, 3)
    assert movement_problems(tables) == []
    assert tables.poor_households.closing == classes.class_counts(area=ward, on=END_2025).poor


def test_movement_tables_of_two_changes_tell_the_two_ends(ward, village):
    down = (date(2025, 3, 1), POOR, MovementCause.NEWLY_POOR)
    up = (date(2025, 12, 15), NEAR_POOR, MovementCause.ESCAPED_TO_NEAR_POOR)
    household = household_with(village, down, up)

    tables = movement_tables(area=ward, after=END_2024, until=END_2025)

    assert tables.near_poor_households.newly == 1
    assert movement_problems(tables) == []
    assert households_moved(
        households=Household.objects.all(),
        cause=MovementCause.NEWLY_NEAR_POOR,
        after=END_2024,
        until=END_2025,
    ) == [household.pk]


def test_movement_tables_count_nothing_of_a_household_closed_before(ward, village):
    close(household_with(village, first=POOR), date(2024, 6, 1))

    tables = movement_tables(area=ward, after=END_2024, until=END_2025)

    assert tables.poor_households.columns == (0,) * 9


@pytest.mark.parametrize("count", [1, 3])
def test_movement_tables_cost_the_same_for_many(ward, village, count, django_assert_num_queries):
    for _ in range(count):
        household_with(village, first=POOR)

    with django_assert_num_queries(3):
        tables = movement_tables(area=ward, after=END_2024, until=END_2025)

    assert tables.poor_households.closing == count


def test_households_moved_opens_the_figure_of_the_table(ward, escaped, fallen):
    def moved(cause):
        return households_moved(
            households=Household.objects.filter(ward=ward),
            cause=cause,
            after=END_2024,
            until=END_2025,
        )

    assert moved(MovementCause.ESCAPED_TO_NEAR_POOR) == [escaped.pk]
    assert moved(MovementCause.NEWLY_POOR) == [fallen.pk]
    assert moved(MovementCause.FELL_BACK) == []


def test_status_by_year_tells_class_movement_and_decision(ward, village):
    household = household_with(village, first=POOR)
    decision = DecisionFactory(ward=ward, number="283/QĐ-UBND")
    change_status(
        household=household,
        poverty_class=NEAR_POOR,
        starts_on=date(2025, 12, 15),
        decision=decision,
        cause=MovementCause.ESCAPED_TO_NEAR_POOR,
    )

    known = KnownPeriods({2024: date(2024, 12, 16), 2025: date(2025, 12, 15)})
    years = status_by_year(
        ledger_of(household), range(2019, 2027), date(2026, 11, 20), known, village.pk
    )

    told = {
        status.year: (status.poverty_class, status.change, status.basis, status.is_current)
        for status in years
    }
    assert told[2019] == ("", "", None, False)
    assert told[2020] == ("poor", "Đưa vào sổ quản lý", None, False)
    assert told[2024] == ("poor", "", None, False)
    assert told[2025] == ("near_poor", "Thoát nghèo, trở thành cận nghèo", decision, False)
    assert told[2026] == ("near_poor", "", decision, True)
    details = {item["year"]: item["detail"] for item in year_items(years)}
    assert details[2025] == "QĐ 283/QĐ-UBND, 15/12/2025"
    # Last year's decision is none of this year's.
    assert details[2026] == "Chưa có số liệu năm 2026; theo QĐ 283/QĐ-UBND, 15/12/2025"
    assert details[2023] == "Chưa có số liệu năm 2023"


def test_decision_of_january_closes_the_year_of_its_review(ward, village):
    household = household_with(village, first=POOR)
    change_status(
        household=household,
        poverty_class=NOT_POOR,
        starts_on=date(2026, 1, 5),
        decision=DecisionFactory(ward=ward, number="5/QĐ-UBND", decided_on=date(2026, 1, 5)),
        cause=MovementCause.ESCAPED_POVERTY,
    )
    known = KnownPeriods({2024: date(2024, 12, 16), 2025: date(2026, 1, 5)})

    years = status_by_year(
        ledger_of(household), range(2024, 2027), date(2026, 11, 20), known, village.pk
    )

    told = {status.year: (status.poverty_class, status.change) for status in years}
    assert told == {
        2024: ("poor", ""),
        2025: ("not_poor", "Thoát nghèo, vượt chuẩn cận nghèo"),
        2026: ("not_poor", ""),
    }


def test_class_run_reaches_back_over_yearly_confirmations(village):
    confirmed = (date(2024, 12, 15), POOR, MovementCause.UNCHANGED)
    escape = (date(2025, 12, 15), NOT_POOR, MovementCause.ESCAPED_POVERTY)
    household = household_with(village, confirmed, escape, first=POOR)

    assert class_run(ledger_of(household), date(2025, 6, 1))[0].starts_on == OPENED
    assert class_run(ledger_of(household), END_2025)[0].starts_on == date(2025, 12, 15)
    assert class_run(ledger_of(household), date(2019, 1, 1)) == []
