"""The pages on which the parts around the text of a draft are written."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from povertyplan.core.access.rules import may_open
from povertyplan.core.platform.form_pages import form_response, newer_row, perform
from reports.models import Document
from reports.plans import presenters as words
from reports.plans.frame.forms.heading import HeadingForm, RecipientsForm
from reports.plans.frame.forms.lists import BasesForm, DutiesForm
from reports.plans.frame.presenters import SAVED
from reports.plans.frame.services.bases import set_bases
from reports.plans.frame.services.duties import set_duties
from reports.plans.frame.services.heading import set_heading
from reports.plans.frame.services.recipients import set_recipients


@require_http_methods(["GET", "HEAD", "POST"])
def document_heading(request, pk):
    """Subject, place, issuing body, addressees and who signs."""
    return _edit(request, pk, "heading", HeadingForm, set_heading)


@require_http_methods(["GET", "HEAD", "POST"])
def document_bases(request, pk):
    """The legal bases in the order in which they are printed."""
    return _edit(request, pk, "bases", BasesForm, set_bases)


@require_http_methods(["GET", "HEAD", "POST"])
def document_recipients(request, pk):
    """Who gets the document, a line each."""
    return _edit(request, pk, "recipients", RecipientsForm, set_recipients)


@require_http_methods(["GET", "HEAD", "POST"])
def document_duties(request, pk):
    """What each unit is given to do."""
    return _edit(request, pk, "duties", DutiesForm, set_duties)


def _edit(request, pk, part, form_class, service):
    view = f"reports:document_{part}"
    documents = Document.objects.visible_to(request.user).select_related("ward")
    document = get_object_or_404(documents, pk=pk)
    if not may_open(request.user, view, area=document.ward):
        raise PermissionDenied(words.NO_RIGHT)
    form = form_class(request.POST or None, document=document)
    if request.method == "POST" and form.is_valid():
        values = {"version": form.seen_version, "by": request.user, **form.values()}
        if perform(form, service, document=document, **values):
            messages.success(request, SAVED[view])
            return redirect(view, pk=pk)
    return _page(request, document, part, form)


def _page(request, document, part, form):
    newer = newer_row(form)
    context = {
        "form": form,
        "document": document,
        "part_label": words.PARTS[f"reports:document_{part}"],
        "document_url": words.document_url(document),
        "tabs": list(words.part_tabs(document, f"reports:document_{part}")),
        "is_draft": not (document.is_issued or document.is_submitted),
        "theirs": type(form)(document=newer).lines_now() if newer else [],
    }
    template = f"reports/plans/frame/document_{part}.html"
    return form_response(request, template, context, *form.line_forms())
