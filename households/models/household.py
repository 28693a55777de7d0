"""The register: households, the people in them, and who belongs where since when."""

from datetime import date, timedelta

from django.apps import apps
from django.db import models
from django.db.models import Count, DateField, F, FilteredRelation, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from households.choices import (
    BirthPrecision,
    ClosingReason,
    MovementCause,
    RelationToHead,
    Sex,
)
from povertyplan.core.choices import AreaKind, Role
from povertyplan.core.models import Area, ScopedQuerySet
from povertyplan.core.models.plain_sql import has_digits_only

from .standard import EthnicGroup

ESCAPES = (MovementCause.ESCAPED_TO_NEAR_POOR, MovementCause.ESCAPED_POVERTY)


class RegisterQuerySet(ScopedQuerySet):
    """Rows about people: no administrator of the system sees one."""

    closed_to = frozenset({Role.ADMINISTRATOR})


class PersonQuerySet(RegisterQuerySet):
    village_path = "memberships__household__village"

    def visible_to(self, user):
        return super().visible_to(user).distinct()


class Person(models.Model):
    """Somebody living in the ward (nhân khẩu).

    `search_key` and `sort_key` are filled from the name by the services: no collation of
    either database sorts Vietnamese names by given name.

    A number is one person's in a ward. Two wards may hold the same one: nothing tells the second
    that the first has it, and both settle it (`households.numbers`).

    Personal data: name, birth, sex. Sensitive: citizen_id, ethnicity, disability, merit.
    """

    ward = models.ForeignKey(Area, models.PROTECT, related_name="+")
    full_name = models.CharField("Họ và tên", max_length=100)
    sort_name = models.CharField("Tên dùng để sắp xếp", max_length=100, blank=True)
    search_key = models.CharField(max_length=100)
    sort_key = models.CharField(max_length=250)
    sex = models.CharField("Giới tính", max_length=6, choices=Sex)
    birth_date = models.DateField("Ngày sinh", null=True, blank=True)
    birth_precision = models.CharField(
        "Độ chính xác ngày sinh", max_length=5, choices=BirthPrecision, default=BirthPrecision.DAY
    )
    citizen_id = models.CharField("Số định danh cá nhân (CCCD)", max_length=12, blank=True)
    ethnic_group = models.ForeignKey(
        EthnicGroup, models.PROTECT, null=True, blank=True, verbose_name="Dân tộc"
    )
    has_disability = models.BooleanField("Người khuyết tật", default=False)
    has_merit = models.BooleanField("Người có công với cách mạng", default=False)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = "nhân khẩu"
        ordering = ["sort_key", "pk"]
        indexes = [
            models.Index(fields=["ward", "sort_key"], name="person_ward_sort"),
            models.Index(fields=["ward", "search_key"], name="person_ward_search"),
            models.Index(
                fields=["citizen_id", "ward"],
                condition=~Q(citizen_id=""),
                name="person_number_ward",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["ward", "citizen_id"],
                condition=~Q(citizen_id=""),
                name="person_citizen_id_once_in_ward",
                violation_error_message="Số định danh này đã thuộc về một người khác.",
            ),
            models.CheckConstraint(
                condition=Q(citizen_id="") | has_digits_only("citizen_id", 12),
                name="person_citizen_id_twelve_digits",
                violation_error_message="Số định danh cá nhân gồm đúng 12 chữ số.",
            ),
            models.CheckConstraint(condition=Q(sex__in=Sex.values), name="person_known_sex"),
            models.CheckConstraint(
                condition=Q(birth_precision__in=BirthPrecision.values),
                name="person_known_birth_precision",
            ),
        ]

    def __str__(self):
        return self.full_name


class HouseholdQuerySet(RegisterQuerySet):
    def with_head(self):
        """Join the present head: `household.head_membership.person`."""
        return self.annotate(
            head_membership=FilteredRelation(
                "memberships", condition=Q(memberships__is_head=True, memberships__left_on=None)
            )
        ).select_related("head_membership__person", "village")

    def with_member_count(self):
        present = Membership.objects.filter(household=OuterRef("pk"), left_on=None)
        counted = present.order_by().values("household").annotate(total=Count("pk"))
        return self.annotate(member_count=Coalesce(Subquery(counted.values("total")), 0))

    def with_status(self, *, on):
        """Annotate what holds on a day: `poverty_class`, `status_since`, `escaped_on`.

        `escaped_on` is the anchor of the latest escape from poverty that is not undone by a
        return to poverty: the 36-month window is counted from it (see households.rules.windows).
        """
        ledger = apps.get_model("households", "HouseholdStatus").objects
        spells = ledger.filter(household=OuterRef("pk"), starts_on__lte=on)
        latest = spells.order_by("-starts_on")
        escape = spells.filter(cause__in=ESCAPES).order_by("-starts_on")
        return self.annotate(
            poverty_class=Subquery(
                latest.filter(Q(ends_on=None) | Q(ends_on__gte=on)).values("poverty_class")[:1]
            ),
            status_since=Subquery(latest.values("starts_on")[:1]),
            last_escape_on=Subquery(
                escape.values(anchor=Coalesce("anchor_on", "starts_on"))[:1],
                output_field=DateField(),
            ),
        )

    def registered(self, *, on):
        """Households in the register on a day."""
        return self.filter(Q(closed_on=None) | Q(closed_on__gt=on), opened_on__lte=on)


