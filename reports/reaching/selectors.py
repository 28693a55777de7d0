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
from projects.rules.eligibility import RecipientFacts, eligible
from reports.figures.registry import CLASS_OF_QUERY, FigureRegistry


@dataclass(frozen=True)
class Remedy:
    """A kind of support that removes a deprivation, and who gives it."""

    kind: SupportKind
    providers: tuple[SupportProvider, ...]

    @property
    def units(self) -> frozenset[str]:
        return frozenset(name for each in self.providers for name in each.units)


@dataclass(frozen=True)
class BlockingDeprivation:
    """A deprivation that holds a household; `promised` is what was approved and not given yet."""

    indicator: IndicatorRule
    remedies: tuple[Remedy, ...]
    promised: Support | None = None


@dataclass(frozen=True)
class ReachingLine:
    """A household with what holds it. `leaves` once everything that was approved is given."""

    candidate: ExitCandidate
    blocking: tuple[BlockingDeprivation, ...]
    leaves: bool = False

    @property
    def units(self) -> frozenset[str]:
        found = [remedy.units for each in self.blocking for remedy in each.remedies]
        return frozenset().union(*found)


@dataclass(frozen=True)
class TargetOutlook:
    """How many households a target leaves, there are, and would be once all approved is given.

    `left` is None where the year has no such target. `meeting` are those whose form waits to be
    recognised and has them off the list, `leaving` others that what was approved takes off it.
    """

    poverty_class: PovertyClass
    left: int | None
    target: Target | None
    households: int
    meeting: int
    leaving: int

    @property
    def to_leave(self) -> int | None:
        return None if self.left is None else max(0, self.households - self.left)

    @property
    def short(self) -> int | None:
        """How many more would have to leave."""
        if self.to_leave is None:
            return None
        return max(0, self.to_leave - self.meeting - self.leaving)


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
    remedies = _remedies(ward, poverty_class, reader, today)
    promised = _promised([each.pk for each in candidates], reader)
    lines = tuple(_line(each, remedies, promised.get(each.pk, {})) for each in candidates)
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
) -> ReachingLine:
    if candidate.distance is None:
        return ReachingLine(candidate, ())
    blocking = tuple(
        BlockingDeprivation(each, tuple(remedies.get(each.number, ())), promised.get(each.number))
        for each in candidate.distance.blocking
    )
    removed = [each.indicator.number for each in blocking if each.promised]
    # A near-poor household leaves by its income alone: no support given makes that sure.
    leaves = (
        bool(removed)
        and not candidate.meets
        and candidate.distance.removals is not None
        and leaves_when(candidate.distance.blocking, removed, candidate.poor_from_points)
    )
    return ReachingLine(candidate, blocking, leaves)


def _remedies(
    ward: Area, poverty_class: PovertyClass, reader: User, on: date
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
            remedy = Remedy(support, tuple(providers_of(support, projects)))
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
    )


def _due(ward: Area, today: date) -> date:
    """The last day of the review that runs; without one that of the year."""
    running = ReviewCampaign.objects.filter(
        ward=ward, kind=CampaignKind.ANNUAL, stage=CampaignStage.OPEN, year=today.year
    ).first()
    return running.closes_on if running else date(today.year, 12, 31)
