"""The calendar of reports: dues of a year, and where each unit stands."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from povertyplan.core import clock
from povertyplan.core.areas import ward_of
from povertyplan.core.periods import years
from reports.progress.calendar.selectors import (
    due_lines,
    may_collect,
    report_matrix,
    requests_of,
    rules_of,
    sent_of,
)


@require_safe
def report_calendar(request):
    """What is due in a year, and which unit has sent what."""
    ward, year = ward_of(request), years.year_of(request)
    requests = requests_of(request.user, ward, year)
    this_year = clock.today().year
    context = {
        "dues": due_lines(list(rules_of(ward)), year, requests, sent_of(ward, year)),
        "matrix": report_matrix(request.user, requests, clock.today()),
        "may_collect": may_collect(request.user, ward),
        "year": year,
        "years": years.year_links(request, range(this_year - 2, this_year + 2), year),
    }
    return render(request, "reports/progress/calendar.html", context)
