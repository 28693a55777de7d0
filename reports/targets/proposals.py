"""What is proposed for each village: the households nearest to leaving its list leave."""

from dataclasses import dataclass
from datetime import date

from households.ledger.selectors.exits import counts_of_candidates, exit_candidates
from povertyplan.core.models import Area
from projects.models import Target
from projects.rules.progress import Goal
from projects.targets.selectors import goal_of, village_targets_of
from reports.figures.registry import FigureRegistry

CLASS_OF = {"poor_households": "poor", "near_poor_households": "near_poor"}


@dataclass(frozen=True)
class VillageProposal:
    """A village with what it has today and would have left, and the target that stands."""

    village: Area
    households: int
    left: int | None
    standing: Target | None


@dataclass(frozen=True)
class VillageProposals:
    """`ward_left` is what the target of the ward leaves; None where that is not a number."""

    ward_left: int | None
    villages: tuple[VillageProposal, ...]

    @property
    def households(self) -> int:
        return sum(each.households for each in self.villages)


def village_proposals(*, target: Target, today: date) -> VillageProposals:
    """The villages of the ward with what is proposed for each of a target of households."""
    indicator, ward = target.indicator, target.ward
    left = _left(FigureRegistry(ward=ward, until=today), target)
    listed = [
        each
        for each in exit_candidates(ward=ward, on=today)
        if each.household.poverty_class == CLASS_OF[indicator.query]
    ]
    now = counts_of_candidates(listed)
    going = [] if left is None else listed[: max(0, len(listed) - left)]
    leaving = counts_of_candidates(going)
    standing = village_targets_of(indicator, target.year)
    villages = Area.objects.villages_of(ward)
    return VillageProposals(
        ward_left=left,
        villages=tuple(
            VillageProposal(
                village=each,
                households=now[each.pk],
                left=None if left is None else now[each.pk] - leaving[each.pk],
                standing=standing.get(each.pk),
            )
            for each in villages
        ),
    )


def _left(facts: FigureRegistry, target: Target) -> int | None:
    goal = ward_goal(facts, target)
    return None if goal is None or goal.worst_met is None else int(goal.worst_met)


def ward_goal(facts: FigureRegistry, target: Target) -> Goal | None:
    """What a target of the ward asks, with its baseline."""
    years = [year for key, year in facts.targets if key == target.indicator_id]
    first = min(years, default=target.year)
    before = facts.reached(target.indicator, first - 1)
    baseline = before.value if before else target.indicator.baseline
    return goal_of(target, target.indicator, baseline, years=target.year - first + 1)
