"""What may be done with an issued document: replace or amend it, record its abolition."""

from django.contrib import messages
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from povertyplan.core.platform.form_pages import form_response, perform
from reports.plans import presenters as document_words
from reports.plans.amending import presenters as words
from reports.plans.amending.forms import AbolishForm, AmendmentForm
from reports.plans.amending.selectors import compare_figures
from reports.plans.amending.services.abolishing import abolish_document
from reports.plans.amending.services.amending import begin_amendment
from reports.plans.views.signing import document_to

AMEND = "reports:document_amend"
ABOLISH = "reports:document_abolish"


@require_http_methods(["GET", "HEAD", "POST"])
def document_amend(request, pk):
    """Ask whether a new draft replaces or amends an issued document, and write it."""
    document = document_to(request.user, AMEND, pk)
    form = AmendmentForm(request.POST or None, initial={"kind": request.GET.get("kind", "")})
    if request.method == "POST" and form.is_valid():
        values = {"document": document, "by": request.user, **form.cleaned_data}
        if draft := perform(form, begin_amendment, **values):
            messages.success(request, words.BEGUN)
            return redirect(document_words.document_url(draft))
    return _page(request, "amend", document, form)


@require_http_methods(["GET", "HEAD", "POST"])
def document_abolish(request, pk):
    """Record which act abolished an issued document."""
    document = document_to(request.user, ABOLISH, pk)
    form = AbolishForm(request.POST or None, document=document)
    if request.method == "POST" and form.is_valid():
        values = {"document": document, "by": request.user, **form.cleaned_data}
        if saved := perform(form, abolish_document, **values):
            messages.success(request, words.abolished(saved))
            return redirect(document_words.document_url(saved))
    return _page(request, "abolish", document, form)


def _page(request, act, document, form):
    context = {
        "document": document,
        "form": form,
        "back": document_words.document_url(document),
        "comparison": compare_figures(document) if act == "amend" else None,
    }
    return form_response(request, f"reports/plans/amending/document_{act}.html", context)
