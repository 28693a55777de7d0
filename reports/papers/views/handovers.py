"""A list that is handed over, as a file."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from povertyplan.core.platform.files import file_response, file_stem
from projects.models import HandoverList
from reports.choices import FileFormat
from reports.papers import presenters
from reports.papers.handovers import FORMATS, PURPOSE, write_handover
from reports.print_history import Printout, record_print
from reports.printing.pdf import PrintingUnavailable


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
    try:
        content = write_handover(found, ending)
    except PrintingUnavailable as problem:
        messages.error(request, str(problem))
        return redirect("projects:handover_detail", found.pk)
    name = file_stem(f"{found.kind} {found.receiver} {found.handover.as_of.isoformat()}")
    return file_response(content, f"{name}.{ending}")
