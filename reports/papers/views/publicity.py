"""What is published, as a file."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from povertyplan.core.areas import ward_of
from povertyplan.core.periods import years
from povertyplan.core.platform.files import file_response, file_stem
from reports.choices import FileFormat
from reports.papers import presenters
from reports.papers.publicity import FORMATS, LISTINGS, PURPOSE, write_listing
from reports.print_history import Printout, record_print
from reports.printing.pdf import PrintingUnavailable

LAST_QUARTER = 4


@require_POST
def publicity_file(request, listing, year, quarter, ending):
    """Hand out a list of a quarter, of the whole year for 0; it is written down first."""
    ward = ward_of(request)
    years.check_reach(year)
    if listing not in LISTINGS or ending not in FORMATS or quarter > LAST_QUARTER:
        raise Http404(presenters.NO_SUCH_FORM)
    record_print(
        printout=Printout(listing, (FileFormat(ending),), ward),
        what=presenters.describe_listing(listing, year, quarter, FileFormat(ending)),
        purpose=PURPOSE,
        by=request.user,
    )
    try:
        content = write_listing(listing, ward, year, quarter, ending, request.user)
    except LookupError as nothing:
        raise Http404(str(nothing)) from nothing
    except PrintingUnavailable as problem:
        messages.error(request, str(problem))
        return redirect("projects:publicity_plan")
    name = file_stem(presenters.describe_listing(listing, year, quarter))
    return file_response(content, f"{name}.{ending}")
