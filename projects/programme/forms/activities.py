"""What the pages of a project's activities take in."""

from typing import Any

from django import forms
from django.db.models import Q

from povertyplan.core.models import Area, Unit
from povertyplan.core.platform.submissions import SubmissionKeyField
from povertyplan.core.text.fields import (
    NOT_LISTED,
    DecimalNumberField,
    LineField,
    VersionField,
    VietnameseDateField,
)
from povertyplan.core.text.reasons import check_reason
from projects.models import Activity
from projects.programme.services.activities import DUE_IS_SET, ActivityInput, ActivityResult

LARGEST_QUANTITY = 999_999_999


class ActivityForm(forms.Form):
    """An activity as it is planned."""

    fields: dict[str, Any]  # each of its own kind, which the stubs do not know

    name = LineField(
        label="Hoạt động",
        max_length=300,
        help_text="Ví dụ: Tập huấn kỹ thuật chăn nuôi cho hộ tham gia mô hình.",
        error_messages={"required": "Nhập tên hoạt động."},
    )
    quantity = DecimalNumberField(
        label="Khối lượng", max_value=LARGEST_QUANTITY, decimal_places=2, required=False
    )
    quantity_unit = LineField(
        label="Đơn vị tính", max_length=40, required=False, help_text="Ví dụ: lớp, hộ, mô hình."
    )
    owner = forms.ModelChoiceField(
        label="Đơn vị thực hiện",
        queryset=Unit.objects.none(),
        required=False,
        empty_label="Chưa giao đơn vị nào",
        error_messages=NOT_LISTED,
    )
    due_on = VietnameseDateField(label="Hạn hoàn thành", required=False)

    def __init__(self, *args, ward: Area, **kwargs):
        super().__init__(*args, **kwargs)
        # One that ended meanwhile stays the owner of what it has.
        there = Q(valid_to=None) | Q(pk=getattr(self.initial.get("owner"), "pk", None))
        self.fields["owner"].queryset = Unit.objects.filter(there, ward=ward).order_by("order")

    def fix_due(self) -> None:
        """The day stands: it is shown, and what is sent for it is not read."""
        self.fields["due_on"].disabled = True
        self.fields["due_on"].help_text = DUE_IS_SET

    def details(self) -> ActivityInput:
        names = ActivityInput.__dataclass_fields__
        return ActivityInput(**{name: self.cleaned_data[name] for name in names})


class ActivityNewForm(ActivityForm):
    key = SubmissionKeyField()


class ActivityChangeForm(ActivityForm):
    version = VersionField()


class ActivityReportForm(forms.Form):
    """What an activity came to."""

    version = VersionField()
    done_on = VietnameseDateField(
        label="Ngày hoàn thành",
        required=False,
        help_text="Để trống khi chưa làm. Mới làm được một phần thì ghi ngày và khối lượng đã làm.",
    )
    done_quantity = DecimalNumberField(
        label="Khối lượng đã thực hiện",
        max_value=LARGEST_QUANTITY,
        decimal_places=2,
        required=False,
    )
    evidence = LineField(
        label="Văn bản, minh chứng",
        max_length=300,
        required=False,
        help_text="Số, ngày văn bản hoặc nơi lưu hồ sơ.",
    )

    def result(self) -> ActivityResult:
        names = ActivityResult.__dataclass_fields__
        return ActivityResult(**{name: self.cleaned_data[name] for name in names})


class ActivityRemoveForm(forms.Form):
    version = VersionField()
    reason = forms.CharField(
        label="Lý do bỏ",
        validators=[check_reason],
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Nêu lý do bỏ hoạt động."},
    )


def plan_initial(activity: Activity) -> dict[str, object]:
    names = (*ActivityInput.__dataclass_fields__, "version")
    return {name: getattr(activity, name) for name in names}


def result_initial(activity: Activity) -> dict[str, object]:
    names = (*ActivityResult.__dataclass_fields__, "version")
    return {name: getattr(activity, name) for name in names}
