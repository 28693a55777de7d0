"""Activities of a project, and the work of the viewer's own units."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from povertyplan.core import clock
from povertyplan.core.areas import ward_of
from povertyplan.core.periods import years
from povertyplan.core.platform.form_pages import form_response, perform
from projects.models import Activity, WardProject
from projects.programme import presenters as words
from projects.programme.forms.activities import (
    ActivityChangeForm,
    ActivityNewForm,
    ActivityRemoveForm,
    ActivityReportForm,
    plan_initial,
    result_initial,
)
from projects.programme.selectors.activities import activities_of_units, projects_of_units
from projects.programme.selectors.rights import duties_of, projects_to_write, units_of
from projects.programme.services.activities import (
    ANOTHER_UNITS,
    add_activity,
    change_activity,
    may_move_due,
    may_report_activity,
    remove_activity,
    report_activity,
)

FORM = ["GET", "HEAD", "POST"]
PAGE = "projects/programme/activity_form.html"


@require_safe
def unit_work(request):
    """The projects in which the viewer's units have a part, and their activities of the year."""
    ward, year = ward_of(request), years.year_of(request)
    around = range(year - 1, year + 2)
    context = {
        "units": [unit for unit in request.user.units if unit.ward_id == ward.pk],
        "projects": projects_of_units(ward=ward, year=year, units=units_of(request.user, ward)),
        "lines": activities_of_units(
            ward=ward, year=year, viewer=request.user, today=clock.today()
        ),
        "duties": words.describe_duties(duties_of(request.user, ward)),
        "year": year,
        "years": years.year_links(request, around, year),
    }
    return render(request, "projects/programme/unit_work.html", context)


@require_http_methods(FORM)
def activity_new(request, pk, year):
    rows = WardProject.objects.visible_to(request.user).select_related("ward", "project")
    ward_project = get_object_or_404(rows, pk=pk)
    if not ward_project.year_from <= year <= ward_project.year_to:
        raise Http404(words.NOT_CARRIED_OUT)
    _refuse_another(request.user, ward_project, year)
    posted = request.POST if request.method == "POST" else None
    form = ActivityNewForm(posted, ward=ward_project.ward)
    if form.is_valid():
        values = {"ward_project": ward_project, "year": year, "details": form.details()}
        key = form.cleaned_data["key"]
        if added := perform(form, add_activity, **values, key=key, by=request.user):
            messages.success(request, words.describe_activity_saved(added))
            return redirect(_project_url(added))
    return _page(request, form, ward_project, year, heading=words.NEW_ACTIVITY)


@require_http_methods(FORM)
def activity_edit(request, pk):
    activity = _activity_or_404(request.user, pk)
    _refuse_another(request.user, activity.ward_project, activity.year)
    posted = request.POST if request.method == "POST" else None
    form = ActivityChangeForm(posted, ward=activity.ward, initial=plan_initial(activity))
    if not may_move_due(request.user, activity):
        form.fix_due()
    if form.is_valid():
        values = {"details": form.details(), "version": form.cleaned_data["version"]}
        if saved := perform(form, change_activity, activity=activity, **values, by=request.user):
            messages.success(request, words.describe_activity_saved(saved))
            return redirect(_project_url(saved))
    return _activity_page(request, form, activity, heading=words.EDIT_ACTIVITY, may_remove=True)


@require_http_methods(FORM)
def activity_report(request, pk):
    activity = _activity_or_404(request.user, pk)
    if not may_report_activity(request.user, activity):
        raise PermissionDenied(ANOTHER_UNITS)
    posted = request.POST if request.method == "POST" else None
    form = ActivityReportForm(posted, initial=result_initial(activity))
    if form.is_valid():
        values = {"result": form.result(), "version": form.cleaned_data["version"]}
        if saved := perform(form, report_activity, activity=activity, **values, by=request.user):
            messages.success(request, words.describe_activity_saved(saved))
            return redirect(_project_url(saved))
    return _activity_page(request, form, activity, heading=words.REPORT_ACTIVITY)


@require_http_methods(FORM)
def activity_remove(request, pk):
    activity = _activity_or_404(request.user, pk)
    _refuse_another(request.user, activity.ward_project, activity.year)
    posted = request.POST if request.method == "POST" else None
    form = ActivityRemoveForm(posted, initial={"version": activity.version})
    if form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("reason", "version")}
        if perform(form, remove_activity, activity=activity, **values, by=request.user):
            messages.success(request, words.describe_activity_removed(activity))
            return redirect(_project_url(activity))
    return _activity_page(request, form, activity, heading=words.REMOVE_ACTIVITY)


def _refuse_another(user, ward_project, year) -> None:
    if not projects_to_write(user, ward_project.ward, year).filter(pk=ward_project.pk).exists():
        raise PermissionDenied(ANOTHER_UNITS)


def _activity_or_404(user, pk) -> Activity:
    rows = Activity.objects.visible_to(user)
    return get_object_or_404(rows.select_related("ward", "ward_project__project", "owner"), pk=pk)


def _activity_page(request, form, activity, **more):
    return _page(request, form, activity.ward_project, activity.year, activity=activity, **more)


def _page(request, form, ward_project, year, **more):
    context = {"form": form, "project": ward_project.project, "year": year, **more}
    return form_response(request, PAGE, context)


def _project_url(activity) -> str:
    project = activity.ward_project.project_id
    return f"{reverse('projects:project_detail', args=[project])}?year={activity.year}"
