"""What a unit types for an indicator of a year."""

from django import forms

from povertyplan.core.text.fields import (
    LineField,
    VersionField,
    VietnameseDateField,
    WholeNumberField,
)
from projects.choices import Measure
from projects.models import Actual, Indicator

ACTUAL_FIELDS = (
    "numerator", "denominator", "as_of", "is_estimate", "evidence", "ledger_reason", "note",
)  # fmt: skip


class ActualForm(forms.Form):
    """A figure, or a part of a whole for a rate, with its day."""

    version = VersionField()
    numerator = WholeNumberField()
    denominator = WholeNumberField(
        label="Tổng số",
        help_text="Mẫu số của tỷ lệ. Hệ thống tự tính tỷ lệ phần trăm.",
        error_messages={"required": "Nhập tổng số, là số nguyên từ 1 trở lên."},
    )
    as_of = VietnameseDateField(label="Số liệu đến ngày")
    is_estimate = forms.BooleanField(
        label="Ước thực hiện",
        required=False,
        help_text="Đánh dấu khi chưa hết kỳ và con số là ước tính.",
    )
    evidence = LineField(
        label="Văn bản, minh chứng",
        max_length=250,
        required=False,
        help_text="Ví dụ: Báo cáo số 45/BC-TYT ngày 12/11/2026.",
    )
    ledger_reason = LineField(
        label="Lý do khác với sổ",
        max_length=250,
        required=False,
        help_text="Chỉ nhập khi số liệu khác với sổ hộ nghèo, hộ cận nghèo.",
    )
    note = forms.CharField(
        label="Ghi chú", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args, indicator: Indicator, **kwargs):
        super().__init__(*args, **kwargs)
        if indicator.measure == Measure.PERCENT:
            self.fields["numerator"].label = "Số đạt"
            self.fields["numerator"].help_text = "Tử số của tỷ lệ, ví dụ số người có thẻ."
        else:
            self.fields["numerator"].label = f"Kết quả ({indicator.measure_unit})"
            del self.fields["denominator"]
        if not (indicator.whole_query or indicator.lacking):
            del self.fields["ledger_reason"]

    def figures(self) -> dict[str, object]:
        """The checked values, as the service takes them."""
        return {"denominator": None, **self.cleaned_data}


def actual_initial(actual: Actual | None) -> dict[str, object]:
    """What the form shows of a saved figure; a row that does not exist has no version."""
    if actual is None:
        return {}
    return {name: getattr(actual, name) for name in (*ACTUAL_FIELDS, "version")}
