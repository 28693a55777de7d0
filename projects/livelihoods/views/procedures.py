"""What is asked before a livelihood project is approved, kind by kind (thủ tục)."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from povertyplan.core.access.rules import may_open
from povertyplan.core.journal.selectors import events_about
from povertyplan.core.platform.form_pages import form_response, perform
from projects.livelihoods import presenters as words
from projects.livelihoods.forms import ProcedureChangeForm, ProcedureNewForm, procedure_initial
from projects.livelihoods.services.procedures import add_procedure, change_procedure
from projects.models import LivelihoodProcedure

LIST, EDIT = "projects:livelihood_procedure_list", "projects:livelihood_procedure_edit"
FORM = ["GET", "HEAD", "POST"]
PAGE = "projects/livelihoods/livelihood_procedure_form.html"


@require_safe
def livelihood_procedure_list(request):
    """Every procedure, the newest of each kind first."""
    context = {
        "procedures": LivelihoodProcedure.objects.order_by("kind", "-valid_from"),
        "may_edit": may_open(request.user, EDIT, writing=True),
    }
    return render(request, "projects/livelihoods/livelihood_procedure_list.html", context)


@require_http_methods(FORM)
def livelihood_procedure_new(request):
    form = ProcedureNewForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("kind", "valid_from")}
        added = perform(form, add_procedure, details=form.details(), by=request.user, **values)
        if added:
            messages.success(request, words.describe_procedure_saved(added))
            return redirect(LIST)
    return form_response(request, PAGE, {"form": form, "heading": words.NEW_PROCEDURE})


@require_http_methods(FORM)
def livelihood_procedure_edit(request, pk):
    procedure = get_object_or_404(LivelihoodProcedure, pk=pk)
    posted = request.POST if request.method == "POST" else None
    form = ProcedureChangeForm(posted, initial=procedure_initial(procedure))
    if form.is_valid():
        values = {"details": form.details(), "version": form.cleaned_data["version"]}
        saved = perform(form, change_procedure, procedure=procedure, by=request.user, **values)
        if saved:
            messages.success(request, words.describe_procedure_saved(saved))
            return redirect(LIST)
    context = {
        "form": form,
        "procedure": procedure,
        "heading": words.EDIT_PROCEDURE,
        "events": events_about(procedure),
    }
    return form_response(request, PAGE, context)
