"""How far a household is from leaving its list, by its last form. Pure; it changes no class."""

from collections.abc import Iterable
from dataclasses import dataclass

from households.choices import PovertyClass
from households.rules.classification import IndicatorRule, StandardRules


@dataclass(frozen=True)
class ExitDistance:
    """What a household lacks to leave its list.

    `missing_points` of B1 take it above the income line, and off both lists. Without
    `removals` fewer deprivations a poor household is near-poor; a near-poor one leaves by its
    income alone, and has None. `blocking` are its deprivations.
    """

    missing_points: int
    removals: int | None
    nearest: int
    blocking: tuple[IndicatorRule, ...]


def exit_distance(
    standard: StandardRules,
    setting: str,
    poverty_class: str,
    income_score: int,
    deprivations: Iterable[int],
) -> ExitDistance:
    """The two ways off a list, and the shorter of them in points.

    Raises a ScoreRefused where the standard has no line for the setting, or not these indicators.
    """
    line = standard.score_line(setting)
    blocking = tuple(standard.deprived_indicators(deprivations))
    missing = max(0, line - income_score + 1)
    if poverty_class != PovertyClass.POOR:
        return ExitDistance(missing, None, missing, blocking)
    excess = sum(each.points for each in blocking) - standard.poor_from_points
    removals = fewest_removals(blocking, standard.poor_from_points)
    return ExitDistance(missing, removals, min(missing, max(0, excess + 1)), blocking)


def fewest_removals(blocking: Iterable[IndicatorRule], poor_from_points: int) -> int:
    """How many deprivations have to go before the points are fewer than those of the poor.

    >>> three = [IndicatorRule(n, "", "", 10) for n in (1, 5, 9)]
    >>> fewest_removals(three, 30), fewest_removals(three[:2], 30)
    (1, 0)
    """
    points = sorted((each.points for each in blocking), reverse=True)
    left, removed = sum(points), 0
    while left >= poor_from_points and removed < len(points):
        left -= points[removed]
        removed += 1
    return removed


def leaves_when(
    blocking: Iterable[IndicatorRule], removed: Iterable[int], poor_from_points: int
) -> bool:
    """Whether a poor household has too few points once some of its deprivations are gone."""
    gone = set(removed)
    return sum(each.points for each in blocking if each.number not in gone) < poor_from_points
