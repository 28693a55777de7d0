"""The figures of a unit's report in Excel: a template, a file or pasted cells, a preview."""

from functools import partial

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from povertyplan.core.registers.excel import ExcelRegister
from povertyplan.core.registers.forms import RegisterPasteForm
from povertyplan.core.registers.pages import RegisterPages
from projects.programme.workbooks import open_register_sheets
from reports.models import UnitReport
from reports.progress.unit_reports import presenters as words
from reports.progress.unit_reports.resources import UnitFigureResource
from reports.progress.unit_reports.services.importing import import_figures
from reports.progress.unit_reports.views.writing import own_report

WRITE = "reports:unit_report_write"


class FigurePages(RegisterPages):
    """The pages of one report; what was looked at for it is kept for no other."""

    form_class = RegisterPasteForm
    has_long_work = False

    def __init__(self, report: UnitReport):
        self.report = report
        register = ExcelRegister(
            name=f"unit_report_{report.pk}",
            words=words.SHEET,
            resource=UnitFigureResource,
            write=partial(import_figures, report=report),
            open_sheets=open_register_sheets,
            list_page=WRITE,
        )
        super().__init__(register, app="reports", prefix="unit_report")

    def records(self):
        return list(self.report.figures.all())

    def _ward(self, request):
        return self.report.ward

    def _list(self) -> str:
        return reverse(WRITE, args=[self.report.pk])

    def _address(self, name: str) -> str:
        return reverse(f"reports:unit_report_{name}", args=[self.report.pk])


@require_safe
def unit_report_template(request, pk) -> HttpResponse:
    """The lines of the report with what stands in them now, to be filled in and sent back."""
    return FigurePages(own_report(request, pk)).template(request)


@require_http_methods(["GET", "HEAD", "POST"])
def unit_report_import(request, pk) -> HttpResponse:
    return FigurePages(own_report(request, pk)).read(request)


@require_POST
def unit_report_import_save(request, pk) -> HttpResponse:
    return FigurePages(own_report(request, pk)).save(request)
