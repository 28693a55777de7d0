"""Targets of a year pasted from Excel into their grid: shown there to be looked at, not saved."""

from collections.abc import Iterable, Mapping, Sequence

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from povertyplan.core.platform.form_faults import at_line
from povertyplan.core.platform.pasted_tables import (
    UNREAD,
    PastedColumn,
    PastedRow,
    PastedTableField,
)
from povertyplan.core.text.vietnamese import search_key
from projects.choices import Measure, TargetOperator
from projects.models import Indicator
from projects.rules.promises import RATE_OF_A_RATE

FIGURES = ("low", "high", "rate", "note")
OPERATORS = ("operator", "rate_operator")
COLUMNS = (
    PastedColumn("name", "Tên chỉ tiêu", ("Chỉ tiêu", "Mã", "Mã chỉ tiêu")),
    PastedColumn("operator", "Ràng buộc"),
    PastedColumn("low", "Giá trị", ("Kế hoạch", "Chỉ tiêu giao")),
    PastedColumn("high", "Đến"),
    PastedColumn("rate_operator", "Ràng buộc của tỷ lệ"),
    PastedColumn("rate", "Tỷ lệ (%)", ("Tỷ lệ",)),
    PastedColumn("note", "Nội dung, ghi chú", ("Nội dung", "Ghi chú")),
    PastedColumn(UNREAD, "STT", ("TT", "Số thứ tự", "Đơn vị tính", "ĐVT")),
)
# How plans and their tables write an operator beside its own name.
ALSO_CALLED = {
    "=": TargetOperator.EQUAL,
    "đạt": TargetOperator.EQUAL,
    "≥": TargetOperator.AT_LEAST,
    ">=": TargetOperator.AT_LEAST,
    "trở lên": TargetOperator.AT_LEAST,
    "ít nhất": TargetOperator.AT_LEAST,
    "tối thiểu": TargetOperator.AT_LEAST,
    "≤": TargetOperator.AT_MOST,
    "<=": TargetOperator.AT_MOST,
    "tối đa": TargetOperator.AT_MOST,
    "<": TargetOperator.BELOW,
    "≈": TargetOperator.ABOUT,
    "giảm bình quân": TargetOperator.REDUCE_YEARLY,
}
NAMES = {search_key(str(label)): TargetOperator(value) for value, label in TargetOperator.choices}
NAMES |= {search_key(name) or name: operator for name, operator in ALSO_CALLED.items()}


class TargetPasteForm(forms.Form):
    """A list of targets, a line each, for the indicators of the grid."""

    rows = PastedTableField(
        label="Danh sách chỉ tiêu",
        columns=COLUMNS,
        help_text=(
            "Mỗi dòng: tên hoặc mã chỉ tiêu, ràng buộc (Còn, Dưới, ≥, Giảm …), giá trị, đến, ràng "
            "buộc của tỷ lệ, tỷ lệ, nội dung. Danh sách được điền vào bảng để xem lại, chưa lưu."
        ),
    )

    def __init__(self, data: QueryDict | None = None, *, indicators: Sequence[Indicator] = ()):
        super().__init__(data)
        self.by_name = {search_key(one.name): one for one in indicators}
        self.by_name |= {search_key(one.code): one for one in indicators}

    def clean_rows(self) -> dict[str, str]:
        """The values of the grid's fields. Raises ValidationError naming every line at fault."""
        values: dict[str, str] = {}
        faults: list[str] = []
        seen: set[int] = set()
        for row in self.cleaned_data["rows"]:
            indicator = self.by_name.get(search_key(row["name"]))
            own = list(_faults(row, indicator, seen))
            faults += [at_line(row.number, sentence) for sentence in own]
            if indicator is not None and not own:
                seen.add(indicator.pk)
                values |= _values(row, indicator)
        if faults:
            raise ValidationError(faults)
        return values

    def filled(self, data: QueryDict) -> tuple[QueryDict, int]:
        """What was typed in the grid with the pasted lines over it, and how many they are."""
        values: Mapping[str, str] = self.cleaned_data["rows"]
        together = data.copy()
        for name, value in values.items():
            together[name] = value
        return together, sum(name.endswith("-operator") for name in values)


def _faults(row: PastedRow, indicator: Indicator | None, seen: set[int]) -> Iterable[str]:
    if indicator is None:
        yield f"không có chỉ tiêu “{row['name']}”. Thêm chỉ tiêu theo dõi trước."
        return
    if indicator.pk in seen:
        yield f"chỉ tiêu “{indicator.name}” đã có ở một dòng trên."
    for name in OPERATORS:
        if row[name] and read_operator(row[name]) is None:
            yield f"không hiểu ràng buộc “{row[name]}”. Dùng: {', '.join(TargetOperator.labels)}."
    if indicator.measure == Measure.PERCENT and (row["rate"] or row["rate_operator"]):
        yield f"“{indicator.name}”: {RATE_OF_A_RATE}"


def _values(row: PastedRow, indicator: Indicator) -> dict[str, str]:
    """By the names that the fields of the indicator's line have on the page."""
    figures = {name: row[name] for name in FIGURES}
    operators = {name: read_operator(row[name]) or "" for name in OPERATORS}
    return {f"i{indicator.pk}-{name}": value for name, value in (operators | figures).items()}


def read_operator(text: str) -> str | None:
    """The operator that a cell names, also as plans write it; None where it names none."""
    found = NAMES.get(search_key(text) or text.strip())
    return found.value if found else None
