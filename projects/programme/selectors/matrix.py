"""The projects of a programme beside the units of a ward, as a year's assignment is entered."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Q

from povertyplan.core.models import Area, Unit
from projects.models import ComponentProject, Programme, ProjectUnit, WardProject
from projects.programme.selectors.components import ProjectRow, project_tree

# Below this, parts of a programme are so many that only those carried out are shown.
DEEPEST_OFFERED = 1


@dataclass(frozen=True)
class MatrixRow:
    """A project, what the ward made of it, and the parts of units in the year."""

    project: ComponentProject
    carried_out: WardProject | None
    parts: tuple[ProjectUnit, ...]
    depth: int

    @property
    def version(self) -> int:
        return self.carried_out.version if self.carried_out else 0

    @property
    def name(self) -> str:
        return self.carried_out.name if self.carried_out else self.project.name


@dataclass(frozen=True)
class AssignmentMatrix:
    programme: Programme
    year: int
    units: tuple[Unit, ...]
    rows: tuple[MatrixRow, ...]


def assignment_matrix(*, ward: Area, programme: Programme, year: int) -> AssignmentMatrix:
    """The projects a ward may carry out in a year, and its units of that year; four queries."""
    rows = tuple(_rows(project_tree(ward=ward, programme=programme, year=year)))
    assigned = {part.unit_id for row in rows for part in row.parts if part.unit_id}
    begun = Q(valid_from=None) | Q(valid_from__year__lte=year)
    there = Q(valid_to=None) | Q(valid_to__year__gte=year)
    units = Unit.objects.filter(Q(pk__in=assigned) | (begun & there), ward=ward)
    return AssignmentMatrix(programme, year, tuple(units.order_by("order", "pk")), rows)


def _rows(tree: Iterable[ProjectRow], depth: int = 0) -> Iterator[MatrixRow]:
    for row in tree:
        may_be_taken = row.project.for_wards and depth <= DEEPEST_OFFERED
        if row.carried_out or may_be_taken:
            parts = (*row.leads, *row.coordinating, *row.guiding)
            yield MatrixRow(row.project, row.carried_out, parts, depth)
        yield from _rows(row.subprojects, depth + 1)
