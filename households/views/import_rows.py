"""Step 4 of an import: what is wrong with its rows, fixed one by one or together."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from households.choices import ImportRowState, ImportStage
from households.import_forms import CellForm, DecisionForm, GroupForm
from households.selectors.import_screens import ATTENTION, row_lines
from households.selectors.imports import problem_groups, state_counts
from households.services.import_corrections import decide_rows, fix_cell, fix_group
from households.views.import_steps import batch_to_edit, done, page_of

ROWS_A_PAGE = 25


@require_http_methods(["GET", "HEAD", "POST"])
def import_rows(request, pk):
    """Step 4: what is wrong, fixed one by one or together."""
    batch = batch_to_edit(request, pk)
    if batch is None:
        return redirect("households:import_result", pk=pk)
    if batch.stage != ImportStage.READ:
        return redirect("households:import_columns", pk=pk)
    if request.method == "POST":
        _correct(request, batch)
        return redirect(f"{request.path}?{request.GET.urlencode()}")
    counts = state_counts(batch)
    show = request.GET.get("show", "")
    states = [show] if show in ImportRowState.values else ATTENTION
    page = Paginator(batch.rows.filter(state__in=states), ROWS_A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "batch": batch,
        "tabs": _tabs(counts, show),
        "groups": problem_groups(batch.rows.filter(state=ImportRowState.ERROR)),
        "page": page,
        "lines": row_lines(page.object_list),
        "left_out": batch.left_out if show == ImportRowState.SKIPPED else [],
        "blocked": sum(counts[state] for state in ATTENTION),
    }
    return page_of(request, batch, "import_rows", context)


def _tabs(counts, show):
    waiting = sum(counts[state] for state in ATTENTION)
    tabs = [
        {
            "label": "Cần xử lý",
            "url": "?",
            "active": show not in ImportRowState.values,
            "count": waiting,
        }
    ]
    return tabs + [
        {
            "label": state.label,
            "url": f"?show={state}",
            "active": show == state,
            "count": counts[state],
        }
        for state in ImportRowState
    ]


def _correct(request, batch):
    """Carry out the one correction that a post asks for; a refusal becomes a message."""
    act, form_class = CORRECTIONS.get(request.POST.get("act"), (None, None))
    form = form_class(request.POST) if form_class else None
    if form is None or not form.is_valid():
        messages.error(request, "Chưa sửa được: nội dung gửi lên không đúng. Tải lại trang.")
        return
    done(request, act, batch=batch, by=request.user, **form.cleaned_data)


def _fix_cell(*, batch, row, column, text, version, by):
    staged = get_object_or_404(batch.rows, position=row)
    fix_cell(batch=batch, row=staged, column=column, text=text, version=version, by=by)


def _decide(*, batch, row, decision, everywhere, version, by):
    staged = get_object_or_404(batch.rows, position=row)
    positions = [row]
    if everywhere:
        same = batch.rows.filter(state=staged.state)
        positions = list(same.values_list("position", flat=True))
    decide_rows(batch=batch, positions=positions, decision=decision, version=version, by=by)


CORRECTIONS = {
    "cell": (_fix_cell, CellForm),
    "group": (fix_group, GroupForm),
    "decide": (_decide, DecisionForm),
}
