"""What the screens of requests take in."""

from django import forms

from households.campaign.requests.services import request_faults
from households.choices import RequestChannel, RequestKind
from households.register.forms.households import VillageChoice
from povertyplan.core import clock
from povertyplan.core.platform.submissions import SubmissionKeyField
from povertyplan.core.text.fields import (
    LineField,
    NameField,
    PersonNameField,
    VersionField,
    VietnameseDateField,
)
from povertyplan.core.text.reasons import check_reason

CODE_HELP = "Nếu hộ đã có trong sổ của thôn; để trống nếu chưa."


class RequestForm(forms.Form):
    """A request as it came in."""

    key = SubmissionKeyField()
    village = VillageChoice()
    household_code = NameField(label="Mã hộ", max_length=20, required=False, help_text=CODE_HELP)
    applicant = PersonNameField(
        label="Họ và tên người đề nghị",
        max_length=120,
        required=False,
        help_text="Để trống nếu chủ hộ đề nghị và đã nhập mã hộ.",
    )
    kind = forms.ChoiceField(
        label="Nội dung đề nghị",
        choices=RequestKind,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Chọn nội dung đề nghị.",
            "invalid_choice": "Chọn nội dung đề nghị.",
        },
    )
    received_on = VietnameseDateField(label="Ngày nhận", initial=clock.today)
    channel = forms.ChoiceField(
        label="Hình thức nhận",
        choices=RequestChannel,
        error_messages={"required": "Chọn hình thức nhận.", "invalid_choice": "Chọn hình thức."},
    )
    note = LineField(label="Ghi chú", max_length=500, required=False)

    def __init__(self, *args, villages, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["village"].queryset = villages

    def clean(self):
        super().clean()
        data = self.cleaned_data
        faults = request_faults(
            village=data.get("village"),
            kind=data.get("kind", ""),
            applicant=data.get("applicant", ""),
            code=data.get("household_code", ""),
            day=data.get("received_on"),
        )
        for name, fault in faults.items():
            if name not in self.errors:
                self.add_error(name, fault)


class RequestLinkForm(forms.Form):
    """Which household a request is about."""

    version = VersionField()
    household_code = NameField(
        label="Mã hộ trong sổ", max_length=20, error_messages={"required": "Nhập mã hộ."}
    )


class RequestCloseForm(forms.Form):
    """Why a request is set aside."""

    version = VersionField()
    reason = forms.CharField(
        label="Lý do không giải quyết",
        validators=[check_reason],
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Nhập lý do không giải quyết."},
    )
