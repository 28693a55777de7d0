"""A period: which unit has sent what."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from povertyplan.core import clock
from povertyplan.core.accounts.village_roles import without_account
from povertyplan.core.models import Area
from reports.models import ReportRequest
from reports.progress.calendar.selectors import may_collect, report_matrix


@require_safe
def period_detail(request, pk):
    rows = ReportRequest.objects.visible_to(request.user).select_related("ward", "rule", "document")
    period = get_object_or_404(rows, pk=pk)
    matrix = report_matrix(request.user, [period], clock.today())
    context = {
        "period": period,
        "lines": [(line.author, line.cells[0]) for line in matrix.lines],
        "may_collect": may_collect(request.user, period.ward),
    }
    if context["may_collect"]:
        context["without_account"] = without_account(Area.objects.villages_of(period.ward))
    return render(request, "reports/progress/period_detail.html", context)
