"""How periods, dues and states of progress reports look: `{% load progress_ui %}`."""

from django import template
from django.utils.html import format_html, format_html_join

from povertyplan.core.templatetags.ui import tag
from povertyplan.core.text import formatting
from povertyplan.core.text.vietnamese import upper_first
from reports.choices import DueState, UnitReportState
from reports.progress.calendar.dues import due_words, period_name
from reports.progress.calendar.selectors import due_of
from reports.progress.calendar.services.periods import name_request
from reports.progress.unit_reports.differences import figure_words

register = template.Library()

TONES = {
    UnitReportState.NOT_BEGUN: "plain",
    UnitReportState.DRAFTING: "info",
    UnitReportState.SENT: "warn",
    UnitReportState.RETURNED: "danger",
    UnitReportState.RECEIVED: "ok",
}
DUE_TONES = {
    DueState.ISSUED: "ok",
    DueState.SENT: "ok",
    DueState.RUNNING: "info",
    DueState.OVERDUE: "danger",
    DueState.NOT_RECORDED: "warn",
    DueState.TO_COME: "plain",
    DueState.NO_DAY: "plain",
}
NOT_ASKED = "không yêu cầu"

register.filter("request_words", name_request)
register.filter("figure_words", figure_words)


@register.filter
def request_name(request):
    """The name of a period by itself: "Quý I/2026"."""
    return upper_first(name_request(request))


@register.filter
def due_name(due):
    """ "Quý I/2026" of a due."""
    return period_name(due.period, due.year, due.number)


@register.filter
def due_text(rule):
    """When a rule is due, in words; nothing where nobody has said."""
    return due_words(due_of(rule))


@register.simple_tag
def report_state(cell):
    """Where a unit's report stands: "Đã gửi 08/6", with how late it is."""
    if cell.report is None:
        return format_html('<span class="muted">{}</span>', NOT_ASKED)
    state = UnitReportState(cell.report.state)
    day = f" {formatting.short_day(cell.sent_on)}" if state == UnitReportState.SENT else ""
    parts = [tag(f"{state.label}{day}", TONES[state])]
    if cell.late:
        parts.append(format_html('<span class="muted">chậm {} ngày</span>', cell.late))
    return format_html_join(" ", "{}", ((part,) for part in parts))


@register.simple_tag
def report_tag(report):
    """The state of a report on its own page."""
    state = UnitReportState(report.state)
    return tag(state.label, TONES[state])


@register.simple_tag
def due_state(state):
    """Where a report stands that is due on a day."""
    return tag(state.label, DUE_TONES[state])
