"""A list that is handed over, as a file."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from povertyplan.core.platform.files import file_response
from povertyplan.core.platform.form_pages import perform_button
from povertyplan.core.platform.views.jobs import follow
from projects.models import HandoverList
from reports.choices import FileFormat
from reports.papers import presenters
from reports.papers.frame import is_long
from reports.papers.handovers import FORMATS, PURPOSE, handover_paper, write_handover
from reports.papers.jobs import begin_handover
from reports.print_history import Printout, record_print
from reports.printing.pdf import PrintingUnavailable

DETAIL = "projects:handover_detail"


@require_POST
def handover_file(request, pk, ending):
    """Hand out the frozen rows; whose names leave is written down first."""
    if ending not in FORMATS:
        raise Http404(presenters.NO_SUCH_FORM)
    rows = HandoverList.objects.visible_to(request.user).with_changes()
    found = get_object_or_404(
        rows.select_related("ward", "kind", "handover__decision", "handover__made_by"), pk=pk
    )
    record_print(
        printout=Printout("handover", (FileFormat(ending),), found.ward),
        what=presenters.describe_handover(found, FileFormat(ending)),
        purpose=PURPOSE,
        by=request.user,
    )
    document = handover_paper(found)
    if is_long(document, ending):
        job = perform_button(request, begin_handover, handover_list=found, by=request.user)
        return follow(job) if job else redirect(DETAIL, found.pk)
    try:
        content = write_handover(document, ending)
    except PrintingUnavailable as problem:
        messages.error(request, str(problem))
        return redirect(DETAIL, found.pk)
    return file_response(content, presenters.handover_file_name(found, ending))
