"""A household list from Excel into the register, in six steps that may be taken up again."""

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from households.choices import ImportStage, PovertyClass
from households.directory.workbooks import TEMPLATE_NAME, template_workbook
from households.intake.jobs import begin_reading, begin_undo, begin_writing, with_jobs
from households.intake.sheets.headings import LABELS
from households.intake.staging.forms import (
    ColumnsForm,
    ImportFileForm,
    ImportVersionForm,
    SheetForm,
)
from households.intake.staging.pages import (
    LIST,
    batch_of,
    batch_to_edit,
    counts_in_words,
    page_of,
    steps_of,
)
from households.intake.staging.selectors.columns import first_rows, sheet_columns
from households.intake.staging.selectors.problems import (
    may_undo_until,
    open_batches,
    reader_of,
    written_batches,
)
from households.intake.staging.selectors.unused import find_columns, offer_columns
from households.intake.staging.services import (
    change_layouts,
    layout_in,
    start_import,
    workbook_of,
)
from households.intake.writing.forms import ImportUndoForm
from households.intake.writing.presenters import UNDONE
from households.intake.writing.selectors.preview import preview_of
from households.intake.writing.selectors.undoing import undo_effects
from povertyplan.core import clock
from povertyplan.core.access.rules import may_open
from povertyplan.core.areas import ward_of
from povertyplan.core.platform import versions
from povertyplan.core.platform.files import file_response, list_name
from povertyplan.core.platform.form_pages import form_response, perform, perform_button
from povertyplan.core.platform.views.jobs import follow

LINES_SHOWN, UPDATED_A_PAGE = 100, 50


@require_http_methods(["GET", "HEAD", "POST"])
def import_list(request):
    """Step 1: choose a file or paste a list, or go on with an import that was begun."""
    ward = ward_of(request)
    if not may_open(request.user, LIST, area=ward, writing=True):
        raise Http404
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ImportFileForm(*data)
    if request.method == "POST" and form.is_valid():
        content, name = form.source()
        batch = perform(
            form,
            start_import,
            names={"file": form.used_field, NON_FIELD_ERRORS: form.used_field},
            ward=ward,
            content=content,
            name=name,
            by=request.user,
        )
        if batch:
            return redirect("households:import_sheets", pk=batch.pk)
    context = {
        "form": form,
        "begun": with_jobs(open_batches(request.user).filter(ward=ward), by=request.user),
        "written": written_batches(request.user).filter(ward=ward)[:LINES_SHOWN],
        "steps": steps_of(None, "import_list"),
    }
    return form_response(request, "households/intake/import_list.html", context)


@require_safe
def import_template(request):
    ward = ward_of(request)
    return file_response(template_workbook(ward), list_name(TEMPLATE_NAME, ward))


@require_http_methods(["GET", "HEAD", "POST"])
def import_sheets(request, pk):
    """Step 2: which sheets are read, and where their headings end."""
    batch = batch_to_edit(request, pk)
    if batch is None:
        return redirect("households:import_result", pk=pk)
    forms = [
        SheetForm(
            request.POST or None,
            prefix=f"sheet{position}",
            initial={"used": layout.used, "heading_row": layout.heading_row},
        )
        for position, layout in enumerate(batch.layouts)
    ]
    version = ImportVersionForm(request.POST or None)
    if request.method == "POST" and all([version.is_valid(), *(form.is_valid() for form in forms)]):
        names = [layout.sheet for layout in batch.layouts]
        changed = perform(
            version,
            change_layouts,
            batch=batch,
            used={name: form.cleaned_data["used"] for name, form in zip(names, forms, strict=True)},
            heading_rows={
                name: form.cleaned_data["heading_row"]
                for name, form in zip(names, forms, strict=True)
            },
            version=version.cleaned_data["version"],
            by=request.user,
        )
        if changed:
            return redirect("households:import_columns", pk=batch.pk)
    if (workbook := perform_button(request, workbook_of, batch=batch)) is None:
        return redirect(LIST)
    sheets = [
        {"layout": layout, "form": form, "rows": first_rows(sheet)}
        for layout, form, sheet in zip(batch.layouts, forms, workbook.sheets, strict=True)
    ]
    context = {"batch": batch, "sheets": sheets, "forms": [version, *forms]}
    return page_of(request, batch, "import_sheets", context)


