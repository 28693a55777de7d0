"""What papers say about a number."""

from django import forms

from households.choices import NumberOutcome
from povertyplan.core.text.fields import LineField, VersionField


class NumberSettleForm(forms.Form):
    """Whether the number is right, and which papers were looked at."""

    version = VersionField()
    outcome = forms.ChoiceField(
        label="Kết quả đối chiếu",
        choices=NumberOutcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Chọn kết quả đối chiếu."},
    )
    document = LineField(
        label="Giấy tờ đã xem",
        max_length=200,
        help_text="Ví dụ: thẻ căn cước của người này, giấy xác nhận của công an phường, xã.",
        error_messages={"required": "Ghi giấy tờ đã xem."},
    )
