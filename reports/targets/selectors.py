"""The page of targets (chỉ tiêu): its rows, and what in them cannot agree."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse

from households.field_access import fields_throughout
from povertyplan.core.access.rules import may_open
from povertyplan.core.choices import Role
from povertyplan.core.journal.selectors import events_about
from povertyplan.core.models import Area, AuditEvent, User
from projects.models import Actual, Indicator, Target
from projects.rules.periods import periods_of
from projects.rules.progress import Goal
from projects.targets.selectors import (
    TargetRow,
    YearCell,
    actuals_of_year,
    goal_of,
    indicators_of,
    targets_of,
    village_sums,
)
from reports.figures import words
from reports.figures.facts import WardFacts
from reports.figures.links import list_opens, may_follow
from reports.figures.registry import CLASS_OF_QUERY, FigureRegistry
from reports.models import AssignedTarget, StandardBaseline
from reports.plans.checking.checked_facts import LintRule, PlanFacts, PlanFinding
from reports.plans.checking.target_facts import known_totals, target_fact
from reports.plans.plan_checks import check_plan

"""Operators whose figure is an exact promise, so that count and rate can be compared."""
VILLAGES = "reports:village_targets"
CONSISTENCY = (LintRule.TOTALS_DISAGREE, LintRule.KNOWN_TOTAL_DISAGREES)


@dataclass(frozen=True)
class EnterableRow:
    """A row, with the address where the viewer enters its figure ("" where they do not)."""

    row: TargetRow
    entry_url: str
    villages_url: str = ""


@dataclass(frozen=True)
class TargetTable:
    """Everything on the page; `years` are the columns, `year` is the one judged."""

    year: int
    baseline_year: int
    years: tuple[int, ...]
    rows: tuple[EnterableRow, ...]
    notes: tuple[str, ...]
    assigned: tuple[AssignedTarget, ...] = ()
    breaks: tuple[str, ...] = ()


def may_report(user: User, indicator: Indicator) -> bool:
    """Whether a user enters figures of an indicator: its unit does, and who consolidates."""
    owners = {indicator.owner_id} - {None}
    return any(
        grant.role == Role.COORDINATOR
        or (grant.role == Role.UNIT_REPORTER and grant.unit_id in owners)
        for grant in user.grants_in_use
        if indicator.ward.path.startswith(grant.area.path)
    )


def build_target_table(
    *, ward: Area, year: int | None, today: date, viewer: User | None = None
) -> TargetTable:
    """The targets of a ward with what was reached, judged for one year.

    Without a year it is the latest one with a result. Rows the viewer may report on in that
    year lead to the form.
    """
    book = FigureRegistry(ward=ward, until=today)
    year = year or book.latest_year(today.year) or today.year
    years = sorted({of_year for _, of_year in book.targets}) or [year]
    baseline_year = years[0] - 1
    book.load({*range(baseline_year, years[-1] + 1), year})
    rows = book.target_rows(
        year=year,
        today=today,
        indicators=indicators_of(ward),
    )
    assigned = assigned_targets(ward, year)
    return TargetTable(
        year=year,
        baseline_year=baseline_year,
        years=tuple(range(years[0], years[-1] + 1)),
        rows=tuple(
            EnterableRow(
                row, _entry_url(row, viewer, year, today), _villages_url(row, viewer, year)
            )
            for row in _closed_lists(viewer, ward, rows)
        ),
        notes=(
            *(finding.message for finding in consistency(book)),
            *villages_above_ward(ward, rows, year),
            *below_assigned(rows, assigned, year),
        ),
        assigned=tuple(assigned.values()),
        breaks=tuple(_broken_progress(book, rows, year)),
    )


def consistency(ward_facts: WardFacts) -> list[PlanFinding]:
    """Counts and rates that cannot be shares of one total, or not of the known one."""
    targets = ward_facts.targets.values()
    facts = PlanFacts(
        first_day=date.min,
        last_day=date.max,
        targets=tuple(map(target_fact, targets)),
        known_totals=known_totals(ward_facts, {target.year for target in targets}),
    )
    return [finding for finding in check_plan(facts) if finding.rule in CONSISTENCY]


def villages_above_ward(ward: Area, rows: Sequence[TargetRow], year: int) -> list[str]:
    """Targets of a year that the villages together would miss."""
    sums, found = village_sums(ward), []
    for row in rows:
        total, goal = sums.get((row.indicator.pk, year)), row.judged.goal
        if row.is_rate_of_count or total is None or goal is None or goal.most_left is None:
            continue
        if total > goal.most_left:
            found.append(words.villages_above_ward(row.indicator, year, total, goal.most_left))
    return found


def assigned_targets(ward: Area, year: int) -> dict[int, AssignedTarget]:
    """What the superior level asks of a ward for the end of a year, by indicator; one query."""
    rows = AssignedTarget.objects.in_force().filter(ward=ward, year=year)
    return {row.indicator_id: row for row in rows.select_related("indicator")}


def below_assigned(
    rows: Sequence[TargetRow], assigned: Mapping[int, AssignedTarget], year: int
) -> list[str]:
    """Targets of a year that ask less than the superior level does, or that are not set at all."""
    found = []
    for row in rows:
        given = assigned.get(row.indicator.pk)
        asked = _asked_goal(row, given) if given else None
        if asked is None or asked.worst_met is None:
            continue
        own = row.judged.goal
        if own is None:
            found.append(words.not_set_though_assigned(row.name, year, asked, row.unit))
        elif own.worst_met is not None and _asks_less(own, asked):
            found.append(words.below_assigned(row.name, year, own, asked, row.unit))
    return found


def _broken_progress(book: FigureRegistry, rows: Sequence[TargetRow], year: int) -> Iterator[str]:
    """What a change of the standard means to each target of a year that has one."""
    standard = book.standard_of(year)
    for row in rows:
        if row.broke_in is None or row.judged.goal is None or standard is None:
            continue
        has_baseline = row.baseline is not None
        yield words.broken_progress(
            row.name, row.broke_in, str(standard), has_baseline=has_baseline
        )


def baselines_of(indicator: Indicator) -> list[StandardBaseline]:
    """From where an indicator starts under each standard that was given one."""
    rows = StandardBaseline.objects.filter(indicator=indicator).select_related("standard")
    return list(rows.order_by("standard__valid_from"))


def _asked_goal(row: TargetRow, given: AssignedTarget) -> Goal | None:
    """What the superior asks of a row, from the baseline of the ward's own target."""
    goal = goal_of(given, row.indicator, None, rate=row.is_rate_of_count)
    own = row.judged.goal
    if goal is None:
        return None
    baseline = row.baseline.value if row.baseline else None
    return replace(goal, baseline=baseline, years=own.years if own else 1)


