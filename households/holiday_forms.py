"""What the settings of days without work take in."""

from django import forms

from households.services.holidays import holiday_faults
from povertyplan.core.fields import NameField, VietnameseDateField
from povertyplan.core.models import Area


class HolidayForm(forms.Form):
    """One day without work, or several in a row."""

    name = NameField(
        label="Tên ngày nghỉ", max_length=120, error_messages={"required": "Nhập tên ngày nghỉ."}
    )
    first = VietnameseDateField(label="Từ ngày")
    last = VietnameseDateField(
        label="Đến hết ngày", required=False, help_text="Để trống nếu chỉ nghỉ một ngày."
    )

    def __init__(self, *args, ward: Area, **kwargs):
        super().__init__(*args, **kwargs)
        self.ward = ward

    def clean(self):
        super().clean()
        data = self.cleaned_data
        faults = holiday_faults(
            self.ward,
            name=data.get("name", ""),
            first=data.get("first"),
            last=data.get("last"),
        )
        for name, fault in faults.items():
            if name not in self.errors:
                self.add_error(name, fault)
