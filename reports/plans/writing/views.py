"""The page on which the words of a draft are written."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from povertyplan.core.access.rules import may_open
from povertyplan.core.platform.form_pages import form_response, newer_row, perform
from reports.models import Document
from reports.plans import presenters as words
from reports.plans.writing.forms import DocumentTextForm
from reports.plans.writing.services import write_texts

TEXT = "reports:document_text"


@require_http_methods(["GET", "HEAD", "POST"])
def document_text(request, pk):
    """Every block of text of a draft, one below the other as they are printed."""
    documents = Document.objects.visible_to(request.user).select_related("ward")
    document = get_object_or_404(documents, pk=pk)
    if not may_open(request.user, TEXT, area=document.ward):
        raise PermissionDenied(words.NO_RIGHT)
    form = DocumentTextForm(request.POST or None, document=document)
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("subject", "version")}
        saved = perform(
            form, write_texts, document=document, texts=form.texts(), by=request.user, **values
        )
        if saved:
            messages.success(request, words.TEXT_SAVED)
            return redirect(words.document_url(saved))
    context = {
        "form": form,
        "document": document,
        "document_url": words.document_url(document),
        "places": _places(form, document),
        "is_draft": not (document.is_issued or document.is_submitted),
    }
    return form_response(request, "reports/plans/document_text.html", context)


def _places(form, document):
    """Field, label of what data write, and the text that somebody else saved there meanwhile."""
    newer = {}
    if newer_row(form):
        newer = {f"b{key}": text for key, text in document.blocks.values_list("pk", "text")}
    for name, label in form.places:
        bound = form[name] if name else None
        theirs = newer.get(name, "")
        yield bound, label, theirs if bound and theirs != bound.value() else ""
