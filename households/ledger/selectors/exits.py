"""The households on the two lists with how far each is from leaving its list."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from households.choices import WITHOUT_RESULT
from households.ledger.exits import ExitDistance, exit_distance
from households.ledger.selectors.listed_households import ListedHousehold, listed_households
from households.ledger.selectors.standards import standards_with_rules
from households.models import Review
from households.rules.classification import ScoreRefused, StandardRules
from povertyplan.core.models import Area


@dataclass(frozen=True)
class ExitCandidate:
    """A household on a list; `distance` is None where no form tells it. Personal, sensitive.

    `meets` where its form of a review without result has it off the list already.
    """

    household: ListedHousehold
    village: Area
    year: int | None
    distance: ExitDistance | None
    poor_from_points: int = 0
    meets: bool = False

    @property
    def pk(self) -> int:
        return self.household.pk

    @property
    def head_name(self) -> str:
        return self.household.head.full_name if self.household.head else ""

    @property
    def order(self) -> tuple:
        """The nearest first; those of whom nothing is known last."""
        far = self.distance.nearest if self.distance else 0
        return (self.distance is None, far, self.village.sort_key, self.household.code)


def exit_candidates(*, ward: Area, on: date) -> list[ExitCandidate]:
    """The poor and near-poor households of a day, the nearest to leaving first.

    Each is looked at by its latest entered form. Seven queries.
    """
    households = listed_households(area=ward, on=on)
    villages = {each.pk: each for each in Area.objects.filter(parent=ward)}
    rules = {standard.pk: found for standard, found in standards_with_rules()}
    forms = _latest_forms([each.pk for each in households], on)
    found = [
        _candidate(each, villages[each.village], forms.get(each.pk), rules) for each in households
    ]
    return sorted(found, key=lambda each: each.order)


def counts_of_candidates(candidates: Iterable[ExitCandidate]) -> Counter[int]:
    """How many there are in each village."""
    return Counter(each.village.pk for each in candidates)


def _latest_forms(households: Iterable[int], on: date) -> dict[int, Review]:
    rows = Review.objects.done().filter(household__in=list(households), campaign__year__lte=on.year)
    ordered = rows.select_related("campaign").order_by("campaign__year", "pk")
    return {row.household_id: row for row in ordered}


def _candidate(
    household: ListedHousehold,
    village: Area,
    form: Review | None,
    rules: dict[int, StandardRules],
) -> ExitCandidate:
    if form is None or form.income_score is None:
        return ExitCandidate(household, village, None, None)
    standard = rules[form.campaign.standard_id]
    try:
        distance = exit_distance(
            standard,
            village.setting,
            household.poverty_class,
            form.income_score,
            form.deprivations,
        )
    except ScoreRefused:
        return ExitCandidate(household, village, form.campaign.year, None)
    return ExitCandidate(
        household,
        village,
        form.campaign.year,
        distance,
        standard.poor_from_points,
        meets=distance.nearest == 0 and form.campaign.stage in WITHOUT_RESULT,
    )
