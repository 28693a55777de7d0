"""An issued plan beside what became of it: its targets, its tasks, its deadlines."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from povertyplan.core.models import Unit, User
from projects.choices import ActivityState
from projects.models import Activity, Target
from projects.programme.selectors.activities import activity_facts
from projects.rules.activities import activity_state
from projects.targets.selectors import TargetRow
from reports.choices import HANDED_IN, DocumentKind, DocumentState, DueState
from reports.figures.data_fields import DataField
from reports.models import Document, ReportRequest, UnitReport
from reports.plans.amending.printed_lines import printed_lines
from reports.plans.blocks import DocumentData
from reports.plans.blocks.goals import goal_sentence
from reports.plans.blocks.target_results import result_rows
from reports.plans.snapshots import document_tree
from reports.printing import tree
from reports.progress.calendar.dues import PeriodDue
from reports.progress.calendar.selectors import (
    DueLine,
    due_lines,
    next_due,
    requests_of,
    rules_of,
    sent_of,
)
from reports.targets.selectors import EnterableRow, build_target_table


def issued_plans(user: User):
    """The plans that somebody signed, also those that no longer hold."""
    rows = Document.objects.visible_to(user).plans().filter(state=DocumentState.ISSUED)
    return rows.select_related("ward")


@dataclass(frozen=True)
class PlanTarget:
    """A row of a year's targets; `printed` is what the plan says of it, "" where it says nothing.

    `later` are the versions that replaced what was printed, oldest first. `narrative` is the report
    in which its unit wrote last. `said` is what the next report will print, figure and standing.
    """

    entry: EnterableRow
    printed: str
    later: tuple[Target, ...]
    narrative: UnitReport | None
    said: tuple[str, str] | None

    @property
    def row(self) -> TargetRow:
        return self.entry.row


@dataclass(frozen=True)
class ActivityStanding:
    activity: Activity
    state: ActivityState


@dataclass(frozen=True)
class PlanTask:
    """A task of a unit and the activities of the year by which it is carried out."""

    unit: Unit
    text: str
    activities: tuple[ActivityStanding, ...]

    def count(self, *states: ActivityState) -> int:
        return sum(each.state in states for each in self.activities)


@dataclass(frozen=True)
class ReportDeadline:
    """A report that is due within the year."""

    line: DueLine
    state: DueState

    @property
    def due_on(self) -> date | None:
        """The day that units were given, before that of the rule."""
        return _due_on(self.line)


@dataclass(frozen=True)
class NextReport:
    """The report that comes next: one that units were asked for, or one of a rule."""

    request: ReportRequest | None
    due: PeriodDue | None

    @property
    def data_on(self) -> date | None:
        found = self.request or self.due
        return found.data_on if found else None


class PlanResults:
    """An issued plan and one of its years, as one reader sees it; each thing is read once."""

    def __init__(self, *, plan: Document, year: int, viewer: User, today: date):
        self.plan, self.year, self.viewer, self.today = plan, year, viewer, today
        self.ward = plan.ward

    @cached_property
    def targets(self) -> list[PlanTarget]:
        """What the year promises, in the order of the targets' own page."""
        table = build_target_table(
            ward=self.ward, year=self.year, today=self.today, viewer=self.viewer
        )
        return [self._target(entry) for entry in table.rows if self._versions_of(entry)]

    def _target(self, entry: EnterableRow) -> PlanTarget:
        row, versions = entry.row, self._versions_of(entry)
        place, printed = self._printed(row, versions)
        return PlanTarget(
            entry=entry,
            printed=printed,
            later=() if row.is_rate_of_count else tuple(versions[place + 1 :]),
            narrative=self._narrative_of(row.indicator.owner_id),
            said=self._said.get((row.indicator.pk, row.is_rate_of_count)),
        )

    def _narrative_of(self, unit: int | None) -> UnitReport | None:
        return None if unit is None else self._narratives.get(unit)

    def _versions_of(self, entry: EnterableRow) -> list[Target]:
        row = entry.row
        if row.judged.goal is None and not row.judged.note:
            return []
        return self._versions.get(row.indicator.pk, [])

    @cached_property
    def _versions(self) -> dict[int, list[Target]]:
        """Every version of each target of the year, the oldest first."""
        rows = Target.objects.filter(ward=self.ward, area=self.ward, year=self.year)
        found: dict[int, list[Target]] = defaultdict(list)
        for target in rows.select_related("indicator").order_by("pk"):
            found[target.indicator_id].append(target)
        return found

    def _printed(self, row: TargetRow, versions: Sequence[Target]) -> tuple[int, str]:
        """The version that the plan prints, and its words; the first one where it prints none."""
        if not row.is_rate_of_count:
            for place, version in enumerate(versions):
                sentence = goal_sentence(version)
                if tree.plain(tree.ended(sentence, ".")) in self._sentences:
                    return place, sentence
        name = "target_rate" if row.is_rate_of_count else "target"
        field = str(DataField(name, (row.indicator.code, str(self.year))))
        return 0, self._figures.get(field, "")

    @cached_property
    def _sentences(self) -> frozenset[str]:
        return frozenset(line.text for line in self._lines)

    @cached_property
    def _figures(self) -> dict[str, str]:
        """The figures of the plan's tables by the names of their data."""
        return {
            figure.name: figure.printed
            for line in self._lines
            for figure in line.figures
            if figure.name
        }

    @cached_property
    def _lines(self) -> list:
        return list(printed_lines(document_tree(self.plan)))

    @cached_property
    def _narratives(self) -> dict[int, UnitReport]:
        """The latest report of the year of each unit in which it wrote of its results."""
        rows = UnitReport.objects.visible_to(self.viewer).filter(
            ward=self.ward, request__year=self.year, state__in=HANDED_IN, village=None
        )
        written = rows.exclude(results="").select_related("request", "unit")
        return {row.unit_id: row for row in written.order_by("request__last_day", "pk")}

    @cached_property
    def requests(self) -> list[ReportRequest]:
        return requests_of(self.viewer, self.ward, self.year)

    @cached_property
    def _dues(self) -> list[DueLine]:
        return due_lines(
            list(rules_of(self.ward)), self.year, self.requests, sent_of(self.ward, self.year)
        )

    @cached_property
    def next_report(self) -> NextReport:
        """Of those that units were asked for the first that is due, or else the last that is late.

        Where all of them were issued, the next one of the rules.
        """
        open_ones = sorted(
            (each for each in self.requests if not self._is_issued(each)),
            key=lambda each: (each.due_on, each.pk),
        )
        coming = [each for each in open_ones if each.due_on >= self.today]
        if open_ones:
            return NextReport(coming[0] if coming else open_ones[-1], None)
        # Others than of units, as that of the register month by month, print no targets.
        following = next_due(self._dues, self.today)
        return NextReport(None, following.due if following else None)

    @cached_property
    def _said(self) -> dict[tuple[int, bool], tuple[str, str]]:
        """What the next report's own table prints of each row."""
        day = self.next_report.data_on
        if day is None:
            return {}
        report = Document(ward=self.ward, kind=DocumentKind.REPORT, data_on=min(day, self.today))
        materials = DocumentData(report)
        materials.request = self.next_report.request
        materials.book.load([self.year - 1, self.year])
        return {
            (row.indicator.pk, row.is_rate_of_count): (_plain(printed[-2]), _plain(printed[-1]))
            for row, printed in result_rows(materials, self.year)
        }

    @cached_property
    def tasks(self) -> list[PlanTask]:
        """What the plan gives each unit to do, in its order."""
        duties = self.plan.duties.select_related("unit").order_by("order")
        return [
            PlanTask(duty.unit, item.text, tuple(self._activities_of(duty.unit_id, item)))
            for duty in duties.prefetch_related("items__projects")
            for item in sorted(duty.items.all(), key=lambda each: each.order)
        ]

    def _activities_of(self, unit: int, item) -> Iterable[ActivityStanding]:
        projects = {project.pk for project in item.projects.all()}
        for each in self.activities:
            is_theirs = each.activity.owner_id in (unit, None)
            if is_theirs and each.activity.ward_project.project_id in projects:
                yield each

    @cached_property
    def activities(self) -> list[ActivityStanding]:
        """The activities of the year, by due day; those without one last."""
        rows = Activity.objects.visible_to(self.viewer).filter(ward=self.ward, year=self.year)
        rows = rows.select_related("owner", "ward_project__project")
        found = [
            ActivityStanding(row, activity_state(activity_facts(row), self.today)) for row in rows
        ]
        return sorted(found, key=lambda each: (each.activity.due_on or date.max, each.activity.pk))

    @cached_property
    def reports(self) -> list[ReportDeadline]:
        """The reports of the year, by the day on which they are due."""
        return [ReportDeadline(line, self._state(line)) for line in self._dues]

    @cached_property
    def _documents(self) -> dict[int, Document]:
        known = [each.document_id for each in self.requests if each.document_id]
        return Document.objects.in_bulk(known)

    def _is_issued(self, request: ReportRequest) -> bool:
        document = self._documents.get(request.document_id or 0)
        return document is not None and document.is_issued

    def _state(self, line: DueLine) -> DueState:
        day = _due_on(line)
        is_late = day is not None and day < self.today
        if line.sent is not None:
            return DueState.SENT
        if line.request is None and day is None and line.due.last_day < self.today:
            return DueState.NO_DAY
        if line.request is None:
            return DueState.NOT_RECORDED if is_late else DueState.TO_COME
        if self._is_issued(line.request):
            return DueState.ISSUED
        return DueState.OVERDUE if is_late else DueState.RUNNING


def _due_on(line: DueLine) -> date | None:
    return line.request.due_on if line.request else line.due.due_on


def _plain(cell: tree.Text | tree.Cell) -> str:
    return tree.plain(cell.text if isinstance(cell, tree.Cell) else cell)
