"""The ward itself: setting up the first one, what is known of it, changing that."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from povertyplan.core.access.rules import may_open
from povertyplan.core.areas import may_create_first_ward, ward_of
from povertyplan.core.journal.selectors import events_about
from povertyplan.core.platform.form_pages import form_response, perform
from povertyplan.core.wards import presenters as words
from povertyplan.core.wards.forms import FirstWardForm, WardChangeForm, values_of
from povertyplan.core.wards.services import change_ward, create_ward

DETAIL, EDIT = "core:ward_detail", "core:ward_edit"


@require_http_methods(["GET", "HEAD", "POST"])
def ward_new(request):
    if request.method != "POST" and not may_create_first_ward(request.user):
        raise PermissionDenied(words.NOT_FIRST)
    form = FirstWardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        ward = perform(
            form,
            create_ward,
            details=form.details(),
            key=form.cleaned_data["key"],
            by=request.user,
        )
        if ward:
            messages.success(request, words.describe_ward_set_up(ward))
            return redirect("core:settings_list")
    return form_response(request, "core/wards/ward_new.html", {"form": form})


@require_safe
def ward_detail(request):
    ward = _ward_for(request, DETAIL)
    context = {
        "area": ward,
        "may_change": may_open(request.user, EDIT, area=ward, writing=True),
        "events": events_about(ward),
    }
    return render(request, "core/wards/ward_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def ward_edit(request):
    ward = _ward_for(request, EDIT)
    form = WardChangeForm(request.POST or None, initial=values_of(ward))
    if request.method == "POST" and form.is_valid():
        changed = perform(
            form,
            change_ward,
            ward=ward,
            details=form.details(),
            reason=form.cleaned_data["reason"],
            version=form.cleaned_data["version"],
            by=request.user,
        )
        if changed:
            messages.success(request, words.describe_ward_changed(changed))
            return redirect(DETAIL)
    return form_response(request, "core/wards/ward_edit.html", {"form": form})


def _ward_for(request, view):
    """The user's ward, where they hold a role that opens the view."""
    ward = ward_of(request)
    if not may_open(request.user, view, area=ward):
        raise PermissionDenied(words.NO_WARD)
    return ward
