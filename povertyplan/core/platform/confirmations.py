"""Forms that confirm an act: the version that was looked at, and a reason."""

from django import forms

from povertyplan.core.text.fields import VersionField
from povertyplan.core.text.reasons import check_reason


class VersionForm(forms.Form):
    """A confirmation: nothing but the version that was looked at."""

    version = VersionField()


class ReasonForm(VersionForm):
    """A confirmation that needs a reason."""

    reason = forms.CharField(
        label="Lý do",
        validators=[check_reason],
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Nhập lý do."},
    )
