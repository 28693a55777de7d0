"""What the pages of donated money take in."""

from django import forms
from django.core.exceptions import ValidationError

from povertyplan.core import clock
from povertyplan.core.periods.years import FIRST_YEAR
from povertyplan.core.platform.submissions import SubmissionKeyField
from povertyplan.core.text.fields import (
    CHOOSE,
    LineField,
    NameField,
    VietnameseDateField,
    WholeNumberField,
)
from povertyplan.core.text.reasons import check_reason
from projects.choices import DonationFund, DonationWay
from projects.rules.donations import LARGEST_AMOUNT, DonationDraft, donation_day_fault


class DonationForm(forms.Form):
    """Money or goods that came in or went out."""

    key = SubmissionKeyField()
    way = forms.ChoiceField(
        label="Thu, chi", choices=DonationWay, widget=forms.RadioSelect, error_messages=CHOOSE
    )
    fund = forms.ChoiceField(
        label="Quỹ, nguồn", choices=[("", "Chọn"), *DonationFund.choices], error_messages=CHOOSE
    )
    amount = WholeNumberField(
        label="Số tiền (đồng)",
        max_value=LARGEST_AMOUNT,
        help_text="Số đồng nguyên; hiện vật thì ghi giá trị quy ra tiền.",
        error_messages={
            "required": "Nhập số tiền, là số đồng nguyên.",
            "invalid": "Nhập số đồng nguyên, ví dụ 5.000.000.",
        },
    )
    dated = VietnameseDateField(label="Ngày")
    party = NameField(
        label="Người ủng hộ, nơi nhận",
        max_length=200,
        help_text="Thu: ai ủng hộ (giấu tên thì ghi như vậy). Chi: ai, nơi nào nhận.",
        error_messages={"required": "Nhập người ủng hộ hoặc nơi nhận."},
    )
    purpose = LineField(
        label="Mục đích, nội dung",
        max_length=300,
        help_text="Ví dụ: làm nhà cho 2 hộ nghèo; tặng quà Tết. Nội dung này được niêm yết: "
        "không nêu bệnh tật, khuyết tật.",
        error_messages={"required": "Nhập mục đích, nội dung."},
    )
    goods = LineField(
        label="Hiện vật", max_length=300, required=False, help_text="Ví dụ: 50 bao gạo 10 kg."
    )
    document_number = LineField(
        label="Số chứng từ", max_length=80, required=False, help_text="Phiếu thu, phiếu chi."
    )
    note = LineField(label="Ghi chú", max_length=500, required=False)

    def clean_dated(self):
        """Told with the faults of the other fields, not after them."""
        day = self.cleaned_data["dated"]
        if sentence := donation_day_fault(day, clock.today(), FIRST_YEAR):
            raise ValidationError(sentence)
        return day

    def draft(self) -> DonationDraft:
        values = {name: value for name, value in self.cleaned_data.items() if name != "key"}
        values |= {"fund": DonationFund(values["fund"]), "way": DonationWay(values["way"])}
        return DonationDraft(**values)


class DonationReverseForm(forms.Form):
    """Why an entry is taken out of the figures."""

    reason = LineField(label="Lý do hủy", max_length=500, required=False, validators=[check_reason])
