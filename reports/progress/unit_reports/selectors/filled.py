"""The figures of a unit's report, filled in from what is recorded up to the day of the data."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db.models import Count

from povertyplan.core.models import Unit
from povertyplan.core.text.vietnamese import upper_first
from projects.choices import Measure, UnitRole
from projects.models import Activity, Indicator, ProjectUnit, Support, WardProject
from projects.money.selectors import year_money
from projects.rules.budget import BudgetFigures
from projects.targets.selectors import PERCENT, Reached, target_text_of
from reports.choices import ReportPart
from reports.figures.registry import FigureRegistry
from reports.figures.times import read_time
from reports.models import ReportRequest
from reports.progress.unit_reports import filled_words as words


@dataclass(frozen=True)
class FilledFigure:
    """One figure as the data have it; `computed` is None where they do not say."""

    part: ReportPart
    key: str
    label: str
    measure_unit: str = ""
    target: str = ""
    computed: Decimal | None = None
    source: str = ""
    as_of: date | None = None


def filled_figures(request: ReportRequest, unit: Unit | None) -> list[FilledFigure]:
    """What the unit has to report: its indicators, activities, money and supports.

    The number of queries does not depend on how many there are.
    """
    if unit is None or not request.asks_figures:
        return []
    projects = _led_projects(request, unit)
    return [
        *_indicators(request, unit),
        *_activities(request, unit),
        *_money(request, projects),
        *_supports(request, projects),
    ]


def _led_projects(request: ReportRequest, unit: Unit) -> list[WardProject]:
    leads = ProjectUnit.objects.filter(
        ward_project__ward=request.ward, unit=unit, role=UnitRole.LEAD
    )
    rows = WardProject.objects.of_year(request.ward, request.year)
    led = rows.filter(pk__in=leads.in_year(request.year).values("ward_project"))
    return list(led.select_related("project__parent").order_by("project__order", "pk"))


def _indicators(request: ReportRequest, unit: Unit) -> Iterator[FilledFigure]:
    own = Indicator.objects.filter(ward=request.ward, owner=unit).select_related("ward", "owner")
    indicators = list(own.order_by("order", "pk"))
    if not indicators:
        return
    book = FigureRegistry(ward=request.ward, until=request.data_on)
    book.load({request.year - 1, request.year})
    rows = book.target_rows(year=request.year, today=request.data_on, indicators=indicators)
    for row in rows:
        if row.is_rate_of_count:
            continue
        cell = row.judged
        found = _as_of_day(cell.reached, request) or _counted_on(book, row.indicator, request)
        yield FilledFigure(
            part=ReportPart.INDICATORS,
            key=f"indicator-{row.indicator.pk}",
            label=row.name,
            measure_unit=PERCENT if row.indicator.measure == Measure.PERCENT else row.unit,
            target=target_text_of(cell.goal, cell.unit, cell.note)[:200],
            computed=found.value if found else None,
            source=found.source[:400] if found else "",
            as_of=found.as_of if found else None,
        )


def _as_of_day(reached: Reached | None, request: ReportRequest) -> Reached | None:
    """A figure of a later day says nothing of this one."""
    if reached is None or reached.value is None:
        return None
    return None if reached.as_of and reached.as_of > request.data_on else reached


def _counted_on(
    book: FigureRegistry, indicator: Indicator, request: ReportRequest
) -> Reached | None:
    """Within a year whose review is to come: what the register counts on the day.

    What a unit reports itself is not filled in from what it said before.
    """
    if not indicator.query:
        return None
    found = book.reached_at(indicator, read_time(request.data_on.isoformat()))
    return replace(found, source=upper_first(found.source)) if found else None


def _activities(request: ReportRequest, unit: Unit) -> Iterator[FilledFigure]:
    rows = Activity.objects.filter(ward=request.ward, owner=unit, year=request.year)
    for row in rows.select_related("ward_project__project").order_by(
        "ward_project", "due_on", "pk"
    ):
        is_done = row.done_on is not None and row.done_on <= request.data_on
        yield FilledFigure(
            part=ReportPart.ACTIVITIES,
            key=f"activity-{row.pk}",
            label=words.activity(row),
            measure_unit=row.quantity_unit,
            target=words.planned(row),
            computed=row.done_quantity if is_done else None,
            source=words.done(row, request.data_on),
            as_of=row.done_on if is_done else None,
        )


def _money(request: ReportRequest, projects: list[WardProject]) -> Iterator[FilledFigure]:
    """What was disbursed up to the day of what may be spent, as the money of the year has it."""
    day = request.data_on
    money = year_money(ward=request.ward, year=request.year, today=day, until=day)
    known = {each.ward_project.pk: each.figures for each in money.projects}
    for project in projects:
        figures = known.get(project.pk, BudgetFigures())
        spent = figures.disbursed
        yield FilledFigure(
            part=ReportPart.MONEY,
            key=f"money-{project.pk}",
            label=words.disbursed(project),
            measure_unit=words.DONG,
            target=words.spendable(figures.available),
            computed=None if spent is None else Decimal(spent),
            source="" if spent is None else words.OF_MONEY,
            as_of=None if spent is None else day,
        )


def _supports(request: ReportRequest, projects: list[WardProject]) -> Iterator[FilledFigure]:
    rows = Support.objects.filter(
        ward_project__in=projects,
        year=request.year,
        delivered_on__lte=request.data_on,
    ).standing()
    counts = dict(rows.order_by().values_list("ward_project").annotate(total=Count("pk")))
    for project in projects:
        if project.pk in counts:
            yield FilledFigure(
                part=ReportPart.MONEY,
                key=f"support-{project.pk}",
                label=words.supports(project),
                measure_unit=words.TIMES,
                computed=Decimal(counts[project.pk]),
                source=words.OF_SUPPORTS,
                as_of=request.data_on,
            )
