"""What locking and releasing a year ask for."""

from typing import cast

from django import forms


class PeriodLockForm(forms.Form):
    """Which year's figures to lock."""

    year = forms.TypedChoiceField(
        label="Năm",
        coerce=int,
        error_messages={
            "required": "Chọn năm cần khóa.",
            "invalid_choice": "Chọn một năm trong danh sách.",
        },
    )

    def __init__(self, *args, years: list[int], **kwargs):
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["year"]).choices = [
            (year, f"Năm {year}") for year in years
        ]


class PeriodReleaseForm(forms.Form):
    """Why a locked year is opened again."""

    reason = forms.CharField(
        label="Lý do mở khóa",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Nhập lý do mở khóa số liệu."},
    )
