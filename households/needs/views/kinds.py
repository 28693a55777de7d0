"""The kinds of need: those that every ward shares, and a ward's own."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from households.models import NeedKind
from households.needs import presenters as words
from households.needs.forms import NeedKindChangeForm, NeedKindForm
from households.needs.services.kinds import add_need_kind, change_need_kind
from povertyplan.core.access.rules import user_opening
from povertyplan.core.areas import ward_of
from povertyplan.core.platform.form_pages import form_response, perform

FORM = ["GET", "HEAD", "POST"]
LIST, EDIT = "households:need_kind_list", "households:need_kind_edit"
PAGE = "households/needs/need_kind_form.html"


@require_safe
def need_kind_list(request):
    kinds = NeedKind.objects.of_ward(ward_of(request)).prefetch_related(
        "indicators__standard", "causes"
    )
    context = {"lines": [words.describe_kind(kind) for kind in kinds]}
    return render(request, "households/needs/need_kind_list.html", context)


@require_http_methods(FORM)
def need_kind_new(request):
    form = NeedKindForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        values = {"ward": ward_of(request), "details": form.details(), "by": request.user}
        if added := perform(form, add_need_kind, **values):
            messages.success(request, words.describe_kind_saved(added))
            return redirect(LIST)
    return form_response(request, PAGE, {"form": form, "heading": words.NEW_KIND})


@require_http_methods(FORM)
def need_kind_edit(request, pk):
    """A kind of the ward's own; the shared ones are not changed here."""
    wards = user_opening(request.user, EDIT).wards
    kind = get_object_or_404(NeedKind.objects.select_related("ward"), pk=pk, ward__in=wards)
    names = ("name", "for_persons", "is_offered", "version")
    initial = {name: getattr(kind, name) for name in names}
    form = NeedKindChangeForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        values = {"kind": kind, "details": form.details(), "by": request.user}
        version = form.cleaned_data["version"]
        if saved := perform(form, change_need_kind, version=version, **values):
            messages.success(request, words.describe_kind_saved(saved))
            return redirect(LIST)
    return form_response(request, PAGE, {"form": form, "heading": words.EDIT_KIND})
