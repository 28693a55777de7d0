"""The reports of a period side by side, and what of them stands in the draft."""

from collections.abc import Sequence
from dataclasses import dataclass

from projects.choices import Confidence
from reports.choices import TEXT_PARTS, FigureAnswer, ReportPart, UnitReportState
from reports.models import ReportRequest, UnitReport, UnitReportFigure
from reports.plans.drafting.templates import PlanTemplate, report_templates
from reports.plans.outline import Outline
from reports.progress.unit_reports.differences import says_nothing


@dataclass(frozen=True)
class UnitText:
    """What a unit wrote in a part, and whether it stands in the draft."""

    report: UnitReport
    text: str
    is_taken: bool


@dataclass(frozen=True)
class PartTexts:
    part: ReportPart
    texts: tuple[UnitText, ...]

    @property
    def open(self) -> tuple[UnitText, ...]:
        """The words that are not in the draft yet, without those that say nothing."""
        waiting = (each for each in self.texts if not each.is_taken)
        return tuple(each for each in waiting if not says_nothing(each.text))


@dataclass(frozen=True)
class ConsolidationDesk:
    """The words of the units that were received, part by part; whose are missing."""

    parts: tuple[PartTexts, ...]
    received: tuple[UnitReport, ...]
    missing: tuple[UnitReport, ...]
    changed: tuple[UnitReportFigure, ...]


def outline_choices() -> list[tuple[str, str]]:
    """The outlines that may stand in for the usual one, with what is not verified of them."""
    return [
        (code, _outline_name(template))
        for code, template in report_templates().items()
        if template.for_periods
    ]


def _outline_name(template: PlanTemplate) -> str:
    parts = [template.name, template.legal_reference]
    if template.confidence != Confidence.HIGH:
        parts.append(template.confidence.label)
    return "; ".join(part for part in parts if part)


def taken_in(outline: Outline) -> set[tuple[int, str]]:
    """Report and part of the blocks of a draft that came from units."""
    return {
        (block.parameters["unit_report"], block.parameters["part"])
        for block in outline.reading_order()
        if "unit_report" in block.parameters
    }


def consolidation_desk(request: ReportRequest) -> ConsolidationDesk:
    rows = request.unit_reports.select_related("unit", "village", "ward", "request")
    reports = list(rows.by_author())
    received = [row for row in reports if row.state == UnitReportState.RECEIVED]
    blocks = request.document.blocks.all() if request.document else ()
    taken = taken_in(Outline(blocks))
    return ConsolidationDesk(
        parts=tuple(PartTexts(part, _texts(received, part, taken)) for part in TEXT_PARTS),
        received=tuple(received),
        missing=tuple(row for row in reports if row.state != UnitReportState.RECEIVED),
        changed=tuple(
            UnitReportFigure.objects.filter(report__in=received, answer=FigureAnswer.OWN)
            .select_related("report__unit")
            .order_by("report__unit__order", "report", "order")
        ),
    )


def _texts(received: Sequence[UnitReport], part: ReportPart, taken) -> tuple[UnitText, ...]:
    return tuple(
        UnitText(row, getattr(row, part.value), (row.pk, part.value) in taken) for row in received
    )
