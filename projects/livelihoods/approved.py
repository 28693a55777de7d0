"""The approved livelihood projects of a ward, as figures count them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from povertyplan.core.models import Area
from projects.choices import LivelihoodStage
from projects.models import Livelihood, LivelihoodMember, LivelihoodStep
from projects.rules.livelihoods import counts_in_year


@dataclass(frozen=True)
class CountedLivelihood:
    """An approved one with its days, and the households of the register that took part."""

    pk: int
    days: dict[str, date]
    years: tuple[int, int]
    stopped_on: date | None
    members: tuple[tuple[int, date, date | None], ...]

    @property
    def approved_on(self) -> date:
        return self.days[LivelihoodStage.APPROVED]

    def counts_in(self, year: int, until: date) -> bool:
        return counts_in_year(
            self.days, years=self.years, stopped_on=self.stopped_on, year=year, until=until
        )

    def households_in(self, year: int, until: date) -> frozenset[int]:
        """Those that were in it on some day of a year, up to a day."""
        return frozenset(
            household
            for household, joined_on, left_on in self.members
            if joined_on <= until and (left_on is None or left_on.year >= year)
        )


def approved_livelihoods(ward: Area) -> list[CountedLivelihood]:
    days: dict[int, dict[str, date]] = defaultdict(dict)
    steps = LivelihoodStep.objects.standing().filter(ward=ward)
    for livelihood, stage, on in steps.values_list("livelihood_id", "stage", "on"):
        days[livelihood][stage] = on
    approved = [pk for pk, known in days.items() if LivelihoodStage.APPROVED in known]
    members: dict[int, list[tuple[int, date, date | None]]] = defaultdict(list)
    rows = LivelihoodMember.objects.filter(livelihood__in=approved, household__isnull=False)
    for pk, household, joined_on, left_on in rows.values_list(
        "livelihood_id", "household_id", "joined_on", "left_on"
    ):
        if household is not None:
            members[pk].append((household, joined_on, left_on))
    found = Livelihood.objects.filter(pk__in=approved)
    return [
        CountedLivelihood(pk, days[pk], (first, last), stopped_on, tuple(members[pk]))
        for pk, first, last, stopped_on in found.values_list(
            "pk", "year_from", "year_to", "stopped_on"
        )
    ]
