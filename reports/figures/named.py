"""Every figure by its name."""

from collections.abc import Callable

from households.choices import PovertyClass

from . import classes, movements, promises
from .facts import WardFacts
from .figure import Figure

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
    "poor_decrease": movements.decrease(POOR),
    "poor_increase": movements.increase(POOR),
    "poor_reduction": movements.reduction(POOR),
    "near_poor_decrease": movements.decrease(NEAR_POOR),
    "near_poor_increase": movements.increase(NEAR_POOR),
    "near_poor_reduction": movements.reduction(NEAR_POOR),
    "village_count": village_count,
    "target": promises.target,
    "target_rate": promises.target_rate,
    "target_reduction": promises.target_reduction,
    "actual": promises.actual,
}
"""Name → function(book, name with parameters, parameters…) of every figure."""
