"""Writing the report of a unit or village: filled in from data, answered, saved, sent."""

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied, ValidationError

from povertyplan.core import clock, locks
from povertyplan.core.journal import audit
from povertyplan.core.models import User
from povertyplan.core.periods.locked import refuse_locked_days
from povertyplan.core.platform import versions
from reports.choices import FigureAnswer, UnitReportState
from reports.models import UnitReport, UnitReportFigure, UnitReportSending
from reports.progress.calendar.services.periods import name_request
from reports.progress.unit_reports.differences import (
    LONGEST_TEXT,
    TEXT_TOO_LONG,
    FigureReply,
    may_estimate,
    reply_faults,
    tidy_reply,
)
from reports.progress.unit_reports.selectors.filled import FilledFigure, filled_figures
from reports.progress.unit_reports.selectors.reports import ReportDesk, may_write_report

ANOTHER_UNITS = "Báo cáo này do đơn vị khác soạn."
SENT_ALREADY = "Báo cáo đã gửi, chờ tiếp nhận; chỉ sửa được khi bị trả lại."
RECEIVED_ALREADY = "Báo cáo đã tiếp nhận, không sửa được nữa."
NOT_BEGUN = "Bấm “Lấy số liệu” trước khi viết."
ENDED_UNIT = "{unit} đã kết thúc hoạt động, không gửi báo cáo được."
NAMES = ("part", "label", "measure_unit", "target", "computed", "source", "as_of")


@audit.business_act(label="Lấy số liệu vào báo cáo của đơn vị")
def fill_report(*, report: UnitReport, version: int | None, by: User) -> UnitReport:
    """Fill the figures in from data; what the unit said to one that is the same stays."""
    current = hold_report(report)
    refuse_writing(current, by)
    versions.check(current, version)
    kept = {figure.key: figure for figure in current.figures.all()}
    found = filled_figures(current.request, current.unit)
    for order, each in enumerate(found, start=1):
        _put(current, kept.pop(each.key, None), each, order)
    UnitReportFigure.objects.filter(pk__in=[figure.pk for figure in kept.values()]).delete()
    begun = current.state == UnitReportState.NOT_BEGUN
    state = UnitReportState.DRAFTING if begun else current.state
    versions.update(current, version=version, state=state)
    summary = f"{name_report(current)}: lấy {len(found)} số liệu."
    audit.record(current, summary, ward=current.ward)
    return current


@audit.business_act(label="Soạn báo cáo của đơn vị")
def save_report(
    *,
    report: UnitReport,
    texts: Mapping[str, str],
    replies: Mapping[int, FigureReply],
    version: int | None,
    by: User,
) -> UnitReport:
    """Save what is written so far, whole or not.

    Raises ValidationError keyed by field (that of a figure is its id and the name, "7-own"),
    StaleVersion where the unit's other officer saved meanwhile, and PermissionDenied.
    """
    current = hold_report(report)
    refuse_writing(current, by)
    versions.check(current, version)
    if current.state == UnitReportState.NOT_BEGUN and current.asks_figures:
        raise ValidationError(NOT_BEGUN)
    figures = {figure.pk: figure for figure in current.figures.all()}
    tidy = {pk: tidy_reply(reply) for pk, reply in replies.items() if pk in figures}
    if faults := _faults(current, figures, tidy, texts):
        raise ValidationError(faults)
    changed = [figures[pk] for pk, reply in tidy.items() if answer_figure(figures[pk], reply)]
    UnitReportFigure.objects.bulk_update(changed, ("answer", "own", "reason", "estimate"))
    begun = current.state == UnitReportState.NOT_BEGUN
    state = UnitReportState.DRAFTING if begun else current.state
    versions.update(current, version=version, state=state, **texts)
    audit.record(current, f"{name_report(current)}: lưu bản đang soạn.", ward=current.ward)
    return current


@audit.business_act(label="Gửi báo cáo của đơn vị")
def send_report(*, report: UnitReport, version: int | None, by: User) -> UnitReport:
    """Hand the report in. Raises ValidationError with a sentence for each part to be done."""
    current = hold_report(report)
    if current.state == UnitReportState.SENT and current.sent_by_id == by.pk:
        return current
    refuse_writing(current, by)
    versions.check(current, version)
    desk = ReportDesk(current)
    if current.state == UnitReportState.NOT_BEGUN:
        raise ValidationError(NOT_BEGUN)
    if desk.to_do:
        raise ValidationError(list(desk.to_do.values()))
    number, now = len(desk.sendings) + 1, clock.now()
    UnitReportSending.objects.create(
        report=current, number=number, sent_by=by, sent_at=now, content=desk.content
    )
    sent = {"state": UnitReportState.SENT, "sent_by": by, "sent_at": now}
    versions.update(current, version=version, **sent)
    audit.record(current, f"{name_report(current)}: gửi lần {number}.", ward=current.ward)
    return current


def hold_report(report: UnitReport) -> UnitReport:
    """The report as it is now, which nobody else changes until the act is over."""
    rows = UnitReport.objects.filter(pk=report.pk)
    return locks.hold(rows.select_related("ward", "unit", "village", "request__ward")).get()


def name_report(report: UnitReport) -> str:
    return f"Báo cáo {name_request(report.request)} của {report.author.name}"


def refuse_writing(report: UnitReport, by: User) -> None:
    """Raise PermissionDenied or ValidationError where somebody cannot write the report now."""
    if not may_write_report(by, report):
        raise PermissionDenied(ANOTHER_UNITS)
    refuse_closed(report)


def refuse_closed(report: UnitReport) -> None:
    """Raise ValidationError where nobody can write the report now."""
    if report.state == UnitReportState.RECEIVED:
        raise ValidationError(RECEIVED_ALREADY, code="locked")
    if report.state == UnitReportState.SENT:
        raise ValidationError(SENT_ALREADY, code="locked")
    if report.author.valid_to is not None and report.author.valid_to < clock.today():
        raise ValidationError(ENDED_UNIT.format(unit=report.author))
    refuse_locked_days(report.ward, report.request.first_day, report.request.last_day)


def _put(report: UnitReport, kept: UnitReportFigure | None, each: FilledFigure, order: int) -> None:
    values = {name: getattr(each, name) for name in NAMES} | {"order": order}
    if kept is None:
        UnitReportFigure.objects.create(report=report, key=each.key, **values)
        return
    if kept.computed != each.computed:
        values |= {"answer": "", "own": None, "reason": ""}
    for name, value in values.items():
        setattr(kept, name, value)
    kept.save()


def _faults(
    report: UnitReport,
    figures: Mapping[int, UnitReportFigure],
    replies: Mapping[int, FigureReply],
    texts: Mapping[str, str],
) -> dict[str, str]:
    asked = report.request
    allowed = may_estimate(data_on=asked.data_on, last_day=asked.last_day, today=clock.today())
    faults = {name: TEXT_TOO_LONG for name, text in texts.items() if len(text) > LONGEST_TEXT}
    for pk, reply in replies.items():
        # What was estimated in time stays.
        is_kept = reply.estimate == figures[pk].estimate
        found = reply_faults(reply, estimate_allowed=allowed or is_kept)
        faults |= {f"{pk}-{name}": fault for name, fault in found.items()}
    return faults


def answer_figure(figure: UnitReportFigure, reply: FigureReply) -> bool:
    """Write a reply into the figure; whether that changes it."""
    values = dict(reply.__dict__)
    if reply.answer != FigureAnswer.OWN:
        values |= {"own": None, "reason": ""}
    before = {name: getattr(figure, name) for name in values}
    for name, value in values.items():
        setattr(figure, name, value)
    return before != values
