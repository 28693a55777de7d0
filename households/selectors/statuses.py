"""Figures of the ledger: how many households and persons of each class, who escaped lately."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import attrgetter

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Value

from households.choices import PovertyClass, WindowRule
from households.models import AreaYear, Household, HouseholdStatus, Membership
from households.windows import LEFT_CLASSES, Window, window_of
from povertyplan.core.choices import AreaKind
from povertyplan.core.formatting import rate
from povertyplan.core.models import Area

LISTED = (PovertyClass.POOR, PovertyClass.NEAR_POOR)


@dataclass(frozen=True)
class ClassCounts:
    """Households of each class on a day, persons of the two lists, and the denominators.

    The totals are those of the population (AreaYear), not of the register; None where nobody
    gave them, and then the rates are None too.
    """

    poor: int = 0
    near_poor: int = 0
    average_living: int = 0
    not_poor: int = 0
    poor_persons: int = 0
    near_poor_persons: int = 0
    total_households: int | None = None
    total_persons: int | None = None

    @property
    def listed(self) -> int:
        """Poor and near-poor households together (nghèo đa chiều)."""
        return self.poor + self.near_poor

    @property
    def poor_percent(self) -> Decimal | None:
        return rate(self.poor, self.total_households)

    @property
    def near_poor_percent(self) -> Decimal | None:
        return rate(self.near_poor, self.total_households)

    @property
    def listed_percent(self) -> Decimal | None:
        return rate(self.listed, self.total_households)


@dataclass(frozen=True)
class VillageCounts:
    village: Area
    counts: ClassCounts


@dataclass(frozen=True)
class NewlyEscaped:
    """A household inside its 36 months."""

    household: Household
    window: Window


def class_counts(*, area: Area, on: date) -> ClassCounts:
    """The classes of an area on a day: a village, a ward or all below a province; 3 queries."""
    spells = HouseholdStatus.objects.filter(inside(area))
    members = Membership.objects.filter(inside(area))
    population = populations(area=area, days=[on])[on]
    households = _households_by_class(spells, on)
    persons = _persons_by_class(members, on)
    return ClassCounts(
        **dict(households),
        **{f"{poverty_class}_persons": total for poverty_class, total in persons},
        total_households=population.households if population else None,
        total_persons=population.persons if population else None,
    )


def class_counts_by_village(*, ward: Area, on: date) -> list[VillageCounts]:
    """The classes of each village of a ward on a day, in the order of the villages; 3 queries.

    Households count where they live now, so that a merged village is listed for earlier days: the
    sum is that of the ward whenever it is asked for.
    """
    known: dict[int, dict[str, int]] = defaultdict(dict)
    spells = HouseholdStatus.objects.filter(ward=ward)
    members = Membership.objects.filter(ward=ward)
    for village, name, total in _households_by_class(spells, on, "household__village"):
        known[village][name] = total
    for village, name, total in _persons_by_class(members, on, "household__village"):
        known[village][f"{name}_persons"] = total
    population = AreaYear.objects.filter(area=OuterRef("pk"), on__lte=on).order_by("-on")
    villages = _villages(ward, on, inhabited=known).annotate(
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


def listed_counts_over_time(
    *, ward: Area, days: Sequence[date]
) -> dict[date, dict[int, ClassCounts]]:
    """Poor and near-poor households by day and village, with one query for all the days.

    A village without any is left out; persons and population are not counted.
    """
    spells = HouseholdStatus.objects.filter(ward=ward, poverty_class__in=LISTED)
    parts = [
        _households_by_class(spells, day, "household__village").annotate(place=Value(place))
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
    rows = list(AreaYear.objects.filter(area=area).order_by("-on"))
    return {day: next((row for row in rows if row.on <= day), None) for day in days}


def newly_escaped(
    *, ward: Area, on: date, rule: WindowRule = WindowRule.PROGRAMME
) -> list[NewlyEscaped]:
    """The newly escaped households (hộ mới thoát nghèo) of a ward on a day, soonest end first."""
    return escaped_among(Household.objects.filter(ward=ward), on=on, rule=rule)


def escaped_among(
    households: QuerySet[Household], *, on: date, rule: WindowRule = WindowRule.PROGRAMME
) -> list[NewlyEscaped]:
    """Those of some households that are inside their 36 months on a day; one query."""
    left = HouseholdStatus.objects.filter(poverty_class__in=LEFT_CLASSES[rule], ends_on__lt=on)
    candidates = households.registered(on=on).filter(pk__in=left.values("household"))
    rows = HouseholdStatus.objects.filter(household__in=candidates)
    rows = rows.select_related("household__village").order_by("household_id", "starts_on")
    found = []
    for household, spells in groupby(rows, key=attrgetter("household")):
        window = window_of(spells, on, rule)
        if window is not None and window.is_open(on):
            found.append(NewlyEscaped(household, window))
    return sorted(found, key=lambda escaped: (escaped.window.ends_on, escaped.household.code))


def spells_of(household_ids: Iterable[int]) -> dict[int, list[HouseholdStatus]]:
    """The whole ledger of each household, oldest spell first; one query."""
    spells: dict[int, list[HouseholdStatus]] = defaultdict(list)
    rows = HouseholdStatus.objects.filter(household__in=list(household_ids))
    for spell in rows.order_by("household_id", "starts_on"):
        spells[spell.household_id].append(spell)
    return spells


def inside(area: Area) -> Q:
    """The condition that a row about a household lies in an area."""
    if area.kind == AreaKind.VILLAGE:
        return Q(ward=area.parent_id, household__village=area.pk)
    if area.kind == AreaKind.WARD:
        return Q(ward=area.pk)
    return Q(ward__path__startswith=area.path)


def _households_by_class(spells: QuerySet, on: date, *groups: str) -> QuerySet:
    """Rows (groups…, class, households)."""
    return (
        spells.in_force(on=on)
        .filter(registered_on(on))
        .order_by()
        .values_list(*groups, "poverty_class")
        .annotate(total=Count("pk"))
    )


def _persons_by_class(members: QuerySet, on: date, *groups: str) -> QuerySet:
    """Rows (groups…, class, persons) of the two lists."""
    spell = Q(
        Q(household__statuses__ends_on=None) | Q(household__statuses__ends_on__gte=on),
        household__statuses__starts_on__lte=on,
        household__statuses__poverty_class__in=LISTED,
    )
    return (
        members.present(on=on)
        .filter(registered_on(on))
        .filter(spell)
        .order_by()
        .values_list(*groups, "household__statuses__poverty_class")
        .annotate(total=Count("pk"))
    )


def registered_on(on: date) -> Q:
    """The condition that the household of a row is in the register on a day."""
    return Q(household__closed_on=None) | Q(household__closed_on__gt=on)


def _villages(ward: Area, on: date, inhabited: Iterable[int]) -> QuerySet[Area]:
    """The villages that exist on a day, and those that are inhabited all the same."""
    stands = Q(Q(valid_from=None) | Q(valid_from__lte=on), Q(valid_to=None) | Q(valid_to__gte=on))
    return Area.objects.filter(
        stands | Q(pk__in=list(inhabited)), parent=ward, kind=AreaKind.VILLAGE
    ).order_by("order", "pk")
