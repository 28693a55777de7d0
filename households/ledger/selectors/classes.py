"""Figures of the ledger: how many households and persons of each class, who escaped lately."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    Exists,
    Expression,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.lookups import Exact

from households.choices import LISTED, PovertyClass, WindowRule
from households.models import AreaYear, Household, HouseholdEvent, HouseholdStatus, Membership
from households.models.household import HouseholdQuerySet, MembershipQuerySet
from households.models.status import StatusQuerySet, in_force_on
from households.rules.windows import (
    FURTHEST_ANCHOR_MONTHS,
    LEFT_CLASSES,
    WINDOW_MONTHS,
    Window,
    add_months,
    window_of,
)
from povertyplan.core import clock
from povertyplan.core.choices import AreaKind
from povertyplan.core.models import Area
from povertyplan.core.models.scope import about_any_of, keeps_many_wards, same_ward
from povertyplan.core.text.formatting import rate

# The classes whose persons the official tables count.
WITH_PERSONS = (*LISTED, PovertyClass.AVERAGE_LIVING)


@dataclass(frozen=True)
class ClassCounts:
    """Households of each class on a day, persons of `WITH_PERSONS`, and the denominators.

    The totals are those of the population (AreaYear), not of the register; None where nobody
    gave them, and then the rates are None too.
    """

    poor: int = 0
    near_poor: int = 0
    average_living: int = 0
    not_poor: int = 0
    poor_persons: int = 0
    near_poor_persons: int = 0
    average_living_persons: int = 0
    total_households: int | None = None
    total_persons: int | None = None

    @property
    def listed(self) -> int:
        """Poor and near-poor households together (nghèo đa chiều)."""
        return self.poor + self.near_poor

    def households_in(self, classes: Iterable[PovertyClass]) -> int:
        return sum(getattr(self, poverty_class) for poverty_class in classes)

    def persons_in(self, classes: Iterable[PovertyClass]) -> int:
        """The persons of some of the classes `WITH_PERSONS`."""
        return sum(getattr(self, f"{poverty_class}_persons") for poverty_class in classes)

    @property
    def poor_percent(self) -> Decimal | None:
        return rate(self.poor, self.total_households)

    @property
    def near_poor_percent(self) -> Decimal | None:
        return rate(self.near_poor, self.total_households)


@dataclass(frozen=True)
class VillageCounts:
    village: Area
    counts: ClassCounts


@dataclass(frozen=True)
class NewlyEscaped:
    """A household inside its 36 months."""

    household: Household
    window: Window


def add_up_counts(parts: Iterable[ClassCounts], population: AreaYear | None = None) -> ClassCounts:
    """The counts of several villages together, as shares of a population where one is given."""
    parts = list(parts)
    whole = _denominators(population)
    sums = {
        field.name: sum(getattr(part, field.name) for part in parts)
        for field in fields(ClassCounts)
        if field.name not in whole
    }
    return ClassCounts(**sums, **whole)


def _denominators(population: AreaYear | None) -> dict[str, Any]:
    return {
        "total_households": population.households if population else None,
        "total_persons": population.persons if population else None,
    }


def class_counts(*, area: Area, on: date) -> ClassCounts:
    """The classes of an area on a day: a village, a ward or all below a province; 3 queries."""
    spells = HouseholdStatus.objects.filter(inside_area(area, on))
    members = Membership.objects.filter(inside_area(area, on))
    population = populations(area=area, days=[on])[on]
    households = _households_by_class(spells, on)
    persons = _persons_by_class(members, on)
    return ClassCounts(
        **dict(households),
        **{f"{poverty_class}_persons": total for poverty_class, total in persons},
        **_denominators(population),
    )


def class_counts_by_village(*, ward: Area, on: date) -> list[VillageCounts]:
    """The classes of each village of a ward on a day, in the order of the villages; 3 queries.

    Households count where they lived on that day, in villages that were merged since as well: what
    closed a year opens the next, and the sum is that of the ward.
    """
    known: dict[int, dict[str, int]] = defaultdict(dict)
    spells = HouseholdStatus.objects.filter(ward=ward).annotate(village_then=village_on(on))
    members = Membership.objects.filter(ward=ward).annotate(village_then=village_on(on))
    for village, name, total in _households_by_class(spells, on, "village_then"):
        known[village][name] = total
    for village, name, total in _persons_by_class(members, on, "village_then"):
        known[village][f"{name}_persons"] = total
    population = AreaYear.objects.filter(area=OuterRef("pk"), on__lte=on).order_by("-on")
    villages = villages_on(ward, on, inhabited=known).annotate(
        total_households=Subquery(population.values("households")[:1]),
        total_persons=Subquery(population.values("persons")[:1]),
    )
    return [
        VillageCounts(
            village,
            ClassCounts(
                **known[village.pk],
                total_households=village.total_households,
                total_persons=village.total_persons,
            ),
        )
        for village in villages
    ]


def listed_among(households: QuerySet[Household], *, on: date) -> dict[str, int]:
    """How many of some registered households are poor and near-poor on a day; one query."""
    listed = households.filter(
        in_force_on(on, "statuses__"),
        same_ward(statuses__ward=F("ward")),
        statuses__poverty_class__in=LISTED,
    )
    return {**dict.fromkeys(LISTED, 0), **dict(_by_class(listed, "statuses__poverty_class"))}


def listed_counts_over_time(
    *, ward: Area, days: Sequence[date]
) -> dict[date, dict[int, ClassCounts]]:
    """Poor and near-poor households by day and village, with one query for all the days.

    A village without any is left out; persons and population are not counted.
    """
    spells = HouseholdStatus.objects.filter(ward=ward, poverty_class__in=LISTED)
    parts = [
        _households_by_class(
            spells.annotate(village_then=village_on(day)), day, "village_then"
        ).annotate(place=Value(place))
        for place, day in enumerate(days)
    ]
    known: dict[tuple[int, int], dict[str, int]] = defaultdict(dict)
    if parts:
        for village, name, total, place in parts[0].union(*parts[1:], all=True):
            known[place, village][name] = total
    counts: dict[date, dict[int, ClassCounts]] = {day: {} for day in days}
    for (place, village), classes in known.items():
        counts[days[place]][village] = ClassCounts(**classes)
    return counts


def populations(*, area: Area, days: Iterable[date]) -> dict[date, AreaYear | None]:
    """The denominator of an area on each day: the latest given by then; one query."""
    given = population_years(area)
    return {day: population_by(given, day) for day in days}


def population_years(area: Area) -> list[AreaYear]:
    """Every population that was given of an area, the latest first."""
    return list(AreaYear.objects.filter(area=area).order_by("-on"))


def population_by(given: Iterable[AreaYear], day: date) -> AreaYear | None:
    """The latest of the populations, in their order, that was given by a day."""
    return next((row for row in given if row.on <= day), None)


def newly_escaped(
    *, ward: Area, on: date, rule: WindowRule = WindowRule.PROGRAMME
) -> list[NewlyEscaped]:
    """The newly escaped households (hộ mới thoát nghèo) of a ward on a day, soonest end first."""
    return escaped_among(Household.objects.filter(ward=ward), on=on, rule=rule)


def escaped_among(
    households: HouseholdQuerySet, *, on: date, rule: WindowRule = WindowRule.PROGRAMME
) -> list[NewlyEscaped]:
    """Those of some households that are inside their 36 months on a day; one query."""
    rows = _spells_of_escaped(households, on, rule).select_related("household__village")
    found = []
    for household, spells in groupby(rows, key=attrgetter("household")):
        window = window_of(spells, on, rule)
        if window is not None and window.is_open(on):
            found.append(NewlyEscaped(household, window))
    return sorted(found, key=lambda escaped: (escaped.window.ends_on, escaped.household.code))


class _Spell(NamedTuple):
    """As much of a spell as a window is found from."""

    household: int
    poverty_class: str
    starts_on: date
    ends_on: date | None
    anchor_on: date | None


def escaped_keys(
    households: HouseholdQuerySet, *, on: date, rule: WindowRule = WindowRule.PROGRAMME
) -> list[int]:
    """The same as ids alone, in no order, without a model's cost; one query."""
    rows = map(
        _Spell._make,
        _spells_of_escaped(households, on, rule).values_list(
            "household_id", "poverty_class", "starts_on", "ends_on", "anchor_on"
        ),
    )
    found = []
    for household, spells in groupby(rows, key=attrgetter("household")):
        window = window_of(spells, on, rule)
        if window is not None and window.is_open(on):
            found.append(household)
    return found


