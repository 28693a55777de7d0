"""What the settings of days without work take in."""

from django import forms

from households.campaign.holidays.services import holiday_faults
from povertyplan.core.models import Area
from povertyplan.core.text.fields import NameField, VietnameseDateField

KINDS = (("off", "Ngày nghỉ"), ("worked", "Ngày làm bù (thứ bảy, chủ nhật đi làm)"))


class HolidayForm(forms.Form):
    """One day without work or worked instead, or several in a row."""

    kind = forms.ChoiceField(
        label="Loại",
        choices=KINDS,
        initial="off",
        widget=forms.RadioSelect,
        error_messages={"required": "Chọn loại ngày.", "invalid_choice": "Chọn loại ngày."},
    )
    name = NameField(
        label="Tên ngày", max_length=120, error_messages={"required": "Nhập tên ngày."}
    )
    first = VietnameseDateField(label="Từ ngày")
    last = VietnameseDateField(
        label="Đến hết ngày", required=False, help_text="Để trống nếu chỉ có một ngày."
    )
    legal_reference = NameField(
        label="Căn cứ",
        max_length=200,
        required=False,
        help_text="Số, ngày của thông báo hoặc quyết định; bắt buộc với ngày làm bù.",
    )

    def __init__(self, *args, ward: Area, **kwargs):
        super().__init__(*args, **kwargs)
        self.ward = ward

    def clean(self):
        super().clean()
        faults = holiday_faults(self.ward, **self.day())
        for name, fault in faults.items():
            if name not in self.errors:
                self.add_error(name, fault)

    def day(self) -> dict:
        """What the service takes; what could not be read is missing."""
        data = self.cleaned_data
        return {
            "name": data.get("name", ""),
            "first": data.get("first"),
            "last": data.get("last"),
            "is_worked": data.get("kind") == "worked",
            "legal_reference": data.get("legal_reference", ""),
        }
