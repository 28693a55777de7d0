"""Who does what in a year's projects: the matrix projects × units, and last year's taken over."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from povertyplan.core.areas import ward_of
from povertyplan.core.periods import years
from povertyplan.core.platform.form_pages import (
    form_response,
    newer_row,
    perform,
    perform_button,
)
from projects.programme import presenters as words
from projects.programme.forms.matrix import AssignmentYearForm
from projects.programme.selectors.components import programmes_of
from projects.programme.selectors.matrix import assignment_matrix
from projects.programme.services.assignments import assign_units, copy_assignments


@require_http_methods(["GET", "HEAD", "POST"])
def assignment_year(request, year):
    """The projects of one of the year's programmes beside the units of the ward."""
    years.check_reach(year)
    ward = ward_of(request)
    programmes = programmes_of(ward=ward, year=year)
    programme = _chosen(programmes, request.GET.get("programme"))
    if programme is None:
        return redirect(f"{reverse('projects:project_list')}?year={year}")
    matrix = assignment_matrix(ward=ward, programme=programme, year=year)
    form = AssignmentYearForm(request.POST if request.method == "POST" else None, matrix=matrix)
    if request.method == "POST" and form.is_valid():
        values = {"year": year, **form.values(), "by": request.user}
        saved = perform(form, assign_units, ward=ward, **values)
        if saved is not None:
            messages.success(request, words.describe_assigned(saved, year))
            for sentence in words.describe_two_leads(form.values()["lines"]):
                messages.warning(request, sentence)
            return redirect(f"{reverse('projects:project_list')}?year={year}")
    if newer := newer_row(form):
        form.take_newer(newer, words.describe_newer(newer, year))
    context = {
        "form": form,
        "matrix": matrix,
        "programmes": programmes,
        "year": year,
        "around": (year - 1, year + 1),
    }
    return form_response(request, "projects/programme/assignment_year.html", context, *form.lines)


@require_POST
def assignment_copy(request, year):
    years.check_reach(year)
    ward = ward_of(request)
    copied = perform_button(request, copy_assignments, ward=ward, year=year, by=request.user)
    if copied:
        messages.success(request, words.describe_copied(copied, year))
        for sentence in words.describe_left_out(copied):
            messages.warning(request, sentence)
    return redirect(f"{reverse('projects:project_list')}?year={year}")


def _chosen(programmes, asked):
    """The programme asked for, the first one where none is; None where the year has none."""
    if not asked:
        return programmes[0] if programmes else None
    for programme in programmes:
        if str(programme.pk) == asked:
            return programme
    raise Http404(words.NO_PROGRAMME)
