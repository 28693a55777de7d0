"""Targets and what was reported of them as workbooks, out and in with a preview."""

from django.views.decorators.http import require_safe

from povertyplan.core.areas import ward_of
from povertyplan.core.periods import years
from povertyplan.core.registers.excel import ExcelRegister
from povertyplan.core.registers.files import register_file
from povertyplan.core.registers.pages import RegisterPages
from povertyplan.core.registers.presenters import lines_above
from projects.programme.workbooks import open_register_sheets
from projects.targets.services.target_lists import import_targets
from reports.targets import presenters as words
from reports.targets.resources import ActualResource, TargetResource
from reports.targets.selectors import actuals_to_export, targets_to_export
from reports.targets.services.actual_lists import import_actuals


def _pages(prefix, resource, write, said) -> RegisterPages:
    register = ExcelRegister(
        name=prefix,
        words=said,
        resource=resource,
        write=write,
        open_sheets=open_register_sheets,
        list_page="reports:target_list",
    )
    return RegisterPages(register, app="reports", prefix=prefix)


target_pages = _pages("target_register", TargetResource, import_targets, words.TARGET_REGISTER)
actual_pages = _pages("actual_register", ActualResource, import_actuals, words.ACTUAL_REGISTER)


@require_safe
def target_export(request):
    """The targets of all years; what a year promises nothing of is a line to be filled in."""
    ward, year = ward_of(request), years.year_of(request)
    resource = TargetResource(ward=ward, by=request.user)
    records = targets_to_export(ward, year, resource.indicators)
    return _file(request, resource, ward, words.TARGETS_TITLE, records)


@require_safe
def actual_export(request):
    """What the viewer's unit reports of a year, with the periods that are still open."""
    ward, year = ward_of(request), years.year_of(request)
    resource = ActualResource(ward=ward, by=request.user)
    records = actuals_to_export(ward, year, request.user, resource.indicators)
    return _file(request, resource, ward, words.actuals_title(year), records)


def _file(request, resource, ward, title, records):
    return register_file(
        request, resource, title=title, ward=ward, lines=lines_above(ward), records=records
    )
