"""What happened to each household of a ward between two days, with its members told one by one."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from operator import attrgetter

from django.db.models import Q, QuerySet

from households.choices import LISTED, ClosingReason, MovementCause, PovertyClass
from households.models import HouseholdEvent, HouseholdStatus, Membership
from households.models.status import StatusQuerySet
from households.rules.transitions import (
    ClassTransition,
    MemberChange,
    MovementColumn,
    column_of_arrival,
    transition_cause,
)
from povertyplan.core.models.scope import about_any_of

# A closed household leaves its list for the reason it was closed.
CAUSE_OF_CLOSING: Mapping[str, MovementCause] = {
    ClosingReason.MOVED_OUT: MovementCause.MOVED_OUT,
    ClosingReason.MERGED: MovementCause.MERGED,
    ClosingReason.DIED: MovementCause.DIED,
}

ABSENT = "none"  # not in the register


@dataclass(frozen=True)
class Transition:
    """What happened to one household of a ward between two days.

    `village` is where it lived on the later day, `village_before` on the earlier one. `entered`
    is the class of a list it came into the register with, where that changed in between.
    """

    household_id: int
    village: int
    class_before: PovertyClass | None
    class_after: PovertyClass | None
    cause: MovementCause
    stayed: int = 0
    members: tuple[MemberChange, ...] = ()
    village_before: int | None = None
    entered: PovertyClass | None = None

    @property
    def persons_before(self) -> int:
        return self.stayed + sum(not member.joined for member in self.members)

    @property
    def changed_village(self) -> bool:
        return self.class_before is not None and self.village_before not in (None, self.village)

    def transition_in(self, village: int | None = None) -> ClassTransition | None:
        """The household's way as a village counts it, or the ward where that is None.

        A household that moved between villages leaves the one as it was ("khác") and comes so to
        the other, which counts the rest; the ward counts no move inside it. None where the
        village has nothing to count.
        """
        if village is not None and village != self.village:
            if not self.changed_village or village != self.village_before:
                return None
            left = (
                replace(member, in_last_class=False) for member in self.members if not member.joined
            )
            return ClassTransition(
                self.class_before,
                None,
                MovementCause.MOVED_OUT,
                stayed=self.stayed,
                members=tuple(left),
            )
        return ClassTransition(
            self.entered or self.class_before,
            self.class_after,
            self.cause,
            stayed=self.stayed,
            members=self.members,
            arrived=self.entered is not None or (village is not None and self.changed_village),
        )

    @property
    def came_by(self) -> MovementColumn | None:
        """The column of the ward's table by which the household stands on its list."""
        whole = self.transition_in()
        return None if whole is None else column_of_arrival(whole)

    def classes_in(self, village: int | None = None) -> tuple[str, str]:
        """Its class in a village, or in the ward, on both days; `ABSENT` while it was not there."""
        was = self.class_before if village in (None, self.village_before or self.village) else None
        became = self.class_after if village in (None, self.village) else None
        return was or ABSENT, became or ABSENT


Concerned = Iterable[int] | QuerySet  # ids of households


def in_force_on_either(spells: StatusQuerySet, after: date, until: date) -> QuerySet:
    """The ids of the households of spells that held on one of two days."""
    either = spells.in_force(on=after) | spells.in_force(on=until)
    return either.order_by().values("household")


def transitions_with_persons(households: Concerned, after: date, until: date) -> list[Transition]:
    """The moves of households with their members told one by one; three queries."""
    stays = _stays(households, after, until)
    return [
        replace(
            journey.move,
            stayed=sum(stay.stayed for stay in stays[journey.move.household_id]),
            members=tuple(
                stay.change(journey) for stay in stays[journey.move.household_id] if not stay.stayed
            ),
        )
        for journey in _journeys(households, after, until)
    ]


def transitions_of(households: Concerned, after: date, until: date) -> Iterator[Transition]:
    """One move for each household, nobody counted; two queries."""
    return (journey.move for journey in _journeys(households, after, until))


@dataclass(frozen=True)
class _PersonPath:
    """A move and the days between which the household changed its class."""

    move: Transition
    first_change: date | None = None
    last_change: date | None = None


@dataclass(frozen=True)
class _Stay:
    """A member of a household on one of two days, or on both."""

    person: int
    joined_on: date | None  # None when already there on the first day
    left_on: date | None  # None when still there on the second

    @property
    def stayed(self) -> bool:
        return self.joined_on is None and self.left_on is None

    def change(self, journey: _PersonPath) -> MemberChange:
        if self.joined_on is not None:
            last = journey.last_change
            return MemberChange(self.person, True, last is None or self.joined_on > last)
        first, left = journey.first_change, self.left_on
        in_last_class = first is not None and left is not None and left > first
        return MemberChange(self.person, False, in_last_class)


