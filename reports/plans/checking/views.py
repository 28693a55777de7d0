"""The page of a document's findings: where each is mended, or why it stands."""

from django.contrib import messages
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from povertyplan.core.platform.form_pages import form_response, perform
from reports.plans import presenters as document_words
from reports.plans.blocks import DocumentError
from reports.plans.builder import build_with_links
from reports.plans.checking import presenters as words
from reports.plans.checking.forms import AcceptFindingForm
from reports.plans.checking.services import accept_finding
from reports.plans.plan_facts import findings
from reports.plans.views.signing import document_to

FINDINGS = "reports:document_findings"


@require_http_methods(["GET", "HEAD", "POST"])
def document_findings(request, pk):
    """List the findings of a draft; one of them is open to say why it stands."""
    document = document_to(request.user, FINDINGS, pk)
    opened = request.GET.get("key", "")
    form = AcceptFindingForm(request.POST or None, initial={"key": opened})
    if request.method == "POST" and form.is_valid():
        values = {"document": document, "by": request.user, **form.cleaned_data}
        if perform(form, accept_finding, **values):
            messages.success(request, words.ACCEPTED)
            return redirect(FINDINGS, pk=pk)
    context = {
        "document": document,
        "form": form,
        "opened": request.POST.get("key", opened),
        "back": document_words.document_url(document),
        "findings": _shown(document),
    }
    return form_response(request, "reports/plans/checking/document_findings.html", context)


def _shown(document) -> list[words.ShownFinding]:
    if document.is_issued:
        return []
    try:
        return words.shown_findings(document, findings(document, build_with_links(document)))
    except DocumentError:
        return []  # its own page says why it cannot be read
