"""What adding, correcting and ending villages take in."""

from django import forms

from households.register.forms.villages import NAME_MISSING, VillageReasonField
from households.register.services.village_list import CODE_MISSING, NewVillage
from povertyplan.core import clock
from povertyplan.core.choices import Setting
from povertyplan.core.models import Area
from povertyplan.core.platform.form_faults import at_line
from povertyplan.core.platform.pasted_tables import PastedColumn, PastedRow, PastedTableField
from povertyplan.core.platform.submissions import SubmissionKeyField
from povertyplan.core.text.fields import (
    NameField,
    VersionField,
    VietnameseDateField,
    WholeNumberField,
)
from povertyplan.core.text.vietnamese import search_key

LARGEST_ORDER = 9999
COLUMNS = (
    PastedColumn("name", "Tên thôn", ("Tên", "Thôn", "Thôn, tổ dân phố", "Tên thôn, tổ dân phố")),
    PastedColumn("code", "Mã", ("Mã thôn",)),
    PastedColumn("setting", "Khu vực"),
    PastedColumn("order", "Thứ tự", ("STT", "TT", "Số thứ tự")),
)
SETTINGS = {
    **{search_key(label): value for value, label in Setting.choices},
    "nt": Setting.RURAL,
    "tt": Setting.URBAN,
    "do thi": Setting.URBAN,
}


class SettingField(forms.ChoiceField):
    """Rural or urban, of a village."""

    def __init__(self, *, label="Khu vực", **kwargs):
        super().__init__(
            label=label,
            choices=[(value, label.capitalize()) for value, label in Setting.choices],
            widget=forms.RadioSelect,
            error_messages={"required": "Chọn khu vực.", "invalid_choice": "Chọn khu vực."},
            **kwargs,
        )


class VillageSinceForm(forms.Form):
    """From when villages exist that are added now."""

    valid_from = VietnameseDateField(
        label="Có từ ngày",
        required=False,
        help_text="Để trống nếu thôn đã có từ trước khi dùng hệ thống.",
    )
    key = SubmissionKeyField()


class VillageNewForm(VillageSinceForm):
    """One village."""

    name = NameField(label="Tên thôn, tổ dân phố", max_length=120, error_messages=NAME_MISSING)
    code = NameField(
        label="Mã",
        max_length=10,
        required=False,
        help_text="Để trống thì hệ thống đánh số tiếp.",
    )
    setting = SettingField()
    order = WholeNumberField(
        label="Thứ tự",
        max_value=LARGEST_ORDER,
        required=False,
        help_text="Để trống thì xếp sau cùng.",
    )

    def villages(self) -> list[NewVillage]:
        names = ("name", "code", "setting", "order")
        return [NewVillage(**{name: self.cleaned_data[name] for name in names})]


class VillagePasteForm(VillageSinceForm):
    """Many villages, a line each."""

    setting = SettingField(help_text="Của những dòng không ghi khu vực.")
    rows = PastedTableField(
        label="Danh sách thôn, tổ dân phố",
        columns=COLUMNS,
        help_text=(
            "Mỗi dòng một thôn: tên, rồi mã, khu vực (nông thôn, thành thị) và thứ tự nếu có. "
            "Chép các ô trong Excel rồi dán vào đây; có thể kèm dòng tiêu đề."
        ),
    )

    def clean_rows(self):
        rows = self.cleaned_data["rows"]
        wrong = [row for row in rows if row["order"] and not _is_order(row["order"])]
        if wrong:
            raise forms.ValidationError(
                [at_line(row.number, f"thứ tự “{row['order']}” không phải là số.") for row in wrong]
            )
        return rows

    def villages(self) -> list[NewVillage]:
        return [self._village(row) for row in self.cleaned_data["rows"]]

    def _village(self, row: PastedRow) -> NewVillage:
        setting = row["setting"]
        return NewVillage(
            name=row["name"],
            code=row["code"],
            setting=SETTINGS.get(search_key(setting), setting) or self.cleaned_data["setting"],
            order=int(row["order"]) if row["order"] else None,
            row=row.number,
        )


class VillageChangeForm(forms.Form):
    """What a village is listed with, and why that changes."""

    version = VersionField()
    code = NameField(label="Mã", max_length=10, error_messages={"required": CODE_MISSING})
    setting = SettingField()
    order = WholeNumberField(label="Thứ tự", max_value=LARGEST_ORDER)
    reason = VillageReasonField()


class VillageEndForm(forms.Form):
    """The last day of a village, and why it ends."""

    version = VersionField()
    last_day = VietnameseDateField(label="Ngày cuối cùng còn thôn này", initial=clock.yesterday)
    reason = VillageReasonField()


def listed_values(village: Area) -> dict[str, object]:
    """What the form of a village shows first."""
    return {name: getattr(village, name) for name in ("code", "setting", "order", "version")}


def _is_order(text: str) -> bool:
    return text.isascii() and text.isdigit() and int(text[:6]) <= LARGEST_ORDER
