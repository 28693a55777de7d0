"""What signing a document asks for."""

from django import forms

from povertyplan.core.platform.confirmations import ReasonForm, VersionForm
from povertyplan.core.text.fields import (
    NameField,
    PersonNameField,
    VietnameseDateField,
    WholeNumberField,
)
from reports.models import Document
from reports.plans.services import LARGEST_NUMBER, signing_faults


class ReturnDocumentForm(ReasonForm):
    """Why a submitted document goes back."""

    def __init__(self, *args, has_remarks: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = "Lý do trả lại"
        # What was said at the blocks is a reason.
        self.fields["reason"].required = not has_remarks
        self.fields["reason"].error_messages["required"] = "Nhập lý do trả lại văn bản."


class IssueForm(VersionForm):
    """Number and day from the office's book of documents, and who signs."""

    number = WholeNumberField(
        label="Số văn bản",
        max_value=LARGEST_NUMBER,
        help_text="Số do văn thư cấp, chỉ nhập chữ số.",
        error_messages={"required": "Nhập số văn bản.", "invalid": "Số văn bản chỉ gồm chữ số."},
    )
    issued_on = VietnameseDateField(label="Ngày ban hành")
    authority = NameField(
        label="Thẩm quyền ký",
        max_length=80,
        required=False,
        help_text="Ví dụ: TM. ỦY BAN NHÂN DÂN.",
        error_messages={"max_length": "Thẩm quyền ký dài nhất 80 ký tự."},
    )
    signer_title = forms.CharField(
        label="Chức vụ người ký",
        max_length=80,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Mỗi dòng in thành một dòng trên chữ ký, ví dụ: KT. CHỦ TỊCH, PHÓ CHỦ TỊCH.",
        error_messages={
            "required": "Nhập chức vụ người ký.",
            "max_length": "Chức vụ người ký dài nhất 80 ký tự.",
        },
    )
    signer_name = PersonNameField(
        label="Họ và tên người ký",
        max_length=100,
        error_messages={
            "required": "Nhập họ và tên người ký.",
            "max_length": "Họ và tên người ký dài nhất 100 ký tự.",
        },
    )

    def __init__(self, *args, document: Document, **kwargs):
        super().__init__(*args, **kwargs)
        self.document = document

    def clean(self):
        """Find the faults of number and day here too, so that every error shows at once."""
        super().clean()
        faults = signing_faults(
            self.document,
            number=self.cleaned_data.get("number"),
            issued_on=self.cleaned_data.get("issued_on"),
        )
        for name, fault in faults.items():
            if name not in self.errors:
                self.add_error(name, fault)
