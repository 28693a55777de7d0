"""What is given, typed for one household, for a group, or for many that are ticked."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.http import QueryDict

from households.models import Household, Membership, Person
from povertyplan.core.choices import AreaKind
from povertyplan.core.models import Area, User
from povertyplan.core.platform.submissions import SubmissionKeyField
from povertyplan.core.text.fields import (
    CHOOSE,
    NOT_LISTED,
    DecimalNumberField,
    LineField,
    NameField,
    VietnameseDateField,
    WholeNumberField,
    read_choices_once,
)
from projects.choices import BudgetSource, SupportState
from projects.models import SupportKind, WardProject
from projects.programme.selectors.rights import writes_all
from projects.support.forms.ledger import project_label
from projects.support.selectors.recipients import Candidate
from projects.support.selectors.rights import kinds_to_read, may_write_for, writable_projects
from projects.support.services.gifts import SupportGift, SupportReasons, SupportReceiver

LARGEST_AMOUNT = 999_999_999_999
# How far back a project may have ended that supports are still recorded for.
YEARS_BACK = 2
NOT_LEADING = "Đơn vị của bạn không chủ trì dự án này trong năm hỗ trợ."
PROJECT_MISSING = "Chọn dự án do đơn vị của bạn chủ trì."
KIND_UNCHECKED = "{name} (chưa kiểm chứng)"
WHEN = [
    (SupportState.DELIVERED.value, "Đã giao"),
    (SupportState.PROMISED.value, "Đã duyệt, chưa giao"),
]


def kind_label(kind: SupportKind) -> str:
    return kind.name if kind.is_checked else KIND_UNCHECKED.format(name=kind.name)


class KindField(forms.ModelChoiceField):
    """A choice among the kinds, which says of a kind that its rules were not checked."""

    def __init__(self):
        super().__init__(
            label="Loại hỗ trợ",
            queryset=SupportKind.objects.all(),
            empty_label="Chọn loại hỗ trợ",
            error_messages=CHOOSE,
        )

    def label_from_instance(self, kind: SupportKind) -> str:
        return kind_label(kind)


class GiftForm(forms.Form):
    """What is given, from where, in which state, and the reasons where the rules ask for them."""

    fields: dict[str, Any]  # each of its own kind, which the stubs do not know

    key = SubmissionKeyField()
    ward_project = forms.ModelChoiceField(
        label="Dự án",
        queryset=WardProject.objects.none(),
        required=False,
        empty_label="Không thuộc dự án (chính sách chung)",
        error_messages=CHOOSE,
    )
    state = forms.ChoiceField(
        label="Tình trạng",
        choices=WHEN,
        initial=SupportState.DELIVERED,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    quantity = DecimalNumberField(
        label="Số lượng",
        decimal_places=2,
        required=False,
        help_text="Theo đơn vị tính của loại hỗ trợ. Nhập số lượng, số tiền, hoặc cả hai.",
    )
    amount = WholeNumberField(
        label="Số tiền (đồng)",
        max_value=LARGEST_AMOUNT,
        required=False,
        help_text="Số đồng của mỗi đối tượng nhận, ví dụ 2.000.000. Chưa biết thì để trống.",
        error_messages={"invalid": "Nhập số đồng nguyên, từ 0 trở lên."},
    )
    source = forms.ChoiceField(
        label="Nguồn kinh phí",
        choices=[("", "Chưa rõ"), *BudgetSource.choices],
        required=False,
        error_messages=CHOOSE,
    )
    document = LineField(
        label="Văn bản, chứng từ",
        max_length=250,
        required=False,
        help_text="Số, ngày của quyết định hoặc biên bản giao nhận.",
    )
    confirmation = forms.CharField(
        label="Căn cứ xác nhận đủ điều kiện",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Cần có khi hệ thống chưa xác định được là đủ điều kiện.",
    )
    repeat_reason = forms.CharField(
        label="Lý do hỗ trợ lần nữa",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Cần có khi đối tượng nhận đã được hỗ trợ cùng loại, cùng nội dung trong kỳ.",
    )

    def __init__(self, data: Any = None, *, ward: Area, user: User, today: date):
        super().__init__(data)
        self.ward, self.user = ward, user
        if "kind_choice" in self.fields:
            self.fields["kind_choice"].queryset = kinds_to_read(user, ward)
            read_choices_once(self.fields["kind_choice"])
        field = self.fields["ward_project"]
        field.queryset = writable_projects(user, ward, today.year - YEARS_BACK)
        field.label_from_instance = project_label
        self.is_for_a_unit = not writes_all(user, ward)
        if self.is_for_a_unit:
            field.required, field.empty_label = True, None
            field.error_messages["required"] = PROJECT_MISSING

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        project, day = cleaned.get("ward_project"), self.day()
        if self.is_for_a_unit and project and day and not self._leads(project, day):
            self.add_error("ward_project", NOT_LEADING)
        return cleaned

    def _leads(self, project: WardProject, day: date) -> bool:
        return may_write_for(self.user, self.ward, project, day.year)

    def day(self) -> date | None:
        return self.cleaned_data.get("on")

    def kind(self) -> SupportKind:
        return self.cleaned_data["kind"]

    def gift(self) -> SupportGift:
        """The checked values, as the service takes them."""
        cleaned = self.cleaned_data
        day = self.day()
        if day is None:
            raise ValueError("Only a valid form has a gift.")
        return SupportGift(
            kind=self.kind(),
            day=day,
            is_delivered=cleaned["state"] == SupportState.DELIVERED,
            quantity=cleaned["quantity"],
            amount=cleaned["amount"],
            source=cleaned["source"],
            document=cleaned["document"],
            ward_project=cleaned["ward_project"],
        )

    def reasons(self) -> SupportReasons:
        return SupportReasons(self.cleaned_data["confirmation"], self.cleaned_data["repeat_reason"])


class SingleGiftForm(GiftForm):
    """What one receives: its kind and its day are typed here."""

    kind_choice = KindField()
    on = VietnameseDateField(label="Ngày giao, hoặc ngày duyệt")

    def kind(self) -> SupportKind:
        return self.cleaned_data["kind_choice"]


class HouseholdGiftForm(SingleGiftForm):
    """What a household receives, or one of its members."""

    person = forms.ModelChoiceField(
        label="Người nhận",
        queryset=Membership.objects.none(),
        required=False,
        empty_label="Cả hộ",
        help_text="Chọn một thành viên khi loại hỗ trợ cấp cho từng người.",
        error_messages=CHOOSE,
    )

    def __init__(
        self, data: Any = None, *, household: Household, ward: Area, user: User, today: date
    ):
        super().__init__(data, ward=ward, user=user, today=today)
        self.household = household
        field = self.fields["person"]
        members = Membership.objects.filter(household=household).select_related("person")
        field.queryset = members.order_by("left_on", "-is_head", "pk")
        field.label_from_instance = member_label

    def receivers(self) -> list[SupportReceiver]:
        member = self.cleaned_data["person"]
        return [SupportReceiver(self.household, member.person if member else None)]


class GroupGiftForm(SingleGiftForm):
    """What a group receives that is no household of the register."""

    group_name = NameField(
        label="Nhóm hộ, tổ hợp tác, hợp tác xã",
        max_length=150,
        error_messages={"required": "Nhập tên nhóm, tổ hợp tác."},
    )

    def receivers(self) -> list[SupportReceiver]:
        return [SupportReceiver(group_name=self.cleaned_data["group_name"])]


class BatchQuestionForm(forms.Form):
    """Which kind, on which day and where: what the list of recipients is made from."""

    fields: dict[str, Any]  # each of its own kind, which the stubs do not know

    kind = KindField()
    on = VietnameseDateField(label="Ngày giao, hoặc ngày duyệt")
    village = forms.ModelChoiceField(
        label="Thôn, tổ dân phố",
        queryset=Area.objects.none(),
        required=False,
        empty_label="Tất cả",
        error_messages=NOT_LISTED,
    )

    in_need = forms.BooleanField(
        label="Chỉ hộ, người đang có nhu cầu mà loại hỗ trợ này đáp ứng", required=False
    )

    def __init__(self, data: Any, *, ward: Area, user: User):
        super().__init__(data, auto_id="batch_%s")
        self.fields["kind"].queryset = kinds_to_read(user, ward)
        read_choices_once(self.fields["kind"])
        villages = Area.objects.visible_to(user).filter(kind=AreaKind.VILLAGE, parent=ward)
        self.fields["village"].queryset = villages.in_order_of_wards()


class BatchGiftForm(GiftForm):
    """The same for many: those whom the rules do not exclude, to be ticked."""

    chosen = forms.MultipleChoiceField(
        label="Đối tượng nhận",
        error_messages={
            "required": "Chọn ít nhất một đối tượng nhận.",
            "invalid_choice": "Danh sách vừa thay đổi. Xem lại danh sách rồi chọn lại.",
        },
    )

    def __init__(
        self,
        data: Any = None,
        *,
        support_kind: SupportKind,
        on: date,
        candidates: Sequence[Candidate],
        ward: Area,
        user: User,
        today: date,
    ):
        super().__init__(data, ward=ward, user=user, today=today)
        self.asked_kind, self.asked_day = support_kind, on
        self.candidates = {each.value: each for each in candidates}
        self.fields["chosen"].choices = [(value, value) for value in self.candidates]
        self.fields["ward_project"].initial = self._project_of_kind()

    def _project_of_kind(self) -> WardProject | None:
        """The project that is carried out on the day and gives this kind."""
        projects = self.fields["ward_project"].queryset.filter(
            project__in=self.asked_kind.projects.all(),
            year_from__lte=self.asked_day.year,
            year_to__gte=self.asked_day.year,
        )
        return projects.first()

    def day(self) -> date:
        return self.asked_day

    def kind(self) -> SupportKind:
        return self.asked_kind

    def ticked(self) -> set[str]:
        """What was ticked, also where the form is wrong."""
        return set(cast(QueryDict, self.data).getlist("chosen")) if self.is_bound else set()

    def receivers(self) -> list[SupportReceiver]:
        """Those who were ticked; one query for the persons among them."""
        chosen = [self.candidates[value] for value in self.cleaned_data["chosen"]]
        persons = Person.objects.in_bulk([each.person for each in chosen if each.person])
        return [
            SupportReceiver(each.household, persons.get(each.person) if each.person else None)
            for each in chosen
        ]


def member_label(membership: Membership) -> str:
    """A member in a list of choices: the name, and that they left where they did."""
    born = membership.person.birth_date
    parts = [membership.person.full_name, f"sinh năm {born.year}" if born else ""]
    if membership.left_on:
        parts.append(f"đến {membership.left_on:%d/%m/%Y}")
    return ", ".join(part for part in parts if part)
