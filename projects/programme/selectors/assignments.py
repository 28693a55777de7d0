"""Who carries out what over some years: the assignment of a plan (phân công)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch

from povertyplan.core.models import Area, Unit
from projects.choices import ProgrammeKind, UnitRole
from projects.models import ProjectUnit, WardProject


@dataclass(frozen=True)
class Part:
    """A unit's part in a project; `years` are None where it serves all the years asked for.

    `unit` is None where the plan names none, but "the units concerned".
    """

    name: str
    unit: Unit | None = None
    years: tuple[int, int] | None = None


@dataclass(frozen=True)
class Assignment:
    """A ward's project with the units that lead it, those that coordinate and those that guide."""

    ward_project: WardProject
    leads: tuple[Part, ...]
    coordinating: tuple[Part, ...]
    guiding: tuple[Part, ...] = ()

    @property
    def code(self) -> str:
        return self.ward_project.project.code

    @property
    def is_of_national_programme(self) -> bool:
        return self.ward_project.project.programme.kind == ProgrammeKind.NATIONAL

    @property
    def programme_code(self) -> str:
        return self.ward_project.project.programme.code


def assignments(*, ward: Area, first: int, last: int) -> list[Assignment]:
    """What a ward carries out in some of these years, in the programme's order; two queries."""
    rows = (
        WardProject.objects.filter(ward=ward, year_from__lte=last, year_to__gte=first)
        .select_related("project__parent", "project__programme")
        .prefetch_related(Prefetch("units", queryset=_units(first, last), to_attr="parts"))
        .order_by("project__programme", "project__order", "year_from")
    )
    return [
        Assignment(
            ward_project=row,
            leads=_parts(row.parts, UnitRole.LEAD, first, last),
            coordinating=_parts(row.parts, UnitRole.COORDINATING, first, last),
            guiding=_parts(row.parts, UnitRole.GUIDING, first, last),
        )
        for row in rows
    ]


def _units(first: int, last: int):
    serving = ProjectUnit.objects.filter(year_from__lte=last, year_to__gte=first)
    return serving.select_related("unit").order_by("order", "year_from", "pk")


def _parts(units: Sequence[ProjectUnit], role: str, first: int, last: int) -> tuple[Part, ...]:
    return tuple(
        Part(
            unit.name,
            unit.unit,
            None
            if unit.year_from <= first and unit.year_to >= last
            else (max(unit.year_from, first), min(unit.year_to, last)),
        )
        for unit in units
        if unit.role == role
    )
