"""What a ward makes of the component projects, as a sheet."""

from import_export import fields

from povertyplan.core.models import Area, User
from povertyplan.core.registers.resources import (
    ReadLine,
    RegisterReading,
    RegisterResource,
    TypedWidget,
)
from povertyplan.core.text.fields import LineField, NameField, YearField
from projects.models import WardProject
from projects.programme.forms.ward_projects import FIRST_YEAR, LONGEST_TEXT, YEAR_MISSING
from projects.programme.resources.columns import PROGRAMME, PROJECT, PartWidget
from projects.programme.services.project_lists import BETWEEN_CONTENTS, ListedProject
from projects.programme.services.ward_projects import TEXTS, WardProjectInput


def _text() -> TypedWidget:
    return TypedWidget(LineField(max_length=LONGEST_TEXT, required=False))


def _year() -> TypedWidget:
    return TypedWidget(YearField(first=FIRST_YEAR, error_messages=YEAR_MISSING))


class WardProjectResource(RegisterResource):
    """The ward's projects with their wording, one a line (danh mục dự án tại địa bàn)."""

    programme = fields.Field(column_name=PROGRAMME)
    project = fields.Field("project", PROJECT)
    year_from = fields.Field("year_from", "Từ năm", _year())
    year_to = fields.Field("year_to", "Đến năm", _year())
    local_name = fields.Field(
        "local_name",
        "Tên gọi tại địa phương",
        TypedWidget(NameField(max_length=250, required=False)),
    )
    objective = fields.Field("objective", "Mục tiêu", _text())
    beneficiaries = fields.Field("beneficiaries", "Đối tượng", _text())
    contents = fields.Field("contents", "Nội dung", _text())

    optional = (PROGRAMME, "Tên gọi tại địa phương", "Mục tiêu", "Đối tượng", "Nội dung")
    codes = (PROGRAMME, PROJECT)

    class Meta(RegisterResource.Meta):
        model = WardProject
        fields = (
            "programme", "project", "year_from", "year_to", "local_name", "objective",
            "beneficiaries", "contents",
        )  # fmt: skip
        export_order = fields

    def __init__(self, *, ward: Area, by: User):
        super().__init__()
        self.fields["project"].widget = PartWidget()

    def vocabulary(self):
        return self.fields["project"].widget.vocabulary()

    def lines(self, reading: RegisterReading) -> list[ReadLine]:
        return [ReadLine(line, _listed(record)) for line, record in reading.records]

    def dehydrate_programme(self, row):
        return row.project.programme.code

    def dehydrate_contents(self, row):
        return BETWEEN_CONTENTS.join(row.contents.splitlines())


def _listed(row) -> ListedProject:
    texts = {name: getattr(row, name) for name in TEXTS}
    parts = (each.strip() for each in texts["contents"].split(BETWEEN_CONTENTS.strip()))
    texts["contents"] = "\n".join(each for each in parts if each)
    return ListedProject(row.project, WardProjectInput(row.year_from, row.year_to, **texts))
