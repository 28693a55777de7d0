"""What the calendar of reports shows: dues of a year, and units against periods."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Q, QuerySet

from povertyplan.core import clock
from povertyplan.core.models import Area, Unit, User
from projects.programme.selectors.rights import writes_all
from reports.choices import HANDED_IN
from reports.models import ReportingRule, ReportRequest, SentReport, UnitReport
from reports.progress.calendar.dues import (
    DueRule,
    PeriodDue,
    days_late,
    dues_in_order,
    dues_of_year,
)

Row = TypeVar("Row", ReportRequest, SentReport)


@dataclass(frozen=True)
class DueLine:
    """A due of a rule, with the period opened for it or, of the ward alone, what was sent."""

    rule: ReportingRule
    due: PeriodDue
    request: ReportRequest | None
    sent: SentReport | None = None

    @property
    def arrived_on(self) -> date | None:
        """When the ward's report was issued or sent; None where nobody knows of it."""
        if self.sent is not None:
            return self.sent.sent_on
        document = self.request.document if self.request else None
        return document.issued_on if document and document.is_issued else None

    @property
    def late(self) -> int:
        """How many days it came, or still is, behind the day of its rule."""
        due_on = self.due.due_on
        return days_late(due_on, self.arrived_on, clock.today()) if due_on else 0

    @property
    def is_open(self) -> bool:
        """Whether the ward still has to send it, or to ask its units for it."""
        return self.arrived_on is None and self.request is None

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
    """A unit or a village with a cell for each period."""

    author: Unit | Area
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
    rules: Sequence[ReportingRule],
    year: int,
    requests: Sequence[ReportRequest],
    sent: Iterable[SentReport],
) -> list[DueLine]:
    """The dues of a year, by the day on which they are due.

    A year has each period once, so that further rules of units share the one that was opened.
    """
    opened = {(row.period, row.number): row for row in requests}
    known = {(row.rule_id, row.number): row for row in sent}
    dues = [(rule, due) for rule in rules for due in dues_of_year(due_of(rule), year)]
    return [
        DueLine(
            rule,
            due,
            opened.get(due.key) if rule.of_units else None,
            known.get((rule.pk, due.number)),
        )
        for rule, due in dues_in_order(dues)
    ]


def next_due(lines: Sequence[DueLine], today: date) -> DueLine | None:
    """The due for which units are to be asked next; None where no more comes in the year."""
    coming = (line for line in lines if (line.due.due_on or line.due.last_day) >= today)
    return next((line for line in coming if line.rule.of_units and line.request is None), None)


def requests_of(user: User, ward: Area, year: int) -> list[ReportRequest]:
    """The periods of a year for which units were asked, earliest first."""
    rows = ReportRequest.objects.visible_to(user).filter(ward=ward, year=year)
    related = rows.select_related("ward", "document")
    return list(related.order_by("last_day", "first_day", "pk"))


def sent_of(ward: Area, year: int) -> list[SentReport]:
    """The reports of a year that the ward recorded as sent."""
    return list(SentReport.objects.filter(ward=ward, year=year))


def dues_around(user: User, ward: Area, first: date, last: date) -> list[DueLine]:
    """The dues whose day lies in some days; a report of a year may be due in the next one."""
    rules = list(rules_of(ward))
    years = range(first.year - 1, last.year + 1) if rules else range(0)
    requests = ReportRequest.objects.visible_to(user).filter(ward=ward, year__in=years)
    sent = SentReport.objects.filter(ward=ward, year__in=years)
    asked, arrived = _by_year(requests.select_related("document")), _by_year(sent)
    lines = [line for year in years for line in due_lines(rules, year, asked[year], arrived[year])]
    return [line for line in lines if line.due.due_on and first <= line.due.due_on <= last]


def _by_year(rows: Iterable[Row]) -> defaultdict[int, list[Row]]:
    found = defaultdict[int, list[Row]](list)
    for row in rows:
        found[row.year].append(row)
    return found


def report_matrix(user: User, requests: Sequence[ReportRequest], today: date) -> ReportMatrix:
    """The units and villages a user sees, each with its state in every period."""
    reports = UnitReport.objects.visible_to(user).filter(request__in=requests)
    by_author: dict[Unit | Area, dict[int, UnitReport]] = {}
    for row in reports.select_related("unit", "village", "request").by_author():
        by_author.setdefault(row.author, {})[row.request_id] = row
    lines = [
        UnitLine(author, tuple(cell_of(own.get(each.pk), each, today) for each in requests))
        for author, own in by_author.items()
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
