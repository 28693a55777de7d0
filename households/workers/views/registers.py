"""The list of low-income workers as a workbook, out with a purpose and in with a preview."""

from django.core.exceptions import ValidationError
from django.views.decorators.http import require_http_methods

from households.directory.forms import PurposeForm
from households.intake.sheets.refusals import FileRefused
from households.intake.sheets.workbook import open_workbook
from households.workers import presenters as words
from households.workers.resources import LowIncomeResource
from households.workers.selectors import listed_workers
from households.workers.services.lists import import_workers
from povertyplan.core.access.rules import user_opening
from povertyplan.core.areas import ward_of
from povertyplan.core.journal import access_log
from povertyplan.core.platform.form_pages import form_response, perform
from povertyplan.core.registers.excel import ExcelRegister
from povertyplan.core.registers.files import register_file
from povertyplan.core.registers.pages import RegisterPages
from povertyplan.core.registers.presenters import lines_above


def open_member_sheets(content: bytes, name: str):
    """The sheets of a file. Raises ValidationError for what is no workbook."""
    try:
        return open_workbook(content, name).sheets
    except FileRefused as refused:
        raise ValidationError(str(refused), code="file") from refused


worker_pages = RegisterPages(
    ExcelRegister(
        name="worker_register",
        words=words.REGISTER,
        resource=LowIncomeResource,
        write=import_workers,
        open_sheets=open_member_sheets,
        list_page="households:worker_list",
    ),
    app="households",
    prefix="worker_register",
)


@require_http_methods(["GET", "POST"])
def worker_export(request):
    """Ask for the purpose; a post with one hands out who stands on the list."""
    ward = ward_of(request)
    reader = user_opening(request.user, "households:worker_export")
    rows = listed_workers(ward=ward, reader=reader).filter(ended_on=None)
    form = PurposeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        records = list(rows)
        logged = perform(
            form,
            access_log.record_access,
            by=request.user,
            ward=ward,
            what=words.describe_export(len(records)),
            obj=ward,
            purpose=form.get_purpose_display(),
        )
        if logged:
            return register_file(
                request,
                LowIncomeResource(ward=ward, by=request.user),
                title=words.TITLE,
                ward=ward,
                lines=lines_above(ward),
                records=records,
            )
    context = {"form": form, "count": rows.count()}
    return form_response(request, "households/workers/worker_export.html", context)
