"""Movements (diễn biến) between two days: the official tables, and the households behind them."""

from collections.abc import Iterable
from datetime import date

from django.db.models import (
    Case,
    CharField,
    Count,
    F,
    FilteredRelation,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact, In

from households.choices import LISTED
from households.ledger.selectors.classes import former_villages, inside_area, village_on
from households.ledger.selectors.transitions import (
    ABSENT,
    Transition,
    in_force_on_either,
    transitions_of,
    transitions_with_persons,
)
from households.models import Household, HouseholdStatus
from households.models.status import in_force_on
from households.rules.transitions import (
    MeasuredColumn,
    MovementTables,
    build_movement_tables,
    contributions,
)
from povertyplan.core.choices import AreaKind
from povertyplan.core.models import Area
from povertyplan.core.models.scope import about_any_of, same_ward

NEVER_THERE = (ABSENT, ABSENT)


def movement_tables(*, area: Area, after: date, until: date) -> MovementTables:
    """The movement tables of an area from the end of `after` to the end of `until`; 3 queries.

    Figures of a year are `after` 31/12 of the year before and `until` 31/12.
    """
    village = area.pk if area.kind == AreaKind.VILLAGE else None
    return tables_in(moves_between(area=area, after=after, until=until), village)


def tables_in(moves: Iterable[Transition], village: int | None = None) -> MovementTables:
    """The movement tables of a village, or of all there is, from the moves of a ward."""
    transitions = (move.transition_in(village) for move in moves)
    return build_movement_tables(each for each in transitions if each is not None)


def moves_between(*, area: Area, after: date, until: date) -> list[Transition]:
    """The moves of all households that were on a list on one of two days; 3 queries.

    Those of a village's ward, if the area is a village.
    """
    whole = area.parent if area.kind == AreaKind.VILLAGE and area.parent else area
    listed = HouseholdStatus.objects.filter(inside_area(whole, until), poverty_class__in=LISTED)
    return transitions_with_persons(in_force_on_either(listed, after, until), after, until)


def class_matrix(*, area: Area, after: date, until: date) -> dict[tuple[str, str], int]:
    """How many households went from which class to which between two days; one query.

    A class of `ABSENT` is "not in the register"; households absent on both days are left out.
    """
    ward = area.parent_id if area.kind == AreaKind.VILLAGE else area.pk
    households = (
        Household.objects.filter(ward=ward)
        .alias(spell_before=_spell_on(after), spell_now=_spell_on(until))
        .annotate(before=_class_then(after, area, "before"), now=_class_then(until, area, "now"))
        .order_by()
        .values_list("before", "now")
        .annotate(total=Count("pk"))
    )
    return {
        (before, now): total for before, now, total in households if (before, now) != NEVER_THERE
    }


def _spell_on(on: date) -> FilteredRelation:
    """The one spell of a household that holds on a day."""
    there = same_ward(statuses__ward=F("ward"))
    return FilteredRelation("statuses", condition=in_force_on(on, "statuses__") & there)


def _class_then(on: date, area: Area, name: str) -> Case:
    """The class of a household on a day, `ABSENT` once it left the register or lived elsewhere."""
    absent = [When(closed_on__lte=on, then=Value(ABSENT))]
    if area.kind == AreaKind.VILLAGE:
        there = Q(Exact(village_on(on, household=""), area.pk))
        absent.append(When(~there, then=Value(ABSENT)))
    return Case(
        *absent,
        default=Coalesce(F(f"spell_{name}__poverty_class"), Value(ABSENT)),
        output_field=CharField(),
    )


def lived_in(village: Area, *days: date) -> Q:
    """The condition that a household lived on one of several days in what is a village now.

    Before it was merged from others, that is in one of them.
    """
    ward = village.parent if village.valid_from else None
    former = former_villages(ward)[village.pk] if ward else ()
    condition = Q()
    for day in days:
        condition |= Q(In(village_on(day, household=""), [village.pk, *former]))
    return condition


def households_moved(
    *, households: QuerySet[Household], cause: str, after: date, until: date
) -> list[int]:
    """Ids of those households whose movement between two days has this cause."""
    started = Q(statuses__starts_on__gt=after, statuses__starts_on__lte=until)
    started &= same_ward(statuses__ward=F("ward"))
    closed = Q(closed_on__gt=after, closed_on__lte=until)
    changed = set(households.filter(started | closed).values_list("pk", flat=True))
    return [
        move.household_id for move in transitions_of(changed, after, until) if move.cause == cause
    ]


def counted_in_column(
    *,
    households: QuerySet[Household],
    column: MeasuredColumn,
    after: date,
    until: date,
    village: int | None = None,
) -> dict[int, int]:
    """What each household puts into one column of a movement table, of a village or all.

    Households that put nothing there are left out.
    """
    spells = HouseholdStatus.objects.filter(about_any_of(households), poverty_class__in=LISTED)
    moves = transitions_with_persons(in_force_on_either(spells, after, until), after, until)
    ways = {
        move.household_id: way for move in moves if (way := move.transition_in(village)) is not None
    }
    counted = {}
    for pk, contribution in zip(ways, contributions(list(ways.values())), strict=True):
        if count := contribution.count_in(column):
            counted[pk] = count
    return counted


def households_between_classes(
    *,
    households: QuerySet[Household],
    before: str,
    now: str,
    after: date,
    until: date,
    village: int | None = None,
) -> list[int]:
    """Ids of the households of one class on a day and of another on a later one.

    An empty class is "any", `ABSENT` is "not in the register", or not in the village.
    """
    spells = HouseholdStatus.objects.filter(about_any_of(households))
    found = []
    for move in transitions_of(in_force_on_either(spells, after, until), after, until):
        was, became = move.classes_in(village)
        if before in ("", was) and now in ("", became):
            found.append(move.household_id)
    return found
