"""The entries of money as a workbook: out, empty as a template, and in with a preview."""

from django.views.decorators.http import require_safe

from povertyplan.core.areas import ward_of
from povertyplan.core.periods import years
from povertyplan.core.registers.excel import ExcelRegister
from povertyplan.core.registers.files import register_file
from povertyplan.core.registers.pages import RegisterPages
from povertyplan.core.registers.presenters import lines_above
from projects.money import presenters as words
from projects.money.resources import BudgetResource
from projects.money.selectors import standing_entries
from projects.money.services.lists import import_entries
from projects.programme.workbooks import open_register_sheets

money_pages = RegisterPages(
    ExcelRegister(
        name="money",
        words=words.REGISTER,
        resource=BudgetResource,
        write=import_entries,
        open_sheets=open_register_sheets,
        list_page="projects:money_year",
    ),
    app="projects",
    prefix="money",
)


@require_safe
def money_export(request):
    """The entries of a year that count; the file can be filled further and sent back."""
    ward, year = ward_of(request), years.year_of(request)
    return register_file(
        request,
        BudgetResource(ward=ward, by=request.user),
        title=words.register_title(year),
        ward=ward,
        lines=lines_above(ward),
        records=standing_entries(ward=ward, year=year),
    )