class Household(models.Model):
    """A household of the ward (hộ gia đình), in one village, from its opening to its closing."""

    ward = models.ForeignKey(Area, models.PROTECT, related_name="ward_households")
    village = models.ForeignKey(
        Area,
        models.PROTECT,
        related_name="households",
        verbose_name="Thôn, tổ dân phố",
        limit_choices_to={"kind": AreaKind.VILLAGE},
    )
    code = models.CharField("Mã hộ", max_length=20)
    address = models.CharField("Địa chỉ", max_length=200, blank=True)
    opened_on = models.DateField("Ngày vào sổ")
    closed_on = models.DateField("Ngày ra khỏi sổ", null=True, blank=True)
    closing_reason = models.CharField("Lý do", max_length=10, choices=ClosingReason, blank=True)
    no_labour_capacity = models.BooleanField("Hộ không có khả năng lao động", default=False)
    version = models.PositiveIntegerField(default=1)

    objects = HouseholdQuerySet.as_manager()

    class Meta:
        verbose_name = "hộ gia đình"
        ordering = ["ward", "code"]
        indexes = [models.Index(fields=["ward", "village"], name="household_ward_village")]
        constraints = [
            models.UniqueConstraint(
                fields=["ward", "code"],
                name="household_code_once",
                violation_error_message="Mã hộ này đã dùng cho một hộ khác.",
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None, closing_reason="")
                | Q(closed_on__gte=F("opened_on"), closing_reason__in=ClosingReason.values),
                name="household_closed_with_reason",
            ),
        ]

    def __str__(self):
        return self.code

    def left_register_on(self, on: date) -> date | None:
        """The day it left the register, if that was by a day."""
        return self.closed_on if self.closed_on is not None and self.closed_on <= on else None

    def last_day(self, on: date) -> date:
        """A day, or its last one in the register where it left before."""
        left_on = self.left_register_on(on)
        return left_on - timedelta(days=1) if left_on else on


def present_on(on: date, path: str = "") -> Q:
    """The condition that a membership holds on a day; `path` leads to it from the row."""
    return Q(
        Q(**{f"{path}left_on": None}) | Q(**{f"{path}left_on__gt": on}),
        **{f"{path}joined_on__lte": on},
    )


class MembershipQuerySet(RegisterQuerySet):
    village_path = "household__village"

    def present(self, *, on):
        """Memberships in force on a day."""
        return self.filter(present_on(on))

    def present_or_last(self, *, on):
        """Those, and of households that left the register before the members of their last day."""
        return self.filter(
            present_on(on)
            | Q(
                household__closed_on__lte=on,
                left_on=F("household__closed_on"),
                joined_on__lt=F("household__closed_on"),
            )
        )


class Membership(models.Model):
    """A person in a household, from a day to a day; one household at a time, one head in each."""

    ward = models.ForeignKey(Area, models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    relation = models.CharField("Quan hệ với chủ hộ", max_length=12, choices=RelationToHead)
    is_head = models.BooleanField("Chủ hộ", default=False)
    joined_on = models.DateField("Từ ngày")
    left_on = models.DateField("Đến ngày", null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "thành viên hộ"
        ordering = ["household", "-is_head", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(left_on=None),
                name="membership_one_open_per_person",
                violation_error_message="Người này đang là thành viên của một hộ khác.",
            ),
            models.UniqueConstraint(
                fields=["household"],
                condition=Q(left_on=None, is_head=True),
                name="membership_one_head",
                violation_error_message="Hộ này đã có chủ hộ.",
            ),
            models.CheckConstraint(
                condition=Q(is_head=True, relation=RelationToHead.HEAD)
                | Q(is_head=False) & ~Q(relation=RelationToHead.HEAD),
                name="membership_head_is_called_head",
            ),
            models.CheckConstraint(
                condition=Q(relation__in=RelationToHead.values), name="membership_known_relation"
            ),
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(left_on__gte=F("joined_on")),
                name="membership_dates_in_order",
            ),
        ]

    def __str__(self):
        return f"{self.person} – {self.household}"
