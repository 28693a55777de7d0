"""Component projects as a ward carries them out in a year."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django.db.models import Q

from povertyplan.core.models import Area
from povertyplan.core.text import formatting
from projects.choices import ProgrammeKind, UnitRole
from projects.models import ComponentProject, Programme, ProjectUnit, WardProject


@dataclass(frozen=True)
class ProjectRow:
    """A component project, what the ward made of it in a year, and who does it.

    `carried_out` is None where the ward does not carry it out that year.
    """

    project: ComponentProject
    carried_out: WardProject | None
    leads: tuple[ProjectUnit, ...]
    coordinating: tuple[ProjectUnit, ...]
    guiding: tuple[ProjectUnit, ...] = ()
    subprojects: tuple["ProjectRow", ...] = ()

    @property
    def name(self) -> str:
        return self.carried_out.name if self.carried_out else self.project.name

    @property
    def is_carried_out(self) -> bool:
        """Whether the ward carries out the project itself or one of its sub-projects."""
        return self.carried_out is not None or any(row.is_carried_out for row in self.subprojects)

    @property
    def has_local_name(self) -> bool:
        return self.name != self.project.name

    @property
    def objective(self) -> str:
        return self.carried_out.objective if self.carried_out else ""

    @property
    def beneficiaries(self) -> str:
        return self.carried_out.beneficiaries if self.carried_out else ""

    @property
    def contents(self) -> list[str]:
        """The activity headings, one each."""
        return self.carried_out.contents.splitlines() if self.carried_out else []


def programmes_of(*, ward: Area, year: int) -> list[Programme]:
    """The programmes of a year, those in force first: also those with funds left, and those that a
    ward goes on with.

    Where no national one is in force, the last that was: its projects go on until the next one.
    """
    carried_on = Programme.objects.filter(
        projects__ward_projects__in=WardProject.objects.of_year(ward, year)
    )
    found = {row.pk: row for row in [*Programme.objects.of_year(year), *carried_on]}
    if not any(row.kind == ProgrammeKind.NATIONAL for row in found.values()):
        begun = Programme.objects.filter(kind=ProgrammeKind.NATIONAL, valid_from__year__lte=year)
        found |= {row.pk: row for row in begun.order_by("-valid_from")[:1]}
    kinds = list(ProgrammeKind)
    return sorted(
        found.values(),
        key=lambda row: (
            kinds.index(ProgrammeKind(row.kind)),
            is_term_over(row, year),
            row.valid_from,
        ),
    )


def is_term_over(programme: Programme, year: int) -> bool:
    """Whether the programme's own term ended before the year."""
    return programme.valid_to is not None and programme.valid_to.year < year


def plan_terms(rows: Iterable[ProjectRow]) -> list[str]:
    """The terms of the ward's assignments among some rows: "giai đoạn 2025-2030"."""
    held = {(one.year_from, one.year_to) for one in _all_carried_out(rows)}
    return [formatting.years(first, last) for first, last in sorted(held)]


def _all_carried_out(rows: Iterable[ProjectRow]) -> Iterator[WardProject]:
    for row in rows:
        if row.carried_out:
            yield row.carried_out
        yield from _all_carried_out(row.subprojects)


def project_tree(*, ward: Area, programme: Programme, year: int) -> list[ProjectRow]:
    """The projects of a programme with their sub-projects, as a ward carries them out in a year.

    Three queries, however many projects there are.
    """
    projects = programme.projects.order_by("order").select_related("parent")
    return _tree(projects, ward, year)


def project_trees(*, ward: Area, year: int) -> list[tuple[Programme, list[ProjectRow]]]:
    """The projects of all programmes of a year, each programme's as a tree; five queries.

    Parts below the second level are many: of these only what the ward carries out is there.
    """
    programmes = programmes_of(ward=ward, year=year)
    projects = ComponentProject.objects.filter(programme__in=programmes)
    rows = _tree(projects.order_by("order").select_related("parent"), ward, year)
    shown = [_without_idle_details(row) for row in rows]
    return [
        (programme, [row for row in shown if row.project.programme_id == programme.pk])
        for programme in programmes
    ]


def _without_idle_details(row: ProjectRow, depth: int = 0) -> ProjectRow:
    below = tuple(
        _without_idle_details(child, depth + 1)
        for child in row.subprojects
        if depth < 1 or child.is_carried_out
    )
    return replace(row, subprojects=below)


def project_row(*, ward: Area, project: ComponentProject, year: int) -> ProjectRow:
    """One project with its sub-projects, as a ward carries them out in a year."""
    below = Q(parent=project) | Q(parent__parent=project)
    family = ComponentProject.objects.filter(Q(pk=project.pk) | below)
    rows = _tree(family.order_by("order").select_related("parent"), ward, year, root=project.pk)
    return rows[0]


def _tree(projects: Iterable[ComponentProject], ward, year, root=None) -> list[ProjectRow]:
    """Rows of the projects without a parent, or of the project `root`; children below them."""
    projects = list(projects)
    carried_out = _carried_out(ward, year, projects)
    units = _units(carried_out.values(), year)
    children = defaultdict(list)
    for project in projects:
        children[project.parent_id].append(project)

    def row(project) -> ProjectRow:
        own = carried_out.get(project.pk)
        return ProjectRow(
            project=project,
            carried_out=own,
            leads=tuple(units[own.pk, UnitRole.LEAD]) if own else (),
            coordinating=tuple(units[own.pk, UnitRole.COORDINATING]) if own else (),
            guiding=tuple(units[own.pk, UnitRole.GUIDING]) if own else (),
            subprojects=tuple(row(child) for child in children[project.pk]),
        )

    tops = [project for project in projects if project.pk == root] if root else children[None]
    return [row(project) for project in tops]


def _carried_out(ward, year, projects) -> dict[int, WardProject]:
    rows = WardProject.objects.of_year(ward, year).filter(project__in=projects)
    return {row.project_id: row for row in rows.select_related("project").order_by("year_from")}


def _units(ward_projects, year) -> dict[tuple[int, str], list[ProjectUnit]]:
    """Parts of units by ward project and role, each in its order."""
    found = defaultdict(list)
    rows = ProjectUnit.objects.filter(ward_project__in=[row.pk for row in ward_projects])
    for row in rows.in_year(year).select_related("unit").order_by("order", "pk"):
        found[row.ward_project_id, row.role].append(row)
    return found
