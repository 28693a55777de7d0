"""From where an indicator is measured under a poverty standard."""

from collections.abc import Mapping
from typing import Any

from django import forms

from households.models import PovertyStandard
from povertyplan.core.text.fields import (
    NOT_LISTED,
    DecimalNumberField,
    VersionField,
    VietnameseDateField,
    offer_records,
)
from projects.choices import Measure
from projects.models import Indicator
from reports.models import StandardBaseline
from reports.targets.forms.years import LARGEST
from reports.targets.services.baselines import BaselineInput


class StandardBaselineForm(forms.Form):
    """A figure, its day and the reason; the standard is that of the page."""

    fields: dict[str, Any]  # each of its own kind, which the stubs do not know

    version = VersionField()
    standard = forms.ModelChoiceField(
        label="Chuẩn nghèo",
        queryset=PovertyStandard.objects.none(),
        empty_label=None,
        error_messages=NOT_LISTED,
        help_text="Kết quả các năm theo chuẩn này được so với số gốc dưới đây.",
    )
    value = DecimalNumberField(label="Số gốc", decimal_places=2, max_value=LARGEST)
    rate = DecimalNumberField(
        label="Tỷ lệ kèm theo (%)", required=False, decimal_places=2, max_value=100
    )
    as_of = VietnameseDateField(label="Số liệu ngày")
    reason = forms.CharField(
        label="Lý do, căn cứ",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Ví dụ: kết quả rà soát năm 2026 tính lại theo chuẩn 2027-2030.",
        error_messages={"required": "Nêu lý do, căn cứ của số gốc."},
    )

    def __init__(
        self, data: Any = None, *, indicator: Indicator, standing: Mapping[int, StandardBaseline]
    ):
        standards = PovertyStandard.objects.order_by("-valid_from", "-pk")
        listed = list(standards)
        latest = listed[0] if listed else None
        known = standing.get(latest.pk) if latest else None
        initial: dict[str, object] = {"standard": latest}
        if known:
            names = ("version", "value", "rate", "as_of", "reason")
            initial |= {name: getattr(known, name) for name in names}
        super().__init__(data, initial=initial)
        self.fields["standard"].queryset = standards
        offer_records(self.fields["standard"], listed)
        if indicator.measure == Measure.PERCENT:
            del self.fields["rate"]

    def details(self) -> BaselineInput:
        given = {"rate": None, **self.cleaned_data}
        del given["version"]
        return BaselineInput(**given)
