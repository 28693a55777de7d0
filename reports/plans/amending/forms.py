"""What replacing, amending and abolishing an issued document ask for."""

from typing import Any

from django import forms

from povertyplan.core.platform.confirmations import ReasonForm
from povertyplan.core.platform.submissions import SubmissionKeyField
from povertyplan.core.text.fields import LineField, VietnameseDateField
from povertyplan.core.text.reasons import check_reason
from reports.choices import AmendKind
from reports.models import Document
from reports.plans.amending.services.abolishing import (
    REASON_MISSING as ABOLISH_REASON_MISSING,
)
from reports.plans.amending.services.abolishing import TEXT_MISSING, abolishing_faults
from reports.plans.amending.services.amending import REASON_MISSING, UNKNOWN_KIND


class AmendmentForm(forms.Form):
    """How the new document stands to the issued one, and why it is written."""

    key = SubmissionKeyField()
    kind = forms.ChoiceField(
        label="Văn bản mới",
        choices=[
            (AmendKind.REPLACES.value, "Thay thế toàn bộ văn bản này"),
            (AmendKind.AMENDS.value, "Sửa đổi, bổ sung một số nội dung"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": UNKNOWN_KIND, "invalid_choice": UNKNOWN_KIND},
    )
    reason = forms.CharField(
        label="Lý do",
        validators=[check_reason],
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": REASON_MISSING,
            "max_length": "Lý do dài nhất 1.000 ký tự.",
        },
    )


class AbolishForm(ReasonForm):
    """Which act abolished a document, since when and why."""

    ended_text = LineField(
        label="Văn bản bãi bỏ",
        max_length=250,
        help_text="Loại, số, ngày, cơ quan ban hành.",
        error_messages={"required": TEXT_MISSING, "max_length": "Ghi dài nhất 250 ký tự."},
    )
    ended_on = VietnameseDateField(label="Bãi bỏ từ ngày")

    def __init__(self, *args, document: Document, **kwargs):
        super().__init__(*args, **kwargs)
        self.document = document
        self.fields["reason"].label = "Lý do bãi bỏ"
        self.fields["reason"].error_messages["required"] = ABOLISH_REASON_MISSING

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        faults = abolishing_faults(
            self.document,
            ended_on=cleaned.get("ended_on"),
            ended_text=cleaned.get("ended_text", ""),
            reason=cleaned.get("reason", ""),
        )
        for name, fault in faults.items():
            if name not in self.errors:
                self.add_error(name, fault)
        return cleaned
