"""What the pages of indicators take in."""

from typing import Any

from django import forms

from households.ledger.selectors.standards import indicators_in_force
from povertyplan.core import clock
from povertyplan.core.models import Area, Unit
from povertyplan.core.platform.submissions import SubmissionKeyField
from povertyplan.core.text.fields import CHOOSE, LineField, NameField, VersionField
from projects.choices import Direction, Measure
from projects.models import Indicator
from projects.targets.services.indicators import FROZEN, IndicatorInput, is_measured
from reports.choices import IndicatorSource
from reports.figures.data_fields import NUMBERED, QUERIES, SEVERAL, FieldError, parse_query
from reports.figures.figure import PERCENT
from reports.figures.named import unit_of

NUMBERS_MISSING = "Nhập số của chỉ số thiếu hụt, ví dụ 10, hoặc 11 12."
SOURCE_IS_A_RATE = "Số liệu này là tỷ lệ: chọn cách đo “Tỷ lệ phần trăm”."
SOURCE_IS_A_COUNT = "Số liệu này là số lượng: chọn cách đo “Số lượng”."
ONE_NUMBER = "Số liệu này tính theo một chỉ số thiếu hụt. Nhập một số."


class IndicatorForm(forms.Form):
    """How something is measured, and who follows it."""

    fields: dict[str, Any]  # each of its own kind, which the stubs do not know

    name = NameField(
        label="Tên chỉ tiêu",
        max_length=250,
        help_text="In trên kế hoạch, ví dụ: Số hộ nghèo.",
        error_messages={"required": "Nhập tên chỉ tiêu."},
    )
    dimension = LineField(
        label="Nhóm", max_length=40, required=False, help_text="Ví dụ: Y tế, Giáo dục, Nhà ở."
    )
    measure = forms.ChoiceField(label="Cách đo", choices=Measure.choices, error_messages=CHOOSE)
    measure_unit = LineField(
        label="Đơn vị tính",
        max_length=40,
        help_text="Ví dụ: hộ, người, %.",
        error_messages={"required": "Nhập đơn vị tính."},
    )
    direction = forms.ChoiceField(
        label="Chiều hướng mong muốn", choices=Direction.choices, error_messages=CHOOSE
    )
    source = forms.ChoiceField(
        label="Số liệu thực hiện",
        choices=IndicatorSource.choices,
        initial=IndicatorSource.REPORTED,
        error_messages=CHOOSE,
    )
    numbers = LineField(
        label="Chỉ số thiếu hụt",
        max_length=40,
        required=False,
        help_text="Chỉ nhập khi số liệu là hộ thiếu hụt, không thiếu hụt chỉ số nào đó.",
    )
    owner = forms.ModelChoiceField(
        label="Đơn vị theo dõi",
        queryset=Unit.objects.none(),
        required=False,
        empty_label="Chưa giao đơn vị nào",
        error_messages=CHOOSE,
    )

    def __init__(self, *args, ward: Area, indicator: Indicator | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        names = "; ".join(map(str, indicators_in_force(clock.today())))
        self.fields["numbers"].help_text += f" Các chỉ số: {names}." if names else ""
        self.fields["owner"].queryset = Unit.objects.current().filter(ward=ward).order_by("order")
        self.is_measured = indicator is not None and is_measured(indicator)
        if self.is_measured:
            for name in (*(set(FROZEN) - {"query"}), "source", "numbers"):
                self.fields[name].disabled = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        source, measure = cleaned.get("source"), cleaned.get("measure")
        if source in NUMBERED:
            self._check_numbers(source, cleaned.get("numbers", ""))
        if source in QUERIES and measure in Measure.values:
            is_rate = unit_of(source) == PERCENT
            if is_rate and measure == Measure.COUNT:
                self.add_error("measure", SOURCE_IS_A_RATE)
            elif not is_rate and measure == Measure.PERCENT:
                self.add_error("measure", SOURCE_IS_A_COUNT)
        return cleaned

    def details(self) -> IndicatorInput:
        """The checked values, as the services take them."""
        cleaned = self.cleaned_data
        is_reported = cleaned["source"] == IndicatorSource.REPORTED
        is_numbered = cleaned["source"] in NUMBERED
        numbers = cleaned["numbers"].split() if is_numbered else []
        return IndicatorInput(
            name=cleaned["name"],
            measure=cleaned["measure"],
            measure_unit=cleaned["measure_unit"],
            direction=cleaned["direction"],
            dimension=cleaned["dimension"],
            query="" if is_reported else " ".join([cleaned["source"], *numbers]),
            owner=cleaned["owner"],
        )

    def _check_numbers(self, source: str, numbers: str) -> None:
        if source not in SEVERAL and len(numbers.split()) > 1:
            self.add_error("numbers", ONE_NUMBER)
            return
        try:
            parse_query(f"{source} {numbers}")
        except FieldError:
            self.add_error("numbers", NUMBERS_MISSING)


class IndicatorNewForm(IndicatorForm):
    key = SubmissionKeyField()


class IndicatorChangeForm(IndicatorForm):
    version = VersionField()


def indicator_initial(indicator: Indicator) -> dict[str, object]:
    """What the form of an indicator shows first."""
    source, _, numbers = indicator.query.partition(" ")
    names = ("name", "dimension", "measure", "measure_unit", "direction", "owner", "version")
    return {"source": source or IndicatorSource.REPORTED, "numbers": numbers} | {
        name: getattr(indicator, name) for name in names
    }
