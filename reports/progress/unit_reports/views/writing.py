"""The pages on which a unit writes its report, checks and sends it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from povertyplan.core import clock
from povertyplan.core.platform.form_pages import (
    form_response,
    newer_row,
    perform,
)
from reports.choices import FigureAnswer
from reports.models import UnitReport
from reports.progress.unit_reports import presenters as words
from reports.progress.unit_reports.differences import (
    PartChange,
    changes_between,
    may_estimate,
)
from reports.progress.unit_reports.forms import (
    ReportVersionForm,
    UnitReportForm,
    typed_content,
)
from reports.progress.unit_reports.selectors.reports import (
    ReportDesk,
    earlier_texts,
    may_write_report,
)
from reports.progress.unit_reports.services.writing import (
    ANOTHER_UNITS,
    fill_report,
    save_report,
    send_report,
)

FORM = ["GET", "HEAD", "POST"]
REUSE, CHECK, AGREE = "reuse", "check", "agree"


def report_or_404(request, pk) -> UnitReport:
    rows = UnitReport.objects.visible_to(request.user)
    related = rows.select_related(
        "ward", "unit", "village", "request__ward", "sent_by", "received_by"
    )
    return get_object_or_404(related, pk=pk)


def own_report(request, pk) -> UnitReport:
    """A report that the reader writes."""
    report = report_or_404(request, pk)
    if not may_write_report(request.user, report):
        raise PermissionDenied(ANOTHER_UNITS)
    return report


@require_POST
def unit_report_fill(request, pk):
    """Begin the report, or bring its figures up to date."""
    report, form = own_report(request, pk), ReportVersionForm(request.POST)
    if form.is_valid():
        given = {"report": report, "version": form.cleaned_data["version"], "by": request.user}
        if perform(form, fill_report, **given):
            messages.success(request, words.FILLED)
            return redirect("reports:unit_report_write", pk=report.pk)
    desk = ReportDesk(report)
    return _page(request, desk, _form_of(desk), fill_form=form)


@require_http_methods(FORM)
def unit_report_write(request, pk):
    """Everything on one page; saved as far as it goes, then checked and sent from the next."""
    report = own_report(request, pk)
    if not report.is_open:
        return redirect("reports:unit_report_detail", pk=report.pk)
    desk, earlier = ReportDesk(report), earlier_texts(report)
    posted = _typed(request.POST, desk, earlier) if request.method == "POST" else None
    form = _form_of(desk, posted)
    if form.is_valid() and REUSE not in request.POST:
        version = form.cleaned_data["version"]
        values = {"texts": form.texts(), "replies": form.replies(), "version": version}
        if perform(form, save_report, report=report, **values, by=request.user):
            if CHECK in request.POST:
                return redirect("reports:unit_report_check", pk=report.pk)
            messages.success(request, words.AGREED if AGREE in request.POST else words.SAVED)
            return redirect("reports:unit_report_write", pk=report.pk)
    return _page(request, desk, form, earlier=earlier)


@require_http_methods(FORM)
def unit_report_check(request, pk):
    """What will be sent, and what is still missing."""
    report = own_report(request, pk)
    posted = request.POST if request.method == "POST" else None
    form = ReportVersionForm(posted, initial={"version": report.version})
    if form.is_valid():
        version = form.cleaned_data["version"]
        if sent := perform(form, send_report, report=report, version=version, by=request.user):
            messages.success(request, words.describe_sent(sent))
            return redirect("reports:unit_report_detail", pk=report.pk)
    context = {"form": form, "report": report, "desk": ReportDesk(report)}
    return form_response(request, "reports/progress/unit_report_check.html", context)


def _form_of(desk: ReportDesk, posted=None) -> UnitReportForm:
    asked = desk.report.request
    estimates = may_estimate(data_on=asked.data_on, last_day=asked.last_day, today=clock.today())
    return UnitReportForm(posted, report=desk.report, figures=desk.figures, estimates=estimates)


def _page(request, desk: ReportDesk, form: UnitReportForm, **more):
    context = {
        "form": form,
        "report": desk.report,
        "desk": desk,
        "sections": [
            (line, list(form.rows(line.part)), None if line.figures else form[line.part])
            for line in desk.parts
        ],
        "theirs": texts_of_others(form),
        **more,
    }
    shown = [more["fill_form"]] if "fill_form" in more else []
    return form_response(request, "reports/progress/unit_report_write.html", context, *shown)


def _typed(posted, desk: ReportDesk, earlier):
    """What was typed, with what a button fills in: an earlier text, or all answers still open."""
    filled = posted.copy()
    name = posted.get(REUSE, "")
    if name in earlier:
        filled[name] = earlier[name]
    if AGREE in posted:
        for figure in desk.figures:
            names = [f"{figure.pk}-{each}" for each in ("answer", "own", "reason")]
            if not any(posted.get(each) for each in names):
                filled[names[0]] = FigureAnswer.AGREED.value
    return filled


def texts_of_others(form: UnitReportForm) -> list[PartChange]:
    """Where what was typed differs from what the other editor saved, for which it was refused."""
    newer = newer_row(form)
    if not isinstance(newer, UnitReport):
        return []
    return changes_between(typed_content(form), ReportDesk(newer).content)
