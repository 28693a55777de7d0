"""Movements between classes, and the two official tables that must balance."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from households.choices import MovementCause, PovertyClass
from households.movement import (
    STATED_REASONS,
    MovementTable,
    MovementTables,
    Transition,
    build_movement_tables,
    movement,
    movement_problems,
)

POOR, NEAR_POOR = PovertyClass.POOR, PovertyClass.NEAR_POOR
AVERAGE, NOT_POOR = PovertyClass.AVERAGE_LIVING, PovertyClass.NOT_POOR


@pytest.mark.parametrize(
    ("previous", "current", "history", "cause"),
    [
        pytest.param(POOR, POOR, [], "unchanged", id="still poor"),
        pytest.param(POOR, NEAR_POOR, [], "escaped_to_near_poor", id="poor to near-poor"),
        pytest.param(POOR, NOT_POOR, [], "escaped_poverty", id="poor to not poor"),
        pytest.param(POOR, AVERAGE, [], "escaped_poverty", id="poor to average living"),
        pytest.param(NEAR_POOR, NOT_POOR, [], "escaped_near_poverty", id="near-poor to not poor"),
        pytest.param(NEAR_POOR, AVERAGE, [], "escaped_near_poverty", id="near-poor to average"),
        pytest.param(NEAR_POOR, POOR, [], "fell_to_poor", id="near-poor to poor"),
        pytest.param(NEAR_POOR, POOR, [POOR], "fell_to_poor", id="near-poor to poor, poor before"),
        pytest.param(NOT_POOR, POOR, [], "newly_poor", id="poor for the first time"),
        pytest.param(NOT_POOR, POOR, [POOR], "fell_back", id="poor again"),
        pytest.param(NOT_POOR, POOR, [NEAR_POOR], "newly_poor", id="poor, near-poor before"),
        pytest.param(AVERAGE, POOR, [POOR, NOT_POOR], "fell_back", id="poor again from average"),
        pytest.param(NOT_POOR, NEAR_POOR, [], "newly_near_poor", id="near-poor the first time"),
        pytest.param(NOT_POOR, NEAR_POOR, [NEAR_POOR], "fell_back_near", id="near-poor again"),
        pytest.param(NOT_POOR, NEAR_POOR, [POOR], "newly_near_poor", id="near-poor, poor before"),
        pytest.param(NOT_POOR, AVERAGE, [], "average_living_changed", id="average living set"),
        pytest.param(AVERAGE, NOT_POOR, [], "average_living_changed", id="average living ended"),
        pytest.param(None, NOT_POOR, [], "registered", id="registered, on no list"),
        pytest.param(None, POOR, [], "newly_poor", id="registered as poor"),
        pytest.param(None, POOR, [POOR], "fell_back", id="registered again as poor"),
        pytest.param(None, NEAR_POOR, [], "newly_near_poor", id="registered as near-poor"),
        pytest.param(POOR, None, [], "removed", id="left the register"),
    ],
)
def test_movement_names_the_change(previous, current, history, cause):
    assert movement(previous, current, history) is MovementCause(cause)


def one(before, after, cause, persons=(4, 4)):
    return Transition(
        before,
        after,
        MovementCause(cause),
        persons_before=persons[0],
        persons_after=persons[1],
    )


@pytest.mark.parametrize(
    ("transition", "poor", "near_poor"),
    [
        pytest.param(
            one(POOR, POOR, "unchanged"),
            (1, 0, 0, 0, 0, 0, 0, 0, 1),
            (0,) * 9,
            id="still poor",
        ),
        pytest.param(
            one(POOR, NEAR_POOR, "escaped_to_near_poor"),
            (1, 1, 0, 0, 0, 0, 0, 0, 0),
            (0, 0, 0, 0, 1, 0, 0, 0, 1),
            id="poor to near-poor",
        ),
        pytest.param(
            one(POOR, NOT_POOR, "escaped_poverty"),
            (1, 0, 1, 0, 0, 0, 0, 0, 0),
            (0,) * 9,
            id="poor to above",
        ),
        pytest.param(
            one(POOR, AVERAGE, "escaped_poverty"),
            (1, 0, 1, 0, 0, 0, 0, 0, 0),
            (0,) * 9,
            id="poor to average living",
        ),
        pytest.param(
            one(POOR, None, "died"), (1, 0, 0, 1, 0, 0, 0, 0, 0), (0,) * 9, id="poor, died"
        ),
        pytest.param(
            one(POOR, NOT_POOR, "members_changed"),
            (1, 0, 0, 1, 0, 0, 0, 0, 0),
            (0,) * 9,
            id="off the list by a change of members",
        ),
        pytest.param(
            one(NEAR_POOR, POOR, "fell_to_poor"),
            (0, 0, 0, 0, 1, 0, 0, 0, 1),
            (1, 0, 1, 0, 0, 0, 0, 0, 0),
            id="near-poor to poor",
        ),
        pytest.param(
            one(NOT_POOR, POOR, "fell_back"),
            (0, 0, 0, 0, 0, 1, 0, 0, 1),
            (0,) * 9,
            id="poor again",
        ),
        pytest.param(
            one(None, POOR, "newly_poor"), (0, 0, 0, 0, 0, 0, 1, 0, 1), (0,) * 9, id="newly poor"
        ),
        pytest.param(
            one(None, POOR, "moved_in"), (0, 0, 0, 0, 0, 0, 0, 1, 1), (0,) * 9, id="poor, moved in"
        ),
        pytest.param(
            one(NEAR_POOR, NOT_POOR, "escaped_near_poverty"),
            (0,) * 9,
            (1, 1, 0, 0, 0, 0, 0, 0, 0),
            id="near-poor to above",
        ),
        pytest.param(
            one(NEAR_POOR, None, "moved_out"),
            (0,) * 9,
            (1, 0, 0, 1, 0, 0, 0, 0, 0),
            id="near-poor, moved out",
        ),
        pytest.param(
            one(AVERAGE, NEAR_POOR, "fell_back_near"),
            (0,) * 9,
            (0, 0, 0, 0, 0, 1, 0, 0, 1),
            id="near-poor again",
        ),
        pytest.param(
            one(NOT_POOR, NEAR_POOR, "newly_near_poor"),
            (0,) * 9,
            (0, 0, 0, 0, 0, 0, 1, 0, 1),
            id="newly near-poor",
        ),
        pytest.param(
            one(None, NEAR_POOR, "split_off"),
            (0,) * 9,
            (0, 0, 0, 0, 0, 0, 0, 1, 1),
            id="near-poor, split off",
        ),
        pytest.param(one(NOT_POOR, AVERAGE, "average_living_changed"), (0,) * 9, (0,) * 9, id="no"),
        pytest.param(one(None, NOT_POOR, "registered"), (0,) * 9, (0,) * 9, id="on no list"),
    ],
)
def test_transition_counts_in_its_column(transition, poor, near_poor):
    tables = build_movement_tables([transition])

    assert tables.poor_households.columns == poor
    assert tables.near_poor_households.columns == near_poor
    assert tables.poor_persons.columns == tuple(4 * count for count in poor)
    assert tables.near_poor_persons.columns == tuple(4 * count for count in near_poor)
    assert movement_problems(tables) == []


@pytest.mark.parametrize(
    ("transition", "poor", "near_poor"),
    [
        pytest.param(
            one(POOR, POOR, "unchanged", (4, 5)),
            (4, 0, 0, 0, 0, 0, 0, 1, 5),
            (0,) * 9,
            id="a birth on the list",
        ),
        pytest.param(
            one(POOR, POOR, "unchanged", (4, 3)),
            (4, 0, 0, 1, 0, 0, 0, 0, 3),
            (0,) * 9,
            id="a death on the list",
        ),
        pytest.param(
            one(POOR, NEAR_POOR, "escaped_to_near_poor", (4, 5)),
            (4, 4, 0, 0, 0, 0, 0, 0, 0),
            (0, 0, 0, 0, 4, 0, 0, 1, 5),
            id="a birth while crossing",
        ),
        pytest.param(
            one(NEAR_POOR, POOR, "fell_to_poor", (4, 3)),
            (0, 0, 0, 1, 4, 0, 0, 0, 3),
            (4, 0, 4, 0, 0, 0, 0, 0, 0),
            id="a death while crossing",
        ),
        pytest.param(
            one(NOT_POOR, POOR, "newly_poor", (4, 5)),
            (0, 0, 0, 0, 0, 0, 5, 0, 5),
            (0,) * 9,
            id="a birth before the list",
        ),
        pytest.param(
            one(POOR, NOT_POOR, "escaped_poverty", (4, 5)),
            (4, 0, 4, 0, 0, 0, 0, 0, 0),
            (0,) * 9,
            id="a birth after the list",
        ),
    ],
)
def test_persons_balance_when_members_change(transition, poor, near_poor):
    tables = build_movement_tables([transition])

    assert tables.poor_persons.columns == poor
    assert tables.near_poor_persons.columns == near_poor
    assert movement_problems(tables) == []


def test_crossing_for_a_stated_reason_is_other_on_both_lists():
    tables = build_movement_tables([one(POOR, NEAR_POOR, "members_changed")])

    assert tables.poor_households.columns == (1, 0, 0, 1, 0, 0, 0, 0, 0)
    assert tables.near_poor_households.columns == (0, 0, 0, 0, 0, 0, 0, 1, 1)


CLASSES = [None, *PovertyClass]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(CLASSES),
            st.sampled_from(CLASSES),
            st.sampled_from([None, *sorted(STATED_REASONS)]),
            st.sets(st.sampled_from(list(PovertyClass))),
            st.integers(0, 9),
            st.integers(0, 9),
        ),
        max_size=40,
    )
)
def test_tables_built_from_movements_always_balance(rows):
    transitions = [
        Transition(
            before,
            after,
            (reason if before != after else None) or movement(before, after, history),
            1,
            persons_before if before else 0,
            persons_after if after else 0,
        )
        for before, after, reason, history, persons_before, persons_after in rows
    ]

    tables = build_movement_tables(transitions)

    assert movement_problems(tables) == []
    assert tables.poor_households.opening == sum(row[0] == POOR for row in rows)
    assert tables.near_poor_households.closing == sum(row[1] == NEAR_POOR for row in rows)


def test_class_that_changed_without_a_cause_shows_as_a_difference():
    tables = build_movement_tables([Transition(POOR, None, MovementCause.UNCHANGED, 3)])

    assert tables.poor_households.difference == -3
    assert not tables.poor_households.balances
    assert movement_problems(tables) == [
        "Số hộ nghèo cuối kỳ là 0, theo các cột tăng, giảm phải là 3 (chênh 3)."
    ]


@pytest.mark.parametrize(
    ("stated", "computed", "difference"),
    [
        pytest.param(204, 204, 0, id="a district that balances"),
        pytest.param(934, 923, 11, id="eleven too many"),
        pytest.param(219, 221, -2, id="two too few"),
    ],
)
def test_typed_table_shows_its_difference(stated, computed, difference):
    table = MovementTable(POOR, opening=computed, closing=stated)

    assert (table.difference, table.balances) == (difference, difference == 0)


def test_problems_compare_the_two_tables_and_the_two_years():
    empty = build_movement_tables([])
    typed = MovementTables(
        poor_households=MovementTable(
            POOR, opening=100, to_other_list=64, from_other_list=5, closing=41
        ),
        poor_persons=empty.poor_persons,
        near_poor_households=MovementTable(
            NEAR_POOR, opening=50, to_other_list=4, from_other_list=63, closing=109
        ),
        near_poor_persons=empty.near_poor_persons,
    )
    last_year = replace(
        empty,
        poor_households=MovementTable(POOR, closing=100),
        near_poor_households=MovementTable(NEAR_POOR, closing=51),
    )

    assert movement_problems(typed, last_year) == [
        "Số hộ nghèo trở thành cận nghèo ở bảng hộ nghèo là 64, ở bảng hộ cận nghèo là 63.",
        "Số hộ cận nghèo trở thành nghèo ở bảng hộ nghèo là 5, ở bảng hộ cận nghèo là 4.",
        "Số hộ cận nghèo đầu kỳ là 50, khác số cuối kỳ trước là 51.",
    ]


def test_columns_carry_the_labels_of_the_form():
    tables = build_movement_tables([])

    assert tables.poor_households.labels[1:3] == (
        "Trở thành hộ cận nghèo",
        "Vượt chuẩn hộ cận nghèo",
    )
    assert tables.near_poor_households.labels[1:3] == ("Thoát cận nghèo", "Trở thành hộ nghèo")


def test_published_decision_of_2020_balances():
    """A real commune: 15 escaped poverty = 12 to near-poor + 2 above + 1 struck off."""
    tables = build_movement_tables(
        [
            Transition(POOR, NEAR_POOR, MovementCause.ESCAPED_TO_NEAR_POOR, 12, 35, 35),
            Transition(POOR, NOT_POOR, MovementCause.ESCAPED_POVERTY, 2, 6, 6),
            Transition(POOR, None, MovementCause.REMOVED, 1, 1, 0),
            Transition(NEAR_POOR, POOR, MovementCause.FELL_TO_POOR, 1, 5, 5),
            Transition(NEAR_POOR, NOT_POOR, MovementCause.ESCAPED_NEAR_POVERTY, 31, 124, 124),
        ]
    )

    assert tables.poor_households.columns[:5] == (15, 12, 2, 1, 1)
    assert tables.poor_persons.columns[:5] == (42, 35, 6, 1, 5)
    assert tables.near_poor_households.columns[:5] == (32, 31, 1, 0, 12)
    assert tables.near_poor_persons.columns[:5] == (129, 124, 5, 0, 35)
    assert movement_problems(tables) == []


def test_households_whose_members_nobody_counted_have_no_persons():
    tables = build_movement_tables([Transition(None, POOR, MovementCause.NEWLY_POOR, 3)])

    assert tables.poor_households.columns == (0, 0, 0, 0, 0, 0, 3, 0, 3)
    assert tables.poor_persons.columns == (0,) * 9
