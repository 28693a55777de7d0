"""The list of low-income workers: read, added to from the page of a household, taken off."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from households.models import Household, LowIncomeWorker
from households.workers import presenters as words
from households.workers.forms import WorkerEndForm, WorkerForm
from households.workers.selectors import income_terms, listed_workers, worker_lines
from households.workers.services.recognising import end_worker, recognise_worker
from povertyplan.core import clock
from povertyplan.core.access.rules import may_open, user_opening
from povertyplan.core.areas import ward_of
from povertyplan.core.platform.form_pages import form_response, perform

PAGE_SIZE = 50
FORM = ["GET", "HEAD", "POST"]
LIST, NEW, END = "households:worker_list", "households:worker_new", "households:worker_end"
EXPORT, IMPORT = "households:worker_export", "households:worker_register_import"
PAGE = "households/workers/worker_form.html"


@require_safe
def worker_list(request):
    ward, today = ward_of(request), clock.today()
    rows = listed_workers(ward=ward, reader=user_opening(request.user, LIST))
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    terms = income_terms()
    context = {
        "page": page,
        "lines": worker_lines(page, terms=terms, today=today),
        "counting": rows.in_force(on=today).count(),
        "term": words.describe_term(terms, today),
        "today": today,
        "may_import": may_open(request.user, IMPORT, area=ward, writing=True),
        "may_export": may_open(request.user, EXPORT, area=ward, writing=True),
        "may_end": may_open(request.user, END, area=ward, writing=True),
    }
    return render(request, "households/workers/worker_list.html", context)


@require_http_methods(FORM)
def worker_new(request, pk):
    """Put a member of a household on the list."""
    visible = Household.objects.visible_to(request.user).select_related("village", "ward")
    household = get_object_or_404(visible, pk=pk)
    _refuse_others(request.user, NEW, household.village)
    form = WorkerForm(request.POST if request.method == "POST" else None, household=household)
    if form.is_valid():
        values = {"details": form.details(), "key": form.cleaned_data["key"], "by": request.user}
        if worker := perform(form, recognise_worker, **values):
            messages.success(request, words.describe_listed(worker))
            return redirect("households:household_detail", household.pk)
    context = {
        "form": form,
        "household": household,
        "term": words.describe_term(income_terms(), clock.today()),
    }
    return form_response(request, PAGE, context)


@require_http_methods(FORM)
def worker_end(request, pk):
    visible = LowIncomeWorker.objects.visible_to(request.user)
    related = visible.select_related("household__village", "person", "ward")
    worker = get_object_or_404(related, pk=pk)
    _refuse_others(request.user, END, worker.household.village)
    posted = request.POST if request.method == "POST" else None
    form = WorkerEndForm(posted, initial={"version": worker.version})
    if form.is_valid():
        values = {**form.cleaned_data, "by": request.user}
        if ended := perform(form, end_worker, worker=worker, **values):
            messages.success(request, words.describe_ended(ended))
            return redirect(LIST)
    context = {"form": form, "household": worker.household, "worker": worker}
    return form_response(request, PAGE, context)


def _refuse_others(user, view, village) -> None:
    """Whose role writes in another ward or village only does not write here."""
    if not may_open(user, view, area=village, writing=True):
        raise PermissionDenied(words.NOT_WRITER)
