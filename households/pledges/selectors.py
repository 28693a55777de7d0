"""Who registered to escape poverty in a year, who helps them, who was there, what came of it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from households.choices import PledgeResult
from households.ledger.known import KnownPeriods
from households.ledger.selectors.known import known_periods
from households.ledger.selectors.members import memberships_on
from households.models import EscapePledge, HelperVisit, Household, HouseholdHelper, HouseholdStatus
from households.models.household import HouseholdQuerySet
from households.rules.people.pledges import is_visit_due, pledge_result
from povertyplan.core.models import Area

KEPT = (PledgeResult.KEPT, PledgeResult.KEPT_TO_NEAR_POOR)


@dataclass(frozen=True)
class PledgeFilter:
    """Which lines are asked for; an empty condition holds for all."""

    helped_by: str = ""
    state: str = ""


@dataclass(frozen=True)
class HelpedPledge:
    """A household that registered, with who helps it and when it was visited. Personal."""

    pledge: EscapePledge
    helpers: tuple[HouseholdHelper, ...]
    visits: int
    last_visit: date | None


@dataclass(frozen=True)
class PledgeLine(HelpedPledge):
    """The same with what came of it. Personal."""

    head_name: str
    result: PledgeResult
    today: date

    @property
    def household(self) -> Household:
        return self.pledge.household

    @property
    def is_waiting(self) -> bool:
        return self.result == PledgeResult.WAITING

    @property
    def lacks_helper(self) -> bool:
        return self.is_waiting and not self.helpers

    @property
    def lacks_visit(self) -> bool:
        due = is_visit_due(self.pledge.pledged_on, self.last_visit, self.today)
        return self.is_waiting and due


@dataclass(frozen=True)
class PledgeTotals:
    """How many households registered for a year, and how they stand; withdrawn ones apart."""

    pledged: int
    without_helper: int
    without_visit: int
    waiting: int
    kept: int
    not_kept: int
    withdrawn: int


@dataclass(frozen=True)
class HelperLine:
    """Somebody who helps, and whom. Personal."""

    name: str
    organisation: str
    lines: tuple[PledgeLine, ...]
    last_visit: date | None


def pledges_of(households: HouseholdQuerySet) -> QuerySet[EscapePledge]:
    rows = EscapePledge.objects.filter(household__in=households)
    return rows.select_related("household__village", "ward")


def pledge_years(ward: Area) -> list[int]:
    """The years for which households of a ward registered, the latest first; one query."""
    rows = EscapePledge.objects.filter(ward=ward).order_by("-year")
    return list(rows.values_list("year", flat=True).distinct())


def pledge_lines(
    pledges: QuerySet[EscapePledge], *, known: KnownPeriods, today: date
) -> list[PledgeLine]:
    """Some pledges of a ward as lines, by village and code; five queries."""
    rows = list(
        pledges.order_by(
            "household__village__order",
            "household__village__sort_key",
            "household__village",
            "household__code",
            "-year",
            "pk",
        )
    )
    keys = [row.household_id for row in rows]
    if not rows:
        return []
    heads = memberships_on(keys, today, or_last=True).filter(is_head=True)
    names = dict(heads.values_list("household_id", "person__full_name"))
    results = _results(rows, known, today)
    return [
        PledgeLine(
            **vars(each),
            head_name=names.get(each.pledge.household_id, ""),
            result=results[each.pledge.pk],
            today=today,
        )
        for each in helped_pledges(rows)
    ]


def helped_pledges(rows: Sequence[EscapePledge]) -> list[HelpedPledge]:
    """Some pledges with who helps now and the visits that count; two queries."""
    helpers = defaultdict(list)
    for helper in HouseholdHelper.objects.filter(pledge__in=rows, ended_on=None):
        helpers[helper.pledge_id].append(helper)
    visits = defaultdict(list)
    days = HelperVisit.objects.standing().filter(pledge__in=rows)
    for pledge, visited_on in days.values_list("pledge_id", "visited_on"):
        visits[pledge].append(visited_on)
    return [
        HelpedPledge(
            pledge=row,
            helpers=tuple(helpers[row.pk]),
            visits=len(visits[row.pk]),
            last_visit=max(visits[row.pk], default=None),
        )
        for row in rows
    ]


def result_of(pledge: EscapePledge, *, today: date) -> PledgeResult:
    """What came of one pledge; its household and ward are read with it."""
    return _results([pledge], known_periods(pledge.ward), today)[pledge.pk]


def _results(
    rows: Sequence[EscapePledge], known: KnownPeriods, today: date
) -> dict[int, PledgeResult]:
    classes: dict[tuple[int, int], str] = {}
    for year in {row.year for row in rows}:
        if (day := known.closing_day(year, today)) is None:
            continue
        keys = [row.household_id for row in rows if row.year == year]
        spells = HouseholdStatus.objects.in_force(on=day).filter(household__in=keys)
        for household, poverty_class in spells.values_list("household_id", "poverty_class"):
            classes[household, year] = poverty_class
    return {
        row.pk: pledge_result(
            row.from_class,
            classes.get((row.household_id, row.year)),
            is_known=known.knows_year(row.year, today, row.household.village_id),
            is_withdrawn=row.withdrawn_on is not None,
            has_left=row.household.closed_on is not None,
        )
        for row in rows
    }


def lines_asked(lines: Iterable[PledgeLine], asked: PledgeFilter) -> list[PledgeLine]:
    """Those lines that a filter leaves."""
    return [line for line in lines if _is_asked_for(line, asked)]


def _is_asked_for(line: PledgeLine, asked: PledgeFilter) -> bool:
    if asked.helped_by and asked.helped_by not in {each.organisation for each in line.helpers}:
        return False
    match asked.state:
        case "":
            return True
        case "no_helper":
            return line.lacks_helper
        case "no_visit":
            return line.lacks_visit
        case "kept":
            return line.result in KEPT
    return line.result == asked.state


def totals_of_lines(lines: Sequence[PledgeLine]) -> PledgeTotals:
    results = [line.result for line in lines]
    withdrawn = results.count(PledgeResult.WITHDRAWN)
    return PledgeTotals(
        pledged=len(lines) - withdrawn,
        without_helper=sum(line.lacks_helper for line in lines),
        without_visit=sum(line.lacks_visit for line in lines),
        waiting=results.count(PledgeResult.WAITING),
        kept=sum(results.count(each) for each in KEPT),
        not_kept=results.count(PledgeResult.NOT_KEPT),
        withdrawn=withdrawn,
    )


def helper_lines(lines: Iterable[PledgeLine]) -> list[HelperLine]:
    """Who helps whom, those with most households first."""
    helped: dict[tuple[str, str], list[PledgeLine]] = defaultdict(list)
    for line in lines:
        for helper in line.helpers:
            helped[helper.name, helper.organisation].append(line)
    found = [
        HelperLine(
            name=name,
            organisation=organisation,
            lines=tuple(own),
            last_visit=max((line.last_visit for line in own if line.last_visit), default=None),
        )
        for (name, organisation), own in helped.items()
    ]
    return sorted(found, key=lambda each: (-len(each.lines), each.organisation, each.name))


def organisations_of(helpers: QuerySet[HouseholdHelper]) -> list[str]:
    """The organisations of those who still help; one query."""
    rows = helpers.filter(ended_on=None).order_by("organisation")
    return list(rows.values_list("organisation", flat=True).distinct())