def _spells_of_escaped(households: HouseholdQuerySet, on: date, rule: WindowRule) -> StatusQuerySet:
    """The ledgers of the households whose window may still be open, one after the other."""
    oldest = add_months(on, -WINDOW_MONTHS - FURTHEST_ANCHOR_MONTHS - 1)
    left = HouseholdStatus.objects.filter(
        poverty_class__in=LEFT_CLASSES[rule], ends_on__lt=on, ends_on__gte=oldest
    )
    candidates = households.registered(on=on).filter(spelled_among(left))
    rows = HouseholdStatus.objects.filter(about_any_of(candidates))
    return rows.order_by("household_id", "starts_on")


def spelled_among(spells: StatusQuerySet) -> Q | Exists:
    """The condition that a household has one of some spells."""
    if keeps_many_wards():
        return Exists(spells.filter(household=OuterRef("pk"), ward=OuterRef("ward")))
    return Q(pk__in=spells.values("household"))


def spells_of(household_ids: Iterable[int]) -> dict[int, list[HouseholdStatus]]:
    """The whole ledger of each household, oldest spell first, with its decisions; one query."""
    spells: dict[int, list[HouseholdStatus]] = defaultdict(list)
    rows = HouseholdStatus.objects.filter(household__in=list(household_ids))
    rows = rows.select_related("decision", "listed")
    for spell in rows.order_by("household_id", "starts_on"):
        spells[spell.household_id].append(spell)
    return spells


