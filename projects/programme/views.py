"""The component projects of the programme, as the user's ward carries them out."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from povertyplan.core.areas import ward_of
from povertyplan.core.periods import years
from projects.models import ComponentProject
from projects.programme.selectors import components


@require_safe
def project_list(request):
    ward, year = ward_of(request), years.year_of(request)
    programme = components.programme_of(year)
    rows = []
    if programme:
        rows = components.project_tree(ward=ward, programme=programme, year=year)
    context = {
        "programme": programme,
        "rows": rows,
        "goes_on": components.goes_on_after(programme, rows, year),
        "terms": components.plan_terms(rows),
        **_year_menu(request, year),
    }
    return render(request, "projects/programme/project_list.html", context)


@require_safe
def project_detail(request, pk):
    ward, year = ward_of(request), years.year_of(request)
    project = get_object_or_404(
        ComponentProject.objects.select_related("programme", "parent"), pk=pk
    )
    row = components.project_row(ward=ward, project=project, year=year)
    context = {"row": row, "project": project, **_year_menu(request, year)}
    return render(request, "projects/programme/project_detail.html", context)


def _year_menu(request, year) -> dict:
    around = range(year - 2, year + 3)
    return {"year": year, "years": years.year_links(request, around, year)}
