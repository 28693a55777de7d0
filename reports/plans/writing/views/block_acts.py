"""What the buttons of a block do, beyond saving what was typed."""

from collections.abc import Callable
from functools import partial

from django.http import Http404

from povertyplan.core.platform.form_pages import perform, perform_button
from reports.plans.writing import presenters
from reports.plans.writing.forms import BlockForm
from reports.plans.writing.services.placing import Move, Side, insert_block, move_block
from reports.plans.writing.services.removing import bring_back_block, remove_block
from reports.plans.writing.services.sections import assign_section
from reports.plans.writing.services.shaping import change_block_kind, merge_blocks

SAVE, TAKE, BACK, END = "save", "take", "back", "end"


def perform_act(request, document, act, form, version):
    """Do the act of a button; None where it was refused, and the form then says why.

    `form` is that of the button's block; None for a button of the whole page.
    """
    if form is None and act != END:
        raise Http404(presenters.UNKNOWN_ACT)
    if form is None:
        return perform_button(request, insert_block, document=document, by=request.user)
    own = {"block": form.block, "version": version, "by": request.user}
    if act == BACK:
        return perform_button(request, bring_back_block, **own)
    service = _services(document, form, own).get(act)
    if service is None:
        raise Http404(presenters.UNKNOWN_ACT)
    return perform(form, service)


def _services(document, form: BlockForm, own: dict) -> dict[str, Callable]:
    beside = {"document": document, "beside": form.block, "by": own["by"]}
    kind = form.cleaned_data.get("kind", "")
    return {
        **{f"add-{side}": partial(insert_block, side=side, **beside) for side in Side},
        **{move.value: partial(move_block, move=move, **own) for move in Move},
        "merge": partial(merge_blocks, **own),
        "remove": partial(remove_block, **own),
        "assign": partial(assign_section, unit=form.cleaned_data.get("unit") or None, **own),
        "kind": partial(change_block_kind, kind=kind, **own),
    }
