"""Movements (diễn biến) between two days: the official tables, and the households behind them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import (
    Case,
    CharField,
    Count,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from households.choices import ClosingReason, MovementCause, PovertyClass
from households.models import Household, HouseholdStatus, Membership
from households.movement import MovementTables, Transition, build_movement_tables, movement
from households.selectors.statuses import LISTED, inside, spells_of
from povertyplan.core.choices import AreaKind
from povertyplan.core.models import Area

# A closed household leaves its list for the reason it was closed.
CAUSE_OF_CLOSING = {
    ClosingReason.MOVED_OUT: MovementCause.MOVED_OUT,
    ClosingReason.MERGED: MovementCause.MERGED,
    ClosingReason.DIED: MovementCause.DIED,
}

ABSENT = "none"  # not in the register
NEVER_THERE = (ABSENT, ABSENT)


@dataclass(frozen=True)
class Move:
    """What happened to one household of a village between two days."""

    household_id: int
    village: int
    class_before: PovertyClass | None
    class_after: PovertyClass | None
    cause: MovementCause
    persons_before: int = 0
    persons_after: int = 0

    @property
    def transition(self) -> Transition:
        return Transition(
            self.class_before,
            self.class_after,
            self.cause,
            persons_before=self.persons_before,
            persons_after=self.persons_after,
        )


def movement_tables(*, area: Area, after: date, until: date) -> MovementTables:
    """The movement tables of an area from the end of `after` to the end of `until`; 6 queries.

    Figures of a year are `after` 31/12 of the year before and `until` 31/12.
    """
    moves = moves_between(area=area, after=after, until=until)
    return build_movement_tables(move.transition for move in moves)


def moves_between(*, area: Area, after: date, until: date) -> list[Move]:
    """The moves of all households that were on a list on one of two days; 6 queries."""
    spells = HouseholdStatus.objects.filter(inside(area), poverty_class__in=LISTED)
    return _with_persons(_pks(spells, after) | _pks(spells, until), after, until)


def class_matrix(*, area: Area, after: date, until: date) -> dict[tuple[str, str], int]:
    """How many households went from which class to which between two days; one query.

    A class of `ABSENT` is "not in the register"; households absent on both days are left out.
    """
    households = (
        Household.objects.filter(_lives_in(area))
        .annotate(before=_class_then(after), now=_class_then(until))
        .order_by()
        .values_list("before", "now")
        .annotate(total=Count("pk"))
    )
    return {
        (before, now): total for before, now, total in households if (before, now) != NEVER_THERE
    }


def _lives_in(area: Area) -> Q:
    if area.kind == AreaKind.VILLAGE:
        return Q(village=area.pk)
    return Q(ward=area.pk)


def _class_then(on: date) -> Case:
    """The class of a household on a day, `ABSENT` once it has left the register."""
    spells = HouseholdStatus.objects.in_force(on=on).filter(household=OuterRef("pk"))
    return Case(
        When(closed_on__lte=on, then=Value(ABSENT)),
        default=Coalesce(Subquery(spells.values("poverty_class")[:1]), Value(ABSENT)),
        output_field=CharField(),
    )


def households_moved(
    *, households: QuerySet[Household], cause: str, after: date, until: date
) -> list[int]:
    """Ids of those households whose movement between two days has this cause."""
    started = Q(statuses__starts_on__gt=after, statuses__starts_on__lte=until)
    closed = Q(closed_on__gt=after, closed_on__lte=until)
    changed = set(households.filter(started | closed).values_list("pk", flat=True))
    return [move.household_id for move in _moves(changed, after, until) if move.cause == cause]


def households_in_column(
    *, households: QuerySet[Household], column: str, after: date, until: date
) -> list[int]:
    """Ids of the households counted in one column of a movement table.

    `column` is "poor.to_other_list" for the row of households; with ".persons" behind it, those
    that put persons into the column.
    """
    poverty_class, name, *measure = column.split(".")
    table = f"{poverty_class}_{'persons' if measure else 'households'}"
    spells = HouseholdStatus.objects.filter(household__in=households, poverty_class=poverty_class)
    concerned = _pks(spells, after) | _pks(spells, until)
    return [
        move.household_id
        for move in _with_persons(concerned, after, until)
        if getattr(getattr(build_movement_tables([move.transition]), table), name)
    ]


def households_between_classes(
    *, households: QuerySet[Household], before: str, now: str, after: date, until: date
) -> list[int]:
    """Ids of the households of one class on a day and of another on a later one.

    An empty class is "any", `ABSENT` is "not in the register".
    """
    spells = HouseholdStatus.objects.filter(household__in=households)
    concerned = _pks(spells, after) | _pks(spells, until)
    return [
        move.household_id
        for move in _moves(concerned, after, until)
        if before in ("", move.class_before or ABSENT) and now in ("", move.class_after or ABSENT)
    ]


def _with_persons(household_ids: set[int], after: date, until: date) -> list[Move]:
    before, now = _persons(household_ids, after), _persons(household_ids, until)
    return [
        replace(
            move,
            persons_before=before.get(move.household_id, 0),
            persons_after=now.get(move.household_id, 0),
        )
        for move in _moves(household_ids, after, until)
    ]


def _moves(household_ids: Iterable[int], after: date, until: date) -> Iterator[Move]:
    rows = Household.objects.filter(pk__in=household_ids)
    register = {
        pk: facts for pk, *facts in rows.values_list("pk", "village", "closed_on", "closing_reason")
    }
    for household_id, spells in spells_of(household_ids).items():
        village, closed_on, reason = register[household_id]
        before = _class_on(spells, after, closed_on)
        now = _class_on(spells, until, closed_on)
        within = [spell for spell in spells if after < spell.starts_on <= until]
        if closed_on is not None and after < closed_on <= until:
            cause = CAUSE_OF_CLOSING.get(reason, MovementCause.REMOVED)
        else:
            history = {spell.poverty_class for spell in spells if spell.starts_on <= after}
            cause = _cause(before, now, within, history)
        yield Move(household_id, village, before, now, cause)


def _cause(before, now, within, history) -> MovementCause:
    """The recorded cause where one change tells the whole story, else that of the two ends."""
    if before == now:
        return MovementCause.UNCHANGED
    changes = [spell.cause for spell in within if spell.cause != MovementCause.UNCHANGED]
    return MovementCause(changes[0]) if len(changes) == 1 else movement(before, now, history)


def _class_on(
    spells: list[HouseholdStatus], on: date, closed_on: date | None
) -> PovertyClass | None:
    if closed_on is not None and closed_on <= on:
        return None
    for spell in spells:
        if spell.starts_on <= on and (spell.ends_on is None or spell.ends_on >= on):
            return PovertyClass(spell.poverty_class)
    return None


def _pks(spells: QuerySet[HouseholdStatus], on: date) -> set[int]:
    return set(spells.in_force(on=on).values_list("household", flat=True))


def _persons(household_ids: set[int], on: date) -> dict[int, int]:
    present = Membership.objects.present(on=on).filter(household__in=household_ids)
    counted = present.order_by().values("household").annotate(total=Count("pk"))
    return dict(counted.values_list("household", "total"))
