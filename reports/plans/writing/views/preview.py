"""A draft as it will stand on paper: beside its editor, and as a page of its own."""

from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from reports.plans import presenters as words
from reports.plans.sections import editor_of
from reports.plans.views.signing import document_to
from reports.plans.writing.sheets import draft_sheets

PREVIEW = "reports:document_preview"


@vary_on_headers("HX-Request")
@require_safe
def document_preview(request, pk):
    """The sheets alone for the editor's page, which asks for them after each block it saved."""
    document = document_to(request.user, PREVIEW, pk)
    shown = draft_sheets(document)
    context = {"document": document, "sheets": shown.sheets, "problem": shown.problem}
    if request.htmx:
        return render(request, "reports/plans/writing/_sheets.html", context)
    editor = editor_of(request.user, document.ward)
    context |= {
        "document_url": words.document_url(document),
        "tabs": list(words.part_tabs(document, PREVIEW)) if editor.writes_all else [],
    }
    return render(request, "reports/plans/writing/document_preview.html", context)
