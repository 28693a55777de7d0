"""Writing an entry of money, and reversing one."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from povertyplan.core.platform.form_pages import form_response, perform
from povertyplan.core.platform.submissions import was_sent
from projects.models import BudgetEntry
from projects.money import presenters as words
from projects.money.forms import EntryForm, EntryReverseForm
from projects.money.selectors import may_write_money
from projects.money.services.entries import add_entry, doubts_of, reverse_entry
from projects.money.views.pages import ward_project_or_404

PROJECT = "projects:money_project"
FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
def entry_new(request, pk, year):
    """An entry of a project's money; what looks wrong is asked about before it is written."""
    ward_project = ward_project_or_404(request.user, pk, year)
    _refuse_others(request.user, ward_project, year)
    form = EntryForm(request.POST or None, initial={"first_year": str(year)})
    context = {"form": form, "ward_project": ward_project, "year": year}
    if request.method == "POST" and form.is_valid():
        draft, key = form.draft(year), form.cleaned_data["key"]
        doubts = doubts_of(ward_project, draft, by=request.user)
        if doubts and not form.is_confirmed(doubts) and not was_sent(key, by=request.user):
            form.ask(doubts)
            context["doubts"] = doubts
            return render(request, "projects/money/entry_new.html", context, status=409)
        values = {"draft": draft, "key": key, "by": request.user}
        if entry := perform(form, add_entry, ward_project=ward_project, **values):
            messages.success(request, words.describe_entered(entry))
            return redirect(PROJECT, ward_project.pk, year)
    return form_response(request, "projects/money/entry_new.html", context)


@require_http_methods(FORM)
def entry_reverse(request, pk):
    """Ask why an entry is taken out of the figures, and reverse it."""
    found = BudgetEntry.objects.visible_to(request.user)
    found = found.select_related("ward", "ward_project__ward", "ward_project__project__parent")
    entry = get_object_or_404(found, pk=pk)
    _refuse_others(request.user, entry.ward_project, entry.year)
    form = EntryReverseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if perform(form, reverse_entry, entry=entry, reason=reason, by=request.user):
            messages.success(request, words.describe_reversed(entry))
            return redirect(PROJECT, entry.ward_project_id, entry.year)
    (line,) = words.entry_lines([entry], may_write=True)
    context = {"form": form, "entry": entry, "line": line}
    return form_response(request, "projects/money/entry_reverse.html", context)


def _refuse_others(user, ward_project, year) -> None:
    """A reporter of another unit sees the figures, not the form."""
    if not may_write_money(user, ward_project, year):
        raise PermissionDenied(words.NOT_YOURS)
