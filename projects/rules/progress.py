"""How far a figure has come towards its target (chỉ tiêu), and in which words.

Pure. Progress is measured from the baseline, so that a target of zero can be reached by halves
and getting worse reads as a negative number. A figure that nobody reported is no data, never 0.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from povertyplan.core.text import formatting
from projects.choices import (
    RANGES,
    REDUCTIONS,
    AchievementWord,
    Direction,
    ProgressKind,
    TargetOperator,
)

NEAR_PERCENT = Decimal(90)
PERCENTAGE_POINTS = "điểm phần trăm"
POINT_DECIMALS = 4

# Operators whose figure is the goal itself, so that a better figure is met or exceeded.
_BY_DIRECTION = frozenset(
    {
        TargetOperator.EQUAL,
        TargetOperator.ABOUT,
        TargetOperator.LEVEL,
        TargetOperator.NONE_LEFT,
        TargetOperator.RANGE,
        *REDUCTIONS,
    }
)


@dataclass(frozen=True)
class Goal:
    """What a target asks: an operator, its figures and where it started.

    ``low`` is the figure, or the lower end of a range, or the amount of a reduction; ``high`` is
    only for a range. ``is_count`` says that the figures are whole numbers; ``years`` how many lie
    between the baseline and the goal.
    """

    operator: TargetOperator
    direction: Direction
    low: Decimal | None = None
    high: Decimal | None = None
    baseline: Decimal | None = None
    is_count: bool = False
    years: int = 1

    @property
    def worst_met(self) -> Decimal | None:
        """The figure furthest from the goal that still meets it."""
        if self.operator == TargetOperator.BELOW:
            return level_of(self.operator, self.low, is_count=self.is_count)
        return self.figure

    @property
    def most_left(self) -> int | None:
        """How many households a target that goes down leaves at most: "còn 12,5" leaves 12."""
        return None if self.worst_met is None else int(self.worst_met)

    @property
    def figure(self) -> Decimal | None:
        """The figure to reach: the near end of a range, the baseline less a reduction."""
        if self.operator == TargetOperator.QUALITATIVE:
            return None
        if self.operator == TargetOperator.NONE_LEFT:
            return Decimal(0)
        if self.operator in REDUCTIONS:
            return self._left_after(self.low)
        return self._near_end()

    @property
    def far_figure(self) -> Decimal | None:
        """The figure beyond which the goal is exceeded: the far end of a range."""
        if self.operator == TargetOperator.REDUCE_RANGE:
            return self._left_after(self.high)
        if self.operator != TargetOperator.RANGE:
            return self.figure
        return self.low if self.direction == Direction.DOWN else self.high

    def is_met_by(self, actual: Decimal) -> bool:
        """Tell whether a figure satisfies the goal; below is strict, the rest include it."""
        if self.figure is None:
            return False
        if self.operator == TargetOperator.BELOW:
            return actual < self.figure
        return not _is_worse(actual, self.figure, self._bound_direction())

    def is_exceeded_by(self, actual: Decimal) -> bool:
        if self.far_figure is None:
            return False
        return _is_worse(self.far_figure, actual, self._bound_direction())

    @property
    def falls(self) -> bool:
        """Whether a lower figure is better."""
        return self._bound_direction() == Direction.DOWN

    def _bound_direction(self) -> Direction:
        """Return the way that is better: the words of a bound say it, else the indicator does."""
        if self.operator in _BY_DIRECTION:
            return self.direction
        return Direction.UP if self.operator == TargetOperator.AT_LEAST else Direction.DOWN

    def _left_after(self, reduction: Decimal | None) -> Decimal | None:
        if self.baseline is None or reduction is None:
            return None
        times = self.years if self.operator == TargetOperator.REDUCE_YEARLY else 1
        return self.baseline - reduction * times

    def _near_end(self) -> Decimal | None:
        if self.operator == TargetOperator.RANGE and self.direction == Direction.DOWN:
            return self.high
        return self.low


@dataclass(frozen=True)
class TargetProgress:
    """``percent`` of the way from baseline to target; None unless it was measured."""

    kind: ProgressKind
    percent: Decimal | None = None


@dataclass(frozen=True)
class RoadPoint:
    """What a figure is or should be on one day (lộ trình)."""

    on: date
    value: Decimal


def progress(goal: Goal, actual: Decimal | None, decimals: int = 1) -> TargetProgress:
    """Return (baseline − actual) ÷ (baseline − target), sign-neutral, as a rounded percentage.

    A target that asks for no improvement on the baseline is maintained or broken. Where a figure
    should rise and no baseline is known, it rises from 0.
    """
    target = goal.figure
    if actual is None or target is None:
        return TargetProgress(ProgressKind.NO_DATA)
    baseline = _baseline(goal)
    if baseline is None:
        return TargetProgress(ProgressKind.NO_BASELINE)
    if not _is_worse(baseline, target, goal.direction):
        met = goal.is_met_by(actual)
        return TargetProgress(ProgressKind.MAINTAINED if met else ProgressKind.BROKEN)
    share = formatting.rate(baseline - actual, baseline - target, decimals)
    return TargetProgress(ProgressKind.MEASURED, share)


def expected_point(points: Sequence[RoadPoint], on: date) -> Decimal | None:
    """Return where the road map should be on a day: straight lines between its points.

    Before the first point it is the first value, after the last the last; None without points.
    """
    if not points:
        return None
    ordered = sorted(points, key=lambda point: point.on)
    earlier = [point for point in ordered if point.on <= on]
    later = [point for point in ordered if point.on > on]
    if not earlier or not later:
        return (earlier[-1] if earlier else later[0]).value
    start, end = earlier[-1], later[0]
    gone, whole = (on - start.on).days, (end.on - start.on).days
    return formatting.rounded(
        start.value + (end.value - start.value) * gone / whole, POINT_DECIMALS
    )


def achievement(
    goal: Goal,
    actual: Decimal | None,
    expected: Decimal | None = None,
    near_percent: Decimal = NEAR_PERCENT,
    *,
    is_over: bool = False,
) -> AchievementWord:
    """Return the word for a figure: Vượt, Đạt, Gần đạt, Chậm or Chưa có số liệu.

    A year that ``is_over`` reads Vượt, Đạt or Chưa đạt.

    Exceeding means the goal itself; ``expected`` is the point of the road map on this day (the
    goal when None) and is what "Đạt", "Gần đạt" and "Chậm" are judged by.
    """
    if actual is None or goal.figure is None:
        return AchievementWord.NO_DATA
    if goal.is_exceeded_by(actual) and goal.is_met_by(actual) and not _is_bound(goal):
        return AchievementWord.EXCEEDED
    if goal.is_met_by(actual) or _keeps_pace(goal, actual, expected):
        return AchievementWord.MET
    if is_over:
        return AchievementWord.NOT_MET
    judged_by = goal.figure if expected is None else expected
    near = _closeness(goal, actual, judged_by) >= near_percent
    return AchievementWord.NEAR if near else AchievementWord.BEHIND


def shortfall(
    goal: Goal, actual: Decimal | None, expected: Decimal | None = None
) -> Decimal | None:
    """Return how much is missing to the expected point, or to the goal; 0 when nothing is."""
    judged_by = goal.worst_met if expected is None else expected
    if actual is None or judged_by is None:
        return None
    if not _is_worse(actual, judged_by, goal.direction):
        return Decimal(0)
    return abs(actual - judged_by)


def level_of(operator: str, low: Decimal | None, *, is_count: bool) -> Decimal | None:
    """Return the figure a target leaves at most: below 77 households leaves 76, none leaves 0.

    What a reduction leaves depends on its baseline.
    """
    if operator in REDUCTIONS:
        return None
    if operator == TargetOperator.NONE_LEFT:
        return Decimal(0)
    if operator == TargetOperator.BELOW and is_count and low is not None:
        return low - 1
    return low


def target_text(
    operator: TargetOperator,
    low: Decimal | None = None,
    high: Decimal | None = None,
    unit: str = "",
    *,
    padded: bool = True,
) -> str:
    """Write a target as a document does: "98% trở lên", "dưới 0,2%", "còn 05 hộ".

    Table cells are not ``padded`` (5), and their rates read alike: 0,20 below 0,27.

    A qualitative target has no figure and gives "". ``unit`` is "%" or a noun ("hộ"). Raises
    ValueError when the operator needs a figure it was not given.
    """
    if operator == TargetOperator.QUALITATIVE:
        return ""
    if operator == TargetOperator.NONE_LEFT:
        return "không còn"
    if low is None or (operator in RANGES and high is None):
        raise ValueError("Chỉ tiêu này cần có con số.")
    if operator in REDUCTIONS and unit == "%":
        unit = PERCENTAGE_POINTS
    low_text = _figure_text(low, unit, padded)
    if operator in RANGES and "%" not in unit:
        low_text = low_text.removesuffix(unit).rstrip()  # the unit is said once
    return _TARGET_WORDS[operator].format(low=low_text, high=_figure_text(high, unit, padded))


def short_target_text(goal: Goal, unit: str) -> str:
    """Write a goal for a table cell without its unit: "12", "≥ 98", "< 0,20"; "–" without one."""
    if goal.operator == TargetOperator.QUALITATIVE:
        return formatting.MISSING
    if goal.operator == TargetOperator.NONE_LEFT:
        return "0"
    low = f"{_SHORT_SIGNS.get(goal.operator, '')}{cell_figure(goal.low, unit)}"
    if goal.operator == TargetOperator.REDUCE_YEARLY:
        return f"{low}/năm"
    return low if goal.high is None else f"{low} - {cell_figure(goal.high, unit)}"


_SHORT_SIGNS = {
    TargetOperator.AT_LEAST: "≥ ",
    TargetOperator.AT_MOST: "≤ ",
    TargetOperator.BELOW: "< ",
    TargetOperator.ABOUT: "≈ ",
    TargetOperator.REDUCE_BY: "giảm ",
    TargetOperator.REDUCE_AT_LEAST: "giảm ≥ ",
    TargetOperator.REDUCE_RANGE: "giảm ",
    TargetOperator.REDUCE_YEARLY: "giảm ",
}

_TARGET_WORDS = {
    TargetOperator.EQUAL: "{low}",
    TargetOperator.AT_LEAST: "{low} trở lên",
    TargetOperator.AT_MOST: "không quá {low}",
    TargetOperator.BELOW: "dưới {low}",
    TargetOperator.ABOUT: "khoảng {low}",
    TargetOperator.RANGE: "từ {low} đến {high}",
    TargetOperator.REDUCE_BY: "giảm {low}",
    TargetOperator.REDUCE_AT_LEAST: "giảm từ {low} trở lên",
    TargetOperator.REDUCE_RANGE: "giảm từ {low} đến {high}",
    TargetOperator.REDUCE_YEARLY: "giảm bình quân {low} mỗi năm",
    TargetOperator.LEVEL: "còn {low}",
}


def _figure_text(value: Decimal | None, unit: str, padded: bool) -> str:
    if value is None:
        return formatting.MISSING
    is_count = "%" not in unit and unit != PERCENTAGE_POINTS and value == int(value)
    if is_count and padded:
        text = formatting.two_digits(int(value))
    else:
        text = formatting.number(value) if padded else cell_figure(value, unit)
    return formatting.with_unit(text, unit)


def cell_figure(value: Decimal | None, unit: str) -> str:
    """Write a promised figure for a table cell: a rate with a fraction has two decimals."""
    has_fraction = value is not None and value != value.to_integral_value()
    return formatting.number(value, 2 if "%" in unit and has_fraction else None)


def _is_worse(value: Decimal, than: Decimal, direction: Direction) -> bool:
    return value > than if direction == Direction.DOWN else value < than


def _is_bound(goal: Goal) -> bool:
    """A bound ("dưới", "không quá") is kept, not exceeded."""
    return goal.operator in {TargetOperator.BELOW, TargetOperator.AT_MOST}


def _baseline(goal: Goal) -> Decimal | None:
    if goal.baseline is None and goal.direction == Direction.UP:
        return Decimal(0)
    return goal.baseline


def _keeps_pace(goal: Goal, actual: Decimal, expected: Decimal | None) -> bool:
    return expected is not None and not _is_worse(actual, expected, goal.direction)


def _closeness(goal: Goal, actual: Decimal, judged_by: Decimal) -> Decimal:
    """Return how near a figure is, in percent: of the way, or of the figure itself.

    Where no way leads from the baseline (none known, or nothing to improve), the gap is measured
    against the figure that was to be kept.
    """
    baseline = _baseline(goal)
    if baseline is not None and _is_worse(baseline, judged_by, goal.direction):
        return (baseline - actual) * 100 / (baseline - judged_by)
    if judged_by == 0:
        return Decimal(0)
    return 100 - abs(actual - judged_by) * 100 / abs(judged_by)
