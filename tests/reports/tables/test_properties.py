"""Identities that hold in every ward, whatever happened to its households."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import assume, given

from households.choices import PovertyClass
from reports.tables.catalogue import TABLES
from reports.tables.groups import build_ethnic_groups, build_target_groups
from reports.tables.results import build_results
from reports.tables.transitions import build_near_poor_movements, build_poor_movements, tables_of
from tests.reports.worlds import persons_after, wards, with_moves

# Rates are no sums, and the detailed lists have one row a person.
# Moves between villages are told apart in tables 2 and 3.
ADDITIVE = [number for number in TABLES if number not in (2, 3, 5, 7, 14, 15)]


def rows_of(table):
    return [[cell.value for cell in row.cells] for row in table.rows]


@given(wards())
def test_opening_less_decreases_plus_increases_is_closing(facts):
    for build in (build_poor_movements, build_near_poor_movements):
        for opening, two, three, four, five, six, seven, eight, closing in rows_of(build(facts)):
            assert opening - two - three - four + five + six + seven + eight == closing


@given(wards())
def test_same_flow_in_both_tables_is_equal(facts):
    poor, near_poor = build_poor_movements(facts), build_near_poor_movements(facts)

    for left, right in zip(rows_of(poor), rows_of(near_poor), strict=True):
        # Trở thành hộ cận nghèo = Hộ nghèo trở thành hộ cận nghèo, and the other way round.
        assert left[1] == right[4]
        assert left[4] == right[2]


@given(wards())
def test_closing_is_what_the_result_table_counts(facts):
    results = rows_of(build_results(facts))
    poor, near_poor = (
        rows_of(build_poor_movements(facts)),
        rows_of(build_near_poor_movements(facts)),
    )

    for place, result in enumerate(results):
        assert result[2] == poor[2 * place][8]
        assert result[4] == near_poor[2 * place][8]
        assert result[8] == poor[2 * place + 1][8]
        assert result[10] == near_poor[2 * place + 1][8]


@given(wards())
def test_villages_sum_to_the_ward_but_for_moves_between_them(facts):
    """Columns 4 and 8 of the villages hold moves inside the ward, the same number in both."""
    for build in (build_poor_movements, build_near_poor_movements):
        table = build(facts)
        for offset, total in enumerate(table.totals):
            parts = [row.cells for row in table.parts[offset :: len(table.totals)]]
            over = [
                sum(row[place].value for row in parts) - cell.value
                for place, cell in enumerate(total.cells)
            ]
            assert over == [0, 0, 0, over[3], 0, 0, 0, over[3], 0]


@pytest.mark.parametrize("number", ADDITIVE)
@given(facts=wards())
def test_villages_sum_to_the_ward(number, facts):
    table = TABLES[number].build(facts)
    totals = [row.cells for row in table.totals]
    parts = [row.cells for row in table.parts]

    for offset, total in enumerate(totals):
        for place, cell in enumerate(total):
            below = [row[place].value for row in parts[offset :: len(totals)]]
            if isinstance(cell.value, int) and (number, place) not in ((1, 0), (1, 1)):
                assert cell.value == sum(below)


@given(wards())
def test_parts_of_the_ethnic_table_sum_to_the_whole(facts):
    for row in rows_of(build_ethnic_groups(facts)):
        half = len(row) // 2
        for whole, kinh, minorities, *groups, unrecorded in (row[:half], row[half:]):
            assert whole == kinh + minorities + unrecorded
            assert minorities == sum(groups)


@given(wards())
def test_every_household_is_in_a_group_or_in_none(facts):
    for row in rows_of(build_target_groups(facts)):
        for whole, *groups, none in (row[:5], row[5:]):
            assert max(groups) <= whole
            assert whole - none <= sum(groups)


@given(wards())
def test_no_rate_above_a_hundred_or_without_a_denominator(facts):
    table = build_results(facts)

    for place, row in zip(facts.places, table.rows, strict=True):
        rates = [cell.value for cell in row.cells if isinstance(cell.value, Decimal)]
        assert all(0 <= rate <= 100 for rate in rates)
        if facts.closing[place.pk].total_households is None:
            assert row.cells[3].value is None
            assert any(place.name in problem for problem in table.problems)


@given(wards())
def test_a_ward_with_its_own_figures_has_no_movement_problem(facts):
    assert build_poor_movements(facts).problems == ()
    assert build_near_poor_movements(facts).problems == ()


@given(wards())
def test_every_figure_of_households_opens_a_list(facts):
    assume(facts.listed)
    for row in build_results(facts).rows:
        for column in (2, 4, 8, 10):
            assert "/households/?class=" in row.cells[column].url


@given(wards(), wards())
def test_closing_of_a_year_is_the_opening_of_the_next(first, second):
    """Two years of the same households: the second starts where the first ended."""
    ended = {move.household_id: move for move in first.moves}
    following = tuple(
        replace(
            move,
            village_before=ended[move.household_id].village,
            class_before=ended[move.household_id].class_after,
            stayed=persons_after(ended[move.household_id]),
            members=tuple(member for member in move.members if member.joined),
        )
        for move in second.moves
        if move.household_id in ended
    )
    stayed = tuple(
        replace(
            move,
            village_before=move.village,
            class_before=move.class_after,
            stayed=persons_after(move),
            members=(),
        )
        for pk, move in ended.items()
        if pk not in {each.household_id for each in following}
    )
    next_year = with_moves(second, (*following, *stayed))

    for place in first.places:
        year, after = tables_of(first, place), tables_of(next_year, place)
        for listed in (PovertyClass.POOR, PovertyClass.NEAR_POOR):
            for measure in ("households", "persons"):
                name = f"{listed}_{measure}"
                assert getattr(year, name).closing == getattr(after, name).opening
