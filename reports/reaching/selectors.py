"""The households nearest to leaving a list, with the supports that remove what holds them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from households.choices import CampaignKind, CampaignStage, PovertyClass
from households.ledger.exits import leaves_when
from households.ledger.selectors.exits import ExitCandidate, exit_candidates
from households.models import NeedKind, ReviewCampaign
from households.rules.classification import IndicatorRule
from povertyplan.core.models import Area, User
from projects.choices import Eligibility, SupportState
from projects.gaps.selectors.household import (
    SupportProvider,
    projects_carried_out,
    providers_of,
)
from projects.gaps.selectors.overview import fetch_supports
from projects.models import Support, SupportKind, Target
from projects.programme.selectors.activities import open_activities
from projects.rules.eligibility import RecipientFacts, eligible
from reports.figures.registry import CLASS_OF_QUERY, FigureRegistry


@dataclass(frozen=True)
class Remedy:
    """A kind of support that removes a deprivation, and who gives it.

    `dues` are by project the last day of its open activities of the year; without one the project
    has none, and when it gives is not known.
    """

    kind: SupportKind
    providers: tuple[SupportProvider, ...]
    dues: Mapping[int, date]

    @property
    def units(self) -> frozenset[str]:
        return frozenset(name for each in self.providers for name in each.units)


@dataclass(frozen=True)
class BlockingDeprivation:
    """A deprivation that holds a household; `promised` is what was approved and not given yet.

    `promised_due` is the last day of the open activities of its project; None where not known.
    """

    indicator: IndicatorRule
    remedies: tuple[Remedy, ...]
    promised: Support | None = None
    promised_due: date | None = None

    @property
    def is_listed(self) -> bool:
        """Whether some act that removes it is named."""
        return self.promised is not None or any(each.providers for each in self.remedies)


@dataclass(frozen=True)
class ReachingLine:
    """A household with what holds it. `leaves` once everything that was approved is given.

    `could_leave` once every act that is named beside it is done, approved or not.
    """

    candidate: ExitCandidate
    blocking: tuple[BlockingDeprivation, ...]
    leaves: bool = False
    could_leave: bool = False

    @property
    def units(self) -> frozenset[str]:
        found = [remedy.units for each in self.blocking for remedy in each.remedies]
        return frozenset().union(*found)


@dataclass(frozen=True)
class TargetOutlook:
    """How many households a target leaves, there are, and would be once all approved is given.

    `left` is None where the year has no such target. `meeting` are those whose form waits to be
    recognised and has them off the list, `leaving` others that what was approved takes off it,
    `could_leave` those and others that every act which is named would take off it.
    """

    poverty_class: PovertyClass
    left: int | None
    target: Target | None
    households: int
    meeting: int
    leaving: int
    could_leave: int = 0

    @property
    def to_leave(self) -> int | None:
        return None if self.left is None else max(0, self.households - self.left)

    @property
    def short(self) -> int | None:
        """How many more would have to leave."""
        return self._short_after(self.leaving)

    @property
    def short_of_all(self) -> int | None:
        """How many more would have to leave once every named act is done."""
        return self._short_after(self.could_leave)

    def _short_after(self, leaving: int) -> int | None:
        if self.to_leave is None:
            return None
        return max(0, self.to_leave - self.meeting - leaving)


@dataclass(frozen=True)
class ReachingPlan:
    """Everything on the page of one list; `due` is the day by which the review looks."""

    outlook: TargetOutlook
    lines: tuple[ReachingLine, ...]
    units: tuple[str, ...]
    due: date

    def narrowed(self, village: Area | None, unit: str) -> list[ReachingLine]:
        return [
            line
            for line in self.lines
            if (village is None or line.candidate.village == village)
            and (not unit or unit in line.units)
        ]


def reaching_plan(
    *, ward: Area, poverty_class: PovertyClass, reader: User, today: date
) -> ReachingPlan:
    """The households of a list, the nearest to leaving it first; the same queries for any number.

    Of the kinds of support it names those that the reader sees.
    """
    candidates = [
        each
        for each in exit_candidates(ward=ward, on=today)
        if each.household.poverty_class == poverty_class
    ]
    dues = _dues_of_projects(ward, today)
    remedies = _remedies(ward, poverty_class, reader, today, dues)
    promised = _promised([each.pk for each in candidates], reader)
    lines = tuple(_line(each, remedies, promised.get(each.pk, {}), dues) for each in candidates)
    return ReachingPlan(
        outlook=_outlook(ward, poverty_class, today, lines),
        lines=lines,
        units=tuple(sorted(frozenset().union(*(line.units for line in lines)))),
        due=_due(ward, today),
    )


def _line(
    candidate: ExitCandidate,
    remedies: Mapping[int, Sequence[Remedy]],
    promised: Mapping[int, Support],
    dues: Mapping[int, date],
) -> ReachingLine:
    if candidate.distance is None:
        return ReachingLine(candidate, ())
    blocking = tuple(
        BlockingDeprivation(
            indicator=each,
            remedies=tuple(remedies.get(each.number, ())),
            promised=(support := promised.get(each.number)),
            promised_due=dues.get(support.ward_project_id or 0) if support else None,
        )
        for each in candidate.distance.blocking
    )
    approved = [each.indicator.number for each in blocking if each.promised]
    named = [each.indicator.number for each in blocking if each.is_listed]
    return ReachingLine(
        candidate, blocking, _leaves(candidate, approved), _leaves(candidate, named)
    )


def _leaves(candidate: ExitCandidate, removed: Sequence[int]) -> bool:
    """Whether removing some deprivations takes a household off the list that is still on it."""
    distance = candidate.distance
    # A near-poor household leaves by its income alone: no support given makes that sure.
    if not removed or candidate.meets or distance is None or distance.removals is None:
        return False
    return leaves_when(distance.blocking, removed, candidate.poor_from_points)


def _dues_of_projects(ward: Area, today: date) -> dict[int, date]:
    """By project the last day by which its open activities of the year are to be done."""
    rows = open_activities(ward=ward, until=date(today.year, 12, 31))
    found: dict[int, date] = {}
    for row in rows:
        if row.year == today.year and row.due_on is not None:
            found[row.ward_project_id] = max(row.due_on, found.get(row.ward_project_id, row.due_on))
    return found


def _remedies(
    ward: Area, poverty_class: PovertyClass, reader: User, on: date, dues: Mapping[int, date]
) -> dict[int, list[Remedy]]:
    """By number of a deprivation what removes it for a class on a day, from which projects."""
    facts = RecipientFacts(poverty_class=poverty_class)
    kinds = list(NeedKind.objects.of_ward(ward).offered().prefetch_related("indicators"))
    fetch_supports(kinds, ward, reader)
    projects = list(projects_carried_out(ward, on))
    found: dict[int, dict[int, Remedy]] = defaultdict(dict)
    for kind in kinds:
        numbers = {indicator.number for indicator in kind.indicators.all()}
        for support in kind.support_kinds.all():
            if eligible(support, facts, on).verdict == Eligibility.NO:
                continue
            remedy = Remedy(support, tuple(providers_of(support, projects)), dues)
            for number in numbers:
                found[number][support.pk] = remedy
    return {number: list(own.values()) for number, own in found.items()}


def _promised(households: Iterable[int], reader: User) -> dict[int, dict[int, Support]]:
    """By household, by number of a deprivation, what was approved for it and is to be given."""
    rows = (
        Support.objects.visible_to(reader)
        .standing()
        .filter(household__in=list(households), state=SupportState.PROMISED)
    )
    found: dict[int, dict[int, Support]] = defaultdict(dict)
    for row in rows.select_related("kind").prefetch_related("kind__needs__indicators"):
        for need in row.kind.needs.all():
            for indicator in need.indicators.all():
                found[row.household_id][indicator.number] = row
    return found


def _outlook(
    ward: Area, poverty_class: PovertyClass, today: date, lines: Sequence[ReachingLine]
) -> TargetOutlook:
    book = FigureRegistry(ward=ward, until=today)
    target = next(
        (
            each
            for each in book.targets.values()
            if each.year == today.year and CLASS_OF_QUERY.get(each.indicator.query) == poverty_class
        ),
        None,
    )
    goal = None if target is None else book.goal_of(target)
    left = None if goal is None else goal.most_left
    return TargetOutlook(
        poverty_class,
        left,
        target,
        households=len(lines),
        meeting=sum(line.candidate.meets for line in lines),
        leaving=sum(line.leaves for line in lines),
        could_leave=sum(line.could_leave for line in lines),
    )


def _due(ward: Area, today: date) -> date:
    """The last day of the review that runs; without one that of the year."""
    running = ReviewCampaign.objects.filter(
        ward=ward, kind=CampaignKind.ANNUAL, stage=CampaignStage.OPEN, year=today.year
    ).first()
    return running.closes_on if running else date(today.year, 12, 31)
