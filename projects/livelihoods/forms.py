"""What the pages of livelihood projects take in."""

from typing import Any

from django import forms
from django.db.models import Q

from households.models import Household
from povertyplan.core.models import Area, Unit, User
from povertyplan.core.platform.submissions import SubmissionKeyField
from povertyplan.core.text.fields import (
    CHOOSE,
    NOT_LISTED,
    LineField,
    NameField,
    VersionField,
    VietnameseDateField,
    WholeNumberField,
    YearField,
)
from povertyplan.core.text.reasons import check_reason
from projects.choices import Confidence, LivelihoodKind, LivelihoodStage
from projects.livelihoods.services.livelihoods import LivelihoodInput
from projects.livelihoods.services.members import OTHER_WARD, LivelihoodMemberInput
from projects.livelihoods.services.procedures import ProcedureInput
from projects.models import Livelihood, LivelihoodProcedure
from projects.rules.livelihoods import StepDraft

MOST_DAYS = 90


class ProcedureForm(forms.Form):
    """What is asked of a kind of livelihood projects; an empty number is not known."""

    asks_meeting = forms.BooleanField(label="Có họp dân", required=False)
    assessor = LineField(label="Bên thẩm định, đánh giá", max_length=100)
    posting_days = WholeNumberField(
        label="Công khai trong số ngày làm việc sau khi thẩm định",
        max_value=MOST_DAYS,
        required=False,
        help_text="Để trống khi chưa rõ: hệ thống không tính hạn.",
    )
    public_days = WholeNumberField(
        label="Số ngày làm việc công khai trước khi phê duyệt",
        max_value=MOST_DAYS,
        required=False,
        help_text="Để trống khi chưa rõ: hệ thống nhắc xem lại, không tính hạn.",
    )
    least_beneficiaries = WholeNumberField(
        label="Tỷ lệ thành viên là đối tượng, ít nhất (%)", max_value=100, required=False
    )
    legal_reference = LineField(label="Căn cứ pháp lý", max_length=250)
    confidence = forms.ChoiceField(
        label="Độ tin cậy", choices=[("", "Chọn"), *Confidence.choices], error_messages=CHOOSE
    )

    def details(self) -> ProcedureInput:
        names = ProcedureInput.__dataclass_fields__
        return ProcedureInput(**{name: self.cleaned_data[name] for name in names})


class ProcedureNewForm(ProcedureForm):
    """The same, of which kind and from which day."""

    kind = forms.ChoiceField(
        label="Hình thức", choices=[("", "Chọn"), *LivelihoodKind.choices], error_messages=CHOOSE
    )
    valid_from = VietnameseDateField(label="Áp dụng từ ngày")

    field_order = ("kind", "valid_from")


class ProcedureChangeForm(ProcedureForm):
    version = VersionField()


def procedure_initial(procedure: LivelihoodProcedure) -> dict[str, object]:
    names = (*ProcedureInput.__dataclass_fields__, "version")
    return {name: getattr(procedure, name) for name in names}


class LivelihoodForm(forms.Form):
    """A livelihood project in words."""

    fields: dict[str, Any]  # each of its own kind, which the stubs do not know

    kind = forms.ChoiceField(
        label="Hình thức", choices=[("", "Chọn"), *LivelihoodKind.choices], error_messages=CHOOSE
    )
    name = NameField(
        label="Tên mô hình, dự án",
        max_length=250,
        help_text="Ví dụ: Nuôi bò sinh sản cho hộ nghèo, hộ cận nghèo.",
        error_messages={"required": "Nhập tên mô hình, dự án."},
    )
    year_from = YearField(label="Từ năm")
    year_to = YearField(label="Đến năm")
    place = LineField(
        label="Địa điểm", max_length=250, required=False, help_text="Thôn, tổ dân phố nơi làm."
    )
    content = forms.CharField(
        label="Nội dung",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Làm gì, ai góp gì, bán ở đâu.",
    )
    owner = forms.ModelChoiceField(
        label="Đơn vị theo dõi",
        queryset=Unit.objects.none(),
        required=False,
        empty_label="Chưa giao đơn vị nào",
        error_messages=NOT_LISTED,
    )

    def __init__(self, *args, ward: Area, **kwargs):
        super().__init__(*args, **kwargs)
        there = Q(valid_to=None) | Q(pk=getattr(self.initial.get("owner"), "pk", None))
        self.fields["owner"].queryset = Unit.objects.filter(there, ward=ward).order_by("order")

    def details(self) -> LivelihoodInput:
        names = LivelihoodInput.__dataclass_fields__
        return LivelihoodInput(**{name: self.cleaned_data[name] for name in names})


class LivelihoodNewForm(LivelihoodForm):
    key = SubmissionKeyField()


class LivelihoodChangeForm(LivelihoodForm):
    version = VersionField()


class LivelihoodStepForm(forms.Form):
    """The next step: its day and its paper."""

    key = SubmissionKeyField()
    stage = forms.ChoiceField(
        choices=LivelihoodStage, widget=forms.HiddenInput, error_messages=CHOOSE
    )
    on = VietnameseDateField(label="Ngày")
    document = LineField(
        label="Văn bản, biên bản",
        max_length=250,
        required=False,
        help_text="Số, ngày văn bản; biên bản họp dân; báo cáo của Tổ đánh giá.",
    )
    note = LineField(label="Ghi chú", max_length=500, required=False)

    def draft(self) -> StepDraft:
        cleaned = self.cleaned_data
        return StepDraft(
            stage=LivelihoodStage(cleaned["stage"]),
            on=cleaned["on"],
            document=cleaned["document"],
            note=cleaned["note"],
        )


class MemberForm(forms.Form):
    """A household by its code, or somebody else by name."""

    key = SubmissionKeyField()
    code = LineField(
        label="Mã hộ",
        max_length=40,
        required=False,
        help_text="Hộ trong sổ của phường, xã. Bên khác thì để trống.",
    )
    name = NameField(
        label="Bên tham gia khác",
        max_length=150,
        required=False,
        help_text="Hợp tác xã, doanh nghiệp, hộ không có trong sổ.",
    )
    part = LineField(
        label="Phần tham gia",
        max_length=250,
        required=False,
        help_text="Ví dụ: góp công, chuồng trại; nhận 1 con bò.",
    )
    joined_on = VietnameseDateField(label="Tham gia từ ngày")

    def __init__(self, *args, ward: Area, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.ward, self.user = ward, user
        self.household: Household | None = None

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if code:
            visible = Household.objects.visible_to(self.user).filter(ward=self.ward)
            self.household = visible.filter(code__iexact=code).first()
            if self.household is None:
                raise forms.ValidationError(OTHER_WARD)
        return code

    def details(self) -> LivelihoodMemberInput:
        cleaned = self.cleaned_data
        return LivelihoodMemberInput(
            joined_on=cleaned["joined_on"],
            household=self.household,
            name=cleaned["name"],
            part=cleaned["part"],
        )


class LivelihoodEndForm(forms.Form):
    """From which day something ends, and why."""

    version = VersionField()
    on = VietnameseDateField(label="Từ ngày")
    reason = LineField(label="Lý do", max_length=250, required=False, validators=[check_reason])


class LivelihoodStepWithdrawForm(forms.Form):
    version = VersionField()
    reason = LineField(label="Lý do bỏ", max_length=500, required=False, validators=[check_reason])


def livelihood_initial(livelihood: Livelihood) -> dict[str, object]:
    names = (*LivelihoodInput.__dataclass_fields__, "version")
    return {name: getattr(livelihood, name) for name in names}
