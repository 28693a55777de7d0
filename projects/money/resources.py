"""The entries of money as a sheet, with the project named by its code."""

from django.core.exceptions import ValidationError
from import_export import fields

from povertyplan.core.models import Area, User
from povertyplan.core.registers.resources import (
    ChoiceWidget,
    ReadLine,
    RegisterReading,
    RegisterResource,
    TypedWidget,
)
from povertyplan.core.text.fields import LineField, VietnameseDateField, YearField
from projects.choices import BudgetAct, BudgetKind, BudgetSource
from projects.models import BudgetEntry
from projects.money.forms import EARLIEST_FUNDS, AmountField
from projects.money.selectors import ListedEntry
from projects.programme.resources.columns import (
    PROGRAMME,
    PROJECT,
    ProjectWidget,
    words_of_projects,
)
from projects.rules.budget import BudgetDraft

YEAR = "Năm ngân sách"


class BudgetResource(RegisterResource):
    """Money of a ward's projects, one entry a line (sổ kinh phí)."""

    year = fields.Field("year", YEAR, TypedWidget(YearField(first=EARLIEST_FUNDS)))
    programme = fields.Field(column_name=PROGRAMME)
    ward_project = fields.Field("ward_project", PROJECT)
    source = fields.Field("source", "Nguồn vốn", ChoiceWidget(BudgetSource))
    kind = fields.Field("kind", "Loại vốn", ChoiceWidget(BudgetKind))
    act = fields.Field("act", "Nghiệp vụ", ChoiceWidget(BudgetAct))
    amount = fields.Field("amount", "Số tiền (đồng)", TypedWidget(AmountField()))
    dated = fields.Field("dated", "Ngày", TypedWidget(VietnameseDateField()))
    first_year = fields.Field(
        "first_year", "Vốn của năm", TypedWidget(YearField(required=False, first=EARLIEST_FUNDS))
    )
    document_number = fields.Field(
        "document_number", "Số văn bản", TypedWidget(LineField(max_length=80, required=False))
    )
    document_date = fields.Field(
        "document_date", "Ngày văn bản", TypedWidget(VietnameseDateField(required=False))
    )
    document_subject = fields.Field(
        "document_subject", "Trích yếu", TypedWidget(LineField(max_length=250, required=False))
    )
    note = fields.Field("note", "Ghi chú", TypedWidget(LineField(max_length=500, required=False)))

    optional = (PROGRAMME, "Vốn của năm", "Ngày văn bản", "Trích yếu", "Ghi chú")
    codes = (PROGRAMME, PROJECT, "Số văn bản")

    class Meta(RegisterResource.Meta):
        model = BudgetEntry
        fields = (
            "year", "programme", "ward_project", "source", "kind", "act", "amount", "dated",
            "first_year", "document_number", "document_date", "document_subject", "note",
        )  # fmt: skip
        export_order = fields

    def __init__(self, *, ward: Area, by: User):
        super().__init__()
        self.fields["ward_project"].widget = ProjectWidget(ward, year=YEAR)

    def vocabulary(self):
        return {**words_of_projects(self.fields["ward_project"].widget), **super().vocabulary()}

    def lines(self, reading: RegisterReading) -> list[ReadLine]:
        return [
            ReadLine(line, ListedEntry(record.ward_project, _draft(record)))
            for line, record in reading.records
            if isinstance(record, BudgetEntry)
        ]

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        """Only what the cells cannot be; the act says what the entry cannot be."""
        if import_validation_errors:
            raise ValidationError(import_validation_errors)
        if instance.first_year is None:
            instance.first_year = instance.year

    def dehydrate_programme(self, entry):
        return entry.ward_project.project.programme.code


def _draft(entry: BudgetEntry) -> BudgetDraft:
    names = BudgetDraft.__dataclass_fields__
    return BudgetDraft(**{name: getattr(entry, name) for name in names})
