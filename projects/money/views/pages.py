"""The money of a year: of all projects, and of one with its entries."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from povertyplan.core import clock
from povertyplan.core.areas import ward_of
from povertyplan.core.periods import years
from projects.models import WardProject
from projects.money import presenters as words
from projects.money.selectors import (
    entries_of,
    may_write_money,
    money_projects,
    project_money,
    spending_terms,
    year_money,
)


@require_safe
def money_year(request):
    """What each project needs, was given and spent in a year."""
    ward, year = ward_of(request), years.year_of(request)
    money = year_money(ward=ward, year=year, today=clock.today())
    context = {
        "year": year,
        "years": years.year_links(request, range(year - 2, year + 3), year),
        "lines": words.project_lines(money),
        "total": words.money_cells(money),
        "total_notes": words.total_notes(money),
        "pace": words.describe_pace(money),
        "may_write": bool(money_projects(request.user, ward, year)),
    }
    return render(request, "projects/money/money_year.html", context)


@require_safe
def money_project(request, pk, year):
    """The money of one project in a year, source by source, and each entry."""
    ward_project = ward_project_or_404(request.user, pk, year)
    money = project_money(ward_project=ward_project, year=year)
    may_write = may_write_money(request.user, ward_project, year)
    entries = entries_of(ward_project=ward_project, year=year)
    context = {
        "ward_project": ward_project,
        "year": year,
        "around": (year - 1, year + 1),
        "lines": words.source_lines(money),
        "total": words.money_cells(money),
        "entries": words.entry_lines(entries, may_write=may_write),
        "terms": words.describe_terms(spending_terms(), money),
        "may_write": may_write,
    }
    return render(request, "projects/money/money_project.html", context)


def ward_project_or_404(user, pk, year) -> WardProject:
    if not years.FIRST_YEAR <= year <= years.LAST_YEAR:
        raise Http404
    found = WardProject.objects.visible_to(user)
    found = found.select_related("ward", "project__parent", "project__programme")
    return get_object_or_404(found, pk=pk)
