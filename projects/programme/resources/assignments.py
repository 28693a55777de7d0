"""Who has which part in the projects of a year, as a sheet."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from import_export import fields

from povertyplan.core.models import Area, Unit, User
from povertyplan.core.registers.resources import (
    ChoiceWidget,
    ReadLine,
    RegisterReading,
    RegisterResource,
    TypedWidget,
)
from povertyplan.core.text.fields import LineField, YearField
from projects.choices import UnitRole
from projects.models import ComponentProject, ProjectUnit
from projects.programme.resources.columns import (
    PROGRAMME,
    PROJECT,
    YEAR,
    PartWidget,
    UnitWidget,
)
from projects.programme.selectors.matrix import AssignmentMatrix
from projects.programme.services.assignment_lists import ListedPart

UNIT, WORDING = "Đơn vị", "Đơn vị khác, ghi bằng chữ"
ONE_OF_BOTH = "Ghi một trong hai cột “Đơn vị” và “Đơn vị khác, ghi bằng chữ”."


@dataclass(frozen=True)
class UnitPartLine:
    """A part of a unit, for an exported sheet."""

    year: int
    project: ComponentProject
    unit: Unit | None
    wording: str
    role: str


class AssignmentResource(RegisterResource):
    """Units of projects, one part a line (bảng phân công)."""

    year = fields.Field("year", YEAR, TypedWidget(YearField()))
    programme = fields.Field(column_name=PROGRAMME)
    project = fields.Field("project", PROJECT)
    unit = fields.Field("unit", UNIT)
    wording = fields.Field(
        "wording", WORDING, TypedWidget(LineField(max_length=200, required=False))
    )
    role = fields.Field("role", "Vai trò", ChoiceWidget(UnitRole))

    optional = (PROGRAMME, WORDING)
    codes = (PROGRAMME, PROJECT)

    class Meta(RegisterResource.Meta):
        model = ProjectUnit
        fields = ("year", "programme", "project", "unit", "wording", "role")
        export_order = fields

    def __init__(self, *, ward: Area, by: User):
        super().__init__()
        self.fields["project"].widget = PartWidget()
        self.fields["unit"].widget = UnitWidget(ward)

    def vocabulary(self):
        units = [each.name for each in self.fields["unit"].widget.units if not each.valid_to]
        projects = self.fields["project"].widget.vocabulary()
        return {**projects, UNIT: units, **super().vocabulary()}

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        faults = dict(import_validation_errors or {})
        if not {"unit", "wording"} & set(faults) and bool(instance.unit) == bool(instance.wording):
            faults["unit"] = [ONE_OF_BOTH]
        if faults:
            raise ValidationError(faults)

    def lines(self, reading: RegisterReading) -> list[ReadLine]:
        return [ReadLine(line, _listed(row)) for line, row in reading.records]

    def dehydrate_programme(self, line):
        return line.project.programme.code


def part_lines(matrices: Iterable[AssignmentMatrix]) -> Iterator[UnitPartLine]:
    """The parts of a year as lines."""
    for matrix in matrices:
        for row in matrix.rows:
            for part in row.parts:
                yield UnitPartLine(matrix.year, row.project, part.unit, part.wording, part.role)


def _listed(row) -> ListedPart:
    return ListedPart(row.project, row.year, row.unit or row.wording, UnitRole(row.role))
