"""When and where something was published; which time a list of what was given is about."""

from datetime import date
from typing import Any

from django import forms

from povertyplan.core.platform.submissions import SubmissionKeyField
from povertyplan.core.text.fields import LineField, VietnameseDateField
from projects.publicity.services.publications import Posted
from projects.rules.publicity import listed_days

QUARTERS = [("", "Cả năm"), ("1", "Quý I"), ("2", "Quý II"), ("3", "Quý III"), ("4", "Quý IV")]


class PublicationForm(forms.Form):
    key = SubmissionKeyField()
    posted_from = VietnameseDateField(
        label="Từ ngày", error_messages={"required": "Nhập ngày bắt đầu công khai."}
    )
    posted_to = VietnameseDateField(
        label="Đến hết ngày", required=False, help_text="Còn đang công khai thì để trống."
    )
    location = LineField(
        label="Địa điểm cụ thể",
        max_length=250,
        required=False,
        help_text="Ví dụ: bảng tin trụ sở; nhà văn hóa các thôn 1, 2, 3.",
    )
    evidence = forms.CharField(
        label="Minh chứng",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Biên bản niêm yết, ảnh chụp, số văn bản, người theo dõi.",
        error_messages={"required": "Nêu minh chứng: biên bản, ảnh, số văn bản."},
    )

    def posted(self) -> Posted:
        values = {name: value for name, value in self.cleaned_data.items() if name != "key"}
        return Posted(**values)


class QuarterForm(forms.Form):
    """A quarter of the page's year, or all of it."""

    quarter = forms.ChoiceField(
        label="Kỳ",
        choices=QUARTERS,
        required=False,
        error_messages={"invalid_choice": "Chọn một quý trong danh sách."},
    )

    def __init__(self, data: Any, *, year: int):
        super().__init__(data, auto_id="period_%s")
        self.year = year

    @property
    def number(self) -> int:
        """The quarter that is asked for; 0 for the whole year."""
        self.is_valid()
        return int(self.cleaned_data.get("quarter") or 0)

    def days(self) -> tuple[date, date]:
        return listed_days(self.year, self.number)
