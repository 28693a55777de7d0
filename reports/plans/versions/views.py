"""The pages of a draft's versions: which were kept, and what is different between two."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from povertyplan.core.access.rules import may_open
from povertyplan.core.platform.form_pages import form_response, perform
from reports.plans import presenters as document_words
from reports.plans.versions import presenters as words
from reports.plans.versions.differences import compare_blocks
from reports.plans.versions.forms import CompareForm, KeepVersionForm
from reports.plans.versions.selectors import (
    NOW,
    compared_sides,
    content_of,
    usual_side,
    versions_of,
)
from reports.plans.versions.services import keep_by_hand
from reports.plans.views.signing import document_to
from reports.plans.workflow import WorkflowStep, step_fault

VERSIONS = "reports:document_versions"
COMPARE = "reports:document_compare"
PAGE_SIZE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def document_versions(request, pk):
    """The versions that were kept; one more is kept by hand."""
    document = document_to(request.user, VERSIONS, pk)
    may_keep = may_open(request.user, VERSIONS, area=document.ward, writing=True)
    form = KeepVersionForm(request.POST or None)
    if request.method == "POST":
        if not may_keep:
            raise PermissionDenied(document_words.NO_RIGHT)
        if form.is_valid():
            values = {"document": document, "by": request.user, **form.cleaned_data}
            if version := perform(form, keep_by_hand, **values):
                messages.success(request, words.kept(version))
                return redirect(VERSIONS, pk=pk)
    context = {
        "document": document,
        "document_url": document_words.document_url(document),
        "form": form,
        "page": Paginator(versions_of(document), PAGE_SIZE).get_page(request.GET.get("page")),
        "may_keep": may_keep and not step_fault(WorkflowStep.WRITE, document.state),
    }
    return form_response(request, "reports/plans/versions/document_versions.html", context)


@require_safe
def document_compare(request, pk):
    """What became of each block between two texts; without a choice, since the last version."""
    document = document_to(request.user, COMPARE, pk)
    sides = compared_sides(document, request.user)
    usual = {"before": usual_side(document, list(sides.values())), "after": NOW}
    asked = {name: request.GET.get(name) or usual[name] for name in usual}
    form = CompareForm(asked, sides=words.side_choices(sides))
    context = {
        "document": document,
        "document_url": document_words.document_url(document),
        "form": form,
        "is_alone": len(sides) == 1,
    }
    if form.is_valid():
        before, after = (content_of(sides[form.cleaned_data[name]]) for name in usual)
        changes = compare_blocks(before, after)
        page = Paginator(changes, PAGE_SIZE).get_page(request.GET.get("page"))
        context |= {
            "page": page,
            "lines": list(words.shown_changes(page)),
            "counts": words.change_counts(changes),
        }
    return render(request, "reports/plans/versions/document_compare.html", context)
