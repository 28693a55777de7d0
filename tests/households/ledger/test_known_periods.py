"""Which days and years are known: every case written from the rule, at its limits."""

from datetime import date

import pytest

from households.ledger.known import KnownPeriods, Village, year_of_result

TODAY = date(2026, 11, 20)
DECIDED = KnownPeriods({2024: date(2024, 12, 16), 2025: date(2026, 1, 5)})


@pytest.mark.parametrize(
    ("year", "until", "closing_day"),
    [
        (2023, TODAY, None),
        (2024, date(2024, 12, 15), None),
        (2024, date(2024, 12, 16), date(2024, 12, 16)),
        (2024, date(2024, 12, 31), date(2024, 12, 31)),
        (2024, TODAY, date(2024, 12, 31)),
        (2025, date(2025, 12, 31), None),
        (2025, date(2026, 1, 4), None),
        (2025, date(2026, 1, 5), date(2026, 1, 5)),
        (2025, TODAY, date(2026, 1, 5)),
        (2026, date(2026, 12, 31), None),
    ],
)
def test_a_year_closes_with_its_decision_whatever_its_day(year, until, closing_day):
    assert DECIDED.closing_day(year, until) == closing_day
    assert DECIDED.knows_year(year, until) == (closing_day is not None)


@pytest.mark.parametrize(
    ("on", "is_known"),
    [
        (date(2024, 12, 15), False),
        (date(2024, 12, 16), True),
        (date(2025, 6, 30), True),
        # The last day of a year stands for its result, which is not there yet.
        (date(2025, 12, 31), False),
        (date(2026, 1, 5), True),
        (date(2026, 12, 31), False),
    ],
)
def test_a_day_is_known_once_a_decision_holds(on, is_known):
    assert DECIDED.knows_day(on) == is_known
    assert DECIDED.knows_day(on, 7) == is_known


def test_an_empty_ward_knows_nothing():
    empty = KnownPeriods(villages={1: Village()})

    assert not empty.knows_day(TODAY)
    assert not empty.knows_year(2025, TODAY)
    assert empty.years(TODAY) == set()
    assert empty.latest_year(2026, TODAY, [None]) is None


def test_a_ward_is_known_by_lists_only_where_every_village_is():
    listed = {1: {2025: date(2025, 12, 15)}}
    both = {**listed, 2: {2025: date(2025, 12, 15)}}
    villages = {1: Village(), 2: Village(), 3: Village(last_day=date(2025, 6, 30))}
    half, whole = KnownPeriods({}, listed, villages), KnownPeriods({}, both, villages)

    assert half.knows_year(2025, TODAY, 1)
    assert not half.knows_year(2025, TODAY, 2)
    assert not half.knows_year(2025, TODAY)
    assert not half.knows_day(TODAY)
    assert half.knows_day(TODAY, 1)
    assert half.latest_year(2026, TODAY, [None]) == 2025
    assert whole.knows_year(2025, TODAY)
    assert not whole.knows_year(2024, TODAY)
    assert whole.knows_day(TODAY)


def test_a_village_is_known_by_those_it_was_made_of():
    listed = {1: {2025: date(2025, 12, 15)}}
    merged = Village(first_day=date(2026, 3, 1), predecessors=frozenset({1, 2}))
    ended = Village(last_day=date(2026, 2, 28))
    villages = {1: ended, 2: ended, 3: merged}
    one = KnownPeriods({}, listed, villages)
    both = KnownPeriods({}, {**listed, 2: {2025: date(2025, 12, 20)}}, villages)

    assert not one.knows_day(TODAY, 3)
    assert both.knows_day(TODAY, 3)
    assert both.knows_day(TODAY)
    assert both.knows_year(2025, TODAY)


def test_a_list_without_a_day_makes_no_year_known():
    undated = KnownPeriods({}, {1: {None: date(2026, 3, 1)}}, {1: Village()})

    assert undated.knows_day(TODAY)
    assert undated.years(TODAY) == set()


def test_lists_after_the_first_decision_settle_no_year():
    late = KnownPeriods(
        {2024: date(2024, 12, 16)}, {1: {2025: date(2025, 10, 1)}}, {1: Village(), 2: Village()}
    )

    assert late.latest_year(2026, TODAY, [None]) == 2024
    assert not late.knows_year(2025, TODAY, 1)


@pytest.mark.parametrize(
    ("decided_on", "year"),
    [(date(2025, 12, 15), 2025), (date(2026, 1, 5), 2025), (date(2026, 7, 1), 2026)],
)
def test_a_decision_of_the_first_half_tells_of_the_year_before(decided_on, year):
    assert year_of_result(decided_on) == year
