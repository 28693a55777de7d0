"""What is asked when a unit's words are put into the draft."""

from django import forms

from povertyplan.core.text.fields import VersionField
from reports.choices import TEXT_PARTS, ReportPart
from reports.progress.consolidation.selectors import outline_choices

USUAL_OUTLINE = "Theo kỳ báo cáo"


class ConsolidationForm(forms.Form):
    """With which outline the draft begins; without one it is the usual one of its period."""

    version = VersionField()
    outline = forms.ChoiceField(
        label="Đề cương",
        required=False,
        error_messages={"invalid_choice": "Chọn đề cương trong danh sách."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["outline"].choices = [("", USUAL_OUTLINE), *outline_choices()]


class TakeInForm(forms.Form):
    part = forms.ChoiceField(
        label="Phần",
        choices=[(part.value, part.label) for part in TEXT_PARTS],
        error_messages={"required": "Chọn phần.", "invalid_choice": "Chọn phần trong danh sách."},
    )

    def chosen(self) -> ReportPart:
        return ReportPart(self.cleaned_data["part"])
