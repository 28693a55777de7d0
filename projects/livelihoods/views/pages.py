"""Livelihood projects of a year, and one with its steps, members and journal."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from povertyplan.core import clock
from povertyplan.core.access.rules import user_opening
from povertyplan.core.areas import ward_of
from povertyplan.core.journal.selectors import events_about
from povertyplan.core.periods import years
from povertyplan.core.text import formatting
from projects.livelihoods.selectors import (
    livelihood_lines,
    may_write_livelihood,
    read_livelihoods,
    seen_members,
)
from projects.models import Livelihood
from projects.programme.selectors.rights import projects_to_write

PAGE_SIZE = 50
DETAIL = "projects:livelihood_detail"


@require_safe
def livelihood_list(request):
    """The livelihood projects of a year, whatever their project."""
    ward, year = ward_of(request), years.year_of(request)
    rows = Livelihood.objects.visible_to(request.user).filter(ward=ward).in_year(year)
    rows = rows.select_related("ward", "ward_project__project", "owner")
    in_order = rows.order_by("ward_project__project__order", "name", "pk")
    page = Paginator(in_order, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": livelihood_lines(list(page), today=clock.today()),
        "projects": projects_to_write(request.user, ward, year).select_related("project"),
        "year": year,
        "years": years.year_links(request, range(year - 2, year + 3), year),
    }
    return render(request, "projects/livelihoods/livelihood_list.html", context)


@require_safe
def livelihood_detail(request, pk):
    livelihood = livelihood_or_404(request.user, pk)
    today = clock.today()
    book = read_livelihoods([livelihood], today=today)
    line, facts = book.line(livelihood, today), book.facts[livelihood.pk]
    everybody = book.members.get(livelihood.pk, [])
    members = seen_members(everybody, user_opening(request.user, DETAIL))
    writes = may_write_livelihood(
        request.user, livelihood.ward, livelihood.ward_project_id, livelihood.year_from
    )
    context = {
        "livelihood": livelihood,
        "line": line,
        "years_words": formatting.years(livelihood.year_from, livelihood.year_to),
        "facts": facts,
        "stages": facts.stage_lines(),
        "members": members,
        "hidden": len(everybody) - len(members),
        "events": events_about(livelihood) if writes else [],
        "may_write": writes and livelihood.stopped_on is None,
    }
    return render(request, "projects/livelihoods/livelihood_detail.html", context)


def livelihood_or_404(user, pk) -> Livelihood:
    rows = Livelihood.objects.visible_to(user)
    return get_object_or_404(rows.select_related("ward", "ward_project__project", "owner"), pk=pk)
