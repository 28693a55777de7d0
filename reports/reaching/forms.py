"""Which households the page shows, and why its list leaves the program as a file."""

from typing import Any

from django import forms

from households.choices import LISTED, PovertyClass
from households.directory.forms import PurposeForm
from povertyplan.core.choices import AreaKind
from povertyplan.core.models import Area, User
from povertyplan.core.text.fields import CHOOSE, NOT_LISTED
from reports.choices import FileFormat

FORMATS = (FileFormat.EXCEL, FileFormat.PDF)


class ReachingFilterForm(forms.Form):
    """Filters of the list. A wrong value is named in an error and does not filter."""

    fields: dict[str, Any]  # each of its own kind, which the stubs do not know

    poverty_class = forms.ChoiceField(
        label="Danh sách",
        choices=[(each.value, each.label) for each in LISTED],
        required=False,
        error_messages=NOT_LISTED,
    )
    village = forms.ModelChoiceField(
        label="Thôn, tổ dân phố",
        queryset=Area.objects.none(),
        required=False,
        empty_label="Tất cả",
        error_messages=NOT_LISTED,
    )
    unit = forms.CharField(
        label="Đơn vị",
        required=False,
        max_length=200,
        strip=True,
        widget=forms.Select,
        error_messages={"max_length": "Chọn một đơn vị trong danh sách."},
    )

    def __init__(self, data: Any, *, ward: Area, user: User):
        super().__init__(data, auto_id="reaching_%s")
        villages = Area.objects.visible_to(user).filter(kind=AreaKind.VILLAGE, parent=ward)
        self.fields["village"].queryset = villages.in_order_of_wards()
        self.is_valid()

    def offer_units(self, names: tuple[str, ...]) -> None:
        self.fields["unit"].widget.choices = [("", "Tất cả"), *((name, name) for name in names)]

    @property
    def shown_class(self) -> PovertyClass:
        return PovertyClass(self.cleaned_data.get("poverty_class") or PovertyClass.POOR)

    @property
    def shown_village(self) -> Area | None:
        return self.cleaned_data.get("village")

    @property
    def shown_unit(self) -> str:
        return self.cleaned_data.get("unit", "")


class ReachingExportForm(PurposeForm):
    """Why the list leaves the program, and as what."""

    field_order = ("format", "purpose")

    format = forms.ChoiceField(
        label="Dạng tệp",
        choices=[(each.value, each.label) for each in FORMATS],
        initial=FileFormat.EXCEL,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
