"""Programmes, projects, units of projects and activities as workbooks, out and in."""

from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from povertyplan.core.areas import ward_of
from povertyplan.core.periods import years
from povertyplan.core.registers.excel import ExcelRegister
from povertyplan.core.registers.files import register_file
from povertyplan.core.registers.pages import RegisterPages
from povertyplan.core.registers.presenters import lines_above
from povertyplan.core.text.fields import read_key
from projects.models import Activity, ComponentProject, Programme, WardProject
from projects.programme import presenters as words
from projects.programme.resources.activities import ActivityResource
from projects.programme.resources.assignments import AssignmentResource, part_lines
from projects.programme.resources.structure import PartResource, ProgrammeResource
from projects.programme.resources.ward_projects import WardProjectResource
from projects.programme.selectors.activities import activities_to_read
from projects.programme.selectors.components import programmes_of
from projects.programme.selectors.matrix import assignment_matrix
from projects.programme.services.activity_lists import import_activities
from projects.programme.services.assignment_lists import import_assignments
from projects.programme.services.project_lists import import_ward_projects
from projects.programme.services.structure_lists import import_parts, import_programmes
from projects.programme.workbooks import open_register_sheets

LIST, STRUCTURE = "projects:project_list", "projects:programme_list"


def _pages(prefix, resource, write, said, list_page=LIST, *, is_shared=False) -> RegisterPages:
    register = ExcelRegister(
        name=prefix,
        words=said,
        resource=resource,
        write=write,
        open_sheets=open_register_sheets,
        list_page=list_page,
        is_shared=is_shared,
    )
    return RegisterPages(register, app="projects", prefix=prefix)


activity_pages = _pages(
    "activity_list", ActivityResource, import_activities, words.ACTIVITY_REGISTER
)
project_pages = _pages(
    "ward_project_list", WardProjectResource, import_ward_projects, words.PROJECT_REGISTER
)
assignment_pages = _pages(
    "assignment_list", AssignmentResource, import_assignments, words.ASSIGNMENT_REGISTER
)
programme_pages = _pages(
    "programme_list",
    ProgrammeResource,
    import_programmes,
    words.PROGRAMME_REGISTER,
    STRUCTURE,
    is_shared=True,
)
part_pages = _pages(
    "part_list", PartResource, import_parts, words.PART_REGISTER, STRUCTURE, is_shared=True
)


@require_safe
def activity_export(request):
    """The activities of a year: of the ward, of one project, or of the viewer's own units."""
    ward, year = ward_of(request), years.year_of(request)
    rows = Activity.objects.visible_to(request.user).filter(ward=ward, year=year)
    found = activities_to_read(
        rows, project=read_key(request.GET.get("project", "")), mine_of=_mine_of(request)
    )
    resource = ActivityResource(ward=ward, by=request.user)
    return _book(request, resource, words.activities_title(year), found, ward)


@require_safe
def ward_project_export(request):
    ward, year = ward_of(request), years.year_of(request)
    rows = WardProject.objects.visible_to(request.user) & WardProject.objects.of_year(ward, year)
    found = rows.select_related("project__programme").order_by(
        "project__programme", "project__order"
    )
    resource = WardProjectResource(ward=ward, by=request.user)
    return _book(request, resource, words.projects_title(year), found, ward)


@require_safe
def assignment_export(request):
    """The units of a year's projects, of one programme or of all."""
    ward, year = ward_of(request), years.year_of(request)
    asked = request.GET.get("programme", "")
    matrices = [
        assignment_matrix(ward=ward, programme=programme, year=year)
        for programme in programmes_of(ward=ward, year=year)
        if asked in ("", str(programme.pk))
    ]
    resource = AssignmentResource(ward=ward, by=request.user)
    return _book(request, resource, words.assignments_title(year), part_lines(matrices), ward)


@require_safe
def programme_export(request):
    rows = Programme.objects.order_by("valid_from", "pk")
    resource = ProgrammeResource(ward=None, by=request.user)
    return _book(request, resource, words.PROGRAMME_REGISTER.title, rows, None)


@require_safe
def part_export(request, pk):
    programme = get_object_or_404(Programme, pk=pk)
    rows = ComponentProject.objects.filter(programme=programme).select_related("programme")
    resource = PartResource(ward=None, by=request.user)
    return _book(request, resource, words.parts_title(programme), rows.order_by("order"), None)


def _book(request, resource, title, records, ward):
    return register_file(
        request, resource, title=title, ward=ward, lines=lines_above(ward), records=records
    )


def _mine_of(request):
    return request.user if request.GET.get("mine") else None
