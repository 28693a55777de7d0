"""Targets of a ward beside what was reached, year by year, with progress and a word.

What was reached is handed in (`reached`, `reached_rate`): some of it is computed by the reports
above this app, which it does not know.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal
from functools import cached_property
from typing import Protocol

from django.db.models import F

from povertyplan.core.models import Area
from povertyplan.core.text import formatting
from projects.choices import (
    Accumulation,
    AchievementWord,
    Direction,
    Measure,
    ProgressKind,
    TargetOperator,
)
from projects.models import Actual, Indicator, Target
from projects.rules import progress as rules
from projects.rules.periods import (
    BASELINE_SOURCE,
    PeriodFigure,
    accumulated,
    with_periods,
    with_reasons,
)

PERCENT = "%"
FIRST_MONTH_TO_REPORT = 10


@dataclass(frozen=True)
class Reached:
    """A figure reached by a day, and where it comes from in words and as a link."""

    value: Decimal | None
    as_of: date | None = None
    source: str = ""
    url: str = ""
    is_estimate: bool = False


@dataclass(frozen=True)
class YearCell:
    """What one row promised for the end of a year, and what it reached."""

    year: int
    goal: rules.Goal | None
    reached: Reached | None
    unit: str
    note: str = ""
    assigned_by: str = ""

    @property
    def short_target(self) -> str:
        """The target as a table cell: "12", "≥ 98", "< 0,2"; a dash without a figure."""
        if self.goal is None:
            return formatting.MISSING
        return rules.short_target_text(self.goal, self.unit)

    @property
    def target_text(self) -> str:
        """The target in words, as a document prints it; the note of a qualitative one."""
        return target_text_of(self.goal, self.unit, self.note)

    @property
    def actual_text(self) -> str:
        """What was reached, without its unit."""
        return cell_number(self.reached.value if self.reached else None, self.unit)


def cell_number(value: int | Decimal | None, unit: str) -> str:
    """A figure as a table cell: rates with two decimals, so that a column reads alike."""
    return formatting.number(value, 2 if unit == PERCENT else None)


def target_text_of(goal: rules.Goal | None, unit: str, note: str) -> str:
    """A target in words; the note of a qualitative one; "" without a goal."""
    if goal is None:
        return ""
    return rules.target_text(goal.operator, goal.low, goal.high, unit) or note


@dataclass(frozen=True)
class TargetRow:
    """An indicator over the years; `judged` is the cell its progress and word speak about.

    `broke_in` is the year since which another standard holds than that of the first baseline.
    """

    indicator: Indicator
    name: str
    unit: str
    baseline: Reached | None
    cells: tuple[YearCell, ...]
    judged: YearCell
    expected: Decimal | None
    is_rate_of_count: bool = False
    is_over: bool = False
    broke_in: int | None = None

    @cached_property
    def progress(self) -> rules.TargetProgress:
        if self.judged.goal is None:
            return rules.TargetProgress(ProgressKind.NO_DATA)
        return rules.progress(self.judged.goal, self._actual)

    @cached_property
    def word(self) -> AchievementWord:
        if self.judged.goal is None:
            return AchievementWord.NO_DATA
        return rules.achievement(
            self.judged.goal, self._actual, self.expected, is_over=self.is_over
        )

    @property
    def gap(self) -> Decimal | None:
        """How much is missing to the target, or to the road map's point of today.

        The road map runs between whole households: what is missing of one is one.
        """
        if self.judged.goal is None:
            return None
        missing = rules.shortfall(self.judged.goal, self._actual, self.expected)
        is_whole = missing is not None and self.judged.goal.is_count
        return missing.to_integral_value(ROUND_CEILING) if missing and is_whole else missing

    @property
    def expected_percent(self) -> Decimal | None:
        """The road map's point of today on the same scale as `progress`."""
        if self.judged.goal is None or self.expected is None:
            return None
        return rules.progress(self.judged.goal, self.expected).percent

    @property
    def is_falling(self) -> bool:
        return self.indicator.direction == Direction.DOWN

    @property
    def _actual(self) -> Decimal | None:
        return self.judged.reached.value if self.judged.reached else None


