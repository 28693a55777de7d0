"""Supports that are ticked to be delivered or signed for, on one day."""

from collections.abc import Sequence
from typing import Any

from django import forms

from povertyplan.core.text.fields import LineField, VersionField, VietnameseDateField
from projects.models import Support
from projects.support.services.steps import ChosenSupport


class SupportTickForm(forms.Form):
    """One support of the list: whether it is ticked, in the version that was shown."""

    chosen = forms.BooleanField(label="", required=False)
    version = VersionField()

    def __init__(self, data: Any = None, *, support: Support):
        super().__init__(data, prefix=f"s{support.pk}", initial={"version": support.version})
        self.support = support


class StepForm(forms.Form):
    """The day of the step, its paper, and the supports it is about."""

    on = VietnameseDateField(label="Ngày giao")
    document = LineField(
        label="Văn bản, chứng từ",
        max_length=250,
        required=False,
        help_text="Số, ngày của biên bản hoặc danh sách ký nhận. Để trống thì giữ như đã ghi.",
    )
    repeat_reason = forms.CharField(
        label="Lý do hỗ trợ lần nữa",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Cần có khi đối tượng nhận đã được hỗ trợ cùng loại, cùng nội dung trong kỳ.",
    )
    confirmation = forms.CharField(
        label="Căn cứ xác nhận",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Cần có khi đối tượng nhận không còn chắc đủ điều kiện vào ngày giao.",
    )

    def __init__(self, data: Any = None, *, supports: Sequence[Support]):
        super().__init__(data)
        self.lines = [SupportTickForm(data, support=each) for each in supports]

    def is_valid(self) -> bool:
        are_valid = all(tuple(line.is_valid() for line in self.lines))
        return super().is_valid() and are_valid

    def chosen(self) -> list[ChosenSupport]:
        return [
            ChosenSupport(line.support, line.cleaned_data["version"])
            for line in self.lines
            if line.cleaned_data["chosen"]
        ]


class SignatureForm(StepForm):
    """The same for signatures, which nothing repeats."""

    on = VietnameseDateField(label="Ngày ký nhận")
    # How Django drops inherited fields.
    repeat_reason = None  # type: ignore[assignment]
    confirmation = None  # type: ignore[assignment]
