"""What the pages of one member take in: strings from a browser become typed values."""

from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from households.choices import BirthPrecision, EventKind, RelationToHead, Sex
from households.models import EthnicGroup, Household, Membership, Person
from households.register.selectors import bearer_of
from households.register.services.events import SupportingDocument
from households.register.services.registering import MemberInput
from households.rules.people.birth_dates import UNREADABLE, UnreadableBirth, read_birth, write_birth
from households.rules.people.citizen_ids import is_citizen_id
from povertyplan.core import clock
from povertyplan.core.models import Area
from povertyplan.core.platform.submissions import SubmissionKeyField
from povertyplan.core.text.fields import (
    LineField,
    PersonNameField,
    VersionField,
    VietnameseDateField,
)
from povertyplan.core.text.vietnamese import normalise_text

NOT_HEAD = [choice for choice in RelationToHead.choices if choice[0] != RelationToHead.HEAD]
CHOOSE = [("", "Chọn")]
NUMBER_TAKEN = "Số định danh này đã thuộc về một người khác."


def asking(sentence: str) -> dict[str, str]:
    """The errors of a choice: nothing chosen, or nothing of the list."""
    return {"required": sentence, "invalid_choice": "Chọn một mục trong danh sách."}


CHOOSE_RELATION = asking("Chọn quan hệ với chủ hộ.")
CHOOSE_REASON = asking("Chọn lý do.")


class Birth(NamedTuple):
    """A date of birth and how much of it is known."""

    date: date
    precision: str


class BirthField(forms.CharField):
    """A birth typed as 17/5/1980, 5/1980 or 1980; cleaned to a Birth or None."""

    default_error_messages = {"required": UNREADABLE}

    def __init__(self, **kwargs):
        attributes = {"inputmode": "numeric", "autocomplete": "off", "placeholder": "17/5/1980"}
        kwargs.setdefault("widget", forms.TextInput(attrs=attributes))
        super().__init__(max_length=20, **kwargs)

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        try:
            return Birth(*read_birth(text, today=clock.today()))
        except UnreadableBirth as refused:
            raise ValidationError(str(refused), code="invalid") from None


class CitizenIdField(forms.CharField):
    """Twelve digits or nothing; spaces and dots between them are dropped."""

    def __init__(self, **kwargs):
        attributes = {"inputmode": "numeric", "autocomplete": "off", "maxlength": None}
        super().__init__(required=False, widget=forms.TextInput(attrs=attributes), **kwargs)

    def clean(self, value):
        digits = "".join(super().clean(value).replace(".", " ").split())
        if digits and not is_citizen_id(digits):
            raise ValidationError("Số định danh cá nhân gồm đúng 12 chữ số.", code="invalid")
        return digits


class SupportingDocumentForm(forms.Form):
    """The version that was looked at, and on what the act rests."""

    version = VersionField()
    document = forms.CharField(
        label="Giấy tờ",
        max_length=200,
        required=False,
        help_text="Ví dụ: Giấy khai sinh số 12/2026, đơn đề nghị ngày 05/5/2026.",
    )
    note = forms.CharField(label="Ghi chú", max_length=500, required=False)

    def paper(self) -> SupportingDocument:
        return SupportingDocument(self.cleaned_data["document"], self.cleaned_data["note"])

    def clean_document(self):
        return normalise_text(self.cleaned_data["document"])

    def clean_note(self):
        return normalise_text(self.cleaned_data["note"])


class UnusualReasonField(LineField):
    """Why what a relation or an age makes doubtful is right."""

    def __init__(self):
        super().__init__(
            label="Lý do xác nhận điều khác thường",
            max_length=500,
            required=False,
            help_text="Chỉ nhập khi đã đối chiếu giấy tờ và quan hệ, tuổi được hỏi lại là đúng.",
        )


class DayForm(SupportingDocumentForm):
    """An act that happened on a day."""

    on = VietnameseDateField(label="Ngày xảy ra", initial=clock.today)

    def clean_on(self):
        if self.cleaned_data["on"] > clock.today():
            raise ValidationError("Ngày xảy ra không được sau ngày hôm nay.")
        return self.cleaned_data["on"]


class PersonForm(SupportingDocumentForm):
    """One person. `leaving_out` is the person edited, who may keep the own number.

    After validation `bearer` is the person of the ward whose number was typed, if there is one.
    """

    full_name = PersonNameField(
        label="Họ và tên", max_length=100, error_messages={"required": "Nhập họ và tên."}
    )
    sort_name = PersonNameField(
        label="Tên dùng để sắp xếp",
        max_length=100,
        required=False,
        help_text="Chỉ nhập khi chữ cuối của họ tên không phải là tên gọi.",
    )
    relation = forms.ChoiceField(
        label="Quan hệ với chủ hộ", choices=CHOOSE + NOT_HEAD, error_messages=CHOOSE_RELATION
    )
    birth = BirthField(
        label="Ngày sinh",
        required=False,
        help_text="Chỉ nhớ tháng, năm thì nhập 5/1980; chỉ nhớ năm thì nhập 1980.",
    )
    sex = forms.ChoiceField(
        label="Giới tính",
        choices=Sex.choices,
        widget=forms.RadioSelect,
        error_messages=asking("Chọn giới tính."),
    )
    citizen_id = CitizenIdField(
        label="Số định danh cá nhân (CCCD)", help_text="12 chữ số; để trống nếu chưa có."
    )
    ethnic_group = forms.ModelChoiceField(
        label="Dân tộc",
        queryset=EthnicGroup.objects.all(),
        required=False,
        empty_label="Chưa rõ",
        error_messages=asking("Chọn dân tộc."),
    )
    has_disability = forms.BooleanField(label="Người khuyết tật", required=False)
    has_merit = forms.BooleanField(label="Người có công với cách mạng", required=False)
    unusual_reason = UnusualReasonField()
    # Whom the officer was shown and said to be other people.
    confirmed = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, ward: Area, leaving_out: int | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.ward = ward
        self.leaving_out = leaving_out
        self.bearer: Person | None = None

    def clean_citizen_id(self):
        number = self.cleaned_data["citizen_id"]
        self.bearer = bearer_of(number, ward=self.ward, leaving_out=self.leaving_out)
        if self.bearer is not None:
            raise ValidationError(NUMBER_TAKEN, code="taken")
        return number

    def member(self) -> MemberInput:
        data = self.cleaned_data
        birth = data["birth"]
        return MemberInput(
            full_name=data["full_name"],
            sort_name=data["sort_name"],
            sex=data["sex"],
            relation=data["relation"],
            birth_date=birth.date if birth else None,
            birth_precision=birth.precision if birth else BirthPrecision.DAY,
            citizen_id=data["citizen_id"],
            ethnic_group=data["ethnic_group"],
            has_disability=data["has_disability"],
            has_merit=data["has_merit"],
        )


