"""What the pages of money take in."""

import hashlib
from typing import Any

from django import forms

from povertyplan.core.platform.submissions import SubmissionKeyField
from povertyplan.core.text.fields import (
    CHOOSE,
    LineField,
    VietnameseDateField,
    WholeNumberField,
    YearField,
)
from povertyplan.core.text.reasons import check_reason
from projects.choices import BudgetAct, BudgetKind, BudgetSource
from projects.rules.budget import LARGEST_AMOUNT, BudgetDraft

MINUS_SIGNS = ("-", "−")


EARLIEST_FUNDS = 2000


class AmountField(WholeNumberField):
    """Whole đồng; a minus before it takes away."""

    default_error_messages = {
        "required": "Nhập số tiền, là số đồng nguyên.",
        "invalid": "Nhập số đồng nguyên, ví dụ 90.000.000.",
    }

    def __init__(self, **kwargs):
        super().__init__(max_value=LARGEST_AMOUNT, **kwargs)

    def to_python(self, value: object) -> int | None:
        text = str(value or "").strip()
        if not text.startswith(MINUS_SIGNS):
            return super().to_python(value)
        amount = super().to_python(text[1:].strip())
        return None if amount is None else -amount


class EntryForm(forms.Form):
    """An entry of a project's money in one budget year."""

    act = forms.ChoiceField(
        label="Nghiệp vụ", choices=[("", "Chọn"), *BudgetAct.choices], error_messages=CHOOSE
    )
    source = forms.ChoiceField(
        label="Nguồn vốn", choices=[("", "Chọn"), *BudgetSource.choices], error_messages=CHOOSE
    )
    kind = forms.ChoiceField(
        label="Loại vốn", choices=[("", "Chọn"), *BudgetKind.choices], error_messages=CHOOSE
    )
    amount = AmountField(
        label="Số tiền (đồng)",
        help_text="Số đồng nguyên. Chỉ khoản điều chỉnh giảm mới có dấu trừ.",
    )
    dated = VietnameseDateField(label="Ngày")
    first_year = YearField(
        label="Vốn của năm",
        first=EARLIEST_FUNDS,
        help_text="Khác năm ngân sách khi dùng vốn năm trước chuyển sang.",
    )
    document_number = LineField(
        label="Số văn bản",
        max_length=80,
        required=False,
        help_text="Để trống nếu không có văn bản; khoản đó được đánh dấu.",
    )
    document_date = VietnameseDateField(label="Ngày văn bản", required=False)
    document_subject = LineField(label="Trích yếu", max_length=250, required=False)
    note = LineField(label="Ghi chú", max_length=500, required=False)
    key = SubmissionKeyField()
    confirmed = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def draft(self, year: int) -> BudgetDraft:
        values = dict(self.cleaned_data)
        del values["key"], values["confirmed"]
        return BudgetDraft(year=year, **values)

    def is_confirmed(self, doubts: list[str]) -> bool:
        """Whether just these doubts were shown, and the entry sent again."""
        return self.cleaned_data["confirmed"] == _token(doubts)

    def ask(self, doubts: list[str]) -> None:
        """Send the name of the doubts with the form, so that sending it again confirms them."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict of a request
        data["confirmed"] = _token(doubts)
        self.data = data


class EntryReverseForm(forms.Form):
    """Why an entry is taken out of the figures."""

    reason = forms.CharField(
        label="Lý do hủy",
        validators=[check_reason],
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Nêu lý do hủy."},
    )


def _token(doubts: list[str]) -> str:
    return hashlib.sha256("\n".join(doubts).encode()).hexdigest()