def _journeys(households: Concerned, after: date, until: date) -> Iterator[_PersonPath]:
    rows = HouseholdStatus.objects.filter(about_any_of(households)).select_related("household")
    former = _villages_left(households, after)
    for household_id, group in groupby(
        rows.order_by("household_id", "starts_on"), key=attrgetter("household_id")
    ):
        spells = list(group)
        yield _journey(spells, former.get(household_id, ()), after, until)


def _journey(
    spells: list[HouseholdStatus], left: Sequence[tuple[date, int]], after: date, until: date
) -> _PersonPath:
    household = spells[0].household
    closed_on = household.closed_on
    before = _class_on(spells, after, closed_on)
    now = _class_on(spells, until, closed_on)
    within = [spell for spell in spells if after < spell.starts_on <= until]
    days = _days_of_change(before, within)
    entered = _entered(before, now, within)
    if closed_on is not None and after < closed_on <= until:
        cause = CAUSE_OF_CLOSING.get(household.closing_reason, MovementCause.REMOVED)
        days.append(closed_on)
    else:
        history = {spell.poverty_class for spell in spells if spell.starts_on <= after}
        cause = _cause(entered or before, now, within[1:] if entered else within, history)
    move = Transition(
        household.pk,
        _village_then(left, until, household.village_id),
        before,
        now,
        cause,
        village_before=_village_then(left, after, household.village_id),
        entered=entered,
    )
    return _PersonPath(move, min(days, default=None), max(days, default=None))


def _entered(before, now, within: list[HouseholdStatus]) -> PovertyClass | None:
    """The list a household came into the register on, if it changed its class since."""
    if before is not None or now is None or not within:
        return None
    first = PovertyClass(within[0].poverty_class)
    return first if first in LISTED and first != now else None


def _days_of_change(before, within: list[HouseholdStatus]) -> list[date]:
    days, present = [], before
    for spell in within:
        if spell.poverty_class != present:
            days.append(spell.starts_on)
        present = spell.poverty_class
    return days


def _villages_left(households: Concerned, after: date) -> dict[int, list[tuple[date, int]]]:
    """The villages that households left after a day, each (day, village), in their order."""
    left: dict[int, list[tuple[date, int]]] = defaultdict(list)
    events = HouseholdEvent.objects.filter(
        about_any_of(households), from_village__isnull=False, happened_on__gt=after
    )
    for household_id, day, village in events.order_by("happened_on", "pk").values_list(
        "household", "happened_on", "from_village"
    ):
        left[household_id].append((day, village))
    return left


def _village_then(left: Sequence[tuple[date, int]], on: date, present: int) -> int:
    return next((village for day, village in left if day > on), present)


def _cause(before, now, within, history) -> MovementCause:
    """The recorded cause where one change tells the whole story, else that of the two ends."""
    if before == now:
        return MovementCause.UNCHANGED
    changes = [spell.cause for spell in within if spell.cause != MovementCause.UNCHANGED]
    return (
        MovementCause(changes[0]) if len(changes) == 1 else transition_cause(before, now, history)
    )


def _class_on(
    spells: list[HouseholdStatus], on: date, closed_on: date | None
) -> PovertyClass | None:
    if closed_on is not None and closed_on <= on:
        return None
    for spell in spells:
        if spell.is_in_force(on):
            return PovertyClass(spell.poverty_class)
    return None


def _stays(households: Concerned, after: date, until: date) -> dict[int, list[_Stay]]:
    """By household who was a member on one of two days; one query.

    A member whose relation changed has several rows of one stay.
    """
    rows = Membership.objects.filter(
        Q(left_on=None) | Q(left_on__gt=after), about_any_of(households), joined_on__lte=until
    )
    spans: dict[tuple[int, int], list[tuple[date, date | None]]] = defaultdict(list)
    for household, person, joined_on, left_on in rows.order_by().values_list(
        "household", "person", "joined_on", "left_on"
    ):
        spans[household, person].append((joined_on, left_on))
    stays: dict[int, list[_Stay]] = defaultdict(list)
    for (household, person), own in spans.items():
        first = min(joined_on for joined_on, _left_on in own)
        ends = [left_on for _joined_on, left_on in own if left_on is None or left_on > until]
        joined = None if first <= after else first
        left = None if ends else max(left_on for _joined_on, left_on in own if left_on)
        if joined is None or left is None:
            stays[household].append(_Stay(person, joined, left))
    return stays
