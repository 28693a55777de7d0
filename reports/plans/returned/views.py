"""The page on which the Word file of a draft is taken back."""

from django.contrib import messages
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from povertyplan.core.platform.form_pages import form_response, perform
from reports.plans import presenters as document_words
from reports.plans.returned import presenters as words
from reports.plans.returned.comparing import compare_with_signed
from reports.plans.returned.forms import ReturnedWordForm
from reports.plans.returned.selectors import returned_words
from reports.plans.returned.services import take_back_word
from reports.plans.views.signing import document_to
from reports.plans.workflow import WorkflowStep, step_fault

WORD = "reports:document_word"


@require_http_methods(["GET", "HEAD", "POST"])
def document_word(request, pk):
    """Ask for the file, match it with the draft, and say what was found."""
    document = document_to(request.user, WORD, pk)
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ReturnedWordForm(*data)
    if document.is_issued:
        return _against_signed(request, document, form)
    if form.is_bound and form.is_valid():
        values = {"document": document, "by": request.user, **form.cleaned_data}
        if returned := perform(form, take_back_word, **values):
            messages.success(request, words.taken_back(returned))
            return redirect(WORD, pk=pk)
    context = {
        "document": document,
        "document_url": document_words.document_url(document),
        "form": form,
        "files": list(returned_words(document)),
        "may_send": not step_fault(WorkflowStep.WRITE, document.state),
    }
    return form_response(request, "reports/plans/returned/document_word.html", context)


def _against_signed(request, document, form):
    """Say what a file says otherwise than what was signed. Nothing is kept of it."""
    comparison = None
    if form.is_bound and form.is_valid():
        passages = form.cleaned_data["file"].reading.passages
        comparison = perform(form, compare_with_signed, document=document, passages=passages)
    context = {
        "document": document,
        "document_url": document_words.document_url(document),
        "form": form,
        "comparison": comparison,
    }
    return form_response(request, "reports/plans/returned/document_word_signed.html", context)
