"""What is known of the wards of a region, read for all of them at once."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property

from django.db.models import Q

from households.ledger.known import KnownPeriods, year_end
from households.ledger.selectors.classes import ClassCounts
from households.ledger.selectors.decided import decided_counts
from households.ledger.selectors.known import known_periods_of
from households.ledger.selectors.many_wards import (
    listed_counts_by_ward,
    populations_by_ward,
    reviews_of_wards,
)
from households.ledger.selectors.standards import standard_on, standards_latest_first
from households.models import AreaYear, Decision, PovertyStandard
from povertyplan.core.models import Area
from povertyplan.core.text import formatting


@dataclass(frozen=True)
class WardYear:
    """What a ward's results of a year are; `counts` is None where they are not known.

    `is_counted` is False for those of another standard than the sums of the year.
    """

    ward: Area
    counts: ClassCounts | None
    standard: PovertyStandard | None = None
    is_counted: bool = False


@dataclass(frozen=True)
class RegionSum:
    """The sum over the wards that are counted.

    Rates are those of the wards whose households were given as well: `rated` of them.
    """

    poor: int
    near_poor: int
    households: int
    rated: int
    rated_poor: int
    rated_near_poor: int

    @property
    def poor_percent(self):
        return formatting.rate(self.rated_poor, self.households) if self.rated else None

    @property
    def near_poor_percent(self):
        return formatting.rate(self.rated_near_poor, self.households) if self.rated else None


class RegionFacts:
    """The wards of some provinces and districts, as they were at the end of a year or are today."""

    def __init__(self, *, regions: Sequence[Area], today: date):
        self.regions, self.today = tuple(regions), today
        self.wards_of = cache(self._wards_of)
        self.ward_years = cache(self._ward_years)
        self.counts = cache(self._counts)

    @property
    def place(self) -> str:
        return ", ".join(region.name for region in self.regions)

    def day(self, year: int) -> date:
        return min(year_end(year), self.today)

    def _wards_of(self, year: int) -> tuple[Area, ...]:
        """Those that stood on the last day of a year, in their order."""
        on = self.day(year)
        stood = Q(valid_from=None) | Q(valid_from__lte=on), Q(valid_to=None) | Q(valid_to__gte=on)
        return tuple(Area.objects.wards_of(self.regions).filter(*stood).in_order())

    @cached_property
    def _all_wards(self) -> list[int]:
        return list(Area.objects.wards_of(self.regions).values_list("pk", flat=True))

    @cached_property
    def known(self) -> dict[int, KnownPeriods]:
        return known_periods_of(self._all_wards)

    @cached_property
    def reviews(self):
        """The recognised yearly reviews by ward and year."""
        return reviews_of_wards(self._all_wards, self.today)

    @cached_property
    def _decided(self) -> dict[int, ClassCounts]:
        """By decision what it says of its whole ward, where it says anything."""
        decisions: Iterable[Decision] = (
            one.decision for years in self.reviews.values() for one in years.values()
        )
        counted = decided_counts(list(decisions))
        return {pk: add_up(villages.values()) for pk, villages in counted.items()}

    def closing_days(self, year: int) -> dict[int, date]:
        """By ward the day whose classes are its results of a year, of known wards alone."""
        days = {}
        for ward in self.wards_of(year):
            known = self.known[ward.pk]
            day = known.closing_day(year, self.today)
            if day is not None and known.knows_year(year, self.today):
                days[ward.pk] = day
        return days

    def latest_year(self) -> int:
        """The latest year of which any ward is known; that of today where none is."""
        found = (
            known.latest_year(self.today.year, self.today, [None]) for known in self.known.values()
        )
        return max((year for year in found if year is not None), default=self.today.year)

    def _counts(self, year: int) -> dict[int, ClassCounts]:
        """Poor and near-poor households of each known ward, with its population."""
        days = self.closing_days(year)
        found = {}
        for ward in days:
            campaign = self.reviews.get(ward, {}).get(year)
            if campaign and campaign.decision and campaign.decision.pk in self._decided:
                found[ward] = self._decided[campaign.decision.pk]
        found |= listed_counts_by_ward({pk: day for pk, day in days.items() if pk not in found})
        given = populations_by_ward(days)
        return {ward: with_population(counts, given[ward]) for ward, counts in found.items()}

    def _ward_years(self, year: int) -> tuple[WardYear, ...]:
        """Every ward of a year, with what is known and whether the sums count it."""
        counts = self.counts(year)
        standards = {pk: self.standard_of(pk, year) for pk in counts}
        common = common_standard(standards.values())
        return tuple(
            WardYear(
                ward,
                counts.get(ward.pk),
                standards.get(ward.pk),
                ward.pk in counts and standards[ward.pk] == common,
            )
            for ward in self.wards_of(year)
        )

    def standard(self, year: int) -> PovertyStandard | None:
        """The standard of the wards that the sums of a year count."""
        return next((one.standard for one in self.ward_years(year) if one.is_counted), None)

    def total(self, year: int) -> RegionSum | None:
        """The sum of a year; None where no ward is known."""
        counted = [one.counts for one in self.ward_years(year) if one.is_counted and one.counts]
        if not counted:
            return None
        rated = [each for each in counted if each.total_households]
        return RegionSum(
            poor=sum(each.poor for each in counted),
            near_poor=sum(each.near_poor for each in counted),
            households=sum(each.total_households or 0 for each in rated),
            rated=len(rated),
            rated_poor=sum(each.poor for each in rated),
            rated_near_poor=sum(each.near_poor for each in rated),
        )

    def standard_of(self, ward: int, year: int) -> PovertyStandard | None:
        """The standard that a year's results of a ward were found by."""
        campaign = self.reviews.get(ward, {}).get(year)
        return campaign.standard if campaign else standard_on(self._standards, self.day(year))

    @cached_property
    def _standards(self) -> list[PovertyStandard]:
        return standards_latest_first()


def add_up(parts: Iterable[ClassCounts]) -> ClassCounts:
    """Poor and near-poor households together, of no population."""
    parts = list(parts)
    return ClassCounts(
        poor=sum(part.poor for part in parts), near_poor=sum(part.near_poor for part in parts)
    )


def with_population(counts: ClassCounts, population: AreaYear | None) -> ClassCounts:
    return ClassCounts(
        poor=counts.poor,
        near_poor=counts.near_poor,
        total_households=population.households if population else None,
        total_persons=population.persons if population else None,
    )


def common_standard(standards: Iterable[PovertyStandard | None]) -> PovertyStandard | None:
    """The standard of most wards, the later of two that as many have."""
    counted = Counter(standard for standard in standards if standard is not None)
    return max(counted, key=lambda one: (counted[one], one.valid_from), default=None)
