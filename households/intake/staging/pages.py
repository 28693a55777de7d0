"""What the pages of the import share: the batch, its steps, refusals as messages."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from households.choices import ImportOutcome, ImportStage
from households.intake.staging.services import workbook_of
from households.models import ImportBatch
from povertyplan.core.access.rules import may
from povertyplan.core.models import Job

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
    if not may(request.user, LIST, area=batch.ward, writing=True):
        raise Http404
    return batch


def batch_to_edit(request, pk) -> ImportBatch | None:
    """An import that is not written yet."""
    batch = batch_of(request, pk)
    return batch if batch.stage in (ImportStage.CHOSEN, ImportStage.READ) else None


def opened(request, batch):
    """The file's sheets; None, with a message, where a limit stopped the reading."""
    try:
        return workbook_of(batch)
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
        return None


def done(request, act, **kwargs) -> bool:
    """Run a service; a refusal becomes a message."""
    try:
        act(**kwargs)
    except ValidationError as refused:
        _tell(request, refused)
        return False
    return True


def begun(request, begin, **kwargs) -> Job | None:
    """Begin long work; a refusal becomes a message."""
    try:
        return begin(**kwargs)
    except ValidationError as refused:
        _tell(request, refused)
        return None


def _tell(request, refused: ValidationError) -> None:
    for sentence in refused.messages:
        messages.error(request, sentence)


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
    invalid = any(form.errors for form in context.get("forms", []))
    context["steps"] = steps_of(batch, name)
    return render(
        request, f"households/intake/{name}.html", context, status=422 if invalid else 200
    )
