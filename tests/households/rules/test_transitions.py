"""Movements between classes, and the two official tables that must balance."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from households.choices import MovementCause, PovertyClass
from households.rules.transitions import (
    COLUMNS_BY_KEY,
    STATED_REASONS,
    ClassTransition,
    ListColumn,
    MeasuredColumn,
    MemberChange,
    MovementColumn,
    MovementMeasure,
    MovementTable,
    MovementTables,
    build_movement_tables,
    movement_problems,
    transition_cause,
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
    assert transition_cause(previous, current, history) is MovementCause(cause)


def one(before, after, cause, stayed=4, members=()):
    """A household none of whose members is in the register where it is not."""
    if before is None or after is None:
        ids = range(1, stayed + 1)
        members = [MemberChange(pk, before is None, before is not None) for pk in ids]
        stayed = 0
    return ClassTransition(
        before, after, MovementCause(cause), stayed=stayed, members=tuple(members)
    )


JOINED, LEFT = True, False
LATE, EARLY = True, False  # after the household changed its class, or before


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
            one(POOR, POOR, "unchanged", 4, [MemberChange(9, JOINED, LATE)]),
            (4, 0, 0, 0, 0, 0, 0, 1, 5),
            (0,) * 9,
            id="a birth on the list",
        ),
        pytest.param(
            one(POOR, POOR, "unchanged", 3, [MemberChange(9, LEFT, EARLY)]),
            (4, 0, 0, 1, 0, 0, 0, 0, 3),
            (0,) * 9,
            id="a death on the list",
        ),
        pytest.param(
            one(POOR, NEAR_POOR, "escaped_to_near_poor", 4, [MemberChange(9, JOINED, LATE)]),
            (4, 4, 0, 0, 0, 0, 0, 0, 0),
            (0, 0, 0, 0, 4, 0, 0, 1, 5),
            id="a birth after crossing",
        ),
        pytest.param(
            one(NEAR_POOR, POOR, "fell_to_poor", 3, [MemberChange(9, LEFT, LATE)]),
            (0, 0, 0, 1, 4, 0, 0, 0, 3),
            (4, 0, 4, 0, 0, 0, 0, 0, 0),
            id="a death after crossing",
        ),
        pytest.param(
            one(NEAR_POOR, POOR, "fell_to_poor", 3, [MemberChange(9, LEFT, EARLY)]),
            (0, 0, 0, 0, 3, 0, 0, 0, 3),
            (4, 0, 3, 1, 0, 0, 0, 0, 0),
            id="a death before crossing",
        ),
        pytest.param(
            one(POOR, NEAR_POOR, "escaped_to_near_poor", 4, [MemberChange(9, JOINED, EARLY)]),
            (4, 5, 0, 0, 0, 0, 0, 1, 0),
            (0, 0, 0, 0, 5, 0, 0, 0, 5),
            id="a birth before crossing",
        ),
        pytest.param(
            one(POOR, NOT_POOR, "escaped_poverty", 3, [MemberChange(9, LEFT, EARLY)]),
            (4, 0, 3, 1, 0, 0, 0, 0, 0),
            (0,) * 9,
            id="a death before the household escaped",
        ),
        pytest.param(
            one(POOR, NOT_POOR, "escaped_poverty", 3, [MemberChange(9, LEFT, LATE)]),
            (4, 0, 4, 0, 0, 0, 0, 0, 0),
            (0,) * 9,
            id="a death after the household escaped",
        ),
        pytest.param(
            one(
                POOR,
                POOR,
                "unchanged",
                3,
                [MemberChange(8, LEFT, EARLY), MemberChange(9, JOINED, LATE)],
            ),
            (4, 0, 0, 1, 0, 0, 0, 1, 4),
            (0,) * 9,
            id="a death and a birth are not netted",
        ),
        pytest.param(
            one(NOT_POOR, POOR, "newly_poor", 4, [MemberChange(9, JOINED, EARLY)]),
            (0, 0, 0, 0, 0, 0, 5, 0, 5),
            (0,) * 9,
            id="a birth before the list",
        ),
        pytest.param(
            one(POOR, NOT_POOR, "escaped_poverty", 4, [MemberChange(9, JOINED, LATE)]),
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


@pytest.mark.parametrize(
    ("target", "poor", "near_poor"),
    [
        pytest.param(POOR, (5, 0, 0, 0, 0, 0, 0, 0, 5), (0,) * 9, id="inside the list"),
        pytest.param(NOT_POOR, (5, 0, 0, 1, 0, 0, 0, 0, 4), (0,) * 9, id="off the lists"),
        pytest.param(
            NEAR_POOR, (5, 0, 0, 1, 0, 0, 0, 0, 4), (0, 0, 0, 0, 0, 0, 0, 1, 1), id="the other"
        ),
    ],
)
def test_person_who_moves_to_another_household(target, poor, near_poor):
    tables = build_movement_tables(
        [
            one(POOR, POOR, "unchanged", 4, [MemberChange(9, LEFT, EARLY)]),
            one(target, target, "unchanged", 0, [MemberChange(9, JOINED, LATE)]),
        ]
    )

    assert tables.poor_persons.columns == poor
    assert tables.near_poor_persons.columns == near_poor


def test_merge_inside_a_list_moves_no_person():
    gone = [MemberChange(pk, LEFT, EARLY) for pk in (1, 2)]
    came = [MemberChange(pk, JOINED, LATE) for pk in (1, 2)]

    tables = build_movement_tables(
        [
            ClassTransition(POOR, None, MovementCause.MERGED, members=tuple(gone)),
            one(POOR, POOR, "unchanged", 3, came),
        ]
    )

    assert tables.poor_households.columns == (2, 0, 0, 1, 0, 0, 0, 0, 1)
    assert tables.poor_persons.columns == (5, 0, 0, 0, 0, 0, 0, 0, 5)


def test_split_that_changes_its_class_crosses_from_its_first_list():
    split = ClassTransition(
        POOR,
        NEAR_POOR,
        MovementCause.ESCAPED_TO_NEAR_POOR,
        arrived=True,
        members=(MemberChange(9, JOINED, EARLY),),
    )
    old = one(POOR, POOR, "unchanged", 4, [MemberChange(9, LEFT, EARLY)])

    tables = build_movement_tables([old, split])

    assert tables.poor_households.columns == (1, 1, 0, 0, 0, 0, 0, 1, 1)
    assert tables.poor_persons.columns == (5, 1, 0, 0, 0, 0, 0, 0, 4)
    assert tables.near_poor_persons.columns == (0, 0, 0, 0, 1, 0, 0, 0, 1)


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
            # Few persons, so that some leave one household and come into another.
            st.lists(
                st.tuples(st.integers(1, 5), st.booleans(), st.booleans()),
                max_size=4,
                unique_by=lambda change: change[0],
            ),
        ),
        max_size=40,
    )
)
def test_tables_built_from_movements_always_balance(rows):
    transitions = [
        ClassTransition(
            before,
            after,
            (reason if before != after else None) or transition_cause(before, after, history),
            1,
            stayed if before and after else 0,
            tuple(
                MemberChange(*change)
                for change in changes
                if (after if change[1] else before) is not None
            ),
        )
        for before, after, reason, history, stayed, changes in rows
    ]

    tables = build_movement_tables(transitions)

    assert movement_problems(tables) == []
    assert tables.poor_households.opening == sum(row[0] == POOR for row in rows)
    assert tables.near_poor_households.closing == sum(row[1] == NEAR_POOR for row in rows)
    assert tables.poor_persons.opening == sum(
        each.stayed + sum(not member.joined for member in each.members)
        for each in transitions
        if each.class_before == POOR
    )
    assert tables.near_poor_persons.closing == sum(
        each.stayed + sum(member.joined for member in each.members)
        for each in transitions
        if each.class_after == NEAR_POOR
    )


def test_class_that_changed_without_a_cause_shows_as_a_difference():
    tables = build_movement_tables([ClassTransition(POOR, None, MovementCause.UNCHANGED, 3)])

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
            ClassTransition(POOR, NEAR_POOR, MovementCause.ESCAPED_TO_NEAR_POOR, 12, 35),
            ClassTransition(POOR, NOT_POOR, MovementCause.ESCAPED_POVERTY, 2, 6),
            ClassTransition(POOR, None, MovementCause.REMOVED, 1, 1),
            ClassTransition(NEAR_POOR, POOR, MovementCause.FELL_TO_POOR, 1, 5),
            ClassTransition(NEAR_POOR, NOT_POOR, MovementCause.ESCAPED_NEAR_POVERTY, 31, 124),
        ]
    )

    assert tables.poor_households.columns[:5] == (15, 12, 2, 1, 1)
    assert tables.poor_persons.columns[:5] == (42, 35, 6, 1, 5)
    assert tables.near_poor_households.columns[:5] == (32, 31, 1, 0, 12)
    assert tables.near_poor_persons.columns[:5] == (129, 124, 5, 0, 35)
    assert movement_problems(tables) == []


def test_households_whose_members_nobody_counted_have_no_persons():
    tables = build_movement_tables([ClassTransition(None, POOR, MovementCause.NEWLY_POOR, 3)])

    assert tables.poor_households.columns == (0, 0, 0, 0, 0, 0, 3, 0, 3)
    assert tables.poor_persons.columns == (0,) * 9


@pytest.mark.parametrize(
    ("key", "place", "measure", "title"),
    [
        (
            "poor.to_other_list",
            (POOR, MovementColumn.TO_OTHER_LIST),
            MovementMeasure.HOUSEHOLDS,
            "Diễn biến hộ nghèo, cột “Trở thành hộ cận nghèo”",
        ),
        (
            "near_poor.to_other_list.persons",
            (NEAR_POOR, MovementColumn.TO_OTHER_LIST),
            MovementMeasure.PERSONS,
            "Diễn biến hộ cận nghèo, cột “Trở thành hộ nghèo” (nhân khẩu)",
        ),
    ],
)
def test_addresses_name_a_column_as_ever(key, place, measure, title):
    column = MeasuredColumn(ListColumn(*place), measure)

    assert (column.key, column.title) == (key, title)
    assert COLUMNS_BY_KEY[key] == column


def test_each_column_of_both_tables_has_two_addresses():
    assert len(COLUMNS_BY_KEY) == 2 * 9 * 2
