"""Parts of units in years: what changes in some of them leaves the others alone."""

from hypothesis import given
from hypothesis import strategies as st

from projects.rules.assignments import PartSpell, assign_years

YEARS = st.integers(2020, 2032)
SPELLS = st.lists(
    st.tuples(st.sampled_from("AB"), st.sampled_from(["lead", "coordinating"]), YEARS, YEARS).map(
        lambda drawn: PartSpell(drawn[0], drawn[1], min(drawn[2:]), max(drawn[2:]))
    ),
    max_size=6,
)
WANTED = st.sets(st.tuples(st.sampled_from("ABC"), st.sampled_from(["lead", "coordinating"])))


def held(spells, year):
    """Who has which part in a year."""
    return {(s.party, s.role) for s in spells if s.year_from <= year <= s.year_to}


def test_a_part_given_for_one_year_splits_the_years_of_the_other():
    before = [PartSpell("A", "lead", 2025, 2030)]

    after = assign_years(before, [("B", "lead")], 2026, 2026)

    assert set(after) == {
        PartSpell("A", "lead", 2025, 2025),
        PartSpell("A", "lead", 2027, 2030),
        PartSpell("B", "lead", 2026, 2026),
    }


def test_years_that_touch_become_one_spell():
    before = [PartSpell("A", "lead", 2025, 2025)]

    assert assign_years(before, [("A", "lead")], 2026, 2027) == [PartSpell("A", "lead", 2025, 2027)]


def test_no_years_change_nothing():
    before = [PartSpell("A", "lead", 2025, 2027)]

    assert assign_years(before, [], 2026, 2025) == before


@given(SPELLS, WANTED, YEARS, YEARS)
def test_every_year_holds_what_it_should_and_no_spell_touches_its_like(before, wanted, one, other):
    first, last = min(one, other), max(one, other)

    after = assign_years(before, wanted, first, last)

    for year in range(2019, 2034):
        expected = wanted if first <= year <= last else held(before, year)
        assert held(after, year) == expected
    for spell in after:
        beyond = {spell.year_from - 1, spell.year_to + 1}
        assert not any((spell.party, spell.role) in held(after, year) for year in beyond)
