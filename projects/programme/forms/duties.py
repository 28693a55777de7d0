"""What the pages of the duties of units take in."""

from typing import Any

from django import forms

from povertyplan.core.models import Area, Unit
from povertyplan.core.platform.submissions import SubmissionKeyField
from povertyplan.core.text.fields import (
    CHOOSE,
    NOT_LISTED,
    LineField,
    VersionField,
    VietnameseDateField,
)
from projects.choices import UnitDutyKind
from projects.programme.services.duties import UnitDutyInput


class UnitDutyForm(forms.Form):
    """Which unit has which duty, from when."""

    fields: dict[str, Any]  # each of its own kind, which the stubs do not know

    key = SubmissionKeyField()
    duty = forms.ChoiceField(
        label="Việc giao", choices=[("", "Chọn"), *UnitDutyKind.choices], error_messages=CHOOSE
    )
    unit = forms.ModelChoiceField(
        label="Đơn vị",
        queryset=Unit.objects.none(),
        empty_label="Chọn đơn vị",
        error_messages=NOT_LISTED | CHOOSE,
    )
    valid_from = VietnameseDateField(label="Từ ngày")

    def __init__(self, *args, ward: Area, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.filter(ward=ward, valid_to=None).order_by(
            "order", "pk"
        )

    def details(self) -> UnitDutyInput:
        cleaned = self.cleaned_data
        return UnitDutyInput(
            unit=cleaned["unit"],
            duty=UnitDutyKind(cleaned["duty"]),
            valid_from=cleaned["valid_from"],
        )


class UnitDutyEndForm(forms.Form):
    """Up to which day, and why no longer."""

    version = VersionField()
    last_day = VietnameseDateField(label="Đến hết ngày")
    reason = LineField(label="Lý do thôi giao", max_length=250, required=False)
