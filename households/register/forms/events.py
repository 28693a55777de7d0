"""What the page of a recorded event takes in."""

from django import forms

from households.register.forms.members import DayForm, asking
from povertyplan.core.text.fields import LineField
from povertyplan.core.text.reasons import check_reason

CORRECT, WITHDRAW = "correct", "withdraw"


class EventCorrectionForm(DayForm):
    """A right day or document of an event, or that it is withdrawn; each with a reason."""

    decision = forms.ChoiceField(
        label="Cách xử lý",
        choices=[
            (CORRECT, "Đính chính ngày hoặc giấy tờ"),
            (WITHDRAW, "Hủy biến động ghi nhầm"),
        ],
        widget=forms.RadioSelect,
        error_messages=asking("Chọn đính chính hoặc hủy."),
    )
    reason = LineField(
        label="Lý do",
        validators=[check_reason],
        max_length=500,
        error_messages={"required": "Nhập lý do.", "max_length": "Lý do dài nhất 500 ký tự."},
    )
    field_order = ["decision", "on", "document", "reason"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["note"]  # the reason is the note of the second event
