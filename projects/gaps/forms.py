"""What the pages of the gap are asked, and the met needs that are ended together."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.http import QueryDict

from households.choices import NeedOutcome
from households.models import NeedKind
from households.needs.services.ending import NeedEnd
from povertyplan.core.choices import AreaKind
from povertyplan.core.models import Area, User
from povertyplan.core.text.fields import NOT_LISTED, read_choices_once
from projects.gaps.selectors.lists import GapLine

CHANGED = {
    "required": "Chọn ít nhất một nhu cầu.",
    "invalid_choice": "Danh sách vừa thay đổi. Xem lại danh sách rồi chọn lại.",
}
LISTS = (
    ("asked", "Có nhu cầu, chưa được hỗ trợ"),
    ("eligible", "Đủ điều kiện, chưa được hỗ trợ"),
    ("ineligible", "Đã hỗ trợ, không còn đủ điều kiện"),
    ("twice", "Được hỗ trợ hơn một lần"),
    ("gone", "Người nhận không còn trong hộ"),
)


class GapForm(forms.Form):
    """Which kind of need, where, and which of its lists."""

    fields: dict[str, Any]  # each of its own kind, which the stubs do not know

    kind = forms.ModelChoiceField(
        label="Loại nhu cầu",
        queryset=NeedKind.objects.none(),
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
    show = forms.ChoiceField(choices=LISTS, required=False, error_messages=NOT_LISTED)

    def __init__(self, data: Any, *, ward: Area, user: User):
        super().__init__(data, auto_id="gap_%s")
        self.fields["kind"].queryset = NeedKind.objects.of_ward(ward)
        read_choices_once(self.fields["kind"])
        villages = Area.objects.visible_to(user).filter(kind=AreaKind.VILLAGE, parent=ward)
        self.fields["village"].queryset = villages.in_order_of_wards()

    def kinds(self) -> list[NeedKind]:
        """The kinds of need of the ward."""
        return [value.instance for value, _label in self.fields["kind"].choices if value]

    def value(self, name: str) -> Any:
        self.is_valid()
        return self.cleaned_data.get(name)


class MetNeedsForm(forms.Form):
    """The needs that something delivered has met, each to be ticked in the version shown."""

    chosen = forms.MultipleChoiceField(label="Nhu cầu đã được đáp ứng", error_messages=CHANGED)

    def __init__(self, data: Any = None, *, lines: Sequence[GapLine]):
        super().__init__(data)
        self.lines = {value_of(line): line for line in lines}
        self.fields["chosen"].choices = [(value, value) for value in self.lines]  # type: ignore[attr-defined]

    def ticked(self) -> set[str]:
        """What was ticked; all of them before anything was sent."""
        if not self.is_bound:
            return set(self.lines)
        return set(cast(QueryDict, self.data).getlist("chosen"))

    def ends(self) -> list[NeedEnd]:
        chosen = [self.lines[value] for value in self.cleaned_data["chosen"]]
        return [
            NeedEnd(
                need=line.need,
                version=line.need.version,
                on=line.support.delivered_on,
                outcome=NeedOutcome.SERVED,
                reason=line.reason,
            )
            for line in chosen
            if line.need and line.support and line.support.delivered_on
        ]


def value_of(line: GapLine) -> str:
    """A need in the version that is shown: "12-1"; changed meanwhile, it is no choice any more."""
    return f"{line.need.pk}-{line.need.version}" if line.need else ""
