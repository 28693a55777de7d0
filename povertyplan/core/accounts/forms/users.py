"""What the pages of users and roles take in."""

from django import forms
from django.core.validators import RegexValidator

from povertyplan.core import clock
from povertyplan.core.accounts.forms.identity import IdentityMixin
from povertyplan.core.accounts.selectors import areas_for, units_for
from povertyplan.core.accounts.services import NewRole
from povertyplan.core.choices import Role
from povertyplan.core.models import Area, Unit
from povertyplan.core.platform.submissions import SubmissionKeyField
from povertyplan.core.text.fields import (
    NameField,
    PersonNameField,
    VersionField,
    VietnameseDateField,
)
from povertyplan.core.text.reasons import check_reason

USERNAME = RegexValidator(
    r"^[a-z0-9][a-z0-9._-]{2,}$",
    "Tên đăng nhập gồm ít nhất 3 chữ cái thường không dấu, chữ số, dấu chấm hoặc gạch ngang.",
)


class AreaChoice(forms.ModelChoiceField):
    """An area with the one it lies in, since every ward has a village of the same name."""

    def label_from_instance(self, area):
        return f"{area.name}, {area.parent.name}" if area.parent else area.name


class RoleForm(forms.Form):
    """A role to be given: which, where, for which unit, from and to which day."""

    role = forms.ChoiceField(
        label="Vai trò",
        choices=[("", "Chọn vai trò"), *Role.choices],
        error_messages={"required": "Chọn vai trò."},
    )
    area = AreaChoice(
        label="Địa bàn",
        queryset=Area.objects.none(),
        empty_label="Chọn địa bàn",
        help_text="Rà soát viên giao theo thôn, tổ dân phố; vai trò khác giao cho cả phường, xã.",
        error_messages={"required": "Chọn địa bàn."},
    )
    unit = forms.ModelChoiceField(
        label="Đơn vị",
        queryset=Unit.objects.none(),
        required=False,
        empty_label="Không thuộc đơn vị nào",
        help_text="Cần có khi giao vai trò Cán bộ đơn vị.",
    )
    valid_from = VietnameseDateField(label="Từ ngày", initial=clock.today)
    valid_to = VietnameseDateField(
        label="Đến hết ngày", required=False, help_text="Để trống nếu chưa định ngày kết thúc."
    )
    key = SubmissionKeyField()

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = areas_for(user).select_related("parent")
        self.fields["unit"].queryset = units_for(user)

    def new_role(self) -> NewRole:
        names = ("role", "area", "unit", "valid_from", "valid_to")
        return NewRole(**{name: self.cleaned_data[name] for name in names})


class RoleGrantForm(RoleForm):
    """One more role of a user; the version is that of the user."""

    version = VersionField()


class UserForm(RoleForm):
    """A new user with the first role."""

    full_name = PersonNameField(
        label="Họ và tên", max_length=100, error_messages={"required": "Nhập họ và tên."}
    )
    job_title = NameField(label="Chức vụ", max_length=100, required=False)
    username = forms.CharField(
        label="Tên đăng nhập",
        max_length=150,
        validators=[USERNAME],
        help_text="Chữ thường không dấu, ví dụ nguyenvan.an. Không đổi được về sau.",
        error_messages={"required": "Nhập tên đăng nhập."},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class RoleEndForm(forms.Form):
    """The last day on which a role holds."""

    version = VersionField()
    last_day = VietnameseDateField(
        label="Ngày cuối còn giữ vai trò",
        initial=clock.yesterday,
        help_text="Ghi ngày hôm qua thì vai trò hết hiệu lực ngay.",
    )


class UserActForm(forms.Form):
    """A confirmation of an act on a user."""

    version = VersionField()


class UserReasonForm(UserActForm):
    """An act on a user that needs a reason."""

    reason = forms.CharField(
        label="Lý do",
        validators=[check_reason],
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Nhập lý do."},
    )


class DeviceRemoveForm(IdentityMixin, UserReasonForm):
    """Taking away the device of a user: the administrator shows who they are."""

    field_order = ("version", "reason")