@require_http_methods(["GET", "HEAD", "POST"])
def import_columns(request, pk):
    """Step 3: which column holds what; a post reads the rows."""
    batch = batch_to_edit(request, pk)
    if batch is None:
        return redirect("households:import_result", pk=pk)
    if (workbook := perform_button(request, workbook_of, batch=batch)) is None:
        return redirect(LIST)
    sheets = _sheets_with_columns(request, batch, workbook)
    version = ImportVersionForm(request.POST or None)
    valid = [each["form"].is_valid() for each in sheets]
    if request.method == "POST" and version.is_valid() and all(valid):
        columns = {each["layout"].sheet: each["form"].chosen() for each in sheets}
        set_aside = {each["layout"].sheet: each["form"].set_aside() for each in sheets}
        job = perform(
            version,
            _choose_and_read,
            batch=batch,
            columns=columns,
            set_aside=set_aside,
            version=version.cleaned_data["version"],
            by=request.user,
        )
        if job:
            return follow(job)
    forms = [version, *(each["form"] for each in sheets)]
    context = {"batch": batch, "sheets": sheets, "forms": forms}
    return page_of(request, batch, "import_columns", context)


def _sheets_with_columns(request, batch, workbook):
    sheets, reader = [], reader_of(batch.ward)
    for position, (layout, sheet) in enumerate(zip(batch.layouts, workbook.sheets, strict=True)):
        if not layout.used:
            continue
        read = layout_in(sheet, layout)
        first = read.first_row
        columns = sheet_columns(sheet, layout.heading_row, first)
        form = ColumnsForm(
            request.POST or None,
            columns=columns,
            chosen=layout.columns,
            filled=offer_columns(find_columns(sheet, read, reader), layout.columns),
            set_aside=layout.set_aside,
            prefix=f"sheet{position}",
        )
        samples = {column.position: column.samples for column in columns}
        lines = [(form[name], samples.get(layout.columns.get(name), ())) for name in LABELS]
        sheets.append(
            {
                "layout": layout,
                "form": form,
                "lines": lines,
                "first_row": first,
                "as_before": layout.confirmed_on,
            }
        )
    return sheets


def _choose_and_read(*, batch, columns, set_aside, version, by):
    batch = change_layouts(
        batch=batch,
        used={},
        heading_rows={},
        columns=columns,
        set_aside=set_aside,
        version=version,
        by=by,
    )
    return begin_reading(batch=batch, by=by)


@require_http_methods(["GET", "HEAD", "POST"])
def import_preview(request, pk):
    """Step 5: what writing would do; a post writes."""
    batch = batch_to_edit(request, pk)
    if batch is None:
        return redirect("households:import_result", pk=pk)
    if batch.stage != ImportStage.READ:
        return redirect("households:import_columns", pk=pk)
    version = ImportVersionForm(request.POST or None)
    if request.method == "POST" and version.is_valid():
        job = perform(
            version,
            begin_writing,
            batch=batch,
            version=version.cleaned_data["version"],
            by=request.user,
        )
        if job:
            return follow(job)
    elif request.method == "POST":
        messages.error(request, versions.MISSING_VERSION)
    preview = preview_of(batch)
    page = Paginator(preview.updated, UPDATED_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "batch": batch,
        "forms": [version],
        "preview": preview,
        "kinds": preview.warnings,
        "classes": PovertyClass.labels,
        "page": page,
        "refused": preview.refused[:LINES_SHOWN],
        "differing": preview.differing[:LINES_SHOWN],
        "more_refused": max(len(preview.refused) - LINES_SHOWN, 0),
        "more_differing": max(len(preview.differing) - LINES_SHOWN, 0),
        "counts": counts_in_words(preview.counts),
    }
    return page_of(request, batch, "import_preview", context)


@require_http_methods(["GET", "HEAD", "POST"])
def import_undo(request, pk):
    """Say what undoing takes out of the register, by kind and class, and do it when confirmed."""
    batch = batch_of(request, pk)
    if batch.stage != ImportStage.WRITTEN:
        return redirect("households:import_result", pk=pk)
    form = ImportUndoForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if job := perform(form, begin_undo, batch=batch, by=request.user, **form.cleaned_data):
            if not job.is_open:
                messages.success(request, UNDONE)
            return follow(job)
        batch.refresh_from_db()
    until = may_undo_until(batch)
    context = {
        "batch": batch,
        "form": form,
        "effects": undo_effects(batch),
        "undo_until": until,
        "may_undo": clock.now() <= until,
    }
    return form_response(request, "households/intake/import_undo.html", context)
