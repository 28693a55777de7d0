"""Low-income workers as a sheet: households by their codes, members by their names."""

from django.core.exceptions import ValidationError
from import_export import fields

from households.choices import Sex
from households.models import LowIncomeWorker
from households.register.columns import (
    CODE,
    BirthWidget,
    HouseholdWidget,
    PersonWidget,
    find_members,
    other_birth,
    other_sex,
)
from households.rules.people.birth_dates import write_birth
from households.workers.services.recognising import WorkerInput
from povertyplan.core.models import Area, User
from povertyplan.core.registers.resources import (
    ChoiceWidget,
    ReadLine,
    RegisterReading,
    RegisterResource,
    TypedWidget,
)
from povertyplan.core.registers.tables import RegisterTable
from povertyplan.core.text.fields import LineField, VietnameseDateField

PERSON, BORN, SEX = "Họ và tên", "Ngày sinh", "Giới tính"
CODE_MISSING, NAME_MISSING = "Nhập mã hộ.", "Nhập họ và tên."


class LowIncomeResource(RegisterResource):
    """Who is listed, one person a line (danh sách người lao động có thu nhập thấp)."""

    household = fields.Field("household", CODE)
    person = fields.Field("person", PERSON)
    born = fields.Field("born", BORN, BirthWidget())
    sex = fields.Field("sex_seen", SEX, ChoiceWidget(Sex, is_required=False))
    village = fields.Field(column_name="Thôn, tổ dân phố")
    recognised_on = fields.Field(
        "recognised_on", "Xác định từ ngày", TypedWidget(VietnameseDateField())
    )
    document = fields.Field("document", "Văn bản xác định", TypedWidget(LineField(max_length=250)))

    optional = (BORN, SEX, "Thôn, tổ dân phố")
    codes = (CODE, "Văn bản xác định")

    class Meta(RegisterResource.Meta):
        model = LowIncomeWorker
        fields = ("household", "person", "born", "sex", "village", "recognised_on", "document")
        export_order = fields

    def __init__(self, *, ward: Area, by: User):
        super().__init__()
        self.ward, self.by = ward, by

    def read(self, table: RegisterTable) -> RegisterReading:
        known = find_members(table, ward=self.ward, by=self.by)
        self.fields["household"].widget = HouseholdWidget(known.households)
        self.fields["person"].widget = PersonWidget(known.members, born=BORN)
        return super().read(table)

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        faults = dict(import_validation_errors or {})
        if "household" not in faults and instance.household_id is None:
            faults["household"] = [CODE_MISSING]
        if not {"household", "person"} & set(faults) and instance.person_id is None:
            faults["person"] = [NAME_MISSING]
        elif "person" not in faults and "household" not in faults:
            faults |= _contradictions(instance)
        if faults:
            raise ValidationError(faults)

    def lines(self, reading: RegisterReading) -> list[ReadLine]:
        return [ReadLine(line, _listed(record)) for line, record in reading.records]

    def dehydrate_household(self, worker):
        return worker.household.code

    def dehydrate_person(self, worker):
        return worker.person.full_name

    def dehydrate_born(self, worker):
        return write_birth(worker.person.birth_date, worker.person.birth_precision)

    def dehydrate_sex(self, worker):
        return worker.person.get_sex_display()

    def dehydrate_village(self, worker):
        return worker.household.village.name


def _contradictions(record) -> dict[str, list[str]]:
    """What a line says of somebody that the register knows otherwise."""
    found = {
        "born": other_birth(record.person, getattr(record, "born", None)),
        "sex_seen": other_sex(record.person, getattr(record, "sex_seen", "")),
    }
    return {name: [sentence] for name, sentence in found.items() if sentence}


def _listed(record) -> WorkerInput:
    return WorkerInput(record.household, record.person, record.recognised_on, record.document)
