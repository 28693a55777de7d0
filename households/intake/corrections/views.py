"""Step 4 of an import: what is wrong with its rows, fixed one by one or together, or taken back."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from households.choices import ImportRowState, ImportStage
from households.intake.corrections import presenters as words
from households.intake.corrections.forms import CellForm, DecisionForm, GroupForm, UndoForm
from households.intake.corrections.selectors.rows import ATTENTION, KeptText, row_lines
from households.intake.corrections.services import decide_rows, fix_cell, fix_group, undo_change
from households.intake.staging.pages import batch_to_edit, page_of
from households.intake.staging.selectors.kinds import rows_apart, warning_kinds
from households.intake.staging.selectors.problems import (
    is_other_name,
    problem_groups,
    state_counts,
)
from povertyplan.core.platform.form_pages import perform

ROWS_A_PAGE = 25
CHANGES = "changes"


@require_http_methods(["GET", "HEAD", "POST"])
def import_rows(request, pk):
    """What is wrong and what was corrected so far; a refused correction keeps what was typed."""
    batch = batch_to_edit(request, pk)
    if batch is None:
        return redirect("households:import_result", pk=pk)
    if batch.stage != ImportStage.READ:
        return redirect("households:import_columns", pk=pk)
    form = None
    if request.method == "POST":
        form = _correct(request, batch)
        if not form.errors:
            return redirect(_address(request, batch, form.cleaned_data.get("row")))
    context = {
        **_listed(request, batch, _kept(form)),
        "batch": batch,
        "forms": [form] if form else [],
        "groups": problem_groups(batch.rows.filter(state=ImportRowState.ERROR)),
        "latest": batch.changes.standing().first(),
    }
    return page_of(request, batch, "import_rows", context)


def _listed(request, batch, kept):
    """The rows of a state, or the changes made so far."""
    counts, changes = state_counts(batch), batch.changes.select_related("made_by", "undone_by")
    show = request.GET.get("show", "")
    listed = changes if show == CHANGES else batch.rows.filter(state__in=_states(show))
    kinds, kind = [], None
    if show == ImportRowState.WARNING:
        warned = list(listed)
        kinds = warning_kinds(warned)
        kind = next((each for each in kinds if each.key == request.GET.get("kind")), None)
        listed = list(kind.rows) if kind else rows_apart(warned, kinds)
    page = Paginator(listed, ROWS_A_PAGE).get_page(request.GET.get("page"))
    return {
        "tabs": _tabs(counts, page.paginator.count if show == CHANGES else changes.count(), show),
        "page": page,
        "lines": [] if show == CHANGES else row_lines(batch, page.object_list, kept),
        "kinds": kinds,
        "kind": kind,
        "changes": page.object_list if show == CHANGES else [],
        "noun": words.CHANGE if show == CHANGES else words.ROW,
        "empty": words.NO_CHANGES if show == CHANGES else words.NO_ROWS,
        "left_out": batch.left_out if show == ImportRowState.SKIPPED else [],
        "blocked": sum(counts[state] for state in ATTENTION),
    }


def _states(show):
    return [show] if show in ImportRowState.values else ATTENTION


def _tabs(counts, changes, show):
    waiting = sum(counts[state] for state in ATTENTION)
    listed = [
        (words.WAITING, "", waiting),
        *((state.label, state.value, counts[state]) for state in ImportRowState),
        (words.CORRECTED, CHANGES, changes),
    ]
    known = show if show in (CHANGES, *ImportRowState.values) else ""
    return [
        {
            "label": label,
            "url": f"?show={name}" if name else "?",
            "active": name == known,
            "count": count,
        }
        for label, name, count in listed
    ]


def _correct(request, batch):
    """Carry out the one correction that a post asks for; its form, with why it was refused."""
    act, form_class = CORRECTIONS.get(request.POST.get("act"), (None, UndoForm))
    form = form_class(request.POST)
    if act is None or not form.is_valid():
        form.add_error(None, list(form.errors.get("text", [])) or words.NOT_UNDERSTOOD)
    else:
        perform(form, act, batch=batch, by=request.user, **form.cleaned_data)
    return form


def _kept(form):
    """What a refused form wanted in a cell, wherever the cell is known."""
    if not isinstance(form, CellForm) or not {"row", "column"} <= form.cleaned_data.keys():
        return None
    return KeptText(
        form.cleaned_data["row"], form.cleaned_data["column"], form.data.get("text", "")
    )


def _address(request, batch, position):
    """The same page at the row that was corrected, or the next one if it needs nothing more."""
    address = f"{request.path}?{request.GET.urlencode()}"
    left = batch.rows.filter(state__in=_states(request.GET.get("show", "")))
    following = left.filter(position__gte=position).first() if position is not None else None
    return f"{address}#row-{following.position}" if following else address


def _fix_cell(*, batch, row, column, text, version, by):
    staged = get_object_or_404(batch.rows, position=row)
    fix_cell(batch=batch, row=staged, column=column, text=text, version=version, by=by)


def _decide(*, batch, row, decision, everywhere, version, by):
    staged = get_object_or_404(batch.rows, position=row)
    positions = [row]
    if everywhere:
        # Two names of one number are looked at one by one.
        same = [each for each in batch.rows.filter(state=staged.state) if not is_other_name(each)]
        positions = sorted({row, *(each.position for each in same)})
    decide_rows(batch=batch, positions=positions, decision=decision, version=version, by=by)


CORRECTIONS = {
    "cell": (_fix_cell, CellForm),
    "group": (fix_group, GroupForm),
    "decide": (_decide, DecisionForm),
    "undo": (undo_change, UndoForm),
}