Computed = Callable[[Indicator, int], Reached | None]


def _one_era(indicator: Indicator, year: int) -> int | None:
    return None


def _no_baseline(indicator: Indicator, year: int) -> Reached | None:
    return None


@dataclass(frozen=True)
class StandardBreaks:
    """Where figures stop being comparable, because another standard found them.

    `era` tells years of one standard from those of another, by the indicator's; across them
    progress is measured from `baseline` and `baseline_rate` alone.
    """

    era: Callable[[Indicator, int], int | None] = _one_era
    baseline: Computed = _no_baseline
    baseline_rate: Computed = _no_baseline


ONE_STANDARD = StandardBreaks()


def indicators_of(ward: Area) -> list[Indicator]:
    rows = Indicator.objects.filter(ward=ward).select_related("owner", "ward")
    return list(rows.order_by("order", "pk"))


def targets_of(ward: Area) -> dict[tuple[int, int], Target]:
    """Targets in force of the whole ward, by indicator and year."""
    return targets_of_wards([ward.pk])[ward.pk]


def targets_of_wards(wards: Sequence[int]) -> dict[int, dict[tuple[int, int], Target]]:
    """The same of several wards at once, by their keys; one query."""
    rows = Target.objects.in_force().filter(ward__in=wards, area=F("ward"))
    found: dict[int, dict[tuple[int, int], Target]] = {ward: {} for ward in wards}
    for row in rows.select_related("indicator__owner"):
        found[row.ward_id][row.indicator_id, row.year] = row
    return found


def village_targets_of(indicator: Indicator, year: int) -> dict[int, Target]:
    """Targets in force of the villages of a ward, by village."""
    rows = Target.objects.in_force().filter(indicator=indicator, year=year)
    return {row.area_id: row for row in rows.exclude(area=indicator.ward)}


def village_sums(ward: Area) -> dict[tuple[int, int], Decimal]:
    """What all villages together are to have left, by indicator and year; one query."""
    sums: dict[tuple[int, int], Decimal] = defaultdict(Decimal)
    for row in Target.objects.in_force().filter(ward=ward).exclude(area=ward):
        if row.operator in (TargetOperator.LEVEL, TargetOperator.NONE_LEFT, TargetOperator.EQUAL):
            sums[row.indicator_id, row.year] += row.low or 0
    return sums


def reported_of(ward: Area) -> dict[tuple[int, int], Reached]:
    """What the figures of a year make that units reported, by indicator and year."""
    return reached_by_units(actuals_of(ward))


def reached_by_units(
    actuals: Mapping[tuple[int, int], Sequence[Actual]],
) -> dict[tuple[int, int], Reached]:
    """What reported figures make, where they make anything yet."""
    found = {key: _reached(own) for key, own in actuals.items()}
    return {key: reached for key, reached in found.items() if reached is not None}


def actuals_of(ward: Area) -> dict[tuple[int, int], list[Actual]]:
    """Figures that units reported for the whole ward, by indicator and year."""
    return actuals_of_wards([ward.pk])


def actuals_of_wards(wards: Sequence[int]) -> dict[tuple[int, int], list[Actual]]:
    """The same of several wards at once; one query."""
    rows = Actual.objects.filter(ward__in=wards, area=F("ward")).select_related("indicator__owner")
    found: dict[tuple[int, int], list[Actual]] = defaultdict(list)
    for row in rows:
        found[row.indicator_id, row.year].append(row)
    return found


def actuals_of_year(ward: Area, year: int) -> list[Actual]:
    """What units reported of a year for the whole ward."""
    rows = Actual.objects.filter(ward=ward, area=ward, year=year)
    return list(rows.select_related("indicator__owner", "indicator__ward"))


def reached_between(rows: Sequence[Actual], first: date, last: date) -> Reached | None:
    """What those figures of a year make whose day is one of some days."""
    inside = [row for row in rows if first <= row.as_of <= last]
    return _reached(inside) if inside else None


