"""Every figure by its name."""

from collections.abc import Callable

from households.choices import PovertyClass

from . import classes, targets, transitions
from .facts import WardFacts
from .figure import HOUSEHOLDS, PERCENT, Figure
from .queries.catalogue import NAMED_QUERIES

POOR, NEAR_POOR = PovertyClass.POOR, PovertyClass.NEAR_POOR


def village_count(facts: WardFacts, name: str) -> Figure:
    source = f"Danh mục địa bàn của {facts.ward}"
    return Figure(name, facts.village_count, "thôn, tổ dân phố", source=source)


FIGURES: dict[str, Callable[..., Figure]] = {
    "poor_households": classes.households(POOR),
    "near_poor_households": classes.households(NEAR_POOR),
    "poor_percent": classes.percent(POOR),
    "near_poor_percent": classes.percent(NEAR_POOR),
    "total_households": classes.total_households,
    "newly_escaped_households": classes.newly_escaped_households,
    "not_deprived_percent": classes.not_deprived_percent,
    "poor_decrease": transitions.decrease(POOR),
    "poor_increase": transitions.increase(POOR),
    "poor_reduction": transitions.reduction(POOR),
    "near_poor_decrease": transitions.decrease(NEAR_POOR),
    "near_poor_increase": transitions.increase(NEAR_POOR),
    "near_poor_reduction": transitions.reduction(NEAR_POOR),
    "village_count": village_count,
    "target": targets.target,
    "target_rate": targets.target_rate,
    "target_reduction": targets.target_reduction,
    "actual": targets.actual,
    **{name: query.figure for name, query in NAMED_QUERIES.items()},
    "estimate": targets.estimate,
}
"""Name → function(book, name with parameters, parameters…) of every figure."""


def unit_of(name: str) -> str:
    """What the number of a query is counted in."""
    if name in NAMED_QUERIES:
        return NAMED_QUERIES[name].unit
    return PERCENT if name.endswith("_percent") else HOUSEHOLDS
