"""What is asked when a unit's words are put into the draft."""

from django import forms

from povertyplan.core.text.fields import VersionField
from reports.choices import TEXT_PARTS, ReportPart


class ConsolidationForm(forms.Form):
    version = VersionField()


class TakeInForm(forms.Form):
    part = forms.ChoiceField(
        label="Phần",
        choices=[(part.value, part.label) for part in TEXT_PARTS],
        error_messages={"required": "Chọn phần.", "invalid_choice": "Chọn phần trong danh sách."},
    )

    def chosen(self) -> ReportPart:
        return ReportPart(self.cleaned_data["part"])
