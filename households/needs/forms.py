"""What the pages of needs take in: filters, one household's answer, a village's, an end, a kind."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django import forms
from django.http import QueryDict

from households.asking.services import NeedAnswer, NeedNamed
from households.choices import NeedOutcome, NeedSource, NeedState
from households.models import Household, NeedKind, Person
from households.needs.selectors.lists import NeedFilter
from households.needs.services.kinds import NeedKindInput
from povertyplan.core.choices import AreaKind
from povertyplan.core.models import Area, User
from povertyplan.core.platform.submissions import SubmissionKeyField
from povertyplan.core.text.fields import (
    CHOOSE,
    NOT_LISTED,
    LineField,
    NameField,
    VersionField,
    VietnameseDateField,
    read_choices_once,
)
from povertyplan.core.text.reasons import check_reason

CHANGED = {"invalid_choice": "Danh sách vừa thay đổi. Tải lại trang rồi đánh dấu lại."}


class NeedFilterForm(forms.Form):
    """Filters of the list. A wrong value is named in an error and does not filter."""

    fields: dict[str, Any]  # each of its own kind, which the stubs do not know

    village = forms.ModelChoiceField(
        label="Thôn, tổ dân phố",
        queryset=Area.objects.none(),
        required=False,
        empty_label="Tất cả",
        error_messages=NOT_LISTED,
    )
    kind = forms.ModelChoiceField(
        label="Loại nhu cầu",
        queryset=NeedKind.objects.none(),
        required=False,
        empty_label="Tất cả",
        error_messages=NOT_LISTED,
    )
    state = forms.ChoiceField(
        label="Tình trạng",
        choices=[("", "Tất cả"), *NeedState.choices],
        required=False,
        error_messages=NOT_LISTED,
    )

    def __init__(self, data: Any, *, ward: Area, user: User):
        super().__init__(data, auto_id="need_%s")
        self.fields["kind"].queryset = NeedKind.objects.of_ward(ward)
        read_choices_once(self.fields["kind"])
        villages = Area.objects.visible_to(user).filter(kind=AreaKind.VILLAGE, parent=ward)
        self.fields["village"].queryset = villages.in_order_of_wards()

    def village_asked(self) -> Area | None:
        self.is_valid()
        return self.cleaned_data.get("village")

    def asked(self) -> NeedFilter:
        self.is_valid()
        values = self.cleaned_data
        return NeedFilter(kind=values.get("kind"), state=values.get("state", ""))

    def in_words(self) -> list[str]:
        """The conditions in words, for the head of an exported list."""
        asked = self.asked()
        state = NeedState(asked.state).label if asked.state else ""
        parts = [str(self.village_asked() or ""), str(asked.kind or ""), state]
        return [part for part in parts if part]


class AskedForm(forms.Form):
    """When and by whom households were asked."""

    fields: dict[str, Any]  # each of its own kind, which the stubs do not know

    key = SubmissionKeyField()
    asked_on = VietnameseDateField(label="Ngày hỏi")
    source = forms.ChoiceField(label="Nguồn", choices=NeedSource.choices, error_messages=CHOOSE)
    chosen = forms.MultipleChoiceField(label="Nhu cầu", required=False, error_messages=CHANGED)

    def ticked(self, name: str = "chosen") -> set[str]:
        """What was ticked, also where the form is wrong."""
        return set(cast(QueryDict, self.data).getlist(name)) if self.is_bound else set()


@dataclass(frozen=True)
class NeedChoice:
    """A box to tick: a kind, for the household or for one member."""

    value: str
    named: NeedNamed


class HouseholdNeedsForm(AskedForm):
    """What one household needs. The second button says that it needs nothing."""

    note = LineField(label="Ghi chú", max_length=250, required=False)
    none = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        household: Household,
        kinds: Sequence[NeedKind],
        members: Sequence[Person],
        **kwargs: Any,
    ):
        super().__init__(data, **kwargs)
        self.household = household
        choices = [choice for kind in kinds for choice in need_choices(kind, members)]
        self.choices = {choice.value: choice for choice in choices}
        self.fields["chosen"].choices = [(value, value) for value in self.choices]

    def answers(self) -> list[NeedAnswer]:
        cleaned = self.cleaned_data
        return [
            NeedAnswer(
                household=self.household,
                asked_on=cleaned["asked_on"],
                source=cleaned["source"],
                named=tuple(self.choices[value].named for value in cleaned["chosen"]),
                is_none=cleaned["none"],
                note=cleaned["note"],
            )
        ]


def need_choices(kind: NeedKind, members: Sequence[Person]) -> Iterator[NeedChoice]:
    """The boxes of a kind: "12" for the household, "12-345" for each of its members."""
    if not kind.for_persons:
        yield NeedChoice(str(kind.pk), NeedNamed(kind))
        return
    for person in members:
        yield NeedChoice(f"{kind.pk}-{person.pk}", NeedNamed(kind, person))


class VillageNeedsForm(AskedForm):
    """The needs of many households, ticked in rows; a row without a tick is not asked."""

    none = forms.MultipleChoiceField(
        label="Không có nhu cầu", required=False, error_messages=CHANGED
    )

    def __init__(
        self,
        data: Any = None,
        *,
        listed: Sequence[Household],
        kinds: Sequence[NeedKind],
        **kwargs: Any,
    ):
        super().__init__(data, **kwargs)
        self.households = {str(each.pk): each for each in listed}
        self.kinds = {str(kind.pk): kind for kind in kinds}
        cells = [f"{row}-{kind}" for row in self.households for kind in self.kinds]
        self.fields["chosen"].choices = [(cell, cell) for cell in cells]
        self.fields["none"].choices = [(row, row) for row in self.households]

    def answers(self) -> list[NeedAnswer]:
        cleaned = self.cleaned_data
        named: dict[str, list[NeedNamed]] = {}
        for cell in cleaned["chosen"]:
            row, kind = cell.split("-")
            named.setdefault(row, []).append(NeedNamed(self.kinds[kind]))
        none = set(cleaned["none"])
        return [
            NeedAnswer(
                household=household,
                asked_on=cleaned["asked_on"],
                source=cleaned["source"],
                named=tuple(named.get(row, ())),
                is_none=row in none,
            )
            for row, household in self.households.items()
            if row in named or row in none
        ]


class NeedEndForm(forms.Form):
    """How a need ends, when and why."""

    version = VersionField()
    outcome = forms.ChoiceField(
        label="Kết quả",
        choices=NeedOutcome.choices,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    on = VietnameseDateField(label="Ngày kết thúc")
    reason = LineField(
        label="Lý do",
        validators=[check_reason],
        max_length=250,
        help_text="Ví dụ: đã vay vốn đợt tháng 10; hộ không còn muốn vay.",
        error_messages={"required": "Nhập lý do kết thúc."},
    )


class NeedKindForm(forms.Form):
    """A kind that a ward adds to those that every ward shares."""

    name = NameField(
        label="Tên loại nhu cầu",
        max_length=100,
        error_messages={"required": "Nhập tên loại nhu cầu."},
    )
    for_persons = forms.BooleanField(
        label="Ghi theo từng người (ví dụ học nghề), không ghi cho cả hộ", required=False
    )

    def details(self) -> NeedKindInput:
        cleaned = self.cleaned_data
        return NeedKindInput(
            name=cleaned["name"],
            for_persons=cleaned["for_persons"],
            is_offered=cleaned.get("is_offered", True),
        )


class NeedKindChangeForm(NeedKindForm):
    version = VersionField()
    is_offered = forms.BooleanField(label="Đang dùng: còn hỏi loại nhu cầu này", required=False)


def answer_initial(on: date, *, is_review: bool) -> dict[str, object]:
    source = NeedSource.REVIEW if is_review else NeedSource.OFFICER
    return {"asked_on": on, "source": source}
