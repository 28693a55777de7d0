"""The page on which a ward's report is made of the reports of its units."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from povertyplan.core.platform.form_pages import form_response, perform, perform_button
from reports.models import ReportRequest, UnitReport
from reports.progress.calendar.selectors import may_collect
from reports.progress.consolidation import presenters as words
from reports.progress.consolidation.forms import ConsolidationForm, TakeInForm
from reports.progress.consolidation.selectors import consolidation_desk
from reports.progress.consolidation.services import (
    NOT_COLLECTOR,
    begin_consolidation,
    take_in_part,
    take_in_text,
)

PART = "part"


@require_http_methods(["GET", "HEAD", "POST"])
def period_consolidate(request, pk):
    """The units' words side by side; a post begins the draft, one of a part takes that in."""
    rows = ReportRequest.objects.visible_to(request.user).select_related("ward", "document__ward")
    period = get_object_or_404(rows, pk=pk)
    if not may_collect(request.user, period.ward):
        raise PermissionDenied(NOT_COLLECTOR)
    if PART in request.POST:
        return _take_in_part(request, period)
    posted = request.POST if request.method == "POST" else None
    form = ConsolidationForm(posted, initial={"version": period.version})
    if form.is_valid():
        given = {"request": period, "by": request.user, **form.cleaned_data}
        if perform(form, begin_consolidation, **given):
            messages.success(request, words.BEGUN)
            return redirect("reports:period_consolidate", pk=period.pk)
    context = {"form": form, "period": period, "desk": consolidation_desk(period)}
    return form_response(request, "reports/progress/period_consolidate.html", context)


def _take_in_part(request, period):
    form = TakeInForm(request.POST)
    part = form.chosen() if form.is_valid() else None
    if part is None:
        messages.error(request, form.errors["part"][0])
    elif taken := perform_button(request, take_in_part, request=period, part=part, by=request.user):
        messages.success(request, words.describe_part_taken(taken))
    return _back_to(period.pk, part)


def _back_to(period, part):
    anchor = f"#part-{part.value}" if part else ""
    return redirect(reverse("reports:period_consolidate", args=[period]) + anchor)


@require_POST
def report_take_in(request, pk):
    """Put one part of a unit's report into the draft."""
    rows = UnitReport.objects.visible_to(request.user)
    report = get_object_or_404(
        rows.select_related("ward", "unit", "village", "request__ward", "request__document__ward"),
        pk=pk,
    )
    if not may_collect(request.user, report.ward):
        raise PermissionDenied(NOT_COLLECTOR)
    form = TakeInForm(request.POST)
    part = form.chosen() if form.is_valid() else None
    if part is None:
        messages.error(request, form.errors["part"][0])
    elif perform_button(request, take_in_text, report=report, part=part, by=request.user):
        messages.success(request, words.describe_taken(report))
    return _back_to(report.request_id, part)
