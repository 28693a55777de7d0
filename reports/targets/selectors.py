"""The page of targets (chỉ tiêu): rows grouped by dimension, and what in them cannot agree."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import groupby

from django.urls import reverse

from households.access import fields_everywhere
from povertyplan.core.choices import Role
from povertyplan.core.models import Area, User
from povertyplan.core.text import formatting
from projects.choices import AchievementWord, ProgressKind
from projects.models import Indicator
from projects.targets.selectors import TargetRow, YearCell, cell_number, indicators_of
from reports.figures import words
from reports.figures.facts import WardFacts, year_end
from reports.figures.links import list_opens
from reports.figures.registry import FigureRegistry
from reports.plans.plan_checks import LintRule, PlanFacts, PlanFinding, check_plan
from reports.plans.target_facts import known_totals, target_fact

"""Operators whose figure is an exact promise, so that count and rate can be compared."""
CONSISTENCY = (LintRule.TOTALS_DISAGREE, LintRule.KNOWN_TOTAL_DISAGREES)
NO_GROUP = "Chỉ tiêu khác"


@dataclass(frozen=True)
class TargetLine:
    """A row as the page prints it; `percent` fills the bar (0-100), None draws none."""

    row: TargetRow
    baseline: str
    cells: tuple[YearCell, ...]
    standing: str
    word: AchievementWord
    percent: int | None
    progress: str
    source: str
    entry_url: str = ""


@dataclass(frozen=True)
class TargetGroup:
    label: str
    lines: tuple[TargetLine, ...]


@dataclass(frozen=True)
class TargetTable:
    """Everything on the page; `years` are the columns, `year` is the one judged."""

    year: int
    baseline_year: int
    years: tuple[int, ...]
    groups: tuple[TargetGroup, ...]
    notes: tuple[str, ...]


def may_report(user: User, indicator: Indicator) -> bool:
    """Whether a user enters figures of an indicator: its unit does, and who consolidates."""
    owners = {indicator.owner_id} - {None}
    return any(
        grant.role == Role.COORDINATOR
        or (grant.role == Role.UNIT_REPORTER and grant.unit_id in owners)
        for grant in user.grants_today
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
        today=year_end(year) if book.day_of(year) else today,
        indicators=indicators_of(ward),
    )
    return TargetTable(
        year=year,
        baseline_year=baseline_year,
        years=tuple(range(years[0], years[-1] + 1)),
        groups=tuple(_groups(_closed_lists(viewer, rows), _entry_url(viewer, year, today))),
        notes=tuple(finding.message for finding in consistency(book)),
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


def _entry_url(viewer: User | None, year: int, today: date) -> Callable[[TargetRow], str]:
    """Where the figure of a row is entered; "" where it is computed, to come or not theirs."""

    def url_of(row: TargetRow) -> str:
        indicator = row.indicator
        is_open = not indicator.query and row.judged.goal is not None and year <= today.year
        if viewer is None or not is_open or not may_report(viewer, indicator):
            return ""
        return reverse("reports:actual_edit", args=[indicator.pk, year])

    return url_of


def _closed_lists(viewer: User | None, rows: Sequence[TargetRow]) -> Sequence[TargetRow]:
    """The rows without links to lists that the viewer could not narrow."""
    fields = fields_everywhere(viewer) if viewer is not None else frozenset()

    def closed(cell: YearCell) -> YearCell:
        if cell.reached is None or list_opens(cell.reached.url, fields):
            return cell
        return replace(cell, reached=replace(cell.reached, url=""))

    return [replace(row, cells=tuple(map(closed, row.cells))) for row in rows]


def _groups(rows: Sequence[TargetRow], entry_url: Callable[[TargetRow], str]):
    """Groups in the order in which their first indicator stands."""
    order = list(dict.fromkeys(row.indicator.dimension for row in rows))
    ordered = sorted(rows, key=lambda row: order.index(row.indicator.dimension))
    for dimension, members in groupby(ordered, key=lambda row: row.indicator.dimension):
        yield TargetGroup(
            dimension or NO_GROUP, tuple(_line(row, entry_url(row)) for row in members)
        )


def _line(row: TargetRow, entry_url: str) -> TargetLine:
    percent = row.progress.percent
    return TargetLine(
        row=row,
        baseline=cell_number(row.baseline.value if row.baseline else None, row.unit),
        cells=row.cells,
        standing=words.standing(row),
        word=row.word,
        percent=None if percent is None else int(max(Decimal(0), min(Decimal(100), percent))),
        progress=_progress_text(row),
        source=_source(row),
        entry_url=entry_url,
    )


def _progress_text(row: TargetRow) -> str:
    if row.progress.kind == ProgressKind.MEASURED:
        percent = row.progress.percent
        text = formatting.percent(percent, 1)
        if percent is None or percent >= 0:
            return text
        return f"{text}, {'tăng' if row.is_falling else 'giảm'} so với số gốc"
    if row.progress.kind in (ProgressKind.MAINTAINED, ProgressKind.BROKEN):
        return row.progress.kind.label
    return ""


def _source(row: TargetRow) -> str:
    """Who gives the figure, and for the judged year from what."""
    reached = row.judged.reached
    owner = f"Theo dõi: {row.indicator.owner.name}. " if row.indicator.owner else ""
    kind = "Tính từ kết quả rà soát." if row.indicator.query else "Đơn vị báo cáo."
    return f"{owner}{kind if reached is None else words.sentence(reached.source)}"
