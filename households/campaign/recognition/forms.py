"""What recognising or returning results asks for."""

from django import forms

from households.campaign.recognition.services.recognising import Signer, decision_faults
from households.models import ReviewCampaign
from povertyplan.core.platform.confirmations import ReasonForm, VersionForm
from povertyplan.core.text.fields import NameField, PersonNameField, VietnameseDateField
from povertyplan.core.text.reasons import check_reason


class ReturnResultsForm(ReasonForm):
    """Why submitted results go back."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = "Lý do trả lại"
        self.fields["reason"].error_messages["required"] = "Nhập lý do trả lại kết quả."


CANCEL, DECLINE = "cancel", "decline"


class CancellationForm(VersionForm):
    """What is decided on the request to cancel a review."""

    decision = forms.ChoiceField(
        label="Quyết định",
        choices=[(CANCEL, "Đồng ý hủy đợt rà soát"), (DECLINE, "Không đồng ý, đợt tiếp tục")],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Chọn đồng ý hoặc không đồng ý.",
            "invalid_choice": "Chọn đồng ý hoặc không đồng ý.",
        },
    )
    reason = forms.CharField(
        label="Lý do",
        validators=[check_reason],
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Bắt buộc khi không đồng ý; để trống khi đồng ý thì giữ lý do của người đề nghị.",
        error_messages={"max_length": "Lý do dài nhất 1.000 ký tự."},
    )


class RecogniseForm(VersionForm):
    """The decision that recognises results."""

    number = NameField(
        label="Số quyết định",
        max_length=50,
        help_text="Ví dụ: 283/QĐ-UBND; chỉ nhập 283 thì ghi là 283/QĐ-UBND.",
        error_messages={
            "required": "Nhập số quyết định.",
            "max_length": "Số quyết định dài nhất 50 ký tự.",
        },
    )
    decided_on = VietnameseDateField(label="Ngày quyết định")
    effective_from = VietnameseDateField(
        label="Có hiệu lực từ ngày",
        required=False,
        help_text="Để trống nếu có hiệu lực từ ngày quyết định.",
    )
    signer_title = forms.CharField(
        label="Chức danh người ký",
        initial="Chủ tịch",  # who decides, QĐ 24/2021/QĐ-TTg, Điều 4
        max_length=120,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Mỗi dòng in thành một dòng trên chữ ký, ví dụ: KT. Chủ tịch, Phó Chủ tịch.",
        error_messages={
            "required": "Nhập chức danh người ký.",
            "max_length": "Chức danh người ký dài nhất 120 ký tự.",
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

    def __init__(self, *args, campaign: ReviewCampaign, **kwargs):
        super().__init__(*args, **kwargs)
        self.campaign = campaign

    def clean(self):
        """Find the faults of number and dates here too, so that every error shows at once."""
        super().clean()
        faults = decision_faults(
            self.campaign,
            number=self.cleaned_data.get("number", ""),
            decided_on=self.cleaned_data.get("decided_on"),
            effective_from=self.cleaned_data.get("effective_from"),
        )
        for name, fault in faults.items():
            if name not in self.errors:
                self.add_error(name, fault)

    def decision(self) -> dict[str, object]:
        """What the service takes in."""
        data = dict(self.cleaned_data)
        signer = Signer(data.pop("signer_title"), data.pop("signer_name"))
        return {**data, "signer": signer}
