"""Wards whose tables can be counted by hand, and random ones for the properties."""

from copy import copy
from datetime import date

from hypothesis import strategies

from households.choices import LISTED, MovementCause, PovertyClass, RelationToHead, Sex
from households.ledger.known import KnownPeriods
from households.ledger.selectors.classes import ClassCounts
from households.ledger.selectors.listed_households import (
    ListedHousehold,
    ReviewedHousehold,
)
from households.ledger.selectors.members import HouseholdMember
from households.ledger.selectors.transitions import Transition
from households.models import ReviewCampaign
from households.rules.transitions import MemberChange, transition_cause
from povertyplan.core.models import Area
from reports.tables.facts import TableArea, TableFacts, inside

AFTER, UNTIL = date(2024, 12, 31), date(2025, 12, 31)
VILLAGES = (TableArea("Thôn Một", 1), TableArea("Thôn Hai", 2), TableArea("Thôn Ba", 3))
INDICATORS = tuple((number, f"Chỉ số {number}") for number in range(1, 13))
CAUSES = tuple((number, f"Nguyên nhân {number}") for number in range(1, 9))


def invented_member(**own) -> HouseholdMember:
    """A member of whom the tables need no more than they are told."""
    nothing = dict.fromkeys(("search_key", "sort_key", "birth_precision", "citizen_id"), "")
    usual = {"household": 0, "full_name": "Đặng Thị Ủy", "ethnic_name": "Dân tộc"}
    return HouseholdMember(**{**nothing, **usual, "has_disability": False, **own})


classes = strategies.sampled_from([*PovertyClass, None])
counts = strategies.integers(min_value=1, max_value=4)
members = strategies.builds(
    invented_member,
    sex=strategies.sampled_from(Sex.values),
    birth_date=strategies.none() | strategies.dates(date(1940, 1, 1), UNTIL),
    ethnic_code=strategies.sampled_from(["", "01", "02", "13", "14"]),
    relation=strategies.just(RelationToHead.CHILD),
    is_head=strategies.just(False),
    has_merit=strategies.booleans(),
)


@strategies.composite
def moves(draw, pk: int) -> Transition:
    """One household's way from any class to any other, with members on both days."""
    before, now = draw(classes), draw(classes)
    stated = draw(
        strategies.none()
        | strategies.sampled_from([MovementCause.MOVED_IN, MovementCause.SPLIT_OFF])
    )
    history = draw(strategies.sets(strategies.sampled_from(list(PovertyClass))))
    cause = transition_cause(before, now, history)
    return Transition(
        household_id=pk,
        village=draw(strategies.sampled_from(VILLAGES)).pk,
        class_before=before,
        class_after=now,
        cause=stated if stated and before != now else cause,
        stayed=draw(counts) if before and now else 0,
        members=tuple(
            MemberChange(person, joined=joined, in_last_class=draw(strategies.booleans()))
            for joined, there in ((False, before), (True, now))
            if there
            for person in draw(_changed(joined, only=before is None or now is None))
        ),
        village_before=draw(strategies.sampled_from(VILLAGES)).pk,
    )


def _changed(joined: bool, *, only: bool):
    """Who left or joined; the two share some ids, so that persons move between households."""
    ids = strategies.integers(0, 9)
    return strategies.sets(ids, min_size=1 if only else 0, max_size=3)


def persons_after(move: Transition) -> int:
    return move.stayed + sum(member.joined for member in move.members)


@strategies.composite
def wards(draw) -> TableFacts:
    """A ward of three villages whose households moved at random in a year."""
    number = draw(strategies.integers(min_value=0, max_value=8))
    moved = [draw(moves(pk)) for pk in range(1, number + 1)]
    listed = [
        ListedHousehold(
            pk=move.household_id,
            village=move.village,
            poverty_class=move.class_after,
            no_labour_capacity=draw(strategies.booleans()),
            members=_household(draw, persons_after(move)),
        )
        for move in moved
        if move.class_after in LISTED
    ]
    reviewed = [
        ReviewedHousehold(
            pk=household.pk,
            village=household.village,
            poverty_class=household.poverty_class,
            deprivations=frozenset(draw(strategies.sets(strategies.integers(1, 12)))),
            causes=frozenset(draw(strategies.sets(strategies.integers(1, 8)))),
        )
        for household in listed
    ]
    # Given what it would read, it asks no database.
    facts = TableFacts(ward=Area(name="Xã Thử"), after=AFTER, until=UNTIL)
    facts.known = KnownPeriods({2024: date(2024, 12, 15), 2025: date(2025, 12, 15)})
    facts.villages, facts.former = VILLAGES, ()
    facts.listed, facts.moves = tuple(listed), tuple(moved)
    facts.closing, facts.opening = draw(closing(listed)), {}
    facts.review, facts.reviewed = ReviewCampaign(year=2025), tuple(reviewed)
    facts.review_indicators, facts.causes = INDICATORS, CAUSES
    facts.campaigns, facts._standards = {}, []  # one standard throughout
    return facts


def with_moves(facts: TableFacts, changed) -> TableFacts:
    """The same ward after other moves."""
    other = copy(facts)
    other.moves = tuple(changed)
    return other


@strategies.composite
def closing(draw, listed) -> dict[int | None, ClassCounts]:
    """What is listed in each place; some have no population, some one smaller than their lists."""
    return {
        place.pk: ClassCounts(
            **_counted(inside(place, listed)),
            total_households=draw(strategies.none() | strategies.integers(1, 30)),
        )
        for place in (*VILLAGES, TableArea("Xã Thử"))
    }


def _counted(households) -> dict[str, int]:
    counted = {}
    for listed in LISTED:
        own = [each for each in households if each.poverty_class == listed]
        counted |= {listed.value: len(own), f"{listed}_persons": sum(each.persons for each in own)}
    return counted


def _household(draw, size: int) -> tuple[HouseholdMember, ...]:
    head = invented_member(
        sex=draw(strategies.sampled_from(Sex.values)),
        birth_date=date(1970, 1, 1),
        ethnic_code=draw(strategies.sampled_from(["", "01", "02", "13", "14"])),
        relation=RelationToHead.HEAD,
        is_head=True,
        has_merit=draw(strategies.booleans()),
    )
    return (head, *(draw(members) for _ in range(size - 1)))
