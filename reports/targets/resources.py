"""Targets and what was reported of them as sheets, with the indicator named by its code."""

from collections.abc import Sequence
from typing import cast

from django.core.exceptions import ValidationError
from import_export import fields, widgets

from povertyplan.core.models import Area, User
from povertyplan.core.registers.resources import (
    ChoiceWidget,
    ReadLine,
    RegisterReading,
    RegisterResource,
    TypedWidget,
    seen_only,
)
from povertyplan.core.text.fields import (
    DecimalNumberField,
    LineField,
    VietnameseDateField,
    WholeNumberField,
    YearField,
)
from povertyplan.core.text.vietnamese import normalise_text, search_key
from projects.choices import TargetOperator
from projects.models import Actual, Indicator, Target
from projects.programme.resources.structure import YesNoWidget
from projects.rules.promises import Promise
from projects.targets.selectors import indicators_of
from projects.targets.services.target_lists import COLUMNS as OF_TARGETS
from projects.targets.services.target_lists import ListedTarget
from projects.targets.services.targets import PROMISE
from reports.targets.forms.pasted_targets import read_operator
from reports.targets.forms.years import LARGEST
from reports.targets.services.actual_lists import COLUMNS as OF_ACTUALS
from reports.targets.services.actual_lists import ListedActual

NAME, UNIT = "Chỉ tiêu", "Đơn vị tính"
MOST = 2_147_483_647
CODE_MISSING = "Nhập mã chỉ tiêu."
UNKNOWN_INDICATOR = "Không có chỉ tiêu mã “{code}”. Thêm chỉ tiêu theo dõi trước."
UNKNOWN_OPERATOR = "Không hiểu ràng buộc “{text}”. Dùng: {operators}."


class IndicatorWidget(widgets.Widget):
    """An indicator of a ward by its code, or by its name."""

    def __init__(self, indicators: Sequence[Indicator] = ()):
        super().__init__()
        self.known = {search_key(each.name): each for each in indicators}
        self.known |= {search_key(each.code): each for each in indicators}

    def clean(self, value, row=None, **kwargs):
        code = normalise_text(str(value or "")) or normalise_text(str((row or {}).get(NAME) or ""))
        if not code:
            raise ValueError(CODE_MISSING)
        if found := self.known.get(search_key(code)):
            return found
        raise ValueError(UNKNOWN_INDICATOR.format(code=code[:80]))

    def render(self, value, obj=None, **kwargs):
        return value.code if value else ""


class OperatorWidget(ChoiceWidget):
    """An operator by its label or as plans write it: "≥", "ít nhất"."""

    def __init__(self):
        super().__init__(TargetOperator, is_required=False)

    def clean(self, value, row=None, **kwargs):
        text = normalise_text(str(value or ""))
        if not text:
            return ""
        if found := read_operator(text):
            return found
        operators = "; ".join(TargetOperator.labels)
        raise ValueError(UNKNOWN_OPERATOR.format(text=text[:40], operators=operators))


def _figure(most: int = LARGEST) -> TypedWidget:
    return TypedWidget(DecimalNumberField(required=False, decimal_places=2, max_value=most))


def _whole(most: int = MOST) -> TypedWidget:
    return TypedWidget(WholeNumberField(required=False, max_value=most))


def _line(length: int) -> TypedWidget:
    return TypedWidget(LineField(max_length=length, required=False))


class _IndicatorSheet(RegisterResource):
    """What both sheets have: the indicators of the ward, and what is told of them."""

    def __init__(self, *, ward: Area, by: User):
        super().__init__()
        self.indicators = indicators_of(ward)
        self.fields["indicator"].widget = IndicatorWidget(self.indicators)

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        """Only what the cells cannot be; the act says what the figures cannot be."""
        if import_validation_errors:
            raise ValidationError(import_validation_errors)

    def dehydrate_name(self, row: Target | Actual) -> str:
        return row.indicator.name

    def dehydrate_measure_unit(self, row: Target | Actual) -> str:
        return row.indicator.measure_unit


