"""The targets of the wards of a region for a year, alike ones together."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from povertyplan.core.models import Area
from povertyplan.core.text.vietnamese import search_key
from projects.choices import AchievementWord, Measure
from projects.models import Indicator, Target
from projects.targets.selectors import (
    Reached,
    StandardBreaks,
    TargetRow,
    actuals_of_wards,
    reached_by_units,
    target_rows,
    targets_of_wards,
)
from reports.figures.registry import CLASS_OF_QUERY

from .facts import RegionFacts

RATE = "-rate"


@dataclass(frozen=True)
class WardTarget:
    """A target of a ward; `adds_up` where it counts something that wards can add."""

    ward: Area
    row: TargetRow
    is_known_here: bool

    @property
    def planned(self) -> Decimal | None:
        return self.row.judged.goal.figure if self.row.judged.goal else None

    @property
    def reached(self) -> Decimal | None:
        return self.row.judged.reached.value if self.row.judged.reached else None

    @property
    def adds_up(self) -> bool:
        is_count = self.row.indicator.measure == Measure.COUNT
        return is_count and not self.row.is_rate_of_count


@dataclass(frozen=True)
class RegionTarget:
    """Targets of several wards that ask for the same; sums are over those that have both."""

    key: str
    wards: tuple[WardTarget, ...]

    @property
    def name(self) -> str:
        return self.wards[0].row.name

    @property
    def unit(self) -> str:
        return self.wards[0].row.unit

    @property
    def is_known_here(self) -> bool:
        return self.wards[0].is_known_here

    @property
    def known(self) -> list[WardTarget]:
        return [one for one in self.wards if one.reached is not None]

    @property
    def compared(self) -> list[WardTarget]:
        both = (one for one in self.wards if one.planned is not None and one.reached is not None)
        return [one for one in both if one.adds_up]

    @property
    def planned(self) -> Decimal | None:
        figures = [one.planned for one in self.compared if one.planned is not None]
        return sum(figures, Decimal(0)) if figures else None

    @property
    def reached(self) -> Decimal | None:
        figures = [one.reached for one in self.compared if one.reached is not None]
        return sum(figures, Decimal(0)) if figures else None

    @property
    def words(self) -> list[tuple[AchievementWord, int]]:
        """How many wards have come how far; none where it is read ward by ward."""
        if not self.is_known_here:
            return []
        counted = Counter(one.row.word for one in self.wards)
        return [(word, counted[word]) for word in AchievementWord if counted[word]]


def target_groups(facts: RegionFacts, year: int) -> list[RegionTarget]:
    """The targets of a year of all wards, alike ones together; those of most wards first."""
    groups: dict[str, list[WardTarget]] = defaultdict(list)
    for one in _ward_targets(facts, year):
        groups[_key_of(one.row)].append(one)
    found = [RegionTarget(key, tuple(ones)) for key, ones in groups.items()]
    return sorted(found, key=lambda group: (-len(group.wards), group.name))


def _ward_targets(facts: RegionFacts, year: int) -> Iterable[WardTarget]:
    wards = facts.wards_of(year)
    keys = [ward.pk for ward in wards]
    targets = targets_of_wards(keys)
    reported = reached_by_units(actuals_of_wards(keys))
    for ward in wards:
        own = targets[ward.pk]
        indicators = _promised(own, year)
        if not indicators:
            continue
        known = _WardReached(facts, ward, reported)
        rows = target_rows(
            indicators=indicators,
            targets=own,
            reached=known.reached,
            reached_rate=known.rate,
            year=year,
            today=max(facts.today, facts.day(year)),
            breaks=StandardBreaks(partial(_era, facts, ward)),
        )
        for row in rows:
            if row.judged.goal is not None:
                yield WardTarget(ward, row, knows_here(row.indicator))


def _era(facts: RegionFacts, ward: Area, indicator: Indicator, year: int) -> int | None:
    """The standard of a ward's year, of an indicator that asks for classes.

    New baselines are each ward's own and are read on its page: here progress starts anew.
    """
    if indicator.query not in CLASS_OF_QUERY:
        return None
    standard = facts.standard_of(ward.pk, year)
    return standard.pk if standard else None


def _promised(targets: dict[tuple[int, int], Target], year: int) -> list[Indicator]:
    found = {row.indicator for (_, of_year), row in targets.items() if of_year == year}
    return sorted(found, key=lambda one: (one.order, one.pk))


def knows_here(indicator: Indicator) -> bool:
    """Whether what it reached is known for many wards at once; others are read ward by ward."""
    return not indicator.query or indicator.query in CLASS_OF_QUERY


@dataclass(frozen=True)
class _WardReached:
    facts: RegionFacts
    ward: Area
    reported: dict[tuple[int, int], Reached]

    def reached(self, indicator: Indicator, year: int) -> Reached | None:
        if not indicator.query:
            return self.reported.get((indicator.pk, year))
        if indicator.query not in CLASS_OF_QUERY:
            return None
        return self._of_classes(year, CLASS_OF_QUERY[indicator.query].value)

    def rate(self, indicator: Indicator, year: int) -> Reached | None:
        poverty_class = CLASS_OF_QUERY.get(indicator.query)
        return self._of_classes(year, f"{poverty_class}_percent") if poverty_class else None

    def _of_classes(self, year: int, name: str) -> Reached | None:
        counts = self.facts.counts(year).get(self.ward.pk)
        value = getattr(counts, name) if counts else None
        return None if value is None else Reached(Decimal(value))


def _key_of(row: TargetRow) -> str:
    """What makes targets of two wards alike: the same query, or the same name and measure."""
    asked = row.indicator.query or search_key(f"{row.indicator.name} {row.indicator.measure_unit}")
    return f"{asked}{RATE}" if row.is_rate_of_count else asked


def group_of(groups: Sequence[RegionTarget], key: str) -> RegionTarget | None:
    return next((group for group in groups if group.key == key), None)
