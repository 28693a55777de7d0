"""What the pages of import and export take in."""

from collections.abc import Sequence

from django import forms
from django.core.exceptions import ValidationError

from households.intake.sheets import refusals
from households.intake.sheets.container import LARGEST_FILE_MB
from households.intake.sheets.headings import LABELS, SheetField
from households.intake.sheets.parts import LAST_ROW
from households.intake.staging.selectors.columns import SheetColumn
from povertyplan.core.text.fields import WholeNumberField

NOTHING_CHOSEN = "Chọn tệp danh sách, hoặc dán danh sách vào ô bên dưới."
PASTED_NAME = "dan-tu-excel.csv"
# Characters; with every one of three bytes still below what a request may hold.
LONGEST_PASTE = 800_000


class ImportFileForm(forms.Form):
    """A list to import: a workbook, or what was copied from one."""

    file = forms.FileField(
        label="Tệp danh sách",
        help_text=(
            f"Tệp .xlsx hoặc .csv, tối đa {LARGEST_FILE_MB} MB. "
            "Chọn tệp, hoặc kéo tệp thả vào ô này."
        ),
        max_length=200,
        required=False,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={
            "empty": refusals.EMPTY,
            "invalid": NOTHING_CHOSEN,
            "max_length": "Tên tệp dài quá 200 ký tự.",
        },
    )
    pasted = forms.CharField(
        label="Dán từ Excel",
        help_text=(
            "Thay cho gửi tệp: chọn các ô của danh sách trong Excel, cả dòng tiêu đề, chép rồi dán "
            "vào đây."
        ),
        max_length=LONGEST_PASTE,
        required=False,
        # The first cell of a row may be empty.
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "max_length": (
                "Nội dung dán dài %(show_value)s ký tự, tối đa %(limit_value)s. "
                "Lưu danh sách thành tệp .xlsx rồi gửi tệp."
            )
        },
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and file.size > LARGEST_FILE_MB * 1024 * 1024:
            raise ValidationError(refusals.TOO_LARGE.format(limit=LARGEST_FILE_MB))
        return file

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            given = bool(cleaned["file"]), bool(cleaned["pasted"].strip())
            if given == (True, True):
                self.add_error("pasted", "Chọn một cách: gửi tệp hoặc dán danh sách.")
            elif given == (False, False):
                self.add_error("file", NOTHING_CHOSEN)
        return cleaned

    def source(self) -> tuple[bytes, str]:
        """The bytes of the list and the name of its file; of ours where it was pasted."""
        file = self.cleaned_data["file"]
        if file:
            return file.read(), file.name
        return self.cleaned_data["pasted"].encode(), PASTED_NAME

    @property
    def used_field(self) -> str:
        """The field the list came by."""
        return "file" if self.cleaned_data["file"] else "pasted"


class SheetForm(forms.Form):
    """Whether a sheet is read, and where its headings end."""

    used = forms.BooleanField(label="Nhập trang này", required=False)
    heading_row = WholeNumberField(label="Dòng tiêu đề (dòng cuối)", max_value=LAST_ROW)


class ColumnsForm(forms.Form):
    """Which column of a sheet holds what; empty where none does."""

    def __init__(
        self, data, *, columns: Sequence[SheetColumn], chosen: dict[str, int], prefix: str
    ):
        super().__init__(data, prefix=prefix)
        choices = [("", "(không có)"), *((column.position, str(column)) for column in columns)]
        for column in SheetField:
            self.fields[column.value] = forms.TypedChoiceField(
                label=LABELS[column],
                choices=choices,
                coerce=int,
                empty_value=None,
                required=False,
                initial=chosen.get(column.value),
                error_messages={"invalid_choice": "Chọn một cột của trang tính."},
            )

    def clean(self):
        cleaned = super().clean()
        taken: dict[int, str] = {}
        for name, position in list(cleaned.items()):
            if position is None:
                continue
            if position in taken:
                other = LABELS[SheetField(taken[position])]
                self.add_error(name, f"Cột này đã chọn cho “{other}”.")
            taken.setdefault(position, name)
        return cleaned

    def chosen(self) -> dict[str, int]:
        """Position by column, of what is chosen."""
        return {
            name: position for name, position in self.cleaned_data.items() if position is not None
        }


class ImportVersionForm(forms.Form):
    """The version of the import that the page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