class TargetResource(_IndicatorSheet):
    """What a ward promises, one target a line (chỉ tiêu kế hoạch)."""

    indicator = fields.Field("indicator", OF_TARGETS["indicator"])
    name = fields.Field("name_seen", NAME, seen_only())
    measure_unit = fields.Field("unit_seen", UNIT, seen_only())
    year = fields.Field("year", OF_TARGETS["year"], TypedWidget(YearField()))
    operator = fields.Field("operator", OF_TARGETS["operator"], OperatorWidget())
    low = fields.Field("low", OF_TARGETS["low"], _figure())
    high = fields.Field("high", OF_TARGETS["high"], _figure())
    rate_operator = fields.Field("rate_operator", OF_TARGETS["rate_operator"], OperatorWidget())
    rate = fields.Field("rate", OF_TARGETS["rate"], _figure())
    note = fields.Field("note", OF_TARGETS["note"], _line(500))
    assigned_by = fields.Field("assigned_by", OF_TARGETS["assigned_by"], _line(120))
    reason = fields.Field("revised_because", OF_TARGETS["reason"], _line(1000))

    optional = (NAME, UNIT, OF_TARGETS["note"], OF_TARGETS["assigned_by"], OF_TARGETS["reason"])
    codes = (OF_TARGETS["indicator"],)

    class Meta(RegisterResource.Meta):
        model = Target
        fields = (
            "indicator", "name", "measure_unit", "year", "operator", "low", "high",
            "rate_operator", "rate", "note", "assigned_by", "reason",
        )  # fmt: skip
        export_order = fields

    def vocabulary(self):
        codes = [each.code for each in self.indicators]
        return {OF_TARGETS["indicator"]: codes, **super().vocabulary()}

    def lines(self, reading: RegisterReading) -> list[ReadLine[ListedTarget]]:
        return [ReadLine(line, _target(cast(Target, row))) for line, row in reading.records]


class ActualResource(_IndicatorSheet):
    """What units report of their indicators, one figure a line (kết quả thực hiện)."""

    indicator = fields.Field("indicator", OF_ACTUALS["indicator"])
    name = fields.Field("name_seen", NAME, seen_only())
    measure_unit = fields.Field("unit_seen", UNIT, seen_only())
    year = fields.Field("year", OF_ACTUALS["year"], TypedWidget(YearField()))
    period = fields.Field("period_read", OF_ACTUALS["period"], _whole(12))
    numerator = fields.Field("numerator", OF_ACTUALS["numerator"], _whole())
    denominator = fields.Field("denominator", OF_ACTUALS["denominator"], _whole())
    as_of = fields.Field(
        "as_of", OF_ACTUALS["as_of"], TypedWidget(VietnameseDateField(required=False))
    )
    is_estimate = fields.Field("is_estimate", OF_ACTUALS["is_estimate"], YesNoWidget(empty=False))
    evidence = fields.Field("evidence", OF_ACTUALS["evidence"], _line(250))
    ledger_reason = fields.Field("ledger_reason", OF_ACTUALS["ledger_reason"], _line(250))
    note = fields.Field("note", OF_ACTUALS["note"], _line(1000))

    optional = (
        NAME, UNIT, OF_ACTUALS["period"], OF_ACTUALS["is_estimate"], OF_ACTUALS["evidence"],
        OF_ACTUALS["ledger_reason"], OF_ACTUALS["note"],
    )  # fmt: skip
    codes = (OF_ACTUALS["indicator"],)

    class Meta(RegisterResource.Meta):
        model = Actual
        fields = (
            "indicator", "name", "measure_unit", "year", "period", "numerator", "denominator",
            "as_of", "is_estimate", "evidence", "ledger_reason", "note",
        )  # fmt: skip
        export_order = fields

    def dehydrate_period(self, row: Actual) -> int:
        return row.period

    def vocabulary(self):
        codes = [each.code for each in self.indicators if not each.query]
        return {OF_ACTUALS["indicator"]: codes, **super().vocabulary()}

    def lines(self, reading: RegisterReading) -> list[ReadLine[ListedActual]]:
        return [ReadLine(line, _actual(cast(Actual, row))) for line, row in reading.records]


def _target(record: Target) -> ListedTarget:
    stated = {name: getattr(record, name) for name in PROMISE}
    reason = getattr(record, "revised_because", "") or ""
    return ListedTarget(record.indicator, record.year, Promise(**stated), reason)


def _actual(record: Actual) -> ListedActual:
    names = (
        "numerator", "denominator", "as_of", "is_estimate", "evidence", "ledger_reason", "note",
    )  # fmt: skip
    figures = {name: getattr(record, name) for name in names}
    period = getattr(record, "period_read", None)
    return ListedActual(record.indicator, record.year, period, figures)
