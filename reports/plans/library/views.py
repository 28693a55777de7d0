"""The library of acts, and the page on which a draft takes its bases from it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from povertyplan.core import clock
from povertyplan.core.access.rules import may_open
from povertyplan.core.areas import ward_of
from povertyplan.core.platform.form_pages import form_response, perform
from reports.models import LegalDocument
from reports.plans import presenters as document_words
from reports.plans.library import presenters as words
from reports.plans.library.forms import CiteForm, LegalChangeForm, LegalNewForm
from reports.plans.library.selectors import acts_of_ward, document_day
from reports.plans.library.services import (
    LegalInput,
    add_legal_document,
    change_legal_document,
    cite_legal_documents,
)
from reports.plans.views.signing import document_to
from reports.plans.workflow import WorkflowStep, step_fault

LIST, NEW = "reports:legal_list", "reports:legal_new"
EDIT, CITE = "reports:legal_edit", "reports:document_library"
FORM = ["GET", "HEAD", "POST"]
PAGE = "reports/plans/library/legal_form.html"
PAGE_SIZE = 50


@require_safe
def legal_list(request):
    ward = ward_of(request)
    page = Paginator(acts_of_ward(ward, request.user), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": list(words.shown_acts(page, clock.today())),
        "may_add": may_open(request.user, NEW, area=ward),
    }
    return render(request, "reports/plans/library/legal_list.html", context)


@require_http_methods(FORM)
def legal_new(request):
    ward = ward_of(request)
    if not may_open(request.user, NEW, area=ward):
        raise Http404(words.NO_WARD)
    form = LegalNewForm(request.POST if request.method == "POST" else None, ward=ward)
    if form.is_bound and form.is_valid():
        values = {"ward": ward, "details": form.details(), "key": form.cleaned_data["key"]}
        if act := perform(form, add_legal_document, **values, by=request.user):
            messages.success(request, words.saved(act))
            return redirect(LIST)
    return form_response(request, PAGE, {"form": form, "heading": words.NEW})


@require_http_methods(FORM)
def legal_edit(request, pk):
    acts = LegalDocument.objects.visible_to(request.user).select_related("ward")
    act = get_object_or_404(acts, pk=pk)
    if not may_open(request.user, EDIT, area=act.ward):
        raise PermissionDenied(document_words.NO_RIGHT)
    initial = {name: getattr(act, name) for name in LegalInput.__dataclass_fields__}
    posted = request.POST if request.method == "POST" else None
    form = LegalChangeForm(
        posted, initial=initial | {"version": act.version}, ward=act.ward, act=act
    )
    if form.is_bound and form.is_valid():
        values = {"act": act, "details": form.details(), "version": form.cleaned_data["version"]}
        if saved := perform(form, change_legal_document, **values, by=request.user):
            messages.success(request, words.saved(saved))
            return redirect(LIST)
    return form_response(request, PAGE, {"form": form, "heading": words.EDIT})


@require_http_methods(FORM)
def document_library(request, pk):
    """The acts that a draft does not cite yet; what does not hold on its day says so."""
    document = document_to(request.user, CITE, pk)
    acts, day = acts_of_ward(document.ward, request.user), document_day(document)
    posted = request.POST if request.method == "POST" else None
    form = CiteForm(posted, acts=acts, labels=words.act_labels(acts, document, day))
    if form.is_bound and form.is_valid():
        values = {"document": document, "by": request.user, **form.cleaned_data}
        if perform(form, cite_legal_documents, **values):
            messages.success(request, words.CITED)
            if warning := words.warnings_of(list(form.cleaned_data["acts"]), day):
                messages.warning(request, warning)
            return redirect("reports:document_bases", pk=pk)
    context = {
        "document": document,
        "document_url": document_words.document_url(document),
        "form": form,
        "is_draft": not step_fault(WorkflowStep.WRITE, document.state),
    }
    return form_response(request, "reports/plans/library/document_library.html", context)