def reported_periods(indicator: Indicator, year: int) -> dict[int, Actual]:
    """What was reported for the whole ward in a year, by the number of the period."""
    rows = Actual.objects.filter(indicator=indicator, area=indicator.ward, year=year)
    return {row.period: row for row in rows}


def unreported_targets(
    targets: Mapping[tuple[int, int], Target],
    reported: Mapping[tuple[int, int], Reached],
    today: date,
) -> list[Target]:
    """Targets that a unit has to report on by a day and has not, by year and order."""
    last_year = today.year - (today.month < FIRST_MONTH_TO_REPORT)
    lacking = [
        target
        for key, target in targets.items()
        if target.year <= last_year
        and not target.indicator.query
        and target.operator != TargetOperator.QUALITATIVE
        and key not in reported
    ]
    return sorted(lacking, key=lambda target: (target.year, target.indicator.order))


def _reached(rows: Sequence[Actual]) -> Reached | None:
    """What the figures of a year make; a rate is its numerator over its denominator, and says so.

    None where it is not known yet.
    """
    indicator = rows[0].indicator
    figures = [
        PeriodFigure(row.period, row.numerator, row.denominator, row.as_of, row.is_estimate)
        for row in rows
    ]
    found = accumulated(indicator.accumulation, indicator.period, figures)
    if found is None:
        return None
    source = indicator.reported_by
    value: Decimal | None = Decimal(found.numerator)
    if indicator.measure == Measure.PERCENT:
        value = formatting.rate(found.numerator, found.denominator)
        parts = f"{formatting.number(found.numerator)}/{formatting.number(found.denominator)}"
        source = f"{source} ({parts})"
    elif indicator.accumulation == Accumulation.SUM:
        source = with_periods(source, len(rows))
    source = with_reasons(source, [row.ledger_reason for row in rows])
    return Reached(value=value, as_of=found.as_of, source=source, is_estimate=found.is_estimate)


def target_rows(
    *,
    indicators: Sequence[Indicator],
    targets: Mapping[tuple[int, int], Target],
    reached: Computed,
    reached_rate: Computed,
    year: int,
    today: date,
    breaks: StandardBreaks = ONE_STANDARD,
) -> list[TargetRow]:
    """One row an indicator, and below it one for its rate where the plan promises both.

    Columns run from the first to the last year with a target; the baseline is the year before.
    Progress and word speak about `year`.
    """
    years = sorted({of_year for _, of_year in targets}) or [year]
    table = _Table(targets, range(years[0], years[-1] + 1), year, today, breaks)
    rows = []
    for indicator in indicators:
        rows.append(table.row(indicator, reached))
        if table.promises_rate(indicator):
            rows.append(table.rate_row(indicator, reached_rate))
    return rows


