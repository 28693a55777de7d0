"""The end of an import: what was written, the marked workbook, and the way back."""

from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from households.choices import ImportStage
from households.intake.staging.pages import batch_of, counts_in_words, page_of
from households.intake.staging.selectors.problems import may_undo_until, outcome_counts
from households.intake.writing import presenters as words
from households.intake.writing.workbooks import report_name, report_workbook
from povertyplan.core import clock
from povertyplan.core.journal import access_log
from povertyplan.core.platform.files import file_response
from povertyplan.core.platform.form_pages import perform_button

LINES_SHOWN = 100


@require_safe
def import_result(request, pk):
    """Step 6: what was written, the marked workbook, and the way back."""
    batch = batch_of(request, pk)
    if batch.stage not in (ImportStage.WRITTEN, ImportStage.UNDONE):
        return redirect("households:import_rows", pk=pk)
    until = may_undo_until(batch)
    refused = batch.rows.exclude(reason="")
    context = {
        "batch": batch,
        "counts": counts_in_words(outcome_counts(batch)),
        "refused": refused[:LINES_SHOWN],
        "more_refused": max(refused.count() - LINES_SHOWN, 0),
        "undo_until": until,
        "may_undo": batch.stage == ImportStage.WRITTEN and clock.now() <= until,
    }
    return page_of(request, batch, "import_result", context)


@require_POST
def import_report(request, pk):
    """The officer's own workbook with its cells marked; it leaves an access record."""
    batch = batch_of(request, pk)
    if batch.stage == ImportStage.CHOSEN:
        return redirect("households:import_columns", pk=pk)
    if (content := perform_button(request, report_workbook, batch=batch)) is None:
        return redirect("households:import_result", pk=pk)
    access_log.record_access(
        by=request.user,
        ward=batch.ward,
        what=words.report_taken(batch),
        obj=batch,
        purpose=words.REPORT_PURPOSE,
    )
    return file_response(content, report_name(batch))
