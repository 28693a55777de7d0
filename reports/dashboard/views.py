from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from povertyplan.core import clock
from povertyplan.core.access.rules import may_open_inside
from povertyplan.core.areas import villages_of_viewer, ward_of
from povertyplan.core.periods import years
from reports.dashboard.board import build_dashboard
from reports.dashboard.boards import board_links
from reports.dashboard.dimensions import WHOLE_WARD_ONLY, build_dimension_board

YEARS_BACK = 4


@require_safe
def dashboard(request):
    ward, year, today = ward_of(request), years.year_of(request), clock.today()
    board = build_dashboard(ward=ward, year=year, today=today, viewer=request.user)
    context = {
        "board": board,
        "sees_targets": may_open_inside(request.user, "reports:target_list", ward),
        "sees_way": may_open_inside(request.user, "reports:reaching", ward),
        "sees_projects": may_open_inside(request.user, "projects:project_list", ward),
        "boards": list(board_links(request.user, ward, year, "reports:dashboard")),
        **_year_menu(request, year, today),
    }
    return render(request, "reports/dashboard/dashboard.html", context)


@require_safe
def dimension_board(request):
    """Deprivations by dimension, of the whole ward."""
    ward, year, today = ward_of(request), years.year_of(request), clock.today()
    if villages_of_viewer(request.user, ward) is not None:
        raise Http404(WHOLE_WARD_ONLY)
    board = build_dimension_board(ward=ward, year=year, today=today, viewer=request.user)
    context = {
        "board": board,
        "boards": list(board_links(request.user, ward, year, "reports:dimension_board")),
        **_year_menu(request, year, today),
    }
    return render(request, "reports/dashboard/dimension_board.html", context)


def _year_menu(request, year, today) -> dict:
    choices = range(min(year, today.year - YEARS_BACK), max(year, today.year) + 1)
    return {"year": year, "years": years.year_links(request, choices, year)}
