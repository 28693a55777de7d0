"""A kind of support as an administrator types it."""

from typing import Any

from django import forms

from households.choices import WindowRule
from households.models import NeedKind
from povertyplan.core.text.fields import (
    CHOOSE,
    NOT_LISTED,
    LineField,
    NameField,
    VersionField,
    VietnameseDateField,
    WholeNumberField,
)
from projects.choices import Confidence, Recurrence, SupportRecipient
from projects.models import ComponentProject, SupportKind
from projects.support.forms.giving import LARGEST_AMOUNT
from projects.support.forms.kind_code import LONGEST_CODE, KindCodeField
from projects.support.services.kinds import ListedKind

OLDEST, LONGEST_WINDOW = 150, 600


class ProjectChoices(forms.ModelMultipleChoiceField):
    def label_from_instance(self, project: ComponentProject) -> str:
        return f"{project.programme.code}: {project}"


def _choice(label: str, choices, **options) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=[("", "Chọn"), *choices.choices], error_messages=CHOOSE, **options
    )


class SupportKindForm(forms.Form):
    """What may be given, to whom, how often, how much, by which text."""

    fields: dict[str, Any]  # each of its own kind, which the stubs do not know

    code = KindCodeField(label="Mã", max_length=LONGEST_CODE, help_text="Ví dụ: con-giong-bo.")
    name = NameField(label="Tên loại hỗ trợ", max_length=200)
    recipient = _choice("Cấp cho", SupportRecipient)
    for_poor = forms.BooleanField(label="Hộ nghèo", required=False)
    for_near_poor = forms.BooleanField(label="Hộ cận nghèo", required=False)
    for_low_income = forms.BooleanField(label="Lao động có thu nhập thấp", required=False)
    escaped_months = WholeNumberField(
        label="Mới thoát nghèo trong (tháng)",
        max_value=LONGEST_WINDOW,
        required=False,
        help_text="Để trống nếu không dành cho hộ mới thoát nghèo.",
    )
    window = forms.ChoiceField(
        label="Cách xác định mới thoát nghèo", choices=WindowRule, error_messages=CHOOSE
    )
    age_from = WholeNumberField(label="Từ tuổi", max_value=OLDEST, required=False)
    age_to = WholeNumberField(label="Đến tuổi", max_value=OLDEST, required=False)
    others = LineField(
        label="Đối tượng khác",
        max_length=300,
        required=False,
        help_text="Viết bằng lời; người ghi hỗ trợ phải nêu căn cứ xác nhận.",
    )
    conditions = LineField(
        label="Điều kiện khác",
        max_length=300,
        required=False,
        help_text="Điều phần mềm không biết, cần xác minh khi ghi hỗ trợ.",
    )
    recurrence = _choice("Chu kỳ", Recurrence)
    content_group = LineField(
        label="Nhóm nội dung",
        max_length=60,
        required=False,
        help_text="Các loại cùng nhóm loại trừ nhau: chỉ hưởng một mức cao nhất.",
    )
    rate_in_words = LineField(label="Mức hỗ trợ bằng lời", max_length=300, required=False)
    ceiling = WholeNumberField(label="Mức tối đa (đồng)", max_value=LARGEST_AMOUNT, required=False)
    quantity_unit = LineField(label="Đơn vị tính", max_length=40, required=False)
    tells_of_health = forms.BooleanField(
        label="Cho biết tình trạng sức khỏe, khuyết tật",
        required=False,
        help_text="Chỉ người được xem tình trạng của hộ mới thấy; công khai bằng số tổng.",
    )
    projects = ProjectChoices(
        label="Thuộc dự án",
        queryset=ComponentProject.objects.none(),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text="Giữ Ctrl để chọn nhiều. Không chọn dự án nào thì là chính sách chung.",
        error_messages={"invalid_choice": NOT_LISTED["invalid_choice"]},
    )
    needs = forms.ModelMultipleChoiceField(
        label="Đáp ứng nhu cầu",
        queryset=NeedKind.objects.none(),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text="Giữ Ctrl để chọn nhiều.",
        error_messages={"invalid_choice": NOT_LISTED["invalid_choice"]},
    )
    valid_from = VietnameseDateField(label="Áp dụng từ ngày", required=False)
    valid_to = VietnameseDateField(label="Đến hết ngày", required=False)
    legal_reference = LineField(
        label="Căn cứ pháp lý",
        max_length=250,
        error_messages={"required": "Nhập căn cứ pháp lý."},
    )
    confidence = _choice(
        "Độ tin cậy", Confidence, help_text="Chưa đối chiếu văn bản thì chọn “Chưa kiểm chứng”."
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        projects = ComponentProject.objects.select_related("programme", "parent")
        self.fields["projects"].queryset = projects.order_by("programme", "order")
        self.fields["needs"].queryset = NeedKind.objects.filter(ward=None)

    def details(self) -> ListedKind:
        apart = {"code", "projects", "needs", "version"}
        values = {name: value for name, value in self.cleaned_data.items() if name not in apart}
        return ListedKind(
            code=self.cleaned_data["code"],
            values=values,
            projects=frozenset(self.cleaned_data["projects"]),
            needs=frozenset(self.cleaned_data["needs"]),
        )


class SupportKindChangeForm(SupportKindForm):
    version = VersionField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].disabled = True


def kind_initial(kind: SupportKind) -> dict[str, object]:
    """What a form of a kind begins with."""
    names = [name for name in SupportKindForm.base_fields if name not in ("projects", "needs")]
    values: dict[str, object] = {name: getattr(kind, name) for name in (*names, "version")}
    links = {"projects": list(kind.projects.all()), "needs": list(kind.needs.all())}
    return values | links


def copy_initial(kind: SupportKind) -> dict[str, object]:
    """What the kind that takes the place of another begins with."""
    values = kind_initial(kind)
    for name in ("code", "valid_from", "valid_to", "version"):
        del values[name]
    return values
