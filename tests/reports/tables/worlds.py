"""Wards whose tables can be counted by hand, and random ones for the properties."""

from datetime import date

from hypothesis import strategies

from households.choices import LISTED, MovementCause, PovertyClass, RelationToHead, Sex
from households.ledger.selectors.listed_households import (
    ListedHousehold,
    ListedMember,
    ReviewedHousehold,
)
from households.ledger.selectors.transitions import Transition
from households.rules.transitions import MemberChange, transition_cause
from reports.tables.facts import Population, ReviewedYear, TableArea, TableFacts

AFTER, UNTIL = date(2024, 12, 31), date(2025, 12, 31)
VILLAGES = (TableArea("Thôn Một", 1), TableArea("Thôn Hai", 2), TableArea("Thôn Ba", 3))
REVIEW = ReviewedYear(
    year=2025,
    indicators=tuple((number, f"Chỉ số {number}") for number in range(1, 13)),
    causes=tuple((number, f"Nguyên nhân {number}") for number in range(1, 9)),
)

classes = strategies.sampled_from([*PovertyClass, None])
counts = strategies.integers(min_value=1, max_value=4)
members = strategies.builds(
    ListedMember,
    full_name=strategies.just("Đặng Thị Ủy"),
    sex=strategies.sampled_from(Sex.values),
    birth_date=strategies.none() | strategies.dates(date(1940, 1, 1), UNTIL),
    ethnic_code=strategies.sampled_from(["", "01", "02", "13", "14"]),
    ethnic_name=strategies.just("Dân tộc"),
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
    return TableFacts(
        ward=TableArea("Xã Thử"),
        after=AFTER,
        until=UNTIL,
        villages=VILLAGES,
        listed=tuple(listed),
        moves=tuple(moved),
        populations=draw(populations()),
        review=REVIEW,
        reviewed=tuple(reviewed),
    )


@strategies.composite
def populations(draw) -> dict[int | None, Population]:
    """Some places have no population, some one smaller than their lists."""
    return {
        place: draw(
            strategies.builds(
                Population, strategies.none() | strategies.integers(1, 30), strategies.none()
            )
        )
        for place in (None, 1, 2)
    }


def _household(draw, size: int) -> tuple[ListedMember, ...]:
    head = ListedMember(
        full_name="Đặng Thị Ủy",
        sex=draw(strategies.sampled_from(Sex.values)),
        birth_date=date(1970, 1, 1),
        ethnic_code=draw(strategies.sampled_from(["", "01", "02", "13", "14"])),
        ethnic_name="Dân tộc",
        relation=RelationToHead.HEAD,
        is_head=True,
        has_merit=draw(strategies.booleans()),
    )
    return (head, *(draw(members) for _ in range(size - 1)))
