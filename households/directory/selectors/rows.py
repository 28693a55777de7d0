"""The lines of a list of households, as of a day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from households.choices import WindowRule
from households.directory.selectors.search import HouseholdQuery
from households.ledger.selectors.classes import spells_of, village_on
from households.ledger.selectors.members import HouseholdMember, members_on
from households.models import Decision, Household, HouseholdStatus, ListedResult
from households.rules.windows import Window, window_of
from povertyplan.core.models import Area
from povertyplan.core.text.vietnamese import search_key


@dataclass(frozen=True)
class HouseholdRow:
    """One line of the list, as of a day, or the last day of a household that left before.

    `sees` says by name which parts of the record its reader sees.
    """

    household: Household
    village: Area
    head: HouseholdMember | None
    size: int
    matched: tuple[str, ...]
    poverty_class: str
    since: date | None
    basis: Decision | ListedResult | None
    window: Window | None
    left_on: date | None = None
    sees: Mapping[str, bool] = field(default_factory=dict)


def household_rows(page: Iterable[int], query: HouseholdQuery) -> list[HouseholdRow]:
    """The rows of one page, in the order of its ids; three queries, and one if some moved since."""
    ids = list(page)  # once: a slice of a query is sorted anew by each that it is given to
    households = households_on(ids, query.on)
    members = members_on(ids, query.on, or_last=True)
    spells = spells_of(ids)
    return [_row(*households[pk], members[pk], spells[pk], query) for pk in ids]


def households_on(ids: Iterable[int], on: date) -> dict[int, tuple[Household, Area]]:
    """Households, each with the village it lived in on a day; a query, and one if some moved."""
    households = (
        Household.objects.select_related("village")
        .annotate(village_then=village_on(on, household=""))
        .in_bulk(ids)
    )
    former = Area.objects.in_bulk(
        {each.village_then for each in households.values() if each.village_then != each.village_id}
    )
    return {
        pk: (household, former.get(household.village_then, household.village))
        for pk, household in households.items()
    }


def _row(
    household: Household,
    village: Area,
    members: list[HouseholdMember],
    spells: list[HouseholdStatus],
    query: HouseholdQuery,
) -> HouseholdRow:
    head = next((member for member in members if member.is_head), None)
    left_on = household.left_register_on(query.on)
    current = class_run(spells, household.last_day(query.on))
    return HouseholdRow(
        household=household,
        village=village,
        head=head,
        size=len(members),
        matched=_matched(members, query.words),
        poverty_class=current[-1].poverty_class if current else "",
        since=current[0].starts_on if current else None,
        basis=current[-1].basis if current else None,
        window=None if left_on else open_window(spells, query.on, WindowRule.PROGRAMME),
        left_on=left_on,
    )


def _matched(members: list[HouseholdMember], words: str) -> tuple[str, ...]:
    """Names of the members that hold every word searched for, where the head does not."""
    keys = [search_key(word) for word in words.split()]
    found = [member for member in members if keys and all(key in member.search_key for key in keys)]
    if any(member.is_head for member in found):
        return ()
    return tuple(member.full_name for member in found)


def class_run(spells: Iterable[HouseholdStatus], on: date) -> list[HouseholdStatus]:
    """The spells in which a household has had its class of a day without a break, oldest first."""
    run: list[HouseholdStatus] = []
    for spell in spells:
        if spell.starts_on > on:
            break
        if run and run[-1].poverty_class != spell.poverty_class:
            run = []
        run.append(spell)
    return run if run and run[-1].is_in_force(on) else []


def open_window(spells: Iterable[HouseholdStatus], on: date, rule: WindowRule) -> Window | None:
    """The 36 months a household is in on a day, if it is in any."""
    window = window_of(spells, on, rule)
    return window if window is not None and window.is_open(on) else None
