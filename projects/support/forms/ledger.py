"""What the ledger of supports is asked."""

from typing import Any

from django import forms

from povertyplan.core.choices import AreaKind
from povertyplan.core.models import Area, User
from povertyplan.core.text.fields import NOT_LISTED
from projects.choices import LedgerState
from projects.models import SupportKind, WardProject
from projects.support.selectors.ledger import LedgerFilter
from projects.support.selectors.rights import kinds_to_read


class LedgerFilterForm(forms.Form):
    """Filters of the ledger. A wrong value is named in an error and does not filter."""

    fields: dict[str, Any]  # each of its own kind, which the stubs do not know

    ward_project = forms.ModelChoiceField(
        label="Dự án",
        queryset=WardProject.objects.none(),
        required=False,
        empty_label="Tất cả",
        error_messages=NOT_LISTED,
    )
    kind = forms.ModelChoiceField(
        label="Loại hỗ trợ",
        queryset=SupportKind.objects.all(),
        required=False,
        empty_label="Tất cả",
        error_messages=NOT_LISTED,
    )
    village = forms.ModelChoiceField(
        label="Thôn, tổ dân phố",
        queryset=Area.objects.none(),
        required=False,
        empty_label="Tất cả",
        error_messages=NOT_LISTED,
    )
    state = forms.ChoiceField(
        label="Tình trạng",
        choices=[("", "Tất cả, trừ đã thu hồi"), *LedgerState.choices],
        required=False,
        error_messages=NOT_LISTED,
    )

    def __init__(self, data: Any, *, ward: Area, user: User, year: int):
        super().__init__(data, auto_id="ledger_%s")
        self.year = year
        self.fields["kind"].queryset = kinds_to_read(user, ward)
        projects = WardProject.objects.filter(ward=ward, year_from__lte=year, year_to__gte=year)
        self.fields["ward_project"].queryset = projects.select_related("project").order_by(
            "project__programme", "project__order"
        )
        self.fields["ward_project"].label_from_instance = project_label
        villages = Area.objects.visible_to(user).filter(kind=AreaKind.VILLAGE, parent=ward)
        self.fields["village"].queryset = villages.in_order_of_wards()

    def asked(self) -> LedgerFilter:
        self.is_valid()
        values = self.cleaned_data
        return LedgerFilter(
            year=self.year,
            village=values.get("village"),
            kind=values.get("kind"),
            ward_project=values.get("ward_project"),
            state=values.get("state", ""),
        )

    def in_words(self) -> list[str]:
        """The conditions in words, for the head of an exported list."""
        asked = self.asked()
        parts = [
            project_label(asked.ward_project) if asked.ward_project else "",
            str(asked.kind or ""),
            str(asked.village or ""),
            LedgerState(asked.state).label if asked.state else "",
        ]
        return [part for part in parts if part]


def project_label(ward_project: WardProject) -> str:
    """A ward's project in a list of choices: "Dự án 2: Đa dạng hóa sinh kế"."""
    return f"{ward_project.project}: {ward_project.name}"
