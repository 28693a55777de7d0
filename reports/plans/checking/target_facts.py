"""What the checks of a plan need to know of targets and of totals."""

from collections.abc import Iterable

from households.ledger.known import year_end
from projects.choices import Measure, TargetOperator
from projects.models import Target
from reports.figures.facts import WardFacts
from reports.plans.checking.checked_facts import TargetFact

EXACT = (TargetOperator.EQUAL, TargetOperator.LEVEL)


def target_fact(target: Target) -> TargetFact:
    """What the linter needs to know of a target; a bound promises no exact figure."""
    indicator = target.indicator
    is_exact_count = indicator.measure == Measure.COUNT and target.operator in EXACT
    return TargetFact(
        name=indicator.name,
        owner=str(indicator.owner or ""),
        total=_total_name(target.year),
        count=int(target.low) if is_exact_count and target.low is not None else None,
        rate=target.rate if target.rate_operator in EXACT else None,
        measure_unit=indicator.measure_unit,
    )


def known_totals(facts: WardFacts, years: Iterable[int]) -> dict[str, int]:
    """The populations that were given for the very day; one of another year proves nothing."""
    given = {day: facts.population(day) for day in map(year_end, sorted(years))}
    return {
        _total_name(day.year): population.households
        for day, population in given.items()
        if population is not None and population.on == day
    }


def _total_name(year: int) -> str:
    return f"hộ dân cư cuối năm {year}"
