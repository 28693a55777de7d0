"""What locking and releasing figures ask for."""

from itertools import groupby
from typing import cast

from django import forms

from povertyplan.core.text.reasons import check_reason
from povertyplan.core.year_parts import YearPart

LONGEST_REASON = 1000


class PeriodLockForm(forms.Form):
    """Which figures to lock, and why."""

    period = forms.TypedChoiceField(
        label="Kỳ số liệu",
        error_messages={
            "required": "Chọn kỳ cần khóa.",
            "invalid_choice": "Chọn một kỳ trong danh sách.",
        },
    )
    reason = forms.CharField(
        label="Lý do khóa",
        validators=[check_reason],
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ví dụ: số liệu đã báo cáo cấp trên, kèm số văn bản.",
        error_messages={"required": "Nhập lý do khóa số liệu."},
    )

    def __init__(self, *args, parts: list[YearPart], **kwargs):
        super().__init__(*args, **kwargs)
        known = {part.token: part for part in parts}
        field = cast(forms.TypedChoiceField, self.fields["period"])
        field.coerce = known.__getitem__
        self.has_parts = bool(parts)
        field.choices = [
            ("", "Chọn kỳ"),
            *(
                (f"Năm {year}", [(part.token, part.name) for part in of_year])
                for year, of_year in groupby(parts, key=lambda part: part.year)
            ),
        ]


class PeriodReleaseForm(forms.Form):
    """Why locked figures are opened again."""

    reason = forms.CharField(
        label="Lý do mở khóa",
        validators=[check_reason],
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Nhập lý do mở khóa số liệu."},
    )
