"""Submitting a plan or a report, returning it, and issuing it with number and day."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from povertyplan.core.access.rules import may_open
from povertyplan.core.platform.confirmations import VersionForm
from povertyplan.core.platform.form_pages import form_response, perform
from reports.models import Document
from reports.plans import presenters as words
from reports.plans.amending.obstacles import amended_fault
from reports.plans.blocks import DocumentError
from reports.plans.builder import build_with_links
from reports.plans.checking.presenters import ShownFinding, shown_findings
from reports.plans.forms import IssueForm, ReturnDocumentForm
from reports.plans.plan_facts import findings
from reports.plans.proposing.selectors import waiting_count
from reports.plans.services import (
    print_and_issue,
    remarks_on,
    return_document,
    submit_document,
)

SUBMIT = "reports:document_submit"
ISSUE = "reports:document_issue"
RETURN = "reports:document_return"
FINDINGS = "reports:document_findings"


@require_http_methods(["GET", "HEAD", "POST"])
def document_submit(request, pk):
    """Say what submitting means, and submit."""
    document = document_to(request.user, SUBMIT, pk)
    form = VersionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        saved = perform(
            form, submit_document, document=document, by=request.user, **form.cleaned_data
        )
        if saved:
            messages.success(request, words.SUBMITTED)
            return redirect(words.document_url(saved))
    return _page(request, "submit", document, form)


@require_http_methods(["GET", "HEAD", "POST"])
def document_return(request, pk):
    """Ask why, and send a submitted document back."""
    document = document_to(request.user, RETURN, pk)
    remark_count = remarks_on(document, request.user).count()
    form = ReturnDocumentForm(request.POST or None, has_remarks=bool(remark_count))
    if request.method == "POST" and form.is_valid():
        saved = perform(
            form, return_document, document=document, by=request.user, **form.cleaned_data
        )
        if saved:
            messages.success(request, words.RETURNED)
            return redirect(words.document_url(saved))
    return _page(request, "return", document, form, remark_count=remark_count)


@require_http_methods(["GET", "HEAD", "POST"])
def document_issue(request, pk):
    """Ask for number, day and who signs, and issue a submitted document."""
    document = document_to(request.user, ISSUE, pk)
    signer = {
        "authority": document.authority,
        "signer_title": document.signer_title,
        "signer_name": document.signer_name or request.user.full_name,
    }
    form = IssueForm(request.POST or None, initial=signer, document=document)
    if request.method == "POST" and form.is_valid():
        saved = perform(
            form, print_and_issue, document=document, by=request.user, **form.cleaned_data
        )
        if saved:
            messages.success(request, words.issued(saved))
            return redirect(words.document_url(saved))
    return _page(request, "issue", document, form)


def _page(request, act, document, form, **more):
    context = {
        "document": document,
        "form": form,
        "findings": () if act == "return" else _findings(document),
        "may_findings": may_open(request.user, FINDINGS, area=document.ward),
        "back": words.document_url(document),
        "obstacle": amended_fault(document),
        "waiting_proposals": waiting_count(document),
        "is_own": document.submitted_by_id == request.user.pk,
        **more,
    }
    return form_response(request, f"reports/plans/document_{act}.html", context)


def _findings(document) -> list[ShownFinding]:
    """What somebody should look at before they sign; nothing for a document that is signed."""
    try:
        if document.is_issued:
            return []
        return shown_findings(document, findings(document, build_with_links(document)))
    except DocumentError:
        return []  # its own page says why it cannot be read


def document_to(user, view, pk) -> Document:
    """The document of an address, for who may do there what the view does."""
    documents = Document.objects.visible_to(user).select_related("ward", "submitted_by", "amends")
    document = get_object_or_404(documents, pk=pk)
    if not may_open(user, view, area=document.ward):
        raise PermissionDenied(words.NO_RIGHT)
    return document
