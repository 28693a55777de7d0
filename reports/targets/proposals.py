"""What is proposed for each village: the households nearest to leaving its list leave."""

from dataclasses import dataclass
from datetime import date

from households.ledger.selectors.exits import counts_of_candidates, exit_candidates
from povertyplan.core.models import Area
from projects.models import Target
from projects.targets.selectors import village_targets_of
from reports.figures.registry import CLASS_OF_QUERY, FigureRegistry


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
    goal = FigureRegistry(ward=ward, until=today).goal_of(target)
    left = None if goal is None else goal.most_left
    listed = [
        each
        for each in exit_candidates(ward=ward, on=today)
        if each.household.poverty_class == CLASS_OF_QUERY[indicator.query]
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
