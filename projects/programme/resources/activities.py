"""The activities of a ward's projects as a sheet."""

from import_export import fields

from povertyplan.core.models import Area, User
from povertyplan.core.registers.resources import (
    ReadLine,
    RegisterReading,
    RegisterResource,
    TypedWidget,
)
from povertyplan.core.text.fields import (
    DecimalNumberField,
    LineField,
    VietnameseDateField,
    YearField,
)
from projects.models import Activity
from projects.programme.forms.activities import LARGEST_QUANTITY
from projects.programme.resources.columns import (
    PROGRAMME,
    PROJECT,
    YEAR,
    ProjectWidget,
    UnitWidget,
    words_of_projects,
)
from projects.programme.services.activities import ActivityInput, ActivityResult
from projects.programme.services.activity_lists import ListedActivity

OWNER = "Đơn vị thực hiện"


def _quantity() -> TypedWidget:
    return TypedWidget(
        DecimalNumberField(max_value=LARGEST_QUANTITY, decimal_places=2, required=False)
    )


def _line(length: int, **options) -> TypedWidget:
    return TypedWidget(LineField(max_length=length, required=False, **options))


def _day() -> TypedWidget:
    return TypedWidget(VietnameseDateField(required=False))


class ActivityResource(RegisterResource):
    """What is planned and what came of it, one activity a line (sổ hoạt động)."""

    year = fields.Field("year", YEAR, TypedWidget(YearField()))
    programme = fields.Field(column_name=PROGRAMME)
    ward_project = fields.Field("ward_project", PROJECT)
    name = fields.Field(
        "name",
        "Hoạt động",
        TypedWidget(LineField(max_length=300, error_messages={"required": "Nhập tên hoạt động."})),
    )
    quantity = fields.Field("quantity", "Khối lượng", _quantity())
    quantity_unit = fields.Field("quantity_unit", "Đơn vị tính", _line(40))
    owner = fields.Field("owner", OWNER)
    due_on = fields.Field("due_on", "Hạn hoàn thành", _day())
    done_on = fields.Field("done_on", "Ngày hoàn thành", _day())
    done_quantity = fields.Field("done_quantity", "Đã thực hiện", _quantity())
    evidence = fields.Field("evidence", "Văn bản, minh chứng", _line(300))

    optional = (
        PROGRAMME, "Khối lượng", "Đơn vị tính", OWNER, "Hạn hoàn thành", "Ngày hoàn thành",
        "Đã thực hiện", "Văn bản, minh chứng",
    )  # fmt: skip
    codes = (PROGRAMME, PROJECT)

    class Meta(RegisterResource.Meta):
        model = Activity
        fields = (
            "year", "programme", "ward_project", "name", "quantity", "quantity_unit", "owner",
            "due_on", "done_on", "done_quantity", "evidence",
        )  # fmt: skip
        export_order = fields

    def __init__(self, *, ward: Area, by: User):
        super().__init__()
        self.fields["ward_project"].widget = ProjectWidget(ward)
        self.fields["owner"].widget = UnitWidget(ward)

    def vocabulary(self):
        units = [each.name for each in self.fields["owner"].widget.units if not each.valid_to]
        return {**words_of_projects(self.fields["ward_project"].widget), OWNER: units}

    def lines(self, reading: RegisterReading) -> list[ReadLine]:
        return [ReadLine(line, _listed(record)) for line, record in reading.records]

    def dehydrate_programme(self, activity):
        return activity.ward_project.project.programme.code


def _listed(record) -> ListedActivity:
    plan, result = ActivityInput.__dataclass_fields__, ActivityResult.__dataclass_fields__
    return ListedActivity(
        ward_project=record.ward_project,
        year=record.year,
        details=ActivityInput(**{name: getattr(record, name) for name in plan}),
        result=ActivityResult(**{name: getattr(record, name) for name in result}),
    )
