"""Which unit has which part in a project in which years, when some of the years change hands."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

# A unit, by its key, or the words that stand for one.
Party = int | str
# Who, and in which role.
PartKey = tuple[Party, str]


@dataclass(frozen=True)
class PartSpell:
    """The years, both included, in which a party has a role."""

    party: Party
    role: str
    year_from: int
    year_to: int


def assign_years(
    spells: Iterable[PartSpell],
    wanted: Collection[PartKey],
    first: int,
    last: int,
) -> list[PartSpell]:
    """The spells once the wanted parts, and no others, are held in the years `first` to `last`.

    Other years stay as they are. Years of one part that touch become one spell.

    >>> assign_years([PartSpell("A", "lead", 2025, 2030)], [("B", "lead")], 2026, 2026)
    ... # doctest: +NORMALIZE_WHITESPACE
    [PartSpell(party='A', role='lead', year_from=2025, year_to=2025),
     PartSpell(party='A', role='lead', year_from=2027, year_to=2030),
     PartSpell(party='B', role='lead', year_from=2026, year_to=2026)]
    """
    held: dict[PartKey, set[int]] = defaultdict(set)
    changing = range(first, last + 1)
    for spell in spells:
        years = range(spell.year_from, spell.year_to + 1)
        held[spell.party, spell.role].update(year for year in years if year not in changing)
    for part in wanted:
        held[part].update(changing)
    return [
        PartSpell(party, role, begins, ends)
        for (party, role), years in held.items()
        for begins, ends in _runs(years)
    ]


def _runs(years: Iterable[int]) -> Iterator[tuple[int, int]]:
    """First and last of each row of years without a gap."""
    begins = ends = None
    for year in sorted(years):
        if ends is not None and year == ends + 1:
            ends = year
            continue
        if begins is not None and ends is not None:
            yield begins, ends
        begins = ends = year
    if begins is not None and ends is not None:
        yield begins, ends
