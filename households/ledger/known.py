"""Which days and years of a ward are known (có số liệu), from its decisions and its lists. Pure.

A day is known once a yearly decision holds or a list covers it; a year only where it has a
decision of its own or listed results. What is not known is never counted as 0.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date


def year_end(year: int) -> date:
    return date(year, 12, 31)


def year_of_result(decided_on: date) -> int:
    """The year whose results a list's decision tells of.

    A yearly review ends at the turn of the year: the first half belongs to the year before.
    """
    return decided_on.year if decided_on.month > 6 else decided_on.year - 1


@dataclass(frozen=True)
class Village:
    """A village with its first and last day and those it was made of."""

    first_day: date | None = None
    last_day: date | None = None
    predecessors: frozenset[int] = frozenset()

    def stands(self, on: date) -> bool:
        begun = self.first_day is None or self.first_day <= on
        return begun and (self.last_day is None or self.last_day >= on)


@dataclass(frozen=True)
class KnownPeriods:
    """`decided`: by year the first day on which its yearly decision holds, for the whole ward.

    `listed`: by village, by year of the result, the day from which listed results hold; a list
    without a decision's day has no year (None) and makes its days known only.
    A place is the id of a village, or None for the ward, which is known where all of it is.
    """

    decided: Mapping[int, date] = field(default_factory=dict)
    listed: Mapping[int, Mapping[int | None, date]] = field(default_factory=dict)
    villages: Mapping[int, Village] = field(default_factory=dict)

    def knows_day(self, on: date, place: int | None = None) -> bool:
        """Whether the classes of a day are known; the last of a year stands for the year."""
        if on == year_end(on.year):
            return self.knows_year(on.year, on, place)
        if any(first <= on for first in self.decided.values()):
            return True
        listed = {pk for pk, days in self.listed.items() if any(d <= on for d in days.values())}
        return self._is_covered(place, listed, on)

    def knows_year(self, year: int, until: date, place: int | None = None) -> bool:
        """Whether a year has a decision or listed results by a day."""
        if self._is_decided(year, until):
            return True
        closing_day = self.closing_day(year, until)
        return closing_day is not None and self._is_covered(
            place, set(self._listed(year, until)), closing_day
        )

    def closing_day(self, year: int, until: date) -> date | None:
        """The day up to `until` whose classes are the results of a year.

        It is 31/12, or later where the decision holds later; None where no village has any.
        """
        days = list(self._listed(year, until).values())
        if self._is_decided(year, until):
            days = [self.decided[year]]
        return min(max(*days, year_end(year)), until) if days else None

    def years(self, until: date) -> set[int]:
        """The years of which anything is known by a day."""
        listed = {year for days in self.listed.values() for year in days if year is not None}
        return {year for year in listed | set(self.decided) if self.closing_day(year, until)}

    def looks_back(self, on: date) -> bool:
        """Whether it is known what changed: by a yearly review, or between lists of two years."""
        return any(first <= on for first in self.decided.values()) or len(self.years(on)) > 1

    def latest_year(self, year: int, until: date, places: Iterable[int | None]) -> int | None:
        """The latest year up to `year` known of all the places, or else of any village."""
        asked = list(places)
        years = sorted(known for known in self.years(until) if known <= year)
        whole = [each for each in years if all(self.knows_year(each, until, p) for p in asked)]
        return max(whole or years, default=None)

    def _is_decided(self, year: int, until: date) -> bool:
        first = self.decided.get(year)
        return first is not None and first <= until

    def _listed(self, year: int, until: date) -> dict[int, date]:
        # Since the first decision made here the lists only add single households.
        if any(decided < year for decided in self.decided):
            return {}
        first = {pk: days[year] for pk, days in self.listed.items() if year in days}
        return {pk: day for pk, day in first.items() if day <= until}

    def _is_covered(self, place: int | None, listed: set[int], on: date) -> bool:
        if place is not None:
            return self._has_list(place, listed)
        standing = [pk for pk, village in self.villages.items() if village.stands(on)]
        return bool(standing) and all(self._has_list(pk, listed) for pk in standing)

    def _has_list(self, village: int, listed: set[int]) -> bool:
        """A village is listed, or all that it was made of are."""
        parts = self.villages.get(village, Village()).predecessors
        return village in listed or (bool(parts) and all(self._has_list(p, listed) for p in parts))
