"""Which review is read by which lines, which households are listed, why a list leaves as a file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from households.choices import NoClass, PovertyClass
from households.directory.forms import PurposeForm
from households.models import PovertyStandard, ReviewCampaign
from povertyplan.core.choices import AreaKind, Setting
from povertyplan.core.models import Area, User
from povertyplan.core.text import formatting
from povertyplan.core.text.fields import CHOOSE, NOT_LISTED, WholeNumberField
from projects.choices import RightsChange
from projects.models import SupportKind
from projects.support.selectors.rights import kinds_to_read
from reports.choices import FileFormat
from reports.simulation.selectors import SimulatedLine, lines_of

FORMATS = (FileFormat.EXCEL, FileFormat.PDF)
MOST_POINTS = 32_767  # what a form keeps of B1
NOT_RECOGNISED = {"invalid_choice": "Chọn một đợt rà soát đã được công nhận của phường, xã này."}
NO_SUCH_STANDARD = {"invalid_choice": "Chuẩn nghèo này không có trong danh mục. Chọn chuẩn khác."}
OUTCOMES = (*PovertyClass.choices, *NoClass.choices)


def _line_fields(setting: Setting) -> dict[str, forms.Field]:
    return {
        f"{setting}_income": WholeNumberField(
            label=f"Mức thu nhập, {setting.label} (đồng/người/tháng)", required=False
        ),
        f"{setting}_score": WholeNumberField(
            label=f"Ngưỡng điểm B1, {setting.label}", required=False, max_value=MOST_POINTS
        ),
    }


class SimulationForm(forms.Form):
    """The review, the standard and its lines. What is not in the address is as the standard has it.

    With a wrong value nothing is simulated.
    """

    fields: dict[str, Any]  # each of its own kind, which the stubs do not know

    standard = forms.ChoiceField(widget=forms.HiddenInput, error_messages=NO_SUCH_STANDARD)
    campaign = forms.ChoiceField(label="Đợt rà soát", error_messages=NOT_RECOGNISED)

    def __init__(
        self,
        data: Mapping[str, str] | None,
        *,
        standards: Sequence[PovertyStandard],
        campaigns: Sequence[ReviewCampaign],
    ):
        data = data or {}
        self.standards, self.campaigns = standards, campaigns
        self.shown_standard = _named(standards, data.get("standard", "")) or standards[-1]
        own = {"standard": self.shown_standard.pk, "campaign": str(campaigns[0].pk)}
        for line in lines_of(self.shown_standard):
            own |= {
                f"{line.setting}_income": _typed(line.income),
                f"{line.setting}_score": _typed(line.score),
            }
        super().__init__(own | {key: data[key] for key in own if key in data}, auto_id="sim_%s")
        self.fields["standard"].choices = [(str(each.pk), str(each)) for each in standards]
        self.fields["campaign"].choices = [(str(each.pk), str(each)) for each in campaigns]
        for setting in Setting:
            self.fields |= _line_fields(setting)
        self.is_valid()

    @property
    def shown_campaign(self) -> ReviewCampaign:
        """The review that was chosen, of a form without a wrong value."""
        chosen = self.cleaned_data["campaign"]
        return next(each for each in self.campaigns if str(each.pk) == chosen)

    @property
    def lines(self) -> list[SimulatedLine]:
        values = self.cleaned_data
        return [
            SimulatedLine(each, values[f"{each}_income"], values[f"{each}_score"])
            for each in Setting
        ]

    @property
    def is_own_standard(self) -> bool:
        """Whether the lines are those that the standard has."""
        return self.lines == lines_of(self.shown_standard)

    @property
    def asked(self) -> dict[str, str]:
        """What an address has to say to come to the same simulation."""
        return {name: str(self.data[name]) for name in self.fields}


@dataclass(frozen=True)
class ListAsked:
    """Which households are asked for; an empty condition holds for all."""

    village: Area | None = None
    before: str = ""
    after: str = ""
    kind: SupportKind | None = None
    right: str = ""
    lacks: int | None = None
    only_changed: bool = False


class SimulatedListForm(forms.Form):
    """Filters of the list of households. A wrong value is named in an error and does not filter."""

    fields: dict[str, Any]  # each of its own kind, which the stubs do not know

    village = forms.ModelChoiceField(
        label="Thôn, tổ dân phố",
        queryset=Area.objects.none(),
        required=False,
        empty_label="Tất cả",
        error_messages=NOT_LISTED,
    )
    before = forms.ChoiceField(
        label="Kết quả công nhận",
        choices=[("", "Tất cả"), *PovertyClass.choices],
        required=False,
        error_messages=NOT_LISTED,
    )
    after = forms.ChoiceField(
        label="Kết quả mô phỏng",
        choices=[("", "Tất cả"), *OUTCOMES],
        required=False,
        error_messages=NOT_LISTED,
    )
    kind = forms.ModelChoiceField(
        label="Loại hỗ trợ",
        queryset=SupportKind.objects.none(),
        required=False,
        widget=forms.HiddenInput,
        error_messages=NOT_LISTED,
    )
    right = forms.ChoiceField(
        choices=[("", ""), *RightsChange.choices],
        required=False,
        widget=forms.HiddenInput,
        error_messages=NOT_LISTED,
    )
    lacks = WholeNumberField(required=False, widget=forms.HiddenInput)
    changed = forms.BooleanField(label="Chỉ hộ đổi phân loại", required=False)

    def __init__(self, data: Any, *, ward: Area, user: User):
        super().__init__(data, auto_id="list_%s")
        villages = Area.objects.visible_to(user).filter(kind=AreaKind.VILLAGE, parent=ward)
        self.fields["village"].queryset = villages.in_order_of_wards()
        self.fields["kind"].queryset = kinds_to_read(user, ward)
        self.is_valid()

    @property
    def asked(self) -> ListAsked:
        values = self.cleaned_data
        return ListAsked(
            village=values.get("village"),
            before=values.get("before", ""),
            after=values.get("after", ""),
            kind=values.get("kind"),
            right=values.get("right", ""),
            lacks=values.get("lacks"),
            only_changed=values.get("changed", False),
        )


class SimulationExportForm(PurposeForm):
    """Why the simulation leaves the program, and as what."""

    field_order = ("format", "purpose")

    format = forms.ChoiceField(
        label="Dạng tệp",
        choices=[(each.value, each.label) for each in FORMATS],
        initial=FileFormat.EXCEL,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )


def _named(standards: Sequence[PovertyStandard], key: str) -> PovertyStandard | None:
    return next((each for each in standards if str(each.pk) == key), None)


def _typed(value: int | None) -> str:
    return "" if value is None else formatting.number(value)
