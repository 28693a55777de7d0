"""What the pages of versions ask for: a note, and which two texts are compared."""

from typing import Any

from django import forms

from povertyplan.core.platform.submissions import SubmissionKeyField
from povertyplan.core.text.fields import LineField
from reports.models.draft_version import LONGEST_NOTE
from reports.plans.versions.services import NOTE_TOO_LONG

UNKNOWN = "Chọn một bản trong danh sách."


class KeepVersionForm(forms.Form):
    """A version kept by hand."""

    key = SubmissionKeyField()
    note = LineField(
        label="Ghi chú",
        max_length=LONGEST_NOTE,
        required=False,
        error_messages={"max_length": NOTE_TOO_LONG},
    )


class CompareForm(forms.Form):
    """Two texts by their names."""

    fields: dict[str, Any]

    before = forms.ChoiceField(
        label="Từ bản", error_messages={"required": UNKNOWN, "invalid_choice": UNKNOWN}
    )
    after = forms.ChoiceField(
        label="Đến bản", error_messages={"required": UNKNOWN, "invalid_choice": UNKNOWN}
    )

    def __init__(self, *args, sides: list[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("before", "after"):
            self.fields[name].choices = sides
