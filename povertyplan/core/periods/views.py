"""Locking the figures of a year, and opening them again."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from povertyplan.core.access.rules import may
from povertyplan.core.areas import ward_of
from povertyplan.core.models import PeriodLock
from povertyplan.core.periods.forms import PeriodLockForm, PeriodReleaseForm
from povertyplan.core.periods.selectors import period_years, unlocked_years
from povertyplan.core.periods.services import lock_period, release_period

LIST = "core:period_list"
LOCK = "core:period_lock"
RELEASE = "core:period_release"


@require_safe
def period_list(request):
    ward = _ward_for(request, LIST, writing=False)
    context = {
        "years": period_years(ward),
        "may_lock": may(request.user, LOCK, area=ward, writing=True),
        "may_release": may(request.user, RELEASE, area=ward, writing=True),
    }
    return render(request, "core/periods/period_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def period_lock(request):
    """Ask which year, say what locking stops, and lock it."""
    ward = _ward_for(request, LOCK)
    initial = {"year": request.GET.get("year")}
    form = PeriodLockForm(request.POST or None, years=unlocked_years(ward), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            lock = lock_period(ward=ward, year=form.cleaned_data["year"], by=request.user)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"Đã khóa số liệu năm {lock.year}.")
            return redirect(LIST)
    return _form_page(request, "core/periods/period_lock.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def period_release(request, pk):
    """Ask why a locked year is opened again, and open it."""
    locks = PeriodLock.objects.visible_to(request.user).select_related("ward", "locked_by")
    lock = get_object_or_404(locks.in_force(), pk=pk)
    if not may(request.user, RELEASE, area=lock.ward, writing=True):
        raise PermissionDenied("Bạn không có quyền mở khóa số liệu của phường, xã này.")
    form = PeriodReleaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            release_period(lock=lock, by=request.user, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"Đã mở khóa số liệu năm {lock.year}.")
            return redirect(LIST)
    return _form_page(request, "core/periods/period_release.html", {"form": form, "lock": lock})


def _ward_for(request, view, *, writing=True):
    """The user's ward, where they hold a role that opens the view."""
    ward = ward_of(request)
    if not may(request.user, view, area=ward, writing=writing):
        raise PermissionDenied("Bạn không có quyền mở màn hình này ở phường, xã của mình.")
    return ward


def _form_page(request, template, context):
    return render(request, template, context, status=422 if context["form"].errors else 200)
