"""What the pages of a register take in: a file, and the preview that is confirmed."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

LARGEST_FILE_MB = 5
LONGEST_KEPT = 1_500_000
FILE_MISSING = "Chọn tệp."
LONGEST_PASTED = 200_000
PASTED_TOO_LONG = "Phần dán vào quá dài. Gửi bằng tệp."
ONE_OF_BOTH = "Chọn tệp hoặc dán, không làm cả hai."
NOTHING_GIVEN = "Chọn tệp, hoặc dán các ô từ Excel."
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

    @property
    def given_in(self) -> str:
        """The field at which it is said what is wrong with the lines."""
        return "file"

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE_MB * 1024 * 1024:
            raise ValidationError(f"Tệp lớn hơn {LARGEST_FILE_MB} MB.")
        return file


class RegisterPasteForm(RegisterFileForm):
    """A register as a file, or as cells copied from Excel."""

    pasted = forms.CharField(
        label="Hoặc dán từ Excel",
        required=False,
        strip=False,
        max_length=LONGEST_PASTED,
        help_text="Chép cả dòng tiêu đề và các dòng số liệu trong Excel rồi dán vào đây.",
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"max_length": PASTED_TOO_LONG},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].required = False

    @property
    def given_in(self) -> str:
        return "pasted" if self.cleaned_data.get("pasted", "").strip() else "file"

    def clean_file(self):
        return super().clean_file() if self.cleaned_data["file"] else None

    def clean(self):
        given = super().clean()
        file, pasted = given.get("file"), given.get("pasted", "")
        if file and pasted.strip():
            self.add_error("pasted", ONE_OF_BOTH)
        elif pasted.strip():
            given["file"] = ContentFile(pasted.strip("\r\n").encode(), name="dan.csv")
        elif not file and not self.errors:
            self.add_error("file", NOTHING_GIVEN)
        return given


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
