"""The projects of a year's programmes, as the user's ward carries them out."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from povertyplan.core import clock
from povertyplan.core.access.rules import may_open
from povertyplan.core.areas import ward_of
from povertyplan.core.journal.selectors import events_about
from povertyplan.core.periods import years
from povertyplan.core.platform.form_pages import form_response, perform
from projects.models import ComponentProject, WardProject
from projects.programme import presenters as words
from projects.programme.forms.ward_projects import (
    LeaveForm,
    WardProjectChangeForm,
    WardProjectForm,
    project_initial,
)
from projects.programme.fragments import fragments_of_project
from projects.programme.selectors import components
from projects.programme.selectors.activities import activity_lines
from projects.programme.selectors.rights import projects_to_write
from projects.programme.services.ward_projects import (
    change_project,
    leave_project,
    take_on_project,
)

LIST, EDIT = "projects:project_list", "projects:project_edit"
JOURNAL = "core:audit_list"
FORM = ["GET", "HEAD", "POST"]


@require_safe
def project_list(request):
    ward, year = ward_of(request), years.year_of(request)
    trees = [
        words.describe_tree(programme, tree, year)
        for programme, tree in components.project_trees(ward=ward, year=year)
    ]
    context = {
        "trees": trees,
        "may_assign": may_open(request.user, "projects:assignment_year", area=ward),
        "may_plan_any": may_open(request.user, "projects:activity_list_import", area=ward),
        **_year_menu(request, year),
    }
    return render(request, "projects/programme/project_list.html", context)


@require_safe
def project_detail(request, pk):
    ward, year = ward_of(request), years.year_of(request)
    project = _project_or_404(pk)
    row = components.project_row(ward=ward, project=project, year=year)
    carried_out = row.carried_out
    context = {
        "row": row,
        "project": project,
        "may_edit": may_open(request.user, EDIT, area=ward),
        "may_find": may_open(request.user, "reports:finding_new", area=ward, writing=True),
        "lines": carried_out
        and activity_lines(
            ward_project=carried_out, year=year, viewer=request.user, today=clock.today()
        ),
        "fragments": fragments_of_project(carried_out, year, request.user) if carried_out else [],
        "events": events_about(carried_out) if carried_out and _reads_journal(request) else None,
        "may_plan": carried_out and carried_out.pk in _planned_by(request.user, ward, year),
        **_year_menu(request, year),
    }
    return render(request, "projects/programme/project_detail.html", context)


@require_http_methods(FORM)
def project_new(request, pk, year):
    """The ward carries out a project from a year on."""
    years.check_reach(year)
    ward, project = ward_of(request), _project_or_404(pk)
    if carried_out := WardProject.objects.of_year(ward, year).filter(project=project).first():
        return redirect(EDIT, carried_out.pk)
    posted = request.POST if request.method == "POST" else None
    form = WardProjectForm(posted, initial={"year_from": year, "year_to": year})
    if posted is not None and form.is_valid():
        values = {"project": project, "details": form.details(), "by": request.user}
        if taken := perform(form, take_on_project, ward=ward, **values):
            return _saved(request, taken, year)
    context = {"form": form, "project": project, "year": year}
    return form_response(request, "projects/programme/project_edit.html", context)


@require_http_methods(FORM)
def project_edit(request, pk):
    """How the ward carries out a project, and in which years."""
    carried_out, year = _carried_out_or_404(request.user, pk), years.year_of(request)
    posted = request.POST if request.method == "POST" else None
    form = WardProjectChangeForm(posted, initial=project_initial(carried_out))
    if posted is not None and form.is_valid():
        version = form.cleaned_data["version"]
        values = {"details": form.details(), "version": version, "by": request.user}
        if saved := perform(form, change_project, ward_project=carried_out, **values):
            return _saved(request, saved, year)
    project = carried_out.project
    context = {"form": form, "project": project, "carried_out": carried_out, "year": year}
    return form_response(request, "projects/programme/project_edit.html", context)


@require_http_methods(FORM)
def project_leave(request, pk, year):
    """Ask whether the ward no longer carries out a project from a year on."""
    carried_out = _carried_out_or_404(request.user, pk)
    if not carried_out.year_from <= year <= carried_out.year_to:
        raise Http404(words.NOT_CARRIED_OUT)
    posted = request.POST if request.method == "POST" else None
    form = LeaveForm(posted, initial={"version": carried_out.version})
    if posted is not None and form.is_valid():
        values = {"version": form.cleaned_data["version"], "by": request.user}
        left = perform(form, leave_project, ward_project=carried_out, year=year, **values)
        if left:
            messages.success(request, words.describe_left(left, year))
            return redirect(f"{reverse(LIST)}?year={year}")
    project = carried_out.project
    context = {"form": form, "project": project, "carried_out": carried_out, "year": year}
    return form_response(request, "projects/programme/project_leave.html", context)


def _planned_by(user, ward, year):
    return set(projects_to_write(user, ward, year).values_list("pk", flat=True))


def _saved(request, saved, year):
    """Back to the project, in a year in which the ward carries it out."""
    messages.success(request, words.describe_saved(saved))
    year = max(saved.year_from, min(saved.year_to, year))
    return redirect(f"{reverse('projects:project_detail', args=[saved.project_id])}?year={year}")


def _reads_journal(request) -> bool:
    return may_open(request.user, JOURNAL, area=ward_of(request))


def _project_or_404(pk) -> ComponentProject:
    found = ComponentProject.objects.select_related("programme", "parent__parent")
    return get_object_or_404(found, pk=pk)


def _carried_out_or_404(user, pk) -> WardProject:
    found = WardProject.objects.visible_to(user)
    return get_object_or_404(found.select_related("ward", "project__programme"), pk=pk)


def _year_menu(request, year) -> dict:
    around = range(year - 2, year + 3)
    return {"year": year, "years": years.year_links(request, around, year)}
