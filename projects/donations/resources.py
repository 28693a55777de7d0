"""Donated money as a sheet, one entry a line."""

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
from povertyplan.core.text.fields import (
    LineField,
    NameField,
    VietnameseDateField,
    WholeNumberField,
)
from projects.choices import DonationFund, DonationWay
from projects.models import DonationEntry
from projects.rules.donations import LARGEST_AMOUNT, DonationDraft


def _line(length: int, *, required: bool = False) -> TypedWidget:
    return TypedWidget(LineField(max_length=length, required=required))


class DonationResource(RegisterResource):
    """What came in and went out (sổ ủng hộ)."""

    dated = fields.Field("dated", "Ngày", TypedWidget(VietnameseDateField()))
    way = fields.Field("way", "Thu, chi", ChoiceWidget(DonationWay))
    fund = fields.Field("fund", "Quỹ, nguồn", ChoiceWidget(DonationFund))
    party = fields.Field("party", "Người ủng hộ, nơi nhận", TypedWidget(NameField(max_length=200)))
    purpose = fields.Field("purpose", "Mục đích, nội dung", _line(300, required=True))
    amount = fields.Field(
        "amount",
        "Số tiền (đồng)",
        TypedWidget(
            WholeNumberField(
                max_value=LARGEST_AMOUNT,
                error_messages={"invalid": "Nhập số đồng nguyên, ví dụ 5.000.000."},
            )
        ),
    )
    goods = fields.Field("goods", "Hiện vật", _line(300))
    document_number = fields.Field("document_number", "Số chứng từ", _line(80))
    note = fields.Field("note", "Ghi chú", _line(500))

    optional = ("Hiện vật", "Số chứng từ", "Ghi chú")
    codes = ("Số chứng từ",)

    class Meta(RegisterResource.Meta):
        model = DonationEntry
        fields = (
            "dated", "way", "fund", "party", "purpose", "amount", "goods", "document_number",
            "note",
        )  # fmt: skip
        export_order = fields

    def __init__(self, *, ward: Area, by: User):
        super().__init__()

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        """Only what the cells cannot be; the act says what the entry cannot be."""
        if import_validation_errors:
            raise ValidationError(import_validation_errors)

    def lines(self, reading: RegisterReading) -> list[ReadLine]:
        return [ReadLine(line, _listed(record)) for line, record in reading.records]


def _listed(record) -> DonationDraft:
    values = {name: getattr(record, name) for name in DonationDraft.__dataclass_fields__}
    values |= {"fund": DonationFund(record.fund), "way": DonationWay(record.way)}
    return DonationDraft(**values)
