"""The pages on which a draft is sent out for comments, and commented on block by block."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from povertyplan.core.platform.confirmations import VersionForm
from povertyplan.core.platform.form_pages import form_response, perform
from povertyplan.core.text.fields import read_key
from reports.models import BlockComment
from reports.plans import presenters as document_words
from reports.plans.blocks import DocumentData
from reports.plans.outline import Outline
from reports.plans.reviewing import presenters as words
from reports.plans.reviewing.forms import AskForm, CommentAnswerForm, CommentForm
from reports.plans.reviewing.selectors import comments_by_block
from reports.plans.reviewing.services.asking import ask_for_comments
from reports.plans.reviewing.services.comments import add_comment, answer_comment, close_comment
from reports.plans.sections import editor_of
from reports.plans.views.signing import document_to
from reports.plans.workflow import WorkflowStep, step_fault

ASK = "reports:document_ask"
COMMENTS = "reports:document_comments"


@require_http_methods(["GET", "HEAD", "POST"])
def document_ask(request, pk):
    """Ask until when, and send the draft to the units."""
    document = document_to(request.user, ASK, pk)
    form = AskForm(request.POST or None, initial={"until": document.comment_until})
    if request.method == "POST" and form.is_valid():
        values = {"document": document, "by": request.user, **form.cleaned_data}
        if saved := perform(form, ask_for_comments, **values):
            messages.success(request, words.ASKED)
            return redirect(document_words.document_url(saved))
    context = {
        "document": document,
        "form": form,
        "back": document_words.document_url(document),
        "may_ask": not step_fault(WorkflowStep.ASK, document.state),
    }
    return form_response(request, "reports/plans/reviewing/document_ask.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def document_comments(request, pk):
    """The draft block by block, with what was said; one block is open to say something."""
    document = document_to(request.user, COMMENTS, pk)
    outline = Outline(document.blocks.select_related("unit"))
    opened = request.GET.get("at", "")
    if request.method != "POST":
        return _page(request, document, outline, opened, CommentForm())
    act, _, name = request.POST.get("act", "").partition(":")
    if act == "add":
        block = next((each for each in outline.rows.values() if each.key.hex == name), None)
        service, form = add_comment, CommentForm(request.POST)
        subject = {"block": block}
    elif act in ("answer", "close"):
        comment = _comment(document, name)
        block, subject = comment.block, {"comment": comment}
        service = answer_comment if act == "answer" else close_comment
        form = CommentAnswerForm(request.POST) if act == "answer" else VersionForm(request.POST)
    else:
        raise Http404(words.UNKNOWN_ACT)
    if block is None:
        raise Http404(words.UNKNOWN_ACT)
    if form.is_valid() and _perform(form, service, act, by=request.user, **subject):
        messages.success(request, words.DONE[act])
        address = reverse(COMMENTS, args=[pk])
        return redirect(f"{address}?at={block.key.hex}#block-{block.key.hex}")
    return _page(request, document, outline, block.key.hex, form, act, name)


def _perform(form, service, act, **values):
    typed = dict(form.cleaned_data)
    if act == "answer":
        typed["answer"] = typed.pop("text")
    return perform(form, service, **values, **typed)


def _comment(document, name: str) -> BlockComment:
    said = BlockComment.objects.filter(block__document=document).select_related("block__document")
    return get_object_or_404(said, pk=read_key(name))


def _page(request, document, outline, opened, form, act="add", name=""):
    editor = editor_of(request.user, document.ward)
    lines = words.commented_blocks(
        outline, comments_by_block(document), editor, opened, DocumentData(document)
    )
    context = {
        "document": document,
        "document_url": document_words.document_url(document),
        "lines": list(lines),
        "form": form,
        "comment_form": form if act == "add" else CommentForm(),
        "act": act,
        "name": name,
        "user_pk": request.user.pk,
        "writes_all": editor.writes_all,
        "may_comment": not step_fault(WorkflowStep.COMMENT, document.state),
    }
    return form_response(request, "reports/plans/reviewing/document_comments.html", context)
