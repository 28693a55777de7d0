"""The report of the ward from the reports of its units."""

from django.core.exceptions import PermissionDenied, ValidationError

from povertyplan.core.journal import audit
from povertyplan.core.models import User
from povertyplan.core.periods.locked import refuse_locked_days
from povertyplan.core.platform import versions
from reports.choices import BlockKind, DocumentKind, ReportPart, ReportPeriod, UnitReportState
from reports.models import Block, Document, ReportRequest, UnitReport
from reports.plans.drafting.services import fill_template
from reports.plans.drafting.templates import report_templates
from reports.plans.outline import Outline
from reports.plans.writing.services.draft import lock_draft, record_edit
from reports.plans.writing.services.words import text_fault
from reports.progress.calendar.dues import span_token
from reports.progress.calendar.selectors import may_collect
from reports.progress.calendar.services.periods import hold_request, name_request
from reports.progress.consolidation.selectors import outline_choices, taken_in
from reports.progress.unit_reports.differences import says_nothing
from reports.progress.unit_reports.services.writing import name_report

NOT_COLLECTOR = "Bạn không tổng hợp báo cáo của phường, xã này."
BEGUN_ALREADY = "Dự thảo báo cáo của kỳ này đã được lập."
NONE_RECEIVED = "Chưa tiếp nhận báo cáo của đơn vị nào trong kỳ này."
UNKNOWN_OUTLINE = "Chọn đề cương trong danh sách."
NO_DRAFT = "Lập dự thảo báo cáo của kỳ này trước."
NOT_RECEIVED = "Báo cáo của {unit} chưa được tiếp nhận nên chưa đưa vào được."
NOTHING_WRITTEN = "Đơn vị không viết gì ở phần này."
NOTHING_LEFT = "Không còn lời văn nào để đưa vào phần này."
TAKEN_ALREADY = "Phần này của {unit} đã ở trong dự thảo."


@audit.business_act(label="Lập báo cáo tổng hợp")
def begin_consolidation(
    *, request: ReportRequest, version: int | None, outline: str = "", by: User
) -> Document:
    """Write the draft of a period's report, once. Its sections wait for the units' words.

    `outline` names a template in place of the usual one of the period.
    """
    if not may_collect(by, request.ward):
        raise PermissionDenied(NOT_COLLECTOR)
    current = hold_request(request)
    if current.document_id is not None:
        raise ValidationError(BEGUN_ALREADY, code="begun")
    if not current.unit_reports.filter(state=UnitReportState.RECEIVED).exists():
        raise ValidationError(NONE_RECEIVED)
    if outline and outline not in dict(outline_choices()):
        raise ValidationError({"outline": UNKNOWN_OUTLINE})
    refuse_locked_days(current.ward, current.first_day, current.last_day)
    document = fill_template(
        report_templates()[outline or _template_of(current)],
        {
            "ward": current.ward,
            "kind": DocumentKind.REPORT,
            "code": f"unit-reports-{current.pk}",
            "year_from": current.year,
            "year_to": current.year,
            "data_on": current.data_on,
        },
        period=name_request(current),
        span=span_token(current.period, current.year, current.number),
        subject=current.subject if current.period == ReportPeriod.ON_REQUEST else "",
    )
    versions.update(current, version=version, document=document)
    audit.record(document, f"{by} lập dự thảo báo cáo {document.subject}.", ward=current.ward)
    return document


@audit.business_act(label="Đưa lời văn của đơn vị vào báo cáo")
def take_in_text(*, report: UnitReport, part: ReportPart, by: User) -> list[Block]:
    """Put what a unit wrote behind what stands in its section of the draft, once."""
    if not may_collect(by, report.ward):
        raise PermissionDenied(NOT_COLLECTOR)
    document = report.request.document
    if document is None:
        raise ValidationError(NO_DRAFT)
    if report.state != UnitReportState.RECEIVED:
        raise ValidationError(NOT_RECEIVED.format(unit=report.author))
    current = lock_draft(document)
    outline = Outline(current.blocks.all())
    if (report.pk, part.value) in taken_in(outline):
        raise ValidationError(TAKEN_ALREADY.format(unit=report.author))
    written = _write(current, outline, report, part)
    record_edit(current, by, f"đưa phần “{part.label}” của {name_report(report)} vào dự thảo")
    return written


@audit.business_act(label="Đưa lời văn của các đơn vị vào báo cáo")
def take_in_part(*, request: ReportRequest, part: ReportPart, by: User) -> list[UnitReport]:
    """Put what all received units wrote in a part into the draft; not where that is nothing."""
    if not may_collect(by, request.ward):
        raise PermissionDenied(NOT_COLLECTOR)
    if request.document is None:
        raise ValidationError(NO_DRAFT)
    current = lock_draft(request.document)
    outline = Outline(current.blocks.all())
    rows = request.unit_reports.filter(state=UnitReportState.RECEIVED)
    taken = taken_in(outline)
    reports = [
        report
        for report in rows.select_related("unit", "village").by_author()
        if (report.pk, part.value) not in taken and not says_nothing(getattr(report, part.value))
    ]
    if not reports:
        raise ValidationError(NOTHING_LEFT)
    for report in reports:
        _write(current, outline, report, part)
    units = "; ".join(report.author.name for report in reports)
    record_edit(current, by, f"đưa phần “{part.label}” của {units} vào dự thảo")
    return reports


def _write(document: Document, outline: Outline, report: UnitReport, part: ReportPart):
    """The blocks of a unit's words, behind what stands in their section."""
    section = _section(outline, part)
    written = []
    for text in _paragraphs(report, part):
        block = Block.objects.create(
            document=document,
            parent=section,
            order=outline.order_at_end(section.pk if section else None),
            kind=BlockKind.DASH,
            text=text,
            parameters={"unit_report": report.pk, "part": part.value},
        )
        outline.add(block)
        written.append(block)
    return written


def _template_of(request: ReportRequest) -> str:
    """A year has its movements and deprivations; within one they are not known yet."""
    if request.period == ReportPeriod.ON_REQUEST:
        return "on_request"
    return "year" if request.period == ReportPeriod.YEAR else "interim"


def _paragraphs(report: UnitReport, part: ReportPart) -> list[str]:
    """The lines of a text, the first with the name of who wrote it."""
    lines = [line.strip() for line in getattr(report, part.value).splitlines() if line.strip()]
    if not lines:
        raise ValidationError(NOTHING_WRITTEN)
    if faults := [fault for line in lines if (fault := text_fault(line))]:
        raise ValidationError(faults)
    return [f"{report.author.name}: {lines[0]}", *lines[1:]]


def _section(outline: Outline, part: ReportPart) -> Block | None:
    """The heading under which words of a part stand; None where it was taken out."""
    for block in outline.reading_order():
        if block.kind == BlockKind.HEADING and block.parameters.get("part") == part.value:
            return block
    return None
