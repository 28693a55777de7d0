"""Donated money as a workbook, out and in."""

from django.views.decorators.http import require_safe

from povertyplan.core.areas import ward_of
from povertyplan.core.periods import years
from povertyplan.core.registers.excel import ExcelRegister
from povertyplan.core.registers.files import register_file
from povertyplan.core.registers.pages import RegisterPages
from povertyplan.core.registers.presenters import lines_above
from projects.donations import presenters as words
from projects.donations.resources import DonationResource
from projects.donations.services.entries import refuse_keeper
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
        refuse=refuse_keeper,
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
    return register_file(
        request,
        DonationResource(ward=ward, by=request.user),
        title=title,
        ward=ward,
        lines=lines_above(ward),
        records=rows.filter(ward=ward, dated__year=year).order_by("dated", "pk"),
    )
