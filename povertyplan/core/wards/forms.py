"""What the pages of the ward take in."""

from django import forms
from django.core.validators import RegexValidator

from povertyplan.core.choices import Setting
from povertyplan.core.models import Area
from povertyplan.core.platform.submissions import SubmissionKeyField
from povertyplan.core.text.fields import NameField, VersionField
from povertyplan.core.text.reasons import check_reason
from povertyplan.core.wards.services import WardInput

FIELDS = ("province_code", "province_name", "code", "name", "setting", "place_line", "issuer")


def _code_field(label: str, digits: int, example: str) -> forms.CharField:
    wrong = f"{label} gồm {digits} chữ số, ví dụ {example}."
    return forms.CharField(
        label=label,
        max_length=10,
        validators=[RegexValidator(rf"^[0-9]{{{digits}}}$", wrong)],
        error_messages={"required": wrong},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class WardForm(forms.Form):
    """Where the ward lies, what it is called, and how its papers begin."""

    province_name = NameField(
        label="Tỉnh, thành phố",
        max_length=120,
        help_text="Tên đầy đủ, ví dụ: Tỉnh Quảng Ngãi.",
        error_messages={"required": "Nhập tên tỉnh, thành phố."},
    )
    province_code = _code_field("Mã tỉnh, thành phố", 2, "51")
    name = NameField(
        label="Phường, xã, đặc khu",
        max_length=120,
        help_text="Tên đầy đủ, ví dụ: Phường Đăk Cấm.",
        error_messages={"required": "Nhập tên phường, xã, đặc khu."},
    )
    code = _code_field("Mã phường, xã", 5, "23284")
    setting = forms.ChoiceField(
        label="Khu vực",
        choices=[(value, label.capitalize()) for value, label in Setting.choices],
        widget=forms.RadioSelect,
        help_text="Dùng sẵn cho thôn, tổ dân phố thêm mới; mức điểm B1 tính theo khu vực của thôn.",
        error_messages={"required": "Chọn khu vực.", "invalid_choice": "Chọn khu vực."},
    )
    issuer = NameField(
        label="Cơ quan ban hành văn bản",
        max_length=160,
        required=False,
        help_text="Để trống thì in “Ủy ban nhân dân” và tên phường, xã.",
    )
    place_line = NameField(
        label="Địa danh trên văn bản",
        max_length=60,
        required=False,
        help_text="In trước ngày, tháng, ví dụ: Đăk Cấm. Để trống thì in tên phường, xã.",
    )

    def details(self) -> WardInput:
        return WardInput(**{name: self.cleaned_data[name] for name in FIELDS})


class FirstWardForm(WardForm):
    """A ward that is set up."""

    key = SubmissionKeyField()


class WardChangeForm(WardForm):
    """A ward that is changed, and why."""

    version = VersionField()
    reason = forms.CharField(
        label="Lý do sửa",
        validators=[check_reason],
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Nhập lý do."},
    )


def values_of(ward: Area) -> dict[str, object]:
    """What a form of the ward shows first."""
    own = {name: getattr(ward, name) for name in ("code", "name", "setting", "place_line")}
    province = ward.parent
    return own | {
        "issuer": ward.issuer,
        "version": ward.version,
        "province_code": province.code if province else "",
        "province_name": province.name if province else "",
    }
