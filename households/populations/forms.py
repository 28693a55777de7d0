"""What the pages of totals take in."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from households.ledger.selectors.classes import villages_on
from households.models import AreaYear
from households.populations.services import (
    LONGEST_SOURCE,
    NOTHING_KNOWN,
    REASON_MISSING,
    SOURCE_MISSING,
    TotalFigures,
    TotalLine,
    figures_of,
)
from povertyplan.core.models import Area
from povertyplan.core.models.area import PLACE_ORDER
from povertyplan.core.platform.form_faults import at_line
from povertyplan.core.platform.pasted_tables import (
    UNREAD,
    PastedColumn,
    PastedRow,
    PastedTableField,
)
from povertyplan.core.platform.submissions import SubmissionKeyField
from povertyplan.core.text.fields import (
    NameField,
    VersionField,
    VietnameseDateField,
    WholeNumberField,
)
from povertyplan.core.text.reasons import check_reason
from povertyplan.core.text.vietnamese import normalise_text, search_key

HOUSEHOLDS, PERSONS = "Tổng số hộ dân cư", "Tổng số nhân khẩu"
COLUMNS = (
    PastedColumn("name", "Tên thôn", ("Tên", "Thôn", "Thôn, tổ dân phố", "Tên thôn, tổ dân phố")),
    PastedColumn("households", "Số hộ", ("Tổng số hộ", HOUSEHOLDS, "Hộ")),
    PastedColumn("persons", "Số nhân khẩu", ("Nhân khẩu", PERSONS, "Khẩu", "Số khẩu")),
    PastedColumn(
        "minority_households",
        "Số hộ dân tộc thiểu số",
        ("Hộ dân tộc thiểu số", "Hộ DTTS", "Số hộ DTTS"),
    ),
    PastedColumn(
        "minority_persons",
        "Số nhân khẩu dân tộc thiểu số",
        ("Nhân khẩu dân tộc thiểu số", "Khẩu DTTS", "Nhân khẩu DTTS", "Số khẩu DTTS"),
    ),
    PastedColumn(UNREAD, "STT", ("TT", "Số thứ tự")),
)
# What each figure is called in the sentence about a line that cannot be read.
FIGURES = {
    "households": "số hộ",
    "persons": "số nhân khẩu",
    "minority_households": "số hộ dân tộc thiểu số",
    "minority_persons": "số nhân khẩu dân tộc thiểu số",
}
WHOLE_WARD = {"tong cong", "cong", "tong so", "toan phuong", "toan xa", "ca phuong", "ca xa"}


class SourceField(NameField):
    def __init__(self):
        super().__init__(
            label="Nguồn số liệu",
            max_length=LONGEST_SOURCE,
            help_text="Ví dụ: Công an phường, báo cáo ngày 31/12/2025.",
            error_messages={"required": SOURCE_MISSING},
        )


class UnknownFigureField(WholeNumberField):
    """A figure that may not be known."""

    def __init__(self, label: str):
        super().__init__(label=label, required=False, help_text="Để trống nếu chưa có số liệu.")


class TotalFiguresForm(forms.Form):
    """The figures of one area."""

    households = WholeNumberField(label=HOUSEHOLDS)
    persons = UnknownFigureField(PERSONS)
    minority_households = UnknownFigureField("Trong đó: số hộ dân tộc thiểu số")
    minority_persons = UnknownFigureField("Trong đó: số nhân khẩu dân tộc thiểu số")

    def figures(self) -> TotalFigures:
        return TotalFigures(**{name: self.cleaned_data[name] for name in FIGURES})


class TotalReasonField(forms.CharField):
    def __init__(self):
        super().__init__(
            label="Lý do",
            max_length=1000,
            validators=[check_reason],
            widget=forms.Textarea(attrs={"rows": 3}),
            error_messages={"required": REASON_MISSING},
        )


class TotalDayForm(forms.Form):
    """The day of totals, and where they come from."""

    on = VietnameseDateField(label="Ngày của số liệu", help_text="Thường là ngày 31/12.")
    origin = SourceField()
    key = SubmissionKeyField()


class TotalNewForm(TotalFiguresForm, TotalDayForm):
    """The total of one area."""

    fields: dict[str, Any]  # each of its own kind, which the stubs do not know

    area = forms.ModelChoiceField(
        label="Địa bàn",
        queryset=Area.objects.none(),
        empty_label="Chọn địa bàn",
        error_messages={"required": "Chọn địa bàn.", "invalid_choice": "Chọn trong danh sách."},
    )

    def __init__(self, *args, ward: Area, **kwargs):
        super().__init__(*args, **kwargs)
        areas = Area.objects.filter(pk=ward.pk) | Area.objects.villages_of(ward)
        self.fields["area"].queryset = areas.order_by("-kind", *PLACE_ORDER, "pk")

    def lines(self) -> list[TotalLine]:
        return [TotalLine(self.cleaned_data["area"], self.figures())]


class TotalPasteForm(TotalDayForm):
    """The totals of one day of many areas, a line each."""

    rows = PastedTableField(
        label="Tổng số của từng thôn",
        columns=COLUMNS,
        help_text=(
            "Mỗi dòng: tên hoặc mã thôn, số hộ, số nhân khẩu, số hộ rồi số nhân khẩu dân tộc "
            "thiểu số; dòng “Tổng cộng” là của cả phường, xã. Số nào chưa có thì để trống, "
            "không ghi 0."
        ),
    )

    def __init__(self, *args, ward: Area, **kwargs):
        super().__init__(*args, **kwargs)
        self.ward = ward

    def clean(self):
        if "rows" in self.cleaned_data and "on" in self.cleaned_data:
            try:
                self.cleaned_data["lines"] = list(self._lines())
            except ValidationError as wrong:
                self.add_error("rows", wrong)
        return self.cleaned_data

    def lines(self) -> list[TotalLine]:
        return self.cleaned_data["lines"]

    def unknown(self) -> list[Area]:
        """The areas whose line has no figure."""
        return [line.area for line in self.lines() if not line.is_known]

    def _lines(self) -> Iterator[TotalLine]:
        """Each line with its area. Raises ValidationError naming all that cannot be read."""
        areas = self._areas()
        found: list[TotalLine] = []
        faults: list[str] = []
        for row in self.cleaned_data["rows"]:
            try:
                found.append(_line(row, areas))
            except ValidationError as wrong:
                faults += [at_line(row.number, sentence) for sentence in wrong.messages]
        if not faults and not any(line.is_known for line in found):
            faults = [NOTHING_KNOWN]
        if faults:
            raise ValidationError(faults)
        return iter(found)

    def _areas(self) -> dict[str, Area]:
        """By name and code: the villages of the day, and the ward."""
        villages = list(villages_on(self.ward, self.cleaned_data["on"], ()))
        by_code = {village.code: village for village in villages if village.code}
        by_name = {_key(village.name): village for village in villages}
        whole = dict.fromkeys([*WHOLE_WARD, _key(self.ward.name)], self.ward)
        return whole | by_code | by_name


class TotalChangeForm(TotalFiguresForm):
    """Other figures of the same area and day, and why."""

    version = VersionField()
    origin = SourceField()
    reason = TotalReasonField()


class TotalRemoveForm(forms.Form):
    """Why a total is taken back."""

    version = VersionField()
    reason = TotalReasonField()


def total_values(total: AreaYear) -> dict[str, object]:
    """What the form of a total shows first."""
    return {**asdict(figures_of(total)), "version": total.version, "origin": total.source}


def _line(row: PastedRow, areas: dict[str, Area]) -> TotalLine:
    name = row["name"]
    area = areas.get(name) or areas.get(_key(name)) or areas.get(search_key(name))
    if area is None:
        raise ValidationError(f"không có thôn “{name}” vào ngày này.")
    figures = {}
    for key, label in FIGURES.items():
        try:
            figures[key] = WholeNumberField(required=False).clean(row[key])
        except ValidationError:
            sentence = f"{label} “{row[key]}” không phải là số nguyên."
            raise ValidationError(sentence) from None
    return TotalLine(area, TotalFigures(**figures), row.number)


def _key(name: str) -> str:
    return normalise_text(name).casefold()