class MemberAddForm(DayForm, PersonForm):
    """Somebody who joins a household."""

    key = SubmissionKeyField()
    field_order = ["full_name", "relation", "birth", "sex", "citizen_id", "ethnic_group"]


class BirthForm(PersonForm):
    """A child that was born."""

    key = SubmissionKeyField()
    birth = BirthField(label="Ngày sinh", help_text="Nhập đủ ngày, tháng, năm.")
    relation = forms.ChoiceField(
        label="Quan hệ với chủ hộ",
        choices=NOT_HEAD,
        initial=RelationToHead.CHILD,
        error_messages=CHOOSE_RELATION,
    )

    def clean_birth(self):
        if self.cleaned_data["birth"].precision != BirthPrecision.DAY:
            raise ValidationError("Nhập đủ ngày, tháng, năm sinh của trẻ.")
        return self.cleaned_data["birth"]


class MemberEditForm(PersonForm):
    """What is right about a person. The number on record is never shown here, only replaced."""

    fields: dict[str, Any]  # each of its own kind, which the stubs do not know

    citizen_id = CitizenIdField(label="Số định danh cá nhân (CCCD) mới")
    forgets_number = forms.BooleanField(
        label="Xóa số định danh đang ghi (ghi nhầm)", required=False
    )

    def __init__(self, *args, ward: Area, membership: Membership, **kwargs):
        person = membership.person
        super().__init__(*args, ward=ward, leaving_out=person.pk, **kwargs)
        self.membership = membership
        if membership.is_head:
            self.fields["relation"].choices = [
                (RelationToHead.HEAD.value, RelationToHead.HEAD.label)
            ]
        del self.fields["unusual_reason"]
        if not person.citizen_id:
            del self.fields["forgets_number"]

    def member(self) -> MemberInput:
        kept = "" if self.cleaned_data.get("forgets_number") else self._number_on_record()
        self.cleaned_data["citizen_id"] = self.cleaned_data["citizen_id"] or kept
        return super().member()

    def _number_on_record(self) -> str:
        return self.membership.person.citizen_id


def member_values(membership: Membership) -> dict[str, object]:
    """Initial values of the edit form; the personal number is left out."""
    person = membership.person
    return {
        "version": membership.household.version,
        "full_name": person.full_name,
        "sort_name": person.sort_name,
        "relation": membership.relation,
        "birth": write_birth(person.birth_date, person.birth_precision),
        "sex": person.sex,
        "citizen_id": "",
        "ethnic_group": person.ethnic_group_id,
        "has_disability": person.has_disability,
        "has_merit": person.has_merit,
    }


class MemberReturnForm(DayForm):
    """Somebody known to the ward who lives in a household again."""

    key = SubmissionKeyField()
    unusual_reason = UnusualReasonField()
    relation = forms.ChoiceField(
        label="Quan hệ với chủ hộ", choices=CHOOSE + NOT_HEAD, error_messages=CHOOSE_RELATION
    )


class OtherHouseholdField(forms.CharField):
    """A household of the ward, by its code; cleaned to the household."""

    def __init__(self, **kwargs):
        super().__init__(
            max_length=20,
            help_text="Xem mã hộ ở danh sách hộ gia đình.",
            error_messages={"required": "Nhập mã hộ."},
            **kwargs,
        )
        self.households: QuerySet[Household] = Household.objects.none()

    def clean(self, value):
        code = normalise_text(super().clean(value))
        if not code:
            return None
        # Typed as written on paper: hn-03-017 is HN-03-017.
        named = self.households.filter(code__iexact=code, closed_on=None)
        exact = [household for household in named if household.code == code]
        found = next(iter(exact or named), None)
        if found is None:
            raise ValidationError(f"Không có hộ mã {code} đang trong sổ.", code="unknown")
        return found


class MemberMoveForm(DayForm):
    """A member who goes to another household of the ward."""

    fields: dict[str, Any]  # each of its own kind, which the stubs do not know

    target = OtherHouseholdField(label="Mã hộ nhận")
    relation = forms.ChoiceField(
        label="Quan hệ với chủ hộ nhận", choices=CHOOSE + NOT_HEAD, error_messages=CHOOSE_RELATION
    )

    def __init__(self, *args, households: QuerySet[Household], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["target"].households = households


class MemberLeaveForm(DayForm):
    """A member who died or left the ward."""

    kind = forms.ChoiceField(
        label="Lý do",
        choices=[
            (EventKind.DEATH.value, "Chết"),
            (EventKind.MEMBER_LEFT.value, "Chuyển đi, không còn ở địa bàn"),
        ],
        widget=forms.RadioSelect,
        error_messages=CHOOSE_REASON,
    )
