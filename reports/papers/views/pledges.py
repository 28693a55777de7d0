"""What a household commits itself to, as a file to print and sign."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from households.models import EscapePledge
from povertyplan.core.platform.files import file_response, file_stem
from reports.choices import FileFormat
from reports.papers import presenters
from reports.papers.pledges import FORMATS, PURPOSE, write_pledge
from reports.print_history import Printout, record_print
from reports.printing.pdf import PrintingUnavailable


@require_POST
def pledge_paper(request, pk, ending):
    """Hand out one household's paper; whose names leave is written down first."""
    if ending not in FORMATS:
        raise Http404(presenters.NO_SUCH_FORM)
    rows = EscapePledge.objects.visible_to(request.user)
    pledge = get_object_or_404(rows.select_related("household__village", "ward"), pk=pk)
    record_print(
        printout=Printout("pledge", (FileFormat(ending),), pledge.ward),
        what=presenters.describe_pledge(pledge, FileFormat(ending)),
        purpose=PURPOSE,
        by=request.user,
    )
    try:
        content = write_pledge(pledge, ending)
    except PrintingUnavailable as problem:
        messages.error(request, str(problem))
        return redirect("households:pledge_detail", pledge.pk)
    name = file_stem(f"ban cam ket {pledge.household.code} {pledge.year}")
    return file_response(content, f"{name}.{ending}")
