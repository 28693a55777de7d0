"""Locking the figures of a year or a part of it, and opening them again."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from povertyplan.core.access.rules import may_open
from povertyplan.core.areas import ward_of
from povertyplan.core.models import PeriodLock
from povertyplan.core.periods import presenters
from povertyplan.core.periods.forms import PeriodLockForm, PeriodReleaseForm
from povertyplan.core.periods.selectors import lockable_periods, unlocked_parts
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
        "periods": lockable_periods(ward),
        "may_lock": may_open(request.user, LOCK, area=ward, writing=True),
        "may_release": may_open(request.user, RELEASE, area=ward, writing=True),
    }
    return render(request, "core/periods/period_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def period_lock(request):
    """Ask which figures and why, say what locking stops, and lock them."""
    ward = _ward_for(request, LOCK)
    initial = {"period": request.GET.get("period")}
    form = PeriodLockForm(request.POST or None, parts=unlocked_parts(ward), initial=initial)
    if request.method == "POST" and form.is_valid():
        part, reason = form.cleaned_data["period"], form.cleaned_data["reason"]
        facts = {"year": part.year, "months": part.months, "reason": reason}
        lock = perform(form, lock_period, ward=ward, by=request.user, **facts)
        if lock:
            messages.success(request, presenters.describe_locked(lock))
            return redirect_to_row(f"period-{lock.part.token}", LIST)
    return form_response(request, "core/periods/period_lock.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def period_release(request, pk):
    """Ask why locked figures are opened again, and open them."""
    locks = PeriodLock.objects.visible_to(request.user).select_related("ward", "locked_by")
    lock = get_object_or_404(locks.in_force(), pk=pk)
    if not may_open(request.user, RELEASE, area=lock.ward, writing=True):
        raise PermissionDenied(presenters.NO_RIGHT_TO_RELEASE)
    form = PeriodReleaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        saved = perform(form, release_period, lock=lock, by=request.user, **form.cleaned_data)
        if saved:
            messages.success(request, presenters.describe_released(lock))
            return redirect_to_row(f"period-{lock.part.token}", LIST)
    return form_response(request, "core/periods/period_release.html", {"form": form, "lock": lock})


def _ward_for(request, view, *, writing=True):
    """The user's ward, where they hold a role that opens the view."""
    ward = ward_of(request)
    if not may_open(request.user, view, area=ward, writing=writing):
        raise PermissionDenied(presenters.NO_RIGHT_IN_WARD)
    return ward
