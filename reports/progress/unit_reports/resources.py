"""The figures of a unit's report as a sheet, one a line."""

from typing import cast

from django.core.exceptions import ValidationError
from import_export import fields

from povertyplan.core.models import Area, User
from povertyplan.core.registers.resources import (
    ChoiceWidget,
    ReadLine,
    RegisterReading,
    RegisterResource,
    TypedWidget,
    seen_only,
)
from povertyplan.core.text.fields import DecimalNumberField, LineField
from reports.choices import FigureAnswer
from reports.models import UnitReportFigure
from reports.progress.unit_reports.differences import FigureReply, tidy_reply
from reports.progress.unit_reports.services.importing import COLUMNS, FigureLine

LARGEST = 10**15


def _number() -> TypedWidget:
    return TypedWidget(DecimalNumberField(max_value=LARGEST, decimal_places=2, required=False))


class UnitFigureResource(RegisterResource):
    """What a unit says to each figure of its report."""

    key = fields.Field("key", COLUMNS["key"], TypedWidget(LineField(max_length=40)))
    label = fields.Field("label", "Nội dung", seen_only())
    measure_unit = fields.Field("measure_unit", "Đơn vị tính", seen_only())
    target = fields.Field("target", "Kế hoạch", seen_only())
    computed = fields.Field("source", "Số liệu có sẵn", seen_only())
    answer = fields.Field(
        "answer", COLUMNS["answer"], ChoiceWidget(FigureAnswer, is_required=False)
    )
    own = fields.Field("own", COLUMNS["own"], _number())
    reason = fields.Field(
        "reason", COLUMNS["reason"], TypedWidget(LineField(max_length=500, required=False))
    )
    estimate = fields.Field("estimate", COLUMNS["estimate"], _number())

    optional = ("Nội dung", "Đơn vị tính", "Kế hoạch", "Số liệu có sẵn", COLUMNS["estimate"])
    codes = (COLUMNS["key"],)

    class Meta(RegisterResource.Meta):
        model = UnitReportFigure
        fields = (
            "key", "label", "measure_unit", "target", "computed", "answer", "own", "reason",
            "estimate",
        )  # fmt: skip
        export_order = fields

    def __init__(self, *, ward: Area, by: User):
        super().__init__()

    def dehydrate_computed(self, figure: UnitReportFigure) -> object:
        return "" if figure.computed is None else figure.computed

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        """Only what the cells cannot be; the act says what the reply cannot be."""
        if import_validation_errors:
            raise ValidationError(import_validation_errors)

    def lines(self, reading: RegisterReading) -> list[ReadLine[FigureLine]]:
        return [
            ReadLine(line, _line(cast(UnitReportFigure, record)))
            for line, record in reading.records
        ]


def _line(record: UnitReportFigure) -> FigureLine:
    names = ("answer", "own", "reason", "estimate")
    reply = FigureReply(**{name: getattr(record, name) for name in names})
    return FigureLine(record.key, tidy_reply(reply))
