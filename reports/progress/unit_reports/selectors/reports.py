"""A unit's report as its pages read it, and who writes it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from povertyplan.core.access.rules import may_open
from povertyplan.core.models import User
from projects.programme.selectors.rights import units_of
from reports.choices import FIGURE_PARTS, HANDED_IN, TEXT_PARTS, ReportPart
from reports.models import UnitReport, UnitReportFigure, UnitReportReturn, UnitReportSending
from reports.models.unit_report import AUTHOR_ORDER
from reports.progress.unit_reports.differences import (
    PartChange,
    changes_between,
    content_of,
    open_parts,
)

VILLAGE_PAGE = "reports:village_part"


def may_write_report(user: User, report: UnitReport) -> bool:
    """Whether a user writes for the unit of a report, or is a head of its village."""
    if report.village is not None:
        return may_open(user, VILLAGE_PAGE, area=report.village, writing=True)
    return report.unit_id in units_of(user, report.ward)


def texts_of(report: UnitReport) -> dict[str, str]:
    return {part.value: getattr(report, part.value) for part in TEXT_PARTS}


@dataclass(frozen=True)
class ReportPartLine:
    """A part of a report: whether it is done, and why it came back."""

    part: ReportPart
    is_done: bool
    figures: tuple[UnitReportFigure, ...] = ()
    text: str = ""
    returned: str = ""


class ReportDesk:
    """A report with everything its pages show, each read once."""

    def __init__(self, report: UnitReport):
        self.report = report

    @cached_property
    def figures(self) -> list[UnitReportFigure]:
        return list(self.report.figures.order_by("order", "pk"))

    @cached_property
    def sendings(self) -> list[UnitReportSending]:
        return list(self.report.sendings.select_related("sent_by").order_by("number"))

    @cached_property
    def returns(self) -> list[UnitReportReturn]:
        """Why what was sent last came back, part by part; none where it was sent again since."""
        if not self.sendings:
            return []
        return [row for row in self.all_returns if row.sending_id == self.sendings[-1].pk]

    @cached_property
    def all_returns(self) -> list[UnitReportReturn]:
        return list(self.report.returns.select_related("sending", "returned_by").order_by("pk"))

    @cached_property
    def content(self) -> dict[str, object]:
        return content_of(texts_of(self.report), self.figures)

    @cached_property
    def changes(self) -> list[PartChange]:
        """What the last sending says otherwise than the one before it."""
        if len(self.sendings) < 2:
            return []
        before, after = self.sendings[-2:]
        return changes_between(before.content, after.content)

    @cached_property
    def to_do(self) -> Mapping[ReportPart, str]:
        answers = ((figure.part, figure.answer) for figure in self.figures)
        return open_parts(texts_of(self.report), answers)

    @cached_property
    def parts(self) -> list[ReportPartLine]:
        """The parts that the report has; one without figures is none."""
        texts, back = texts_of(self.report), {row.part: row.reason for row in self.returns}
        lines = []
        for part in (*FIGURE_PARTS, *TEXT_PARTS):
            own = tuple(figure for figure in self.figures if figure.part == part)
            if own or part in TEXT_PARTS:
                text = texts.get(part.value, "")
                done = part not in self.to_do
                lines.append(ReportPartLine(part, done, own, text, back.get(part.value, "")))
        return lines

    @property
    def done(self) -> int:
        return sum(line.is_done for line in self.parts)


def earlier_texts(report: UnitReport) -> dict[str, str]:
    """What the unit or village wrote in its report before this one."""
    author = {"unit": report.unit_id, "village": report.village_id}
    own = UnitReport.objects.filter(ward=report.ward_id, **author)
    rows = own.filter(state__in=HANDED_IN)
    earlier = rows.filter(request__last_day__lte=report.request.last_day).exclude(pk=report.pk)
    last = earlier.order_by("-request__last_day", "-request__data_on", "-pk").first()
    return {} if last is None else {name: text for name, text in texts_of(last).items() if text}


def open_reports(user: User, states: Iterable[str], ward) -> Sequence[UnitReport]:
    """The reports that a user sees in some states, the earliest due first."""
    rows = UnitReport.objects.visible_to(user).filter(ward=ward, state__in=list(states))
    related = rows.select_related("request", "unit", "village", "ward")
    return list(related.order_by("request__due_on", *AUTHOR_ORDER))
