"""Opening a period, and asking further units for it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from povertyplan.core import clock
from povertyplan.core.access.rules import may_open
from povertyplan.core.areas import ward_of
from povertyplan.core.models import Unit
from povertyplan.core.periods import years
from povertyplan.core.platform.form_pages import form_response, perform
from reports.models import ReportRequest
from reports.progress.calendar import presenters as words
from reports.progress.calendar.forms import PeriodOpeningForm, UnitsForm, period_initial
from reports.progress.calendar.selectors import (
    due_lines,
    may_collect,
    next_due,
    requests_of,
    rules_of,
    sent_of,
)
from reports.progress.calendar.services.periods import ask_more_units, open_period

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
def period_new(request, year):
    """Ask units for a period of a year; `?rule=` and `?due=` fill in what a rule says."""
    years.check_reach(year)
    ward = ward_of(request)
    if not may_open(request.user, "reports:period_new", area=ward):
        raise Http404(words.NO_WARD)
    posted = request.POST if request.method == "POST" else None
    initial = _initial(request, ward, year) if posted is None else None
    form = PeriodOpeningForm(posted, initial=initial, ward=ward, year=year)
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("rule", "key")}
        values = {"draft": form.draft(), **form.asked_now(), **given}
        if opened := perform(form, open_period, ward=ward, **values, by=request.user):
            messages.success(request, words.describe_period_opened(opened))
            return redirect("reports:period_detail", pk=opened.pk)
    return form_response(request, "reports/progress/period_new.html", {"form": form, "year": year})


@require_http_methods(FORM)
def period_units(request, pk):
    """Ask further units for a period that is open."""
    rows = ReportRequest.objects.visible_to(request.user).select_related("ward")
    period = get_object_or_404(rows, pk=pk)
    if not may_collect(request.user, period.ward):
        raise PermissionDenied(words.NO_WARD)
    asked = period.unit_reports.all()
    posted = request.POST if request.method == "POST" else None
    form = UnitsForm(posted, ward=period.ward, asked=asked)
    asks = {"request": period, "by": request.user}
    if form.is_valid() and perform(form, ask_more_units, **form.asked_now(), **asks):
        messages.success(request, words.describe_units_asked(period))
        return redirect("reports:period_detail", pk=period.pk)
    return form_response(
        request, "reports/progress/period_units.html", {"form": form, "period": period}
    )


def _initial(request, ward, year) -> dict[str, object]:
    """What a due of the calendar, or the next one, fills in; all units of the ward are ticked."""
    initial: dict[str, object] = {"units": list(Unit.objects.current().filter(ward=ward))}
    asked = request.GET.get("rule", ""), request.GET.get("due", "")
    requests = requests_of(request.user, ward, year)
    lines = due_lines(list(rules_of(ward)), year, requests, sent_of(ward, year))
    chosen = next_due(lines, clock.today())
    for line in lines:
        if asked == (str(line.rule.pk), f"{line.due.period.value}-{line.due.number}"):
            chosen = line
    return initial | period_initial(chosen.due, chosen.rule) if chosen else initial
