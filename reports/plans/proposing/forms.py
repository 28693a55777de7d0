"""What a proposal asks for, and what settles it."""

from django import forms

from povertyplan.core.platform.confirmations import VersionForm
from povertyplan.core.platform.submissions import SubmissionKeyField
from povertyplan.core.text.fields import VersionField
from povertyplan.core.text.reasons import check_reason
from reports.plans.proposing.services.proposing import (
    LONGEST_REASON,
    REASON_TOO_LONG,
    TEXT_MISSING,
)
from reports.plans.writing.services.words import LONGEST_TEXT, TOO_LONG


class ProposalForm(forms.Form):
    """Other words for a block, and why."""

    key = SubmissionKeyField()
    text = forms.CharField(
        label="Lời đề nghị",
        max_length=LONGEST_TEXT,
        help_text="Số liệu trong ngoặc nhọn giữ nguyên để phần mềm tự điền.",
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": TEXT_MISSING, "max_length": TOO_LONG},
    )
    reason = forms.CharField(
        label="Lý do",
        validators=[check_reason],
        max_length=LONGEST_REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": REASON_TOO_LONG},
    )


class AcceptProposalForm(VersionForm):
    """The proposal and the block as they were looked at."""

    block_version = VersionField()
