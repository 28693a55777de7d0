"""What the 36-month book asks: which lines, and from which day a window counts."""

from typing import Any

from django import forms

from households.choices import WindowRule
from households.windows.selectors import BookFilter
from povertyplan.core.choices import AreaKind
from povertyplan.core.models import Area
from povertyplan.core.text.fields import VietnameseDateField
from povertyplan.core.text.reasons import check_reason

LEAVING = (30, 90, 180)


class WindowFilterForm(forms.Form):
    """Filters of the book. A wrong value is named in an error and does not filter."""

    fields: dict[str, Any]  # each of its own kind, which the stubs do not know

    village = forms.ModelChoiceField(
        label="Thôn, tổ dân phố",
        queryset=Area.objects.none(),
        required=False,
        empty_label="Tất cả",
        error_messages={"invalid_choice": "Chọn một thôn, tổ dân phố trong danh sách."},
    )
    rule = forms.ChoiceField(
        label="Cách tính",
        choices=[("", "Cả hai"), *WindowRule.choices],
        required=False,
        error_messages={"invalid_choice": "Chọn một cách tính trong danh sách."},
    )
    leaving = forms.TypedChoiceField(
        label="Sắp hết hạn",
        choices=[("", "Tất cả"), *((days, f"Trong {days} ngày") for days in LEAVING)],
        coerce=int,
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": "Chọn 30, 90 hoặc 180 ngày."},
    )
    ended = forms.BooleanField(label="Chỉ hộ kết thúc sớm", required=False)

    def __init__(self, data, *, user):
        super().__init__(data, auto_id="window_%s")
        villages = Area.objects.visible_to(user).filter(kind=AreaKind.VILLAGE)
        self.fields["village"].queryset = villages.in_order_of_wards()

    def village_asked(self) -> Area | None:
        self.is_valid()
        return self.cleaned_data.get("village")

    def asked(self) -> BookFilter:
        self.is_valid()
        values = self.cleaned_data
        return BookFilter(
            leaving=values.get("leaving"),
            rule=values.get("rule", ""),
            ended_early=values.get("ended", False),
        )

    def in_words(self) -> list[str]:
        """The conditions in words, for the head of an exported list."""
        self.is_valid()
        values = self.cleaned_data
        parts = [
            str(values.get("village") or ""),
            dict(self.fields["rule"].choices)[values["rule"]] if values.get("rule") else "",
            f"hết hạn trong {values['leaving']} ngày" if values.get("leaving") else "",
            "chỉ hộ kết thúc sớm" if values.get("ended") else "",
        ]
        return [part for part in parts if part]


class AnchorForm(forms.Form):
    """The day a window is counted from, and why."""

    anchor_on = VietnameseDateField(label="Mốc tính 36 tháng", required=False)
    reason = forms.CharField(
        label="Lý do",
        validators=[check_reason],
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Nhập lý do đổi mốc tính.",
            "max_length": "Nhập tối đa %(limit_value)d ký tự.",
        },
    )
    was = forms.DateField(required=False, widget=forms.HiddenInput)
