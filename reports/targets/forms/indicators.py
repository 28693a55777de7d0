"""What the pages of indicators take in."""

from typing import Any

from django import forms

from households.ledger.selectors.standards import indicators_in_force
from povertyplan.core import clock
from povertyplan.core.models import Area, Unit
from povertyplan.core.platform.submissions import SubmissionKeyField
from povertyplan.core.text.fields import (
    CHOOSE,
    DecimalNumberField,
    LineField,
    NameField,
    VersionField,
)
from povertyplan.core.text.vietnamese import upper_first
from projects.choices import Accumulation, Direction, FigurePeriod, Measure
from projects.models import Indicator, WardProject
from projects.support.forms.ledger import project_label
from projects.targets.services.indicators import (
    FROZEN,
    FROZEN_BY_RESULTS,
    IndicatorInput,
    is_measured,
    is_reported,
)
from reports.choices import IndicatorSource
from reports.figures.data_fields import NUMBERED, QUERIES, SEVERAL, FieldError, parse_query
from reports.figures.figure import PERCENT
from reports.figures.named import unit_of

NUMBERS_MISSING = "Nhập số của chỉ số thiếu hụt, ví dụ 10, hoặc 11 12."
SOURCE_IS_A_RATE = "Số liệu này là tỷ lệ: chọn cách đo “Tỷ lệ phần trăm”."
SOURCE_IS_A_COUNT = "Số liệu này là số lượng: chọn cách đo “Số lượng”."
ONE_NUMBER = "Số liệu này tính theo một chỉ số thiếu hụt. Nhập một số."


LARGEST_BASELINE = 9_999_999_999
# Figures that a typed one can be compared with: they need no number of an indicator.
COUNTS = [name for name in QUERIES if name not in NUMBERED and unit_of(name) != PERCENT]
# Fields that go into the record as they are.
OF_REPORTS = (
    "ward_project", "period", "accumulation", "baseline", "has_no_baseline", "whole_query",
    "lacking",
)  # fmt: skip

UNSAID: dict[str, Any] = {"period": FigurePeriod.YEAR, "accumulation": Accumulation.LATEST}


def _words(query: str) -> str:
    """A query as a part of a sentence: "Số hộ nghèo"."""
    return upper_first(IndicatorSource(query).label.partition(": ")[2])


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

    ward_project = forms.ModelChoiceField(
        label="Thuộc dự án",
        queryset=WardProject.objects.none(),
        required=False,
        empty_label="Không thuộc dự án nào",
        error_messages=CHOOSE,
    )
    period = forms.ChoiceField(
        label="Kỳ số liệu",
        choices=FigurePeriod.choices,
        initial=FigurePeriod.YEAR,
        required=False,
        error_messages=CHOOSE,
    )
    accumulation = forms.ChoiceField(
        label="Số của năm",
        choices=Accumulation.choices,
        initial=Accumulation.LATEST,
        required=False,
        error_messages=CHOOSE,
    )
    baseline = DecimalNumberField(
        label="Số gốc",
        required=False,
        decimal_places=2,
        max_value=LARGEST_BASELINE,
        help_text="Chỉ nhập khi năm trước năm đầu của lộ trình chưa có số liệu.",
    )
    has_no_baseline = forms.BooleanField(label="Không có số gốc", required=False)
    whole_query = forms.ChoiceField(
        label="Đối chiếu tổng số với sổ",
        choices=[("", "Không đối chiếu"), *((name, _words(name)) for name in COUNTS)],
        required=False,
        help_text="Khi đơn vị nhập số khác với sổ, hệ thống nêu ra và hỏi lý do.",
        error_messages=CHOOSE,
    )
    lacking = forms.TypedChoiceField(
        label="Đối chiếu người chưa đạt với hộ thiếu hụt",
        coerce=int,
        empty_value=None,
        required=False,
        help_text="Ví dụ: người chưa có thẻ không ít hơn số hộ thiếu hụt bảo hiểm y tế.",
        error_messages=CHOOSE,
    )

    def __init__(self, *args, ward: Area, indicator: Indicator | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        lacking = [(each.number, str(each)) for each in indicators_in_force(clock.today())]
        self.fields["lacking"].choices = [("", "Không đối chiếu"), *lacking]
        names = "; ".join(name for _number, name in lacking)
        self.fields["ward_project"].queryset = WardProject.objects.filter(ward=ward).select_related(
            "project__parent"
        )
        self.fields["ward_project"].label_from_instance = project_label
        self.is_reported = indicator is not None and is_reported(indicator)
        if self.is_reported:
            for name in FROZEN_BY_RESULTS:
                self.fields[name].disabled = True
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
            is_rate = unit_of(str(source)) == PERCENT
            if is_rate and measure == Measure.COUNT:
                self.add_error("measure", SOURCE_IS_A_RATE)
            elif not is_rate and measure == Measure.PERCENT:
                self.add_error("measure", SOURCE_IS_A_COUNT)
        return cleaned

    @property
    def shows_reports(self) -> bool:
        """Whether the folded part has something to look at."""
        return any(name in self.errors for name in OF_REPORTS) or any(
            self[name].value() for name in ("baseline", "has_no_baseline", "whole_query", "lacking")
        )

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
            **{name: cleaned[name] or UNSAID.get(name, cleaned[name]) for name in OF_REPORTS},
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
        name: getattr(indicator, name) for name in (*names, *OF_REPORTS)
    }
