"""What the pages of import and export take in."""

from collections.abc import Collection, Iterable, Sequence

from django import forms
from django.core.exceptions import ValidationError

from households.intake.sheets import refusals
from households.intake.sheets.container import LARGEST_FILE_MB
from households.intake.sheets.headings import LABELS, SheetField
from households.intake.sheets.refusals import MOST_ROWS
from households.intake.staging.selectors.columns import SheetColumn
from households.rules.import_sheets import UnusedColumn
from povertyplan.core.text import formatting
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
    heading_row = WholeNumberField(label="Dòng tiêu đề (dòng cuối)", max_value=MOST_ROWS)


SET_ASIDE = "-"


class ColumnsForm(forms.Form):
    """Which column of a sheet holds what; empty where none does.

    Each column with content that no field is read from is asked for: it is one after all, or it
    is not used.
    """

    def __init__(
        self,
        data,
        *,
        columns: Sequence[SheetColumn],
        chosen: dict[str, int],
        filled: Iterable[UnusedColumn] = (),
        set_aside: Collection[int] = (),
        prefix: str,
    ):
        super().__init__(data, prefix=prefix)
        self.filled = list(filled)
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
        uses = [
            ("", "(chưa chọn)"),
            (SET_ASIDE, "Không dùng cột này"),
            *((column.value, f"Dùng làm: {LABELS[column]}") for column in SheetField),
        ]
        for each in self.filled:
            is_set_aside = each.position in set_aside or each.is_derived
            self.fields[_use(each)] = forms.ChoiceField(
                label=f"Cột {each.name}",
                choices=uses,
                required=False,
                initial=SET_ASIDE if is_set_aside else each.proposal,
                error_messages={"invalid_choice": "Chọn trong danh sách."},
            )

    def clean(self):
        cleaned = super().clean()
        self._clean_columns(cleaned)
        matched = {cleaned.get(column.value) for column in SheetField}
        for each in self.filled:
            if each.position not in matched:
                self._clean_use(each, cleaned)
        return cleaned

    def _clean_use(self, each: UnusedColumn, cleaned) -> None:
        """Match a column by what was said of it beside its content."""
        use = cleaned.get(_use(each))
        if use == "":
            rows = formatting.number(each.count)
            self.add_error(
                _use(each),
                f"Cột {each.name} có nội dung ở {rows} dòng: chọn dùng làm gì, hoặc “Không dùng "
                "cột này”.",
            )
        elif use and use != SET_ASIDE:
            if cleaned.get(use) is not None:
                self.add_error(_use(each), f"“{LABELS[SheetField(use)]}” đã ghép với cột khác.")
            else:
                cleaned[use] = each.position

    def _clean_columns(self, cleaned) -> None:
        taken: dict[int, str] = {}
        for name, position in list(cleaned.items()):
            if position is None or name not in LABELS:
                continue
            if position in taken:
                other = LABELS[SheetField(taken[position])]
                self.add_error(name, f"Cột này đã chọn cho “{other}”.")
            taken.setdefault(position, name)

    def chosen(self) -> dict[str, int]:
        """Position by column, of what is chosen."""
        found = {column.value: self.cleaned_data.get(column.value) for column in SheetField}
        return {name: position for name, position in found.items() if position is not None}

    def set_aside(self) -> list[int]:
        """The positions of the columns that are not used, as somebody said."""
        return [
            each.position
            for each in self.filled
            if self.cleaned_data.get(_use(each)) == SET_ASIDE
            and each.position not in self.chosen().values()
        ]

    def unused_lines(self) -> list[tuple[UnusedColumn, forms.BoundField]]:
        """The columns that no field above is read from, with what is asked about each."""
        matched = {str(self[column.value].value()) for column in SheetField}
        return [
            (each, self[_use(each)]) for each in self.filled if str(each.position) not in matched
        ]


def _use(column: UnusedColumn) -> str:
    """The name of the field that asks what a column is for."""
    return f"use_{column.position}"


class ImportVersionForm(forms.Form):
    """The version of the import that the page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
