"""The page on which changes of a draft are proposed, accepted and refused one by one."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from povertyplan.core.platform.confirmations import VersionForm
from povertyplan.core.platform.form_pages import form_response, perform
from povertyplan.core.text.fields import read_key
from reports.models import BlockProposal
from reports.plans import presenters as document_words
from reports.plans.outline import Outline
from reports.plans.proposing import presenters as words
from reports.plans.proposing.forms import AcceptProposalForm, ProposalForm
from reports.plans.proposing.selectors import (
    settled_proposals,
    waiting_basis_count,
    waiting_proposals,
)
from reports.plans.proposing.services.proposing import propose_words
from reports.plans.proposing.services.settling import (
    accept_proposal,
    refuse_proposal,
    withdraw_proposal,
)
from reports.plans.sections import editor_of
from reports.plans.views.signing import document_to
from reports.plans.workflow import WorkflowStep, step_fault

PROPOSALS = "reports:document_proposals"
PAGE_SIZE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def document_proposals(request, pk):
    """Every proposal beside the words of now; one block is open to propose something for it."""
    document = document_to(request.user, PROPOSALS, pk)
    outline = Outline(document.blocks.select_related("unit"))
    opened = _block(outline, request.GET.get("at", ""))
    if request.method != "POST":
        start = ProposalForm(initial={"text": opened.text}) if opened else None
        return _page(request, document, outline, opened, start)
    act, _, name = request.POST.get("act", "").partition(":")
    address = reverse(PROPOSALS, args=[pk])
    if act == "propose":
        block = _block(outline, name)
        if block is None:
            raise Http404(words.UNKNOWN_ACT)
        form = ProposalForm(request.POST)
        values = {"block": block, "by": request.user}
        if form.is_valid() and perform(form, propose_words, **values, **form.cleaned_data):
            messages.success(request, words.PROPOSED)
            return redirect(address)
        return _page(request, document, outline, block, form)
    form_class, service = _settling(act)
    form, proposal = form_class(request.POST), _proposal(document, name)
    values = {"proposal": proposal, "by": request.user}
    if form.is_valid() and perform(form, service, **values, **form.cleaned_data):
        messages.success(request, words.DONE[act])
        page = read_key(request.GET.get("page", ""))
        return redirect(f"{address}?page={page}" if page else address)
    outline = Outline(document.blocks.select_related("unit"))
    return _page(request, document, outline, None, None, form)


def _settling(act: str):
    """The form and the service of a button that settles a proposal."""
    found = {
        "accept": (AcceptProposalForm, accept_proposal),
        "refuse": (VersionForm, refuse_proposal),
        "withdraw": (VersionForm, withdraw_proposal),
    }.get(act)
    if found is None:
        raise Http404(words.UNKNOWN_ACT)
    return found


def _block(outline, name: str):
    found = (block for block in outline.reading_order() if block.key.hex == name)
    return next(found, None)


def _proposal(document, name: str) -> BlockProposal:
    rows = BlockProposal.objects.filter(block__document=document)
    return get_object_or_404(rows.select_related("block__document"), pk=read_key(name))


def _page(request, document, outline, opened, start, settling=None):
    editor = editor_of(request.user, document.ward)
    waiting = Paginator(waiting_proposals(document, outline), PAGE_SIZE)
    page = waiting.get_page(request.GET.get("page"))
    may_propose = not step_fault(WorkflowStep.COMMENT, document.state)
    context = {
        "document": document,
        "document_url": document_words.document_url(document),
        "opened": opened if may_propose else None,
        "start": start,
        "form": settling or start,
        "page": page,
        "lines": list(words.shown_proposals(page, outline, editor, request.user)),
        "settled": list(settled_proposals(document)),
        "may_settle": may_propose,
        "waiting_bases": waiting_basis_count(document),
        "may_write": not step_fault(WorkflowStep.WRITE, document.state),
    }
    return form_response(request, "reports/plans/proposing/document_proposals.html", context)
