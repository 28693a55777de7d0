"""Donated money as a workbook, out and in."""

from django.views.decorators.http import require_safe

from povertyplan.core.areas import ward_of
from povertyplan.core.periods import years
from povertyplan.core.platform.files import file_response, list_name
from povertyplan.core.registers.pages import ExcelRegister, RegisterPages
from povertyplan.core.registers.presenters import lines_above
from povertyplan.core.registers.workbooks import register_workbook
from projects.donations import presenters as words
from projects.donations.resources import DonationResource
from projects.donations.services.lists import import_donations
from projects.models import DonationEntry
from projects.programme.workbooks import open_register_sheets

donation_pages = RegisterPages(
    ExcelRegister(
        name="donation_register",
        words=words.REGISTER,
        resource=DonationResource,
        write=import_donations,
        open_sheets=open_register_sheets,
        list_page="projects:donation_list",
    ),
    app="projects",
    prefix="donation_register",
)


@require_safe
def donation_export(request):
    """The entries of a year that count; the file can be filled further and sent back."""
    ward, year = ward_of(request), years.year_of(request)
    rows = DonationEntry.objects.visible_to(request.user).standing()
    title = words.export_title(year)
    content = register_workbook(
        DonationResource(ward=ward, by=request.user),
        title=title,
        lines=lines_above(ward),
        records=rows.filter(ward=ward, dated__year=year).order_by("dated", "pk"),
    )
    return file_response(content, list_name(title, ward))
