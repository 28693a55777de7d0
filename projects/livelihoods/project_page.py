"""The livelihood projects under a project of the ward, as a part of its page."""

from dataclasses import dataclass

from povertyplan.core import clock
from povertyplan.core.access.rules import may_open, may_open_inside
from projects.livelihoods.selectors import (
    LivelihoodLine,
    livelihood_lines,
    may_write_livelihood,
)
from projects.models import Livelihood, WardProject
from projects.programme.fragments import ProjectFragment, ProjectPage, register_project_fragment

LIST, NEW = "projects:livelihood_list", "projects:livelihood_new"


@dataclass(frozen=True)
class ProjectLivelihoods:
    """Those of a project in a year."""

    ward_project: WardProject
    year: int
    lines: tuple[LivelihoodLine, ...]
    may_add: bool


def livelihoods_on_page(page: ProjectPage) -> ProjectFragment | None:
    ward_project, year, user = page.ward_project, page.year, page.user
    ward = ward_project.ward
    if not may_open_inside(user, LIST, ward):
        return None
    rows = Livelihood.objects.visible_to(user).filter(ward_project=ward_project).in_year(year)
    found = list(rows.select_related("ward", "ward_project__project", "owner"))
    content = ProjectLivelihoods(
        ward_project=ward_project,
        year=year,
        lines=tuple(livelihood_lines(found, today=clock.today())),
        may_add=may_open(user, NEW, area=ward, writing=True)
        and may_write_livelihood(user, ward, ward_project.pk, year),
    )
    return ProjectFragment("projects/livelihoods/_project.html", content)


register_project_fragment("livelihoods", livelihoods_on_page)
