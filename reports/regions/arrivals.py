"""The reports of the wards of a region: received in time, late, missing."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, TextChoices

from povertyplan.core.models import Area
from reports.choices import DocumentState, UnitReportState
from reports.models import Document, ReportingRule, ReportRequest, UnitReport
from reports.progress.calendar.dues import PeriodDue, days_late, dues_in_order, dues_of_year
from reports.progress.calendar.selectors import due_of

from .facts import RegionFacts


class ArrivalState(TextChoices):
    """Where the report of a ward for a period stands."""

    RECEIVED = "received", "Đã có, đúng hạn"
    LATE = "late", "Đã có, trễ hạn"
    UNDATED = "undated", "Đã có"  # nobody said the day
    MISSING = "missing", "Quá hạn, chưa có"
    AWAITED = "awaited", "Chưa có, chưa đến hạn"
    NO_DAY = "no_day", "Chưa có, chưa quy định hạn"


TONES = {
    ArrivalState.RECEIVED: "ok",
    ArrivalState.LATE: "warn",
    ArrivalState.UNDATED: "ok",
    ArrivalState.MISSING: "danger",
    ArrivalState.AWAITED: "neutral",
    ArrivalState.NO_DAY: "neutral",
}


@dataclass(frozen=True)
class Arrival:
    """The report of a ward for a period: what was issued, and the units that were heard."""

    ward: Area
    state: ArrivalState
    late: int = 0
    request: ReportRequest | None = None
    units: int = 0
    units_received: int = 0

    @property
    def document(self) -> Document | None:
        return self.request.document if self.request else None

    @property
    def tone(self) -> str:
        return TONES[self.state]

    @property
    def is_issued(self) -> bool:
        return self.state in (ArrivalState.RECEIVED, ArrivalState.LATE, ArrivalState.UNDATED)


@dataclass(frozen=True)
class DueArrivals:
    """A report that every ward owes, with the ward's of a region."""

    rule: ReportingRule
    due: PeriodDue
    arrivals: tuple[Arrival, ...]

    @property
    def key(self) -> str:
        return f"{self.due.period}-{self.due.number}"

    @property
    def states(self) -> list[tuple[ArrivalState, int]]:
        counted = Counter(one.state for one in self.arrivals)
        return [(state, counted[state]) for state in ArrivalState]


def arrivals_of_year(facts: RegionFacts, year: int) -> list[DueArrivals]:
    """Each period of a year for which every ward asks its units and reports; three queries.

    Two rules that ask for the same period are one: the earlier day counts. Reports that a ward
    writes alone are not tied to a period, so that nobody can tell which are missing.
    """
    wards = facts.wards_of(year)
    requests = _requests(wards, year)
    units = _unit_counts(wards, year)
    rules = ReportingRule.objects.filter(ward=None, of_units=True)
    dues = [(rule, due) for rule in rules for due in dues_of_year(due_of(rule), year)]
    found: dict[tuple[str, int], DueArrivals] = {}
    for rule, due in dues_in_order(dues):
        if due.key in found:
            continue
        arrivals = tuple(
            _arrival(ward, due, requests[ward.pk].get(due.key), units, facts.today)
            for ward in wards
        )
        found[due.key] = DueArrivals(rule, due, arrivals)
    return list(found.values())


def _requests(wards: Sequence[Area], year: int) -> dict[int, dict[tuple[str, int], ReportRequest]]:
    found: dict[int, dict[tuple[str, int], ReportRequest]] = defaultdict(dict)
    rows = ReportRequest.objects.filter(ward__in=wards, year=year).select_related("document")
    for row in rows:
        found[row.ward_id][row.period, row.number] = row
    return found


def _unit_counts(wards: Sequence[Area], year: int) -> dict[int, tuple[int, int]]:
    """By period the units that were asked, and those whose reports were received."""
    reports = UnitReport.objects.filter(ward__in=wards, request__year=year, village=None)
    received = Count("pk", filter=Q(state=UnitReportState.RECEIVED))
    rows = reports.order_by().values_list("request").annotate(asked=Count("pk"), received=received)
    return {request: (asked, received) for request, asked, received in rows}


def _arrival(
    ward: Area,
    due: PeriodDue,
    request: ReportRequest | None,
    units: dict[int, tuple[int, int]],
    today: date,
) -> Arrival:
    document = request.document if request else None
    issued = document.issued_on if document and document.state == DocumentState.ISSUED else None
    late = days_late(due.due_on, issued, today) if due.due_on else 0
    asked, received = units.get(request.pk, (0, 0)) if request else (0, 0)
    state = _state(issued, late, has_day=due.due_on is not None)
    return Arrival(ward, state, late, request, asked, received)


def _state(issued: date | None, late: int, *, has_day: bool) -> ArrivalState:
    """A report that nobody said the day of is neither in time nor late nor missing."""
    if not has_day:
        return ArrivalState.UNDATED if issued else ArrivalState.NO_DAY
    if issued is None:
        return ArrivalState.MISSING if late else ArrivalState.AWAITED
    return ArrivalState.LATE if late else ArrivalState.RECEIVED
