"""What the pages of units take in."""

from typing import Any

from django import forms

from povertyplan.core import clock
from povertyplan.core.choices import UnitKind
from povertyplan.core.models import Area, Unit
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
from povertyplan.core.text.vietnamese import search_key
from povertyplan.core.units.services import (
    LONGEST_NAME,
    LONGEST_PREFIX,
    LONGEST_SHORT_NAME,
    REASON_MISSING,
    STORED,
    UnitInput,
)

LARGEST_ORDER = 9999
COLUMNS = (
    PastedColumn("name", "Tên đầy đủ", ("Tên", "Đơn vị", "Tên đơn vị")),
    PastedColumn("short_name", "Tên viết tắt", ("Viết tắt",)),
    PastedColumn("kind", "Loại", ("Loại đơn vị",)),
    PastedColumn("prefix", "Cách giao việc"),
    PastedColumn(UNREAD, "STT", ("TT", "Số thứ tự")),
)
KINDS = {search_key(label): value for value, label in UnitKind.choices}
PREFIX_HELP = (
    "Ghi “Đề nghị” cho đơn vị mà Ủy ban nhân dân đề nghị chứ không giao việc, ví dụ Mặt trận."
)


class UnitReasonField(forms.CharField):
    def __init__(self):
        super().__init__(
            label="Lý do, căn cứ",
            max_length=1000,
            validators=[check_reason],
            widget=forms.Textarea(attrs={"rows": 3}),
            error_messages={"required": REASON_MISSING},
        )


class UnitForm(forms.Form):
    """A unit: how documents call it, from when it exists, which one it follows."""

    fields: dict[str, Any]  # each of its own kind, which the stubs do not know

    name = NameField(
        label="Tên đầy đủ",
        max_length=LONGEST_NAME,
        help_text="In trên văn bản, ví dụ: Phòng Văn hóa - Xã hội.",
        error_messages={"required": "Nhập tên đầy đủ của đơn vị."},
    )
    short_name = NameField(label="Tên viết tắt", max_length=LONGEST_SHORT_NAME, required=False)
    kind = forms.ChoiceField(
        label="Loại",
        choices=[("", "Chọn loại đơn vị"), *UnitKind.choices],
        error_messages={"required": "Chọn loại.", "invalid_choice": "Chọn loại."},
    )
    prefix = NameField(  # type: ignore[assignment]  # no form of units has a prefix of its own
        label="Cách giao việc", max_length=LONGEST_PREFIX, required=False, help_text=PREFIX_HELP
    )
    order = WholeNumberField(
        label="Thứ tự",
        max_value=LARGEST_ORDER,
        required=False,
        help_text="Để trống thì xếp sau cùng.",
    )
    valid_from = VietnameseDateField(
        label="Có từ ngày", required=False, help_text="Để trống nếu đã có từ trước."
    )
    predecessor = forms.ModelChoiceField(
        label="Thay đơn vị",
        queryset=Unit.objects.none(),
        required=False,
        empty_label="Không thay đơn vị nào",
        error_messages={"invalid_choice": "Chọn trong danh sách."},
    )

    def __init__(self, *args, ward: Area, unit: Unit | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        others = Unit.objects.filter(ward=ward)
        if unit is not None:
            others = others.exclude(pk=unit.pk)
        self.fields["predecessor"].queryset = others.order_by("order", "pk")

    def details(self) -> UnitInput:
        return UnitInput(**{name: self.cleaned_data[name] for name in STORED})


class UnitNewForm(UnitForm):
    key = SubmissionKeyField()


class UnitChangeForm(UnitForm):
    version = VersionField()
    reason = UnitReasonField()


class UnitPasteForm(forms.Form):
    """Many units, a line each."""

    rows = PastedTableField(
        label="Danh sách đơn vị",
        columns=COLUMNS,
        help_text=(
            "Mỗi dòng một đơn vị: tên đầy đủ, rồi tên viết tắt, loại và cách giao việc nếu có. "
            "Chép các ô trong Excel rồi dán vào đây; có thể kèm dòng tiêu đề."
        ),
    )
    kind = forms.ChoiceField(
        label="Loại của những dòng không ghi loại",
        choices=UnitKind.choices,
        error_messages={"required": "Chọn loại.", "invalid_choice": "Chọn loại."},
    )
    key = SubmissionKeyField()

    def units(self) -> list[UnitInput]:
        return [self._unit(row) for row in self.cleaned_data["rows"]]

    def _unit(self, row: PastedRow) -> UnitInput:
        return UnitInput(
            name=row["name"],
            short_name=row["short_name"],
            kind=KINDS.get(search_key(row["kind"]), row["kind"]) or self.cleaned_data["kind"],
            prefix=row["prefix"],
            row=row.number,
        )


class UnitEndForm(forms.Form):
    """The last day of a unit, and the one that takes over."""

    fields: dict[str, Any]  # each of its own kind, which the stubs do not know

    version = VersionField()
    last_day = VietnameseDateField(label="Ngày cuối cùng còn đơn vị này", initial=clock.yesterday)
    successor = forms.ModelChoiceField(
        label="Đơn vị thay thế",
        queryset=Unit.objects.none(),
        required=False,
        empty_label="Không có",
        help_text="Nhận vai trò, dự án, chỉ tiêu và nhiệm vụ trong dự thảo của đơn vị này.",
        error_messages={"invalid_choice": "Chọn trong danh sách."},
    )
    reason = UnitReasonField()

    def __init__(self, *args, unit: Unit, **kwargs):
        super().__init__(*args, **kwargs)
        others = Unit.objects.current().filter(ward=unit.ward_id).exclude(pk=unit.pk)
        self.fields["successor"].queryset = others.order_by("order", "pk")


def values_of_unit(unit: Unit) -> dict[str, object]:
    """What the form of a unit shows first."""
    return {name: getattr(unit, name) for name in (*STORED, "version")}
