"""What the pages of the import share: the batch, its steps, what was refused."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from households.choices import ImportOutcome, ImportStage
from households.intake.staging.selectors.unused import unused_in
from households.models import ImportBatch
from povertyplan.core.access.rules import may_open
from povertyplan.core.platform.form_pages import form_response

LIST = "households:import_list"
STEPS = (
    ("Chọn tệp", "import_list"),
    ("Trang tính", "import_sheets"),
    ("Ghép cột", "import_columns"),
    ("Kiểm tra và sửa", "import_rows"),
    ("Xem trước", "import_preview"),
    ("Ghi vào sổ", "import_result"),
)


def batch_of(request, pk) -> ImportBatch:
    """An import of a ward in which the user may import."""
    batch = get_object_or_404(
        ImportBatch.objects.visible_to(request.user).kept().select_related("ward", "written_by"),
        pk=pk,
    )
    if not may_open(request.user, LIST, area=batch.ward, writing=True):
        raise Http404
    return batch


def batch_to_edit(request, pk) -> ImportBatch | None:
    """An import that is not written yet."""
    batch = batch_of(request, pk)
    return batch if batch.stage in (ImportStage.CHOSEN, ImportStage.READ) else None


def counts_in_words(counts):
    """Outcomes with their labels, in the order of the report."""
    return [(ImportOutcome(outcome).label, count) for outcome, count in counts.items()]


def steps_of(batch, current):
    names = [name for _label, name in STEPS]
    at = names.index(current)
    written = batch is not None and batch.stage in (ImportStage.WRITTEN, ImportStage.UNDONE)
    return [
        {
            "label": label,
            "url": step_url(batch, name) if position < at and not written else "",
            "is_done": position < at,
            "is_current": position == at,
        }
        for position, (label, name) in enumerate(STEPS)
    ]


def step_url(batch, name):
    if name == "import_list" or batch is None:
        return reverse(LIST)
    return reverse(f"households:{name}", args=[batch.pk])


def page_of(request, batch, name, context):
    """The page of a step; what no field of its forms is about is said above it."""
    forms = context.get("forms", [])
    for form in forms:
        for sentence in form.non_field_errors():
            messages.error(request, sentence)
    context["steps"] = steps_of(batch, name)
    if name != "import_columns":
        context["unused"] = unused_in(batch)
        context["unused_open"] = sum(is_open for _column, is_open in context["unused"])
    return form_response(request, f"households/intake/{name}.html", context, *forms)
