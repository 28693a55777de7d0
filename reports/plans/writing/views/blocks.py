"""The page on which the blocks of a draft are written, placed and removed."""

from contextlib import suppress

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import reswap, retarget

from povertyplan.core.access.rules import may_open
from povertyplan.core.platform.form_pages import (
    form_response,
    newer_row,
    perform,
    perform_button,
)
from reports.models import Block, Document
from reports.plans import presenters as words
from reports.plans.blocks import DocumentData, DocumentError
from reports.plans.frame.forms.lists import offered_units
from reports.plans.outline import Outline
from reports.plans.proposing.services.proposing import drop_stale_words, keep_stale_words
from reports.plans.reviewing.selectors import comments_by_block
from reports.plans.sections import editor_of
from reports.plans.writing import presenters
from reports.plans.writing.forms import BlockForm, block_forms, sent_forms
from reports.plans.writing.services.words import write_block
from reports.plans.writing.views.block_acts import BACK, SAVE, TAKE, perform_act

TEXT = "reports:document_text"
STATE = "reports/plans/writing/_block_state.html"
BLOCKS = "reports/plans/writing/_blocks.html"


@vary_on_headers("HX-Request")
@require_http_methods(["GET", "HEAD", "POST"])
def document_text(request, pk):
    """Every block of a draft as it is read. Whatever button is sent, what was typed is saved."""
    documents = Document.objects.visible_to(request.user).select_related("ward")
    document = get_object_or_404(documents, pk=pk)
    if not may_open(request.user, TEXT, area=document.ward):
        raise PermissionDenied(words.NO_RIGHT)
    outline = _read_outline(document)
    if request.method != "POST":
        return _page(request, document, outline, _forms(request, outline, document))
    if request.htmx:
        return _save_one(request, outline, sent_forms(outline, request.POST))
    return _save_all(request, document, outline)


def _save_all(request, document, outline):
    """Save each block that was touched, then do what the button asks."""
    act, _, key = request.POST.get("act", "").partition(":")
    target = _block_of(outline, key)
    if act == BACK and not perform_act(request, document, act, *_asked(request, target)):
        return _page(request, document, outline, _forms(request, outline, document, request.POST))
    if act == TAKE and target is not None:
        perform_button(request, drop_stale_words, block=target, by=request.user)
    if act == BACK:
        outline = _read_outline(document)  # words may have been typed in it before it was removed
    forms = _forms(request, outline, document, request.POST)
    saved = {
        form.block.pk: _save(request, form)
        for form in forms.values()
        if _is_touched(form) and not (act == TAKE and form.block == target)
    }
    if None in saved.values():
        return _page(request, document, outline, forms)
    if act and act not in (SAVE, TAKE, BACK):
        form, version = _asked(request, target, forms, saved)
        if perform_act(request, document, act, form, version) is None:
            return _page(request, document, outline, forms)
    messages.success(request, presenters.ACT_DONE.get(act, presenters.TEXT_SAVED))
    address = reverse(TEXT, args=[document.pk])
    return redirect(f"{address}?at={key}#block-{key}" if target and act != BACK else address)


def _save_one(request, outline, forms):
    """What a script gets that sent one block: its state, or the blocks that it became."""
    form = next(iter(forms.values()), None)
    if form is None:
        raise Http404(presenters.GONE)
    depth = outline.depth(form.block)
    pieces = _save(request, form) if _is_touched(form) else [form.block]
    if not pieces:
        context = {"line": presenters.BlockLine(form, depth)}
        return render(request, STATE, context, status=422)
    materials = _materials(form.block.document)
    lines = [
        presenters.BlockLine(
            BlockForm(block=each),
            depth,
            is_saved=True,
            figures=list(presenters.field_figures(each, materials)),
        )
        for each in pieces
    ]
    if len(lines) == 1:
        return render(request, STATE, {"line": lines[0]})
    answer = render(request, BLOCKS, {"lines": lines})
    return reswap(retarget(answer, f"#block-{form.block.key.hex}"), "outerHTML")


def _read_outline(document) -> Outline:
    return Outline(document.blocks.select_related("removed_by", "document__ward", "unit"))


def _forms(request, outline, document, data=None) -> dict[int, BlockForm]:
    return block_forms(outline, data, editor=editor_of(request.user, document.ward))


def _materials(document) -> DocumentData:
    """The figures of a document's fields; a text that cannot be read is told where it is saved."""
    materials = DocumentData(document)
    with suppress(DocumentError):
        materials.load_years()
    return materials


def _is_touched(form: BlockForm) -> bool:
    return form.is_valid() and form.is_touched


def _save(request, form: BlockForm) -> list[Block] | None:
    """The blocks that the words of a form became; None where they were refused."""
    values = {"text": form.cleaned_data["text"], "version": form.seen_version}
    written = perform(form, write_block, block=form.block, by=request.user, **values)
    if newer_row(form) is not None:
        kept = perform(form, keep_stale_words, block=form.block, by=request.user, **values)
        form.is_kept = kept is not None
    form.keep_newer()
    return written


def _asked(request, block, forms=None, saved=None) -> tuple[BlockForm | None, int | None]:
    """The form of a button's block, with its version after what was typed in it was saved."""
    if block is None:
        return None, None
    form = (forms or {}).get(block.pk) or BlockForm(request.POST, block=block)
    form.is_valid()
    own = [each for each in (saved or {}).get(block.pk) or () if each.pk == block.pk]
    return form, own[0].version if own else form.seen_version


def _block_of(outline, key: str) -> Block | None:
    """The block that a button names; None for a button of the whole page."""
    found = [block for block in outline.rows.values() if block.key.hex == key]
    if key and not found:
        raise Http404(presenters.GONE)
    return found[0] if found else None


def _page(request, document, outline, forms):
    refused = {pk: form for pk, form in forms.items() if any(form.errors)}
    if refused:
        # What was saved beside them is shown as it is now.
        outline = _read_outline(document)
        forms = _forms(request, outline, document) | refused
    shown = presenters.block_lines(
        outline, forms, comments_by_block(document), _materials(document), request.GET.get("at", "")
    )
    editor = editor_of(request.user, document.ward)
    context = {
        "document": document,
        "document_url": words.document_url(document),
        "tabs": list(words.part_tabs(document, TEXT)) if editor.writes_all else [],
        "lines": list(shown),
        "writes_all": editor.writes_all,
        "units": list(offered_units(document)) if editor.writes_all else [],
        "removed": [BlockForm(block=block) for block in outline.removed()],
        "is_draft": not (document.is_issued or document.is_submitted),
        "forms": list(forms.values()),
        "has_errors": bool(refused),
    }
    template = "reports/plans/document_text.html"
    return form_response(request, template, context, *forms.values())
