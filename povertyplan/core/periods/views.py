"""Locking the figures of a year, and opening them again."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from povertyplan.core.access.rules import may_open
from povertyplan.core.areas import ward_of
from povertyplan.core.models import PeriodLock
from povertyplan.core.periods import presenters
from povertyplan.core.periods.forms import PeriodLockForm, PeriodReleaseForm
from povertyplan.core.periods.selectors import period_years, unlocked_years
from povertyplan.core.periods.services import lock_period, release_period
from povertyplan.core.platform.form_pages import form_response, perform
from povertyplan.core.platform.landings import redirect_to_row

LIST = "core:period_list"
LOCK = "core:period_lock"
RELEASE = "core:period_release"


@require_safe
def period_list(request):
    ward = _ward_for(request, LIST, writing=False)
    context = {
        "years": period_years(ward),
        "may_lock": may_open(request.user, LOCK, area=ward, writing=True),
        "may_release": may_open(request.user, RELEASE, area=ward, writing=True),
    }
    return render(request, "core/periods/period_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def period_lock(request):
    """Ask which year, say what locking stops, and lock it."""
    ward = _ward_for(request, LOCK)
    initial = {"year": request.GET.get("year")}
    form = PeriodLockForm(request.POST or None, years=unlocked_years(ward), initial=initial)
    if request.method == "POST" and form.is_valid():
        year = form.cleaned_data["year"]
        lock = perform(form, lock_period, ward=ward, year=year, by=request.user)
        if lock:
            messages.success(request, presenters.describe_locked(lock.year))
            return redirect_to_row(f"year-{lock.year}", LIST)
    return form_response(request, "core/periods/period_lock.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def period_release(request, pk):
    """Ask why a locked year is opened again, and open it."""
    locks = PeriodLock.objects.visible_to(request.user).select_related("ward", "locked_by")
    lock = get_object_or_404(locks.in_force(), pk=pk)
    if not may_open(request.user, RELEASE, area=lock.ward, writing=True):
        raise PermissionDenied(presenters.NO_RIGHT_TO_RELEASE)
    form = PeriodReleaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        saved = perform(form, release_period, lock=lock, by=request.user, **form.cleaned_data)
        if saved:
            messages.success(request, presenters.describe_released(lock.year))
            return redirect_to_row(f"year-{lock.year}", LIST)
    return form_response(request, "core/periods/period_release.html", {"form": form, "lock": lock})


def _ward_for(request, view, *, writing=True):
    """The user's ward, where they hold a role that opens the view."""
    ward = ward_of(request)
    if not may_open(request.user, view, area=ward, writing=writing):
        raise PermissionDenied(presenters.NO_RIGHT_IN_WARD)
    return ward
