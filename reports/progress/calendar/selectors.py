"""What the calendar of reports shows: dues of a year, and units against periods."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from povertyplan.core import clock
from povertyplan.core.models import Area, Unit, User
from projects.programme.selectors.rights import writes_all
from reports.choices import HANDED_IN
from reports.models import ReportingRule, ReportRequest, UnitReport
from reports.progress.calendar.dues import (
    DueRule,
    PeriodDue,
    days_late,
    dues_in_order,
    dues_of_year,
)


@dataclass(frozen=True)
class DueLine:
    """A due of a rule, with the period that was opened for it."""

    rule: ReportingRule
    due: PeriodDue
    request: ReportRequest | None

    @property
    def is_shared(self) -> bool:
        """Whether its period was opened for another rule."""
        return self.request is not None and self.request.rule_id not in (None, self.rule.pk)


@dataclass(frozen=True)
class ReportCell:
    """Where a unit stands in a period; without a report it was not asked."""

    request: ReportRequest
    report: UnitReport | None
    sent_on: date | None = None
    late: int = 0


@dataclass(frozen=True)
class UnitLine:
    """A unit with a cell for each period."""

    unit: Unit
    cells: tuple[ReportCell, ...]


@dataclass(frozen=True)
class ReportMatrix:
    requests: tuple[ReportRequest, ...]
    lines: tuple[UnitLine, ...]


def rules_of(ward: Area) -> QuerySet[ReportingRule]:
    """The rules of every ward and the ward's own, as they stand in a year's order."""
    rows = ReportingRule.objects.filter(Q(ward=None) | Q(ward=ward))
    return rows.order_by("period", "due_month", "due_day", "pk")


def due_of(rule: ReportingRule) -> DueRule:
    return DueRule(**{name: getattr(rule, name) for name in DueRule.__dataclass_fields__})


def due_lines(
    rules: Sequence[ReportingRule], year: int, requests: Sequence[ReportRequest]
) -> list[DueLine]:
    """The dues of a year, by the day on which they are due.

    A year has each period once, so that further rules of units share the one that was opened.
    """
    opened = {(row.period, row.number): row for row in requests}
    dues = [(rule, due) for rule in rules for due in dues_of_year(due_of(rule), year)]
    return [
        DueLine(rule, due, opened.get(due.key) if rule.of_units else None)
        for rule, due in dues_in_order(dues)
    ]


def next_due(lines: Sequence[DueLine], today: date) -> DueLine | None:
    """The due for which units are to be asked next; None where no more comes in the year."""
    coming = (line for line in lines if (line.due.due_on or line.due.last_day) >= today)
    return next((line for line in coming if line.rule.of_units and line.request is None), None)


def requests_of(user: User, ward: Area, year: int) -> list[ReportRequest]:
    """The periods of a year for which units were asked, earliest first."""
    rows = ReportRequest.objects.visible_to(user).filter(ward=ward, year=year)
    return list(rows.select_related("ward").order_by("last_day", "first_day", "pk"))


def report_matrix(user: User, requests: Sequence[ReportRequest], today: date) -> ReportMatrix:
    """The units a user sees, each with its state in every period."""
    reports = UnitReport.objects.visible_to(user).filter(request__in=requests)
    by_unit: dict[Unit, dict[int, UnitReport]] = {}
    for row in reports.select_related("unit", "request").order_by("unit__order", "unit", "pk"):
        by_unit.setdefault(row.unit, {})[row.request_id] = row
    lines = [
        UnitLine(unit, tuple(cell_of(own.get(each.pk), each, today) for each in requests))
        for unit, own in by_unit.items()
    ]
    return ReportMatrix(tuple(requests), tuple(lines))


def cell_of(report: UnitReport | None, request: ReportRequest, today: date) -> ReportCell:
    if report is None:
        return ReportCell(request, None)
    sent = clock.day_of(report.sent_at) if report.sent_at else None
    counts = sent if report.state in HANDED_IN else None
    return ReportCell(request, report, sent, days_late(request.due_on, counts, today))


def may_collect(user: User, ward: Area) -> bool:
    """Whether a user asks the units of a ward for reports, receives and consolidates them."""
    return writes_all(user, ward)
