"""What the settings of days without work take in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django import forms
from django.forms import BoundField

from households.campaign.holidays.selectors import ProposedDay
from households.campaign.holidays.services import holiday_faults
from povertyplan.core.models import Area
from povertyplan.core.text import formatting
from povertyplan.core.text.fields import LineField, NameField, VietnameseDateField

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
    legal_reference = LineField(
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


@dataclass(frozen=True)
class ProposalRow:
    """A proposed day with its tick and its name on the page."""

    day: ProposedDay
    take: BoundField
    name: BoundField


def proposed_name(day: ProposedDay) -> str:
    """The name of a day as the law spells it, which the package does not."""
    return "Làm bù" if day.is_worked else day.name.replace("Nguyên Đán", "Nguyên đán")


class ProposedDaysForm(forms.Form):
    """A tick and a name for each proposed day, and the document they are confirmed by."""

    legal_reference = LineField(
        label="Căn cứ",
        max_length=200,
        help_text="Số, ngày, cơ quan ban hành thông báo hoặc quyết định về lịch nghỉ của năm.",
        error_messages={"required": "Nhập căn cứ của các ngày đã chọn."},
    )

    def __init__(self, *args, days: Sequence[ProposedDay], **kwargs):
        super().__init__(*args, **kwargs)
        self.days = days
        for day in days:
            day_name = formatting.day(day.on)
            self.fields[f"take_{day.on}"] = forms.BooleanField(label=day_name, required=False)
            self.fields[f"name_{day.on}"] = NameField(
                label=f"Tên ngày {day_name}",
                max_length=120,
                required=False,
                initial=proposed_name(day),
            )

    def clean(self):
        super().clean()
        taken = [day for day in self.days if self.cleaned_data.get(f"take_{day.on}")]
        if not taken:
            raise forms.ValidationError("Chọn ít nhất một ngày.")
        for day in taken:
            name = f"name_{day.on}"
            if name not in self.errors and not self.cleaned_data[name]:
                self.add_error(name, f"Nhập tên ngày {formatting.day(day.on)}.")

    def confirmed(self) -> list[ProposedDay]:
        """The days that are ticked, with the names given to them."""
        data = self.cleaned_data
        return [
            replace(day, name=data[f"name_{day.on}"]) for day in self.days if data[f"take_{day.on}"]
        ]

    def rows(self) -> Iterator[ProposalRow]:
        for day in self.days:
            yield ProposalRow(day, self[f"take_{day.on}"], self[f"name_{day.on}"])
