"""What is typed at the blocks of a draft, and until when comments are asked for."""

from typing import Any

from django import forms

from povertyplan.core.platform.confirmations import VersionForm
from povertyplan.core.platform.submissions import SubmissionKeyField
from povertyplan.core.text.fields import VietnameseDateField
from reports.plans.reviewing.services.asking import deadline_fault
from reports.plans.reviewing.services.comments import ANSWER_MISSING, LONGEST_COMMENT, TEXT_MISSING
from reports.plans.reviewing.services.comments import TOO_LONG as COMMENT_TOO_LONG


def _words(label: str, missing: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": missing, "max_length": COMMENT_TOO_LONG},
    )


class CommentForm(forms.Form):
    """A comment on a block."""

    key = SubmissionKeyField()
    text = _words("Ý kiến", TEXT_MISSING)


class CommentAnswerForm(VersionForm):
    """An answer to a comment."""

    text = _words("Trả lời", ANSWER_MISSING)


class AskForm(VersionForm):
    """Until when the units say what they think of a draft."""

    until = VietnameseDateField(
        label="Cho ý kiến đến ngày",
        error_messages={"required": "Nhập hạn cho ý kiến."},
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if fault := deadline_fault(cleaned.get("until")):
            self.add_error("until", fault)
        return cleaned
