"""A kind of support with its rules and its history; added, changed, ended by an administrator."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from povertyplan.core.access.rules import may_open
from povertyplan.core.journal.selectors import events_about
from povertyplan.core.platform.form_pages import form_response, perform
from povertyplan.core.text.fields import read_key
from projects.models import SupportKind
from projects.support import presenters as words
from projects.support.forms.kinds import (
    SupportKindChangeForm,
    SupportKindForm,
    copy_initial,
    kind_initial,
)
from projects.support.services.kinds import add_support_kind, change_support_kind

DETAIL, EDIT = "projects:support_kind_detail", "projects:support_kind_edit"
FORM = ["GET", "HEAD", "POST"]
PAGE = "projects/support/support_kind_form.html"


@require_safe
def support_kind_detail(request, pk):
    kind = _kind_or_404(pk)
    may_edit = may_open(request.user, EDIT, writing=True)
    context = {
        "line": words.describe_kind(kind),
        "kind": kind,
        "needs": kind.needs.all(),
        "events": events_about(kind) if may_edit else [],
        "may_edit": may_edit,
    }
    return render(request, "projects/support/support_kind_detail.html", context)


@require_http_methods(FORM)
def support_kind_new(request):
    """A new kind; with `from` it takes over what another says."""
    pk = read_key(request.GET.get("from", ""))
    copied = SupportKind.objects.filter(pk=pk).first() if pk else None
    initial = copy_initial(copied) if copied else None
    form = SupportKindForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        added = perform(form, add_support_kind, details=form.details(), by=request.user)
        if added:
            messages.success(request, words.describe_kind_saved(added))
            return redirect(DETAIL, added.pk)
    return form_response(request, PAGE, {"form": form, "heading": words.NEW_KIND})


@require_http_methods(FORM)
def support_kind_edit(request, pk):
    kind = _kind_or_404(pk)
    posted = request.POST if request.method == "POST" else None
    form = SupportKindChangeForm(posted, initial=kind_initial(kind))
    if form.is_valid():
        values = {"details": form.details(), "version": form.cleaned_data["version"]}
        if saved := perform(form, change_support_kind, kind=kind, by=request.user, **values):
            messages.success(request, words.describe_kind_saved(saved))
            return redirect(DETAIL, saved.pk)
    context = {
        "form": form,
        "kind": kind,
        "heading": words.EDIT_KIND,
        "is_used": kind.supports.standing().exists(),
    }
    return form_response(request, PAGE, context)


def _kind_or_404(pk) -> SupportKind:
    kinds = SupportKind.objects.prefetch_related("projects__parent", "projects__programme")
    return get_object_or_404(kinds, pk=pk)
