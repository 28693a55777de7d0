"""The page on which legal bases of a draft are proposed, accepted and refused one by one."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from povertyplan.core.platform.confirmations import VersionForm
from povertyplan.core.platform.form_pages import form_response, perform
from povertyplan.core.text.fields import read_key
from reports.models import BasisProposal
from reports.plans import presenters as document_words
from reports.plans.basis_proposals import presenters as words
from reports.plans.basis_proposals.forms import AcceptBasisForm, BasisProposalForm
from reports.plans.basis_proposals.selectors import settled_bases, waiting_bases
from reports.plans.basis_proposals.services import (
    accept_basis_proposal,
    propose_basis,
    refuse_basis_proposal,
    withdraw_basis_proposal,
)
from reports.plans.sections import editor_of
from reports.plans.views.signing import document_to
from reports.plans.workflow import WorkflowStep, step_fault

BASES = "reports:document_basis_proposals"
PAGE_SIZE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def document_basis_proposals(request, pk):
    """Every proposal beside the basis of now, and a form for one more."""
    document = document_to(request.user, BASES, pk)
    start = BasisProposalForm(document=document)
    if request.method != "POST":
        return _page(request, document, start)
    act, _, name = request.POST.get("act_on", "").partition(":")
    if act == "propose":
        start = BasisProposalForm(request.POST, document=document)
        values = {"document": document, "by": request.user}
        if start.is_valid() and perform(start, propose_basis, **values, **start.values()):
            messages.success(request, words.PROPOSED)
            return redirect(BASES, pk=pk)
        return _page(request, document, start)
    form_class, service = _settling(act)
    proposal = get_object_or_404(document.basis_proposals, pk=read_key(name))
    form = form_class(request.POST)
    values = {"proposal": proposal, "by": request.user}
    if form.is_valid() and perform(form, service, **values, **form.cleaned_data):
        messages.success(request, words.DONE[act])
        return redirect(BASES, pk=pk)
    return _page(request, document, start, form)


def _settling(act: str):
    """The form and the service of a button that settles a proposal."""
    found = {
        "accept": (AcceptBasisForm, accept_basis_proposal),
        "refuse": (VersionForm, refuse_basis_proposal),
        "withdraw": (VersionForm, withdraw_basis_proposal),
    }.get(act)
    if found is None:
        raise Http404(words.UNKNOWN_ACT)
    return found


def _page(request, document, start, settling=None):
    document.refresh_from_db(fields=["version"])
    may_propose = not step_fault(WorkflowStep.COMMENT, document.state)
    writes_all = editor_of(request.user, document.ward).writes_all
    waiting: Paginator[BasisProposal] = Paginator(waiting_bases(document), PAGE_SIZE)
    page = waiting.get_page(request.GET.get("page"))
    context = {
        "document": document,
        "document_url": document_words.document_url(document),
        "start": start if may_propose and not writes_all else None,
        "form": settling or start,
        "page": page,
        "lines": list(words.shown_basis_proposals(page, request.user)),
        "settled": list(settled_bases(document)),
        "may_settle": may_propose,
        "may_write": writes_all and not step_fault(WorkflowStep.WRITE, document.state),
        "writes_all": writes_all,
    }
    template = "reports/plans/basis_proposals/document_basis_proposals.html"
    return form_response(request, template, context)
