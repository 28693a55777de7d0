"""What the pages of a register take in: a file, and the preview that is confirmed."""

from django import forms
from django.core.exceptions import ValidationError

LARGEST_FILE_MB = 5
LONGEST_KEPT = 1_500_000
FILE_MISSING = "Chọn tệp."
KEPT_MISSING = "Thiếu bảng xem trước. Gửi lại tệp."
KEPT_TOO_LARGE = "Bảng xem trước quá lớn. Chia thành nhiều tệp rồi gửi lại từng tệp."


class RegisterFileForm(forms.Form):
    """A register as a workbook or as CSV."""

    file = forms.FileField(
        label="Tệp Excel",
        max_length=200,
        help_text=f"Tệp .xlsx hoặc .csv theo tệp mẫu, tối đa {LARGEST_FILE_MB} MB.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={
            "required": FILE_MISSING,
            "invalid": FILE_MISSING,
            "empty": "Tệp này trống.",
            "max_length": "Tên tệp dài quá 200 ký tự.",
        },
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE_MB * 1024 * 1024:
            raise ValidationError(f"Tệp lớn hơn {LARGEST_FILE_MB} MB.")
        return file


class RegisterConfirmForm(forms.Form):
    """The table that was looked at, signed when it was shown."""

    table = forms.CharField(
        widget=forms.HiddenInput,
        max_length=LONGEST_KEPT,
        error_messages={"required": KEPT_MISSING, "max_length": KEPT_TOO_LARGE},
    )


class RegisterSeenForm(RegisterConfirmForm):
    """The same, with the name of what the preview said that it comes to."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
