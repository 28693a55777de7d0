"""What an observer pins and a unit answers."""

from typing import Any

from django import forms

from households.models import Household, Posting
from povertyplan.core.models import Area, Unit, User
from povertyplan.core.platform.confirmations import VersionForm
from povertyplan.core.platform.submissions import SubmissionKeyField
from povertyplan.core.text.fields import LineField, VietnameseDateField, YearField
from projects.models import Indicator, WardProject
from reports.supervision.services import FindingInput, Subject

UNKNOWN = {"invalid_choice": "Chọn trong danh sách."}
NONE = "Không chọn"
ONE_SUBJECT = "Chọn đúng một đối tượng: mã hộ, chỉ tiêu, dự án hoặc lần niêm yết."
NO_HOUSEHOLD = "Không có hộ nào mang mã này trong phần địa bàn của bạn."
FIRST_YEAR, LAST_YEAR = 2016, 2100
SUBJECTS = ("household_code", "indicator", "ward_project", "posting")


class FindingForm(forms.Form):
    """A finding on exactly one thing that its writer sees."""

    fields: dict[str, Any]  # each of its own kind, which the stubs do not know

    key = SubmissionKeyField()
    household_code = LineField(label="Mã hộ", max_length=20, required=False)
    indicator = forms.ModelChoiceField(
        label="Chỉ tiêu",
        queryset=Indicator.objects.none(),
        required=False,
        empty_label=NONE,
        error_messages=UNKNOWN,
    )
    ward_project = forms.ModelChoiceField(
        label="Dự án, chính sách",
        queryset=WardProject.objects.none(),
        required=False,
        empty_label=NONE,
        error_messages=UNKNOWN,
    )
    posting = forms.ModelChoiceField(
        label="Lần niêm yết",
        queryset=Posting.objects.none(),
        required=False,
        empty_label=NONE,
        error_messages=UNKNOWN,
    )
    year = YearField(
        label="Năm của số liệu, dự án",
        first=FIRST_YEAR,
        last=LAST_YEAR,
        error_messages={"required": "Nhập năm."},
    )
    found_on = VietnameseDateField(
        label="Ngày giám sát", error_messages={"required": "Nhập ngày giám sát."}
    )
    text = forms.CharField(
        label="Nội dung phát hiện, kiến nghị",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Nội dung in vào phụ lục giám sát của năm: nêu mã hộ thay cho tên.",
        error_messages={"required": "Nhập nội dung phát hiện, kiến nghị."},
    )
    unit = forms.ModelChoiceField(
        label="Đơn vị trả lời",
        queryset=Unit.objects.none(),
        empty_label="Chọn đơn vị",
        error_messages={"required": "Chọn đơn vị trả lời.", **UNKNOWN},
    )
    reply_by = VietnameseDateField(
        label="Hạn trả lời", error_messages={"required": "Nhập hạn trả lời."}
    )

    def __init__(self, *args, ward: Area, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.ward, self.user = ward, user
        seen = {"ward": ward}
        self.fields["unit"].queryset = Unit.objects.current().filter(**seen).order_by("order", "pk")
        self.fields["indicator"].queryset = (
            Indicator.objects.visible_to(user).filter(**seen).order_by("order", "pk")
        )
        self.fields["ward_project"].queryset = (
            WardProject.objects.visible_to(user)
            .filter(**seen)
            .select_related("project__parent")
            .order_by("project__order", "pk")
        )
        self.fields["posting"].queryset = (
            Posting.objects.visible_to(user)
            .standing()
            .filter(**seen)
            .select_related("campaign", "village")
            .order_by("-posted_on", "village__name")
        )
        self.fields["posting"].label_from_instance = _posting_name
        self.fields["ward_project"].label_from_instance = _project_name

    def clean_household_code(self) -> Household | None:
        code = self.cleaned_data["household_code"]
        if not code:
            return None
        rows = Household.objects.visible_to(self.user).filter(ward=self.ward, code=code)
        found = rows.first()
        if found is None:
            raise forms.ValidationError(NO_HOUSEHOLD)
        return found

    def clean(self):
        cleaned = super().clean()
        given = [cleaned.get(name) for name in SUBJECTS if cleaned.get(name)]
        if len(given) != 1 and not any(name in self.errors for name in SUBJECTS):
            self.add_error("household_code", ONE_SUBJECT)
        return cleaned

    def finding(self) -> FindingInput:
        given = self.cleaned_data
        subject: Subject = next(given[name] for name in SUBJECTS if given[name])
        names = ("year", "found_on", "text", "unit", "reply_by")
        return FindingInput(subject=subject, **{name: given[name] for name in names})


class FindingAnswerForm(VersionForm):
    """The one answer of a unit."""

    answer = forms.CharField(
        label="Trả lời",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Đã xác minh gì, làm gì, đến khi nào. Gửi rồi không sửa được.",
        error_messages={"required": "Nhập nội dung trả lời."},
    )


def _posting_name(posting: Posting) -> str:
    return f"Rà soát năm {posting.campaign.year}, {posting.village.name}"


def _project_name(project: WardProject) -> str:
    return f"{project.project}: {project.name}"