def inside_area(area: Area, on: date) -> Q:
    """The condition that a row about a household lies in an area on a day."""
    if area.kind == AreaKind.VILLAGE:
        return Q(Exact(village_on(on), area.pk), ward=area.parent_id)
    if area.kind == AreaKind.WARD:
        return Q(ward=area.pk)
    return Q(ward__path__startswith=area.path)


def village_on(on: date, household: str = "household__") -> Expression | F:
    """The id of the village in which a household lived at the end of a day.

    The register keeps the present village; the first event after the day that took the household
    out of one tells where it was. `household` leads from the row to its household.
    """
    present = F(f"{household}village")
    if on >= clock.today():
        return present
    left = HouseholdEvent.objects.filter(from_village__isnull=False, happened_on__gt=on)
    first = left.filter(household=OuterRef(f"{household}pk")).order_by("happened_on", "pk")
    # The list of the few that moved is read once; only for them is the event looked up.
    moved = Q(**{f"{household}pk__in": left.order_by().values("household")})
    return Case(
        When(moved, then=Subquery(first.values("from_village")[:1])),
        default=present,
        output_field=BigIntegerField(),
    )


def _households_by_class(spells: StatusQuerySet, on: date, *groups: str) -> QuerySet:
    """Rows (groups…, class, households) of the registered."""
    return _by_class(spells.in_force(on=on).filter(registered_on(on)), *groups, "poverty_class")


def _persons_by_class(members: MembershipQuerySet, on: date, *groups: str) -> QuerySet:
    """Rows (groups…, class, persons) of `WITH_PERSONS`."""
    spell = in_force_on(on, "household__statuses__")
    listed = (
        members.present(on=on)
        .filter(registered_on(on))
        .filter(
            spell,
            same_ward(household__ward=F("ward"), household__statuses__ward=F("ward")),
            household__statuses__poverty_class__in=WITH_PERSONS,
        )
    )
    return _by_class(listed, *groups, "household__statuses__poverty_class")


def _by_class(rows: QuerySet, *groups: str) -> QuerySet:
    return rows.order_by().values_list(*groups).annotate(total=Count("pk"))


def registered_on(on: date) -> Q:
    """The condition that the household of a row is in the register on a day."""
    open_then = Q(household__closed_on=None) | Q(household__closed_on__gt=on)
    return open_then & same_ward(household__ward=F("ward"))


def former_villages(ward: Area) -> dict[int, set[int]]:
    """By village the ids of those that were merged into it, however long ago; one query.

    One that was split is in none of its parts: nobody knows which part of its figures was theirs.
    """
    links = Area.predecessors.through.objects.filter(from_area__parent=ward)
    parts: dict[int, set[int]] = defaultdict(set)
    for new, old in links.values_list("from_area", "to_area"):
        parts[old].add(new)
    direct: dict[int, set[int]] = defaultdict(set)
    for old, news in parts.items():
        if len(news) == 1:
            direct[next(iter(news))].add(old)
    found: dict[int, set[int]] = defaultdict(set)
    for new in tuple(direct):
        waiting = list(direct[new])
        while waiting:
            old = waiting.pop()
            found[new].add(old)
            waiting += direct.get(old, ())
    return found


def last_village_change(households: Iterable[int] | QuerySet) -> dict[int, date]:
    """By household the last day on which it came from another village; one query."""
    events = HouseholdEvent.objects.filter(household__in=households, from_village__isnull=False)
    latest = events.order_by().values("household").annotate(latest=Max("happened_on"))
    return dict(latest.values_list("household", "latest"))


def villages_on(ward: Area, on: date, inhabited: Iterable[int]) -> QuerySet[Area]:
    """The villages that exist on a day, and those that are inhabited all the same."""
    stands = Q(Q(valid_from=None) | Q(valid_from__lte=on), Q(valid_to=None) | Q(valid_to__gte=on))
    return Area.objects.filter(
        stands | Q(pk__in=list(inhabited)), parent=ward, kind=AreaKind.VILLAGE
    ).in_order()