def _asks_less(own: Goal, asked: Goal) -> bool:
    if own.worst_met is None or asked.worst_met is None:
        return False
    worst = own.worst_met - asked.worst_met
    return worst > 0 if asked.falls else worst < 0


def _entry_url(row: TargetRow, viewer: User | None, year: int, today: date) -> str:
    """Where the figure of a row is entered; "" where it is computed, to come or not theirs."""
    is_open = not row.indicator.query and row.judged.goal is not None and year <= today.year
    if viewer is None or not is_open or not may_report(viewer, row.indicator):
        return ""
    return reverse("reports:actual_edit", args=[row.indicator.pk, year])


def _villages_url(row: TargetRow, viewer: User | None, year: int) -> str:
    """Where the target of a row is shared out among the villages; "" where it is not theirs."""
    is_of_households = row.indicator.query in CLASS_OF_QUERY and not row.is_rate_of_count
    if viewer is None or not is_of_households or row.judged.goal is None:
        return ""
    if not may_open(viewer, VILLAGES, area=row.indicator.ward, writing=True):
        return ""
    return reverse(VILLAGES, args=[row.indicator.pk, year])


def _closed_lists(
    viewer: User | None, ward: Area, rows: Sequence[TargetRow]
) -> Sequence[TargetRow]:
    """The rows without links to lists that the viewer could not narrow."""
    fields = fields_throughout(viewer, ward) if viewer is not None else frozenset()

    def closed(cell: YearCell) -> YearCell:
        if cell.reached is None or not cell.reached.url:
            return cell
        is_open = viewer is None or may_follow(viewer, cell.reached.url, ward)
        if is_open and list_opens(cell.reached.url, fields):
            return cell
        return replace(cell, reached=replace(cell.reached, url=""))

    return [replace(row, cells=tuple(map(closed, row.cells))) for row in rows]


def targets_to_export(ward: Area, year: int, indicators: Sequence[Indicator]) -> list[Target]:
    """Every target in force of the whole ward, and a line for what a year promises nothing of."""
    standing = targets_of(ward)
    blank = [
        Target(ward=ward, area=ward, indicator=each, year=year)
        for each in indicators
        if (each.pk, year) not in standing
    ]
    return sorted([*standing.values(), *blank], key=lambda row: (row.indicator.order, row.year))


def actuals_to_export(
    ward: Area, year: int, viewer: User, indicators: Sequence[Indicator]
) -> list[Actual]:
    """What units report of a year, a line a period, for the indicators that the viewer enters.

    Periods that nobody reported are lines without a figure.
    """
    reported = {(row.indicator_id, row.period): row for row in actuals_of_year(ward, year)}
    promised = {indicator for indicator, of_year in targets_of(ward) if of_year == year}
    return [
        reported.get((each.pk, period))
        or Actual(ward=ward, area=ward, indicator=each, year=year, period=period)
        for each in indicators
        if not each.query and each.pk in promised and may_report(viewer, each)
        for period in periods_of(each.period)
    ]


@dataclass(frozen=True)
class TargetHistory:
    """Every target of an indicator, also those that were replaced, and the acts on all of them."""

    versions: tuple[Target, ...]
    events: tuple[AuditEvent, ...]


def target_history(indicator: Indicator) -> TargetHistory:
    """What was promised of an indicator for its whole ward: by year, the newest version first."""
    rows = Target.objects.filter(indicator=indicator, area=indicator.ward)
    versions = tuple(rows.select_related("indicator", "superseded_by").order_by("-year", "-pk"))
    about = [*events_about(indicator), *events_about(*versions)]
    events = sorted(about, key=lambda event: (event.at, event.pk), reverse=True)
    return TargetHistory(versions, tuple(events))