@dataclass(frozen=True)
class _Table:
    targets: Mapping[tuple[int, int], Target]
    years: range
    year: int
    today: date
    breaks: StandardBreaks = ONE_STANDARD

    def row(self, indicator: Indicator, reached: Computed) -> TargetRow:
        return self._row(indicator, indicator.name, indicator.measure_unit, reached, rate=False)

    def rate_row(self, indicator: Indicator, reached: Computed) -> TargetRow:
        return self._row(indicator, indicator.rate_name, PERCENT, reached, rate=True)

    def promises_rate(self, indicator: Indicator) -> bool:
        found = (self.targets.get((indicator.pk, year)) for year in self.years)
        return any(target is not None and target.rate is not None for target in found)

    def _row(self, indicator, name, unit, reached: Computed, *, rate: bool) -> TargetRow:
        def cell(year: int) -> YearCell:
            target = self.targets.get((indicator.pk, year))
            goal = None
            if target:
                first = self._first_year(indicator, year)
                baseline = self._baseline(indicator, year, reached, rate=rate)
                start = baseline.value if baseline else None
                goal = goal_of(target, indicator, start, rate=rate, years=year - first + 1)
            words = {"note": target.note, "assigned_by": target.assigned_by} if target else {}
            return YearCell(year, goal, reached(indicator, year), unit, **words)

        cells = tuple(cell(year) for year in self.years)
        judged = next((one for one in cells if one.year == self.year), cell(self.year))
        baseline = self._baseline(indicator, self.year, reached, rate=rate)
        return TargetRow(
            indicator=indicator,
            name=name,
            unit=unit,
            baseline=baseline,
            cells=cells,
            judged=judged,
            expected=self._expected(indicator, cells, baseline.value if baseline else None),
            is_rate_of_count=rate,
            is_over=self._is_over,
            broke_in=self._broke_in(indicator),
        )

    def _first_year(self, indicator: Indicator, year: int) -> int:
        """The first year of the table that was found by the standard of a year."""
        era = self.breaks.era(indicator, year)
        alike = (each for each in self.years if self.breaks.era(indicator, each) == era)
        return min(alike, default=year)

    def _broke_in(self, indicator: Indicator) -> int | None:
        """The first year of the judged one's standard, where the baseline is of another."""
        first = self._first_year(indicator, self.year)
        return first if self._is_broken(indicator, self.year) else None

    def _is_broken(self, indicator: Indicator, year: int) -> bool:
        own = self.breaks.era(indicator, year)
        first = self.breaks.era(indicator, self.years[0] - 1)
        return own is not None and first is not None and own != first

    def _baseline(
        self, indicator: Indicator, year: int, reached: Computed, *, rate: bool
    ) -> Reached | None:
        """From where the progress of a year is measured: never a figure of another standard."""
        if self._is_broken(indicator, year):
            own = self.breaks.baseline_rate if rate else self.breaks.baseline
            return own(indicator, year)
        return reached(indicator, self.years[0] - 1) or _typed_baseline(indicator, rate=rate)

    @property
    def _is_over(self) -> bool:
        return self.today >= date(self.year, 12, 31)

    def _expected(
        self, indicator: Indicator, cells: Sequence[YearCell], start: Decimal | None
    ) -> Decimal | None:
        """Where the road map is today, while the judged year still runs."""
        if self._is_over:
            return None
        points, era = [], self.breaks.era(indicator, self.year)
        if start is not None:
            before = self._first_year(indicator, self.year) - 1
            points.append(rules.RoadPoint(date(before, 12, 31), start))
        for cell in cells:
            if self.breaks.era(indicator, cell.year) != era:
                continue
            if cell.goal is not None and cell.goal.figure is not None:
                points.append(rules.RoadPoint(date(cell.year, 12, 31), cell.goal.figure))
        return rules.expected_point(points, self.today)


def _typed_baseline(indicator: Indicator, *, rate: bool) -> Reached | None:
    """The baseline that the ward wrote down, where the year before has no figure."""
    if indicator.baseline is None or rate:
        return None
    return Reached(value=indicator.baseline, source=BASELINE_SOURCE)


class StatedTarget(Protocol):
    """A row that asks for a figure: a target of the ward, or of the superior level."""

    operator: str
    low: Decimal | None
    high: Decimal | None
    rate_operator: str
    rate: Decimal | None


def goal_of(
    target: StatedTarget,
    indicator: Indicator,
    baseline: Decimal | None,
    *,
    rate: bool = False,
    years: int = 1,
) -> rules.Goal | None:
    """What a target asks of its count, or of its rate; None where it leaves that open.

    `years` lie between the baseline and the target.
    """
    operator = target.rate_operator if rate else target.operator
    low = target.rate if rate else target.low
    needs_figure = operator not in (TargetOperator.NONE_LEFT, TargetOperator.QUALITATIVE)
    if not operator or (needs_figure and low is None):
        return None
    return rules.Goal(
        operator=TargetOperator(operator),
        direction=Direction(indicator.direction),
        low=low,
        high=None if rate else target.high,
        baseline=baseline,
        is_count=not rate and indicator.measure == Measure.COUNT,
        years=years,
    )
