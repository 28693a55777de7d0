"""The targets of a year, one line an indicator."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django import forms
from django.db.models import TextChoices

from povertyplan.core.text.fields import DecimalNumberField, LineField, VietnameseDateField
from projects.choices import Measure, TargetOperator
from projects.models import Indicator, Target
from projects.rules.promises import OF_RATES, Promise, promise_faults
from projects.targets.services.targets import NOT_TAKEN_BACK, PromisedTarget, promise_of
from reports.models import AssignedTarget
from reports.targets.services.assigned import AssigningDocument

LARGEST = 9_999_999_999
NOTHING = ("", "Không giao")
UNKNOWN_OPERATOR = {"invalid_choice": "Chọn trong danh sách."}


def _operators(among: Sequence[TextChoices]) -> list[tuple[str, str]]:
    return [NOTHING, *((each.value, each.label) for each in among)]


class TargetLineForm(forms.Form):
    """What one indicator is to reach; empty where nothing is promised."""

    fields: dict[str, Any]  # each of its own kind, which the stubs do not know

    seen = forms.IntegerField(label="", required=False, widget=forms.HiddenInput)
    operator = forms.ChoiceField(
        label="Ràng buộc",
        choices=_operators(list(TargetOperator)),
        required=False,
        error_messages=UNKNOWN_OPERATOR,
    )
    low = DecimalNumberField(label="Giá trị", required=False, decimal_places=2, max_value=LARGEST)
    high = DecimalNumberField(label="Đến", required=False, decimal_places=2, max_value=LARGEST)
    rate_operator = forms.ChoiceField(
        label="Ràng buộc của tỷ lệ",
        choices=_operators([each for each in TargetOperator if each in OF_RATES]),
        required=False,
        error_messages=UNKNOWN_OPERATOR,
    )
    rate = DecimalNumberField(label="Tỷ lệ (%)", required=False, decimal_places=2, max_value=100)
    note = LineField(label="Nội dung, ghi chú", max_length=500, required=False)

    def __init__(
        self, data: Any = None, *, indicator: Indicator, standing: Target | AssignedTarget | None
    ):
        initial = {"seen": standing.pk, **asdict(promise_of(standing))} if standing else {}
        super().__init__(data, prefix=f"i{indicator.pk}", initial=initial)
        self.indicator, self.standing = indicator, standing
        if indicator.measure == Measure.PERCENT:
            del self.fields["rate_operator"], self.fields["rate"]
        for field in self.fields.values():
            # The heads of the table name the columns; a fault has to name the line, too.
            field.label = f"{indicator.name}, {field.label.lower() if field.label else ''}"
            field.widget.attrs["aria-label"] = field.label

    def was_sent(self, data: Mapping[str, Any]) -> bool:
        return self.add_prefix("operator") in data

    def promise(self, assigned_by: str) -> Promise:
        """What the line promises; who assigned it changes only with the rest of it."""
        stated = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        same = Promise(**{"assigned_by": self._assigned_by, **stated})
        if self.standing and same == promise_of(self.standing):
            return same
        return Promise(**{"assigned_by": assigned_by or self._assigned_by, **stated})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        promise = self.promise("")
        if promise.is_empty:
            if self.standing:
                self.add_error("operator", NOT_TAKEN_BACK)
            return cleaned
        is_count = self.indicator.measure == Measure.COUNT
        for name, sentence in promise_faults(promise, is_count=is_count).items():
            self.add_error(name if name in self.fields else None, sentence)
        return cleaned

    @property
    def _assigned_by(self) -> str:
        return self.standing.assigned_by if self.standing else ""


class TargetGridForm(forms.Form):
    """Every indicator of a ward for one year."""

    def __init__(
        self,
        data: Any = None,
        *,
        indicators: Sequence[Indicator],
        standing: Mapping[int, Target] | Mapping[int, AssignedTarget],
        **kwargs: Any,
    ):
        super().__init__(data, **kwargs)
        lines = [
            TargetLineForm(data, indicator=indicator, standing=standing.get(indicator.pk))
            for indicator in indicators
        ]
        # An indicator that was added while the page was open was not on it, and stays as it is.
        self.lines = [line for line in lines if data is None or line.was_sent(data)]

    def is_valid(self) -> bool:
        lines_are_valid = all(tuple(line.is_valid() for line in self.lines))
        return super().is_valid() and lines_are_valid

    def promises(self, assigned_by: str = "") -> list[PromisedTarget]:
        return [
            PromisedTarget(line.indicator, line.promise(assigned_by), line.cleaned_data["seen"])
            for line in self.lines
        ]


class AssignedYearForm(TargetGridForm):
    """What a document of the superior level asks of each, and why what stands changes."""

    issuer = LineField(
        label="Cơ quan giao",
        max_length=120,
        required=False,
        help_text="Ví dụ: Ủy ban nhân dân tỉnh.",
    )
    document = LineField(
        label="Số, ký hiệu văn bản",
        max_length=120,
        required=False,
        help_text="Ghi cho những dòng vừa nhập hoặc vừa đổi, ví dụ: Quyết định số 15/QĐ-UBND.",
    )
    issued_on = VietnameseDateField(label="Ngày văn bản", required=False)
    reason = forms.CharField(
        label="Lý do điều chỉnh",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Cần có khi cấp trên đổi một chỉ tiêu đã giao; con số cũ được giữ cùng lý do.",
    )

    def assigning_document(self) -> AssigningDocument:
        cleaned = self.cleaned_data
        return AssigningDocument(cleaned["issuer"], cleaned["document"], cleaned["issued_on"])


class TargetYearForm(TargetGridForm):
    """What the ward promises of each, and why what stands already changes."""

    assigned_by = LineField(
        label="Cấp giao, văn bản giao",
        max_length=120,
        required=False,
        help_text="Ghi cho những dòng vừa nhập hoặc vừa đổi, ví dụ: Ủy ban nhân dân tỉnh.",
    )
    reason = forms.CharField(
        label="Lý do điều chỉnh",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Cần có khi đổi một chỉ tiêu đã giao; con số cũ được giữ cùng lý do này.",
    )

    def targets(self) -> list[PromisedTarget]:
        return self.promises(self.cleaned_data["assigned_by"])
