"""What the pages of a household take in: strings from a browser become typed values."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from households.choices import ClosingReason, EventKind, PovertyClass, RelationToHead
from households.models import Household, Membership
from households.register.forms.members import (
    CHOOSE,
    CHOOSE_REASON,
    CHOOSE_RELATION,
    NOT_HEAD,
    DayForm,
    OtherHouseholdField,
    PersonForm,
    SupportingDocumentForm,
    UnusualReasonField,
    asking,
)
from households.register.services.households import HouseholdInput
from households.rules.people.namesakes import with_birth_year
from povertyplan.core import clock
from povertyplan.core.models import Area
from povertyplan.core.platform.submissions import SubmissionKeyField
from povertyplan.core.text.fields import LineField, NameField, VietnameseDateField
from povertyplan.core.text.reasons import check_reason


class DetailsForm(SupportingDocumentForm):
    """What is written about a household itself."""

    code = NameField(label="Mã hộ", max_length=20, error_messages={"required": "Nhập mã hộ."})
    address = NameField(label="Địa chỉ", max_length=200, required=False)
    no_labour_capacity = forms.BooleanField(label="Hộ không có khả năng lao động", required=False)

    def details(self) -> HouseholdInput:
        data = self.cleaned_data
        return HouseholdInput(data["code"], data["address"], data["no_labour_capacity"])


def household_values(household: Household) -> dict[str, object]:
    """Initial values of the form of a household."""
    return {
        "version": household.version,
        "code": household.code,
        "address": household.address,
        "no_labour_capacity": household.no_labour_capacity,
    }


class VillageChoice(forms.ModelChoiceField):
    """One of the villages of the ward that exist today."""

    def __init__(self, **kwargs):
        super().__init__(
            label="Thôn, tổ dân phố",
            queryset=Area.objects.none(),
            empty_label="Chọn thôn, tổ dân phố",
            error_messages={
                "required": "Chọn thôn, tổ dân phố.",
                "invalid_choice": "Chọn một thôn, tổ dân phố trong danh sách.",
            },
            **kwargs,
        )


class HouseholdNewForm(DetailsForm, PersonForm):
    """A household with its head; the other members are added on its page."""

    fields: dict[str, Any]  # each of its own kind, which the stubs do not know

    key = SubmissionKeyField()
    kind = forms.ChoiceField(
        label="Lý do vào sổ",
        choices=[
            (EventKind.REGISTERED.value, "Hộ đang ở địa bàn, chưa có trong sổ"),
            (EventKind.MOVED_IN.value, "Hộ chuyển đến từ nơi khác"),
        ],
        widget=forms.RadioSelect,
        error_messages=CHOOSE_REASON,
    )
    village = VillageChoice()
    opened_on = VietnameseDateField(label="Ngày vào sổ, ngày chuyển đến", initial=clock.today)
    initial_class = forms.ChoiceField(
        label="Phân loại khi vào sổ",
        choices=[(choice.value, choice.label) for choice in reversed(PovertyClass)],
        initial=PovertyClass.NOT_POOR,
        help_text="Hộ chuyển đến: ghi giấy xác nhận của nơi cũ; hộ đang ở địa bàn: ghi quyết định "
        "hoặc giấy chứng nhận.",
        error_messages=asking("Chọn phân loại khi vào sổ."),
    )
    relation = forms.CharField(  # type: ignore[assignment]  # no choice is left
        required=False, widget=forms.HiddenInput, initial=RelationToHead.HEAD.value
    )

    def __init__(self, *args, ward: Area, **kwargs):
        super().__init__(*args, ward=ward, **kwargs)
        self.fields["village"].queryset = Area.objects.villages_of(ward)
        self.fields["full_name"].label = "Họ và tên chủ hộ"
        self.fields["full_name"].error_messages["required"] = "Nhập họ và tên chủ hộ."

    def clean_relation(self):
        return RelationToHead.HEAD.value


class CloseForm(DayForm):
    """A household that leaves the register."""

    reason = forms.ChoiceField(
        label="Lý do ra khỏi sổ",
        choices=[
            (ClosingReason.MOVED_OUT.value, "Cả hộ chuyển đi"),
            (ClosingReason.DISSOLVED.value, ClosingReason.DISSOLVED.label),
            (ClosingReason.DUPLICATE.value, ClosingReason.DUPLICATE.label),
        ],
        widget=forms.RadioSelect,
        error_messages=CHOOSE_REASON,
    )


class ReopenHouseholdForm(SupportingDocumentForm):
    """A household that was taken out of the register by mistake."""

    reason = LineField(
        label="Lý do",
        validators=[check_reason],
        max_length=500,
        help_text="Ví dụ: ghi nhầm hộ khác, hộ vẫn ở địa bàn theo xác nhận của trưởng thôn.",
        error_messages={"required": "Nhập lý do đưa hộ trở lại sổ."},
    )


class ChangeVillageForm(DayForm):
    """A household that moved within the ward."""

    fields: dict[str, Any]  # each of its own kind, which the stubs do not know

    village = VillageChoice()
    address = NameField(label="Địa chỉ mới", max_length=200, required=False)

    def __init__(self, *args, household: Household, **kwargs):
        super().__init__(*args, **kwargs)
        villages = Area.objects.villages_of(household.ward).exclude(pk=household.village_id)
        self.fields["village"].queryset = villages


def describe_member(member: Membership) -> str:
    """A member as a choice: who, how old, and what the register says now."""
    person = member.person
    born = person.birth_date.year if person.birth_date else None
    named = with_birth_year(person.full_name, born)
    return f"{named}, {person.get_sex_display().lower()} ({member.get_relation_display().lower()})"


class RelationsForm(DayForm):
    """A relation for each of some members. `required` says whether everybody needs one."""

    unusual_reason = UnusualReasonField()

    def __init__(self, *args, members: list[Membership], choices: list, required=True, **kwargs):
        super().__init__(*args, **kwargs)
        self.members = members
        for member in members:
            self.fields[self._name(member)] = forms.ChoiceField(
                label=describe_member(member),
                choices=choices,
                required=required,
                error_messages=CHOOSE_RELATION,
            )

    @staticmethod
    def _name(member: Membership) -> str:
        return f"relation_{member.pk}"

    def relation_fields(self) -> list:
        return [self[self._name(member)] for member in self.members]

    def relations(self) -> dict[int, str]:
        """The chosen relations by membership; without those for whom none was chosen."""
        chosen = {member.pk: self.cleaned_data[self._name(member)] for member in self.members}
        return {pk: relation for pk, relation in chosen.items() if relation}


class HeadForm(RelationsForm):
    """Who is head from now on, and how the others are related to that person."""

    def __init__(self, *args, members, **kwargs):
        initial = {self._name(member): member.relation for member in members}
        kwargs["initial"] = initial | kwargs.get("initial", {})
        super().__init__(*args, members=members, choices=RelationToHead.choices, **kwargs)


class SplitForm(RelationsForm, DetailsForm):
    """Who goes, and the household they make."""

    fields: dict[str, Any]  # each of its own kind, which the stubs do not know

    key = SubmissionKeyField()
    village = VillageChoice()

    def __init__(self, *args, household: Household, members, **kwargs):
        choices = [("", "Ở lại hộ cũ"), *RelationToHead.choices]
        super().__init__(*args, members=members, choices=choices, required=False, **kwargs)
        self.fields["code"].label = "Mã hộ mới"
        self.fields["village"].queryset = Area.objects.villages_of(household.ward)


class MergeForm(RelationsForm):
    """How those who come are related to the head of the household that stays."""

    def __init__(self, *args, members, **kwargs):
        super().__init__(*args, members=members, choices=CHOOSE + NOT_HEAD, **kwargs)


class MergeChoiceForm(forms.Form):
    """Which household is merged in."""

    fields: dict[str, Any]  # each of its own kind, which the stubs do not know

    other = OtherHouseholdField(label="Mã hộ nhập vào")

    def __init__(self, *args, households: QuerySet[Household], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["other"].households = households
