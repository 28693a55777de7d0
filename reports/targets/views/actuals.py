"""What an indicator reached in a year, as its unit reports it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from povertyplan.core import clock
from povertyplan.core.journal.selectors import last_event_of
from povertyplan.core.platform.form_pages import newer_row, perform
from projects.models import Actual, Indicator, Target
from projects.targets.selectors import goal_of, reported_periods, target_text_of
from projects.targets.services.actuals import (
    COMPUTED,
    actual_text,
    explain_refusal,
    report_actual,
)
from reports.targets import presenters
from reports.targets.contradictions import contradictions
from reports.targets.forms.actuals import ActualForm, actual_initial
from reports.targets.selectors import may_report


@require_http_methods(["GET", "HEAD", "POST"])
def actual_edit(request, pk, year):
    """What an indicator reached in a year, typed by the unit that follows it."""
    indicator, target = _target_or_404(request.user, pk, year)
    reported = reported_periods(indicator, year)
    period = presenters.period_asked(request.GET.get("period"), indicator, year, reported)
    target.tabs = presenters.period_tabs(indicator, year, period, reported)
    saved = reported.get(period)
    if request.method != "POST":
        form = ActualForm(indicator=indicator, initial=actual_initial(saved))
        return _actual_page(request, target, form, saved=saved)
    form = ActualForm(request.POST, indicator=indicator)
    if not form.is_valid():
        return _actual_page(request, target, form, saved=saved, status=422)
    place = {"indicator": indicator, "area": indicator.ward, "year": year, "period": period}
    figures = form.figures()
    against = contradictions(
        indicator=indicator,
        year=year,
        numerator=figures["numerator"],
        denominator=figures["denominator"],
        today=clock.today(),
    )
    values = {**place, **figures, "contradictions": against}
    actual = perform(form, report_actual, by=request.user, **values)
    if actual:
        messages.success(request, presenters.describe_saved(actual))
        return redirect(presenters.list_url(year, indicator))
    if newer := newer_row(form):
        return _conflict_page(request, target, form, newer)
    return _actual_page(request, target, form, saved=saved, status=422)


def _target_or_404(user, pk, year) -> tuple[Indicator, Target]:
    """The target of the whole ward. A reporter of another unit sees the list, not the form."""
    found = Indicator.objects.visible_to(user).select_related("ward", "owner")
    indicator = get_object_or_404(found, pk=pk)
    if indicator.query:
        raise Http404(COMPUTED)
    promised = Target.objects.in_force().filter(area=indicator.ward, year=year)
    target = get_object_or_404(promised, indicator=indicator)
    if year > clock.today().year:
        raise Http404(presenters.YEAR_TO_COME)
    if not may_report(user, indicator):
        raise PermissionDenied(presenters.ANOTHER_UNITS)
    target.indicator = indicator
    return indicator, target


def _actual_page(request, target, form, *, saved, status=200, conflict=None):
    indicator = target.indicator
    goal = goal_of(target, indicator, baseline=None)
    context = {
        "target_text": target_text_of(goal, indicator.measure_unit, target.note),
        "saved": actual_text(saved) if saved else "",
        "indicator": indicator,
        "tabs": target.tabs,
        "year": target.year,
        "form": form,
        "lock": explain_refusal(indicator, target.year),
        "conflict": conflict,
        "list_url": presenters.list_url(target.year, indicator),
    }
    return render(request, "reports/targets/actual_edit.html", context, status=status)


def _conflict_page(request, target, form, current):
    """Both figures; saving again, with the version now seen, replaces theirs knowingly."""
    event = last_event_of(current)
    mine = Actual(**{"indicator": target.indicator, "year": target.year, **_figures_of(form)})
    data = request.POST.copy()
    data["version"] = str(current.version)
    conflict = {
        "who": event.actor if event else None,
        "at": event.at if event else None,
        "theirs": actual_text(current),
        "their_note": current.note,
        "mine": actual_text(mine),
        "my_note": mine.note,
    }
    again = ActualForm(data, indicator=target.indicator)
    again.is_valid()
    return _actual_page(request, target, again, saved=current, status=409, conflict=conflict)


def _figures_of(form):
    figures = form.figures()
    del figures["version"]
    return figures
