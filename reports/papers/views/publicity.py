"""What is published, as a file."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from povertyplan.core.areas import ward_of
from povertyplan.core.periods import years
from povertyplan.core.platform.files import file_response
from povertyplan.core.platform.form_pages import perform_button
from povertyplan.core.platform.views.jobs import follow
from reports.choices import FileFormat
from reports.papers import presenters
from reports.papers.frame import is_long
from reports.papers.jobs import begin_listing
from reports.papers.publicity import FORMATS, LISTINGS, PURPOSE, write_listing
from reports.print_history import Printout, record_print
from reports.printing.pdf import PrintingUnavailable

LAST_QUARTER = 4
PLAN = "projects:publicity_plan"


@require_POST
def publicity_file(request, listing, year, quarter, ending):
    """Hand out a list of a quarter, of the whole year for 0; it is written down first."""
    ward = ward_of(request)
    years.check_reach(year)
    if listing not in LISTINGS or ending not in FORMATS or quarter > LAST_QUARTER:
        raise Http404(presenters.NO_SUCH_FORM)
    document = LISTINGS[listing](ward, year, quarter, request.user)
    record_print(
        printout=Printout(listing, (FileFormat(ending),), ward),
        what=presenters.describe_listing(listing, year, quarter, FileFormat(ending)),
        purpose=PURPOSE,
        by=request.user,
    )
    if is_long(document, ending):
        values = {"ward": ward, "listing": listing, "year": year, "quarter": quarter}
        job = perform_button(request, begin_listing, by=request.user, **values)
        return follow(job) if job else redirect(PLAN)
    try:
        content = write_listing(document, ending)
    except PrintingUnavailable as problem:
        messages.error(request, str(problem))
        return redirect(PLAN)
    return file_response(content, presenters.listing_file_name(listing, year, quarter, ending))
