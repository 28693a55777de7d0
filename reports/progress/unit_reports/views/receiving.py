"""Reading a report that was sent; receiving it, or sending parts of it back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from povertyplan.core.platform.form_pages import form_response, perform
from reports.choices import UnitReportState
from reports.progress.calendar.selectors import may_collect
from reports.progress.unit_reports import presenters as words
from reports.progress.unit_reports.forms import (
    ReportReturnForm,
    ReportVersionForm,
    VillageRecordForm,
)
from reports.progress.unit_reports.selectors.reports import (
    ReportDesk,
    may_write_report,
)
from reports.progress.unit_reports.services.receiving import (
    NOT_RECEIVER,
    receive_report,
    return_report,
)
from reports.progress.unit_reports.services.villages import record_village_part
from reports.progress.unit_reports.views.writing import report_or_404

NAMED = ("told_by", "version")


@require_safe
def unit_report_detail(request, pk):
    """The report as it stands, with what changed since it was sent before."""
    return _page(request, report_or_404(request, pk))


def _page(request, report, form=None):
    waits = report.state == UnitReportState.SENT
    context = {
        "form": form,
        "report": report,
        "desk": ReportDesk(report),
        "may_write": report.is_open and may_write_report(request.user, report),
        "may_record": report.is_open
        and report.village_id is not None
        and may_collect(request.user, report.ward),
        "may_receive": waits and may_collect(request.user, report.ward),
    }
    return form_response(request, "reports/progress/unit_report_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def village_part_record(request, pk):
    """Write down what somebody of a village said, where its head does not send it."""
    report = _received_by(request, pk)
    if report.village is None or not report.is_open:
        return redirect("reports:unit_report_detail", pk=report.pk)
    form = VillageRecordForm(request.POST if request.method == "POST" else None, report=report)
    if form.is_valid():
        given = {"texts": form.texts(), **{name: form.cleaned_data[name] for name in NAMED}}
        if done := perform(form, record_village_part, report=report, **given, by=request.user):
            messages.success(request, words.describe_received(done))
            return redirect("reports:unit_report_detail", pk=report.pk)
    context = {"form": form, "report": report}
    return form_response(request, "reports/progress/village_part_record.html", context)


@require_POST
def unit_report_receive(request, pk):
    report = _received_by(request, pk)
    form = ReportVersionForm(request.POST)
    if form.is_valid():
        given = {"report": report, "version": form.cleaned_data["version"], "by": request.user}
        if perform(form, receive_report, **given):
            messages.success(request, words.describe_received(report))
            return redirect("reports:unit_report_detail", pk=report.pk)
    return _page(request, report, form)


@require_http_methods(["GET", "HEAD", "POST"])
def unit_report_return(request, pk):
    """Ask at each part why it comes back."""
    report = _received_by(request, pk)
    desk = ReportDesk(report)
    posted = request.POST if request.method == "POST" else None
    parts = {line.part: line.text for line in desk.parts}
    form = ReportReturnForm(posted, parts=parts, initial={"version": report.version})
    if form.is_valid():
        values = {"reasons": form.reasons(), "version": form.cleaned_data["version"]}
        if perform(form, return_report, report=report, **values, by=request.user):
            messages.success(request, words.describe_returned(report))
            return redirect("reports:unit_report_detail", pk=report.pk)
    lines = [(line, form[line.part]) for line in desk.parts]
    context = {"form": form, "report": report, "lines": lines}
    return form_response(request, "reports/progress/unit_report_return.html", context)


def _received_by(request, pk):
    report = report_or_404(request, pk)
    if not may_collect(request.user, report.ward):
        raise PermissionDenied(NOT_RECEIVER)
    return report
