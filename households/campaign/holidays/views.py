"""The days without work, and those worked instead, by year: the list, adding, removing."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from households.campaign.holidays import presenters as words
from households.campaign.holidays.forms import HolidayForm, ProposedDaysForm
from households.campaign.holidays.selectors import (
    holiday_years,
    listed_holidays,
    missing_days,
    proposed_days,
)
from households.campaign.holidays.services import (
    add_holidays,
    confirm_proposed_days,
    remove_holiday,
)
from households.models import Holiday
from povertyplan.core import clock
from povertyplan.core.access.rules import may_open
from povertyplan.core.areas import ward_of
from povertyplan.core.models import Area
from povertyplan.core.periods.years import year_links, year_of
from povertyplan.core.platform.form_pages import form_response, perform, perform_button
from povertyplan.core.platform.landings import anchor_of

LIST = "households:holiday_list"
REMOVE = "households:holiday_remove"


@require_safe
def holiday_list(request):
    ward, year = _ward_for(request), year_of(request)
    days = listed_holidays(ward, year)
    context = {
        "year": year,
        "years": year_links(request, holiday_years(ward, clock.today()), year),
        "days": days,
        "proposed": len(missing_days(days, year)),
    }
    return render(request, "households/campaign/holiday_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def holiday_new(request):
    """Ask for the day, or the first and the last of several, and add them."""
    ward = _ward_for(request)
    form = HolidayForm(request.POST or None, ward=ward)
    if request.method == "POST" and form.is_valid():
        added = perform(form, add_holidays, ward=ward, by=request.user, **form.day())
        if added:
            messages.success(request, words.days_added(len(added)))
            return _to_year(added[0].year, added[0])
    return form_response(request, "households/campaign/holiday_new.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def holiday_proposals(request):
    """Propose the days of a year that the ward's list lacks, and add those that are confirmed."""
    ward, year = _ward_for(request), year_of(request)
    form = ProposedDaysForm(request.POST or None, days=proposed_days(ward, year))
    if request.method == "POST" and form.is_valid():
        reference = form.cleaned_data["legal_reference"]
        added = perform(
            form,
            confirm_proposed_days,
            ward=ward,
            days=form.confirmed(),
            legal_reference=reference,
            by=request.user,
        )
        if added:
            messages.success(request, words.days_added(len(added)))
            return _to_year(year, added[0])
    context = {
        "form": form,
        "year": year,
        "years": year_links(request, holiday_years(ward, clock.today()), year),
    }
    return form_response(request, "households/campaign/holiday_proposals.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def holiday_remove(request, pk):
    """Say which day is removed, and remove it."""
    days = Holiday.objects.visible_to(request.user).select_related("ward")
    holiday = get_object_or_404(days, pk=pk)
    if not may_open(request.user, REMOVE, area=holiday.ward, writing=True):
        raise PermissionDenied(words.NOT_THEIR_WARD)
    if request.method == "POST":
        if perform_button(request, remove_holiday, holiday=holiday, by=request.user):
            messages.success(request, words.day_removed(holiday))
        return _to_year(holiday.year)
    return render(request, "households/campaign/holiday_remove.html", {"holiday": holiday})


def _ward_for(request) -> Area:
    """The user's ward, where they keep its settings."""
    ward = ward_of(request)
    if not may_open(request.user, LIST, area=ward):
        raise PermissionDenied(words.NO_RIGHT)
    return ward


def _to_year(year, day=None):
    fragment = anchor_of(day) if day else None
    return redirect(reverse(LIST, query={"year": year}, fragment=fragment))
