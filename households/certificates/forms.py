"""What the pages of the book take in: filters, and a batch of certificates."""

from typing import Any

from django import forms

from households.certificates.selectors import CertificateFilter, certificate_years
from households.certificates.services import CertificateBatch
from households.models import ReviewCampaign
from povertyplan.core import clock
from povertyplan.core.choices import AreaKind
from povertyplan.core.models import Area, User
from povertyplan.core.platform.submissions import SubmissionKeyField
from povertyplan.core.text.fields import (
    NOT_LISTED,
    LineField,
    VietnameseDateField,
    WholeNumberField,
)


class CertificateFilterForm(forms.Form):
    """Filters of the book. A wrong value is named in an error and does not filter."""

    fields: dict[str, Any]  # each of its own kind, which the stubs do not know

    year = forms.TypedChoiceField(
        label="Năm cấp", coerce=int, empty_value=None, required=False, error_messages=NOT_LISTED
    )
    village = forms.ModelChoiceField(
        label="Thôn, tổ dân phố",
        queryset=Area.objects.none(),
        required=False,
        empty_label="Tất cả",
        error_messages=NOT_LISTED,
    )
    words = LineField(label="Số, chủ hộ, mã hộ", max_length=100, required=False)

    def __init__(self, data: Any, *, ward: Area, user: User):
        super().__init__(data, auto_id="certificate_%s")
        self.this_year = clock.today().year
        years = sorted({self.this_year, *certificate_years(ward)}, reverse=True)
        self.fields["year"].choices = [(str(each), f"Năm {each}") for each in years]
        self.fields["year"].initial = self.this_year
        villages = Area.objects.visible_to(user).filter(kind=AreaKind.VILLAGE, parent=ward)
        self.fields["village"].queryset = villages.in_order_of_wards()

    def asked(self) -> CertificateFilter:
        self.is_valid()
        values = self.cleaned_data
        return CertificateFilter(
            values.get("year") or self.this_year, values.get("village"), values.get("words", "")
        )

    def in_words(self) -> list[str]:
        """The conditions in words, for the head of an exported list."""
        asked = self.asked()
        return [
            part for part in (f"năm {asked.year}", str(asked.village or ""), asked.words) if part
        ]


class CertificateBatchForm(forms.Form):
    """Whose certificates get a number, from which day on and from which number."""

    fields: dict[str, Any]  # each of its own kind, which the stubs do not know

    key = SubmissionKeyField()
    village = forms.ModelChoiceField(
        label="Cấp cho",
        queryset=Area.objects.none(),
        required=False,
        empty_label="Tất cả thôn, tổ dân phố",
        error_messages=NOT_LISTED,
    )
    issued_on = VietnameseDateField(label="Ngày cấp, ghi trên giấy chứng nhận")
    first_number = WholeNumberField(
        label="Số bắt đầu",
        help_text="Bỏ trống thì lấy tiếp số đã cấp. Nhập số khi phường, xã đã cấp trên sổ giấy.",
        required=False,
    )

    def __init__(self, data: Any = None, *, campaign: ReviewCampaign, villages: list[Area]):
        super().__init__(data, initial={"issued_on": clock.today()})
        self.campaign = campaign
        keys = [village.pk for village in villages]
        self.fields["village"].queryset = Area.objects.filter(pk__in=keys).in_order_of_wards()

    def batch(self) -> CertificateBatch:
        values = self.cleaned_data
        names = ("village", "issued_on", "first_number")
        return CertificateBatch(self.campaign, **{name: values[name] for name in names})
