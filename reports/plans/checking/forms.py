"""Why a finding is accepted."""

from django import forms

from povertyplan.core.text.reasons import check_reason
from reports.plans.checking.services import LONGEST_REASON, REASON_MISSING, TOO_LONG


class AcceptFindingForm(forms.Form):
    """The reason for which a finding stands."""

    key = forms.CharField(max_length=16, widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Lý do chấp nhận",
        validators=[check_reason],
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": REASON_MISSING, "max_length": TOO_LONG},
    )
