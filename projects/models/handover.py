"""After a decision: who is told of the differences, in which lists, sent when, answered how."""

from django.db import models
from django.db.models import F, Q

from households.choices import BeneficiaryGroup, WindowRule
from households.field_access import FIELD_READERS, Field
from households.models import Decision, Household, Person
from povertyplan.core.choices import Role
from povertyplan.core.models import Area, ScopedQuerySet, User
from projects.choices import (
    Confidence,
    HandoverChange,
    HandoverColumn,
    SupportRecipient,
)


class HandoverKind(models.Model):
    """A policy whose receiver is told of new results (loại danh sách chuyển giao), with its law.

    `for_newly_escaped` counts the 36 months by `window`. `by_school`: for the school of each.
    `tells_of_health` says that the kind itself tells of illness or disability.
    """

    code = models.CharField("Mã", max_length=40, unique=True)
    name = models.CharField("Tên", max_length=200)
    receiver = models.CharField("Nơi nhận", max_length=200)
    by_school = models.BooleanField("Chia theo trường", default=False)
    subject = models.CharField("Lập theo", max_length=9, choices=SupportRecipient)
    for_poor = models.BooleanField("Hộ nghèo", default=False)
    for_near_poor = models.BooleanField("Hộ cận nghèo", default=False)
    for_newly_escaped = models.BooleanField("Hộ mới thoát nghèo", default=False)
    window = models.CharField(
        "Cách xác định mới thoát nghèo",
        max_length=9,
        choices=WindowRule,
        default=WindowRule.PROGRAMME,
    )
    age_from = models.PositiveSmallIntegerField("Từ tuổi", null=True, blank=True)
    age_to = models.PositiveSmallIntegerField("Đến tuổi", null=True, blank=True)
    columns = models.JSONField("Các cột", default=list)
    legal_reference = models.CharField("Căn cứ pháp lý", max_length=250)
    confidence = models.CharField("Độ tin cậy", max_length=6, choices=Confidence)
    note = models.CharField("Ghi chú", max_length=300, blank=True)
    tells_of_health = models.BooleanField("Cho biết tình trạng sức khỏe", default=False)
    order = models.PositiveSmallIntegerField("Thứ tự")

    class Meta:
        verbose_name = "loại danh sách chuyển giao"
        ordering = ["order"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    confidence__in=Confidence.values,
                    subject__in=SupportRecipient.values,
                    window__in=WindowRule.values,
                ),
                name="handover_kind_known_values",
            ),
            models.CheckConstraint(
                condition=Q(age_from=None) | Q(age_to=None) | Q(age_to__gte=F("age_from")),
                name="handover_kind_ages_in_order",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def is_checked(self) -> bool:
        """Whether its rules were compared with the law."""
        return self.confidence == Confidence.HIGH

    @property
    def is_for_persons(self) -> bool:
        return self.subject == SupportRecipient.PERSON

    @property
    def shown_columns(self) -> list[HandoverColumn]:
        """What the screen shows; personal numbers leave in the file alone."""
        columns = [HandoverColumn(name) for name in self.columns]
        return [column for column in columns if column != HandoverColumn.CITIZEN_ID]


class HandoverQuerySet(ScopedQuerySet):
    """Rows that name households of a whole ward."""

    village_path = None
    closed_to = frozenset({Role.ADMINISTRATOR, Role.ENTRY_OFFICER})


class Handover(models.Model):
    """Lists that were made together after a decision (đợt lập danh sách chuyển giao).

    `as_of` is the day whose results are told. The first of a ward compares with the day before the
    decision took effect; a later one with what was sent.
    """

    ward = models.ForeignKey(Area, models.PROTECT, related_name="+")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="handovers")
    as_of = models.DateField("Kết quả tính đến ngày")
    made_at = models.DateTimeField("Lập lúc")
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = HandoverQuerySet.as_manager()

    class Meta:
        verbose_name = "đợt lập danh sách chuyển giao"
        ordering = ["ward", "-pk"]

    def __str__(self):
        return f"Danh sách chuyển giao sau {self.decision}"


class HandoverListQuerySet(HandoverQuerySet):
    def _granted(self, grant) -> Q:
        """A kind that tells of illness or disability is for those who see that of a household."""
        inside = super()._granted(grant)
        if grant.role in FIELD_READERS[Field.CONDITION]:
            return inside
        return inside & Q(kind__tells_of_health=False)

    def with_changes(self):
        """Lists that tell their receiver anything."""
        return self.filter(change_count__gt=0)

    def pending(self):
        """Lists that wait to be sent."""
        return self.with_changes().filter(sent_on=None, replaced_by=None)


class HandoverList(models.Model):
    """What one receiver is told of one kind (danh sách chuyển giao): made, sent, answered.

    Its rows are frozen from the start, and `digest` is the SHA-256 of what they say. One that was
    not sent gives way to a later one (`replaced_by`). `change_count` leaves out what was known.
    """

    ward = models.ForeignKey(Area, models.PROTECT, related_name="+")
    handover = models.ForeignKey(Handover, models.PROTECT, related_name="lists")
    kind = models.ForeignKey(HandoverKind, models.PROTECT, related_name="lists")
    receiver = models.CharField("Nơi nhận", max_length=200)
    change_count = models.PositiveIntegerField("Số thay đổi")
    digest = models.CharField("Mã kiểm tra", max_length=64)
    replaced_by = models.ForeignKey(
        Handover, models.PROTECT, null=True, blank=True, related_name="replaced_lists"
    )
    sent_on = models.DateField("Ngày gửi", null=True, blank=True)
    sent_to = models.CharField("Gửi đến", max_length=200, blank=True)
    sent_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    answered_on = models.DateField("Ngày trả lời", null=True, blank=True)
    answer = models.TextField("Nội dung trả lời", blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = HandoverListQuerySet.as_manager()

    class Meta:
        verbose_name = "danh sách chuyển giao"
        ordering = ["-handover", "kind__order", "receiver"]
        constraints = [
            models.UniqueConstraint(
                fields=["handover", "kind", "receiver"], name="handover_list_once"
            ),
            models.UniqueConstraint(
                fields=["ward", "kind", "receiver"],
                condition=Q(change_count__gt=0, sent_on=None, replaced_by=None),
                name="handover_list_one_pending",
            ),
            models.CheckConstraint(
                condition=Q(sent_on=None, sent_to="")
                | Q(sent_on__isnull=False, replaced_by=None, change_count__gt=0) & ~Q(sent_to=""),
                name="handover_list_sent_to_somebody",
            ),
            models.CheckConstraint(
                condition=Q(answered_on=None, answer="")
                | Q(answered_on__gte=F("sent_on"), sent_on__isnull=False) & ~Q(answer=""),
                name="handover_list_answered_after_sent",
            ),
        ]

    def __str__(self):
        return f"{self.kind}: {self.receiver}"

    @property
    def is_pending(self) -> bool:
        return bool(self.change_count) and self.sent_on is None and self.replaced_by_id is None


class HandoverRowQuerySet(HandoverQuerySet):
    ward_path = "handover_list__ward"

    def changes(self):
        """The lines that are handed over."""
        return self.exclude(change=HandoverChange.KNOWN)


class HandoverRow(models.Model):
    """One household or person of a list, as it was when the list was made; frozen.

    `facts` are the texts of the columns. Sensitive: citizen_id.
    """

    handover_list = models.ForeignKey(HandoverList, models.PROTECT, related_name="rows")
    household = models.ForeignKey(Household, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    change = models.CharField("Nội dung báo", max_length=8, choices=HandoverChange)
    basis = models.CharField("Diện", max_length=13, choices=BeneficiaryGroup)
    basis_before = models.CharField(
        "Diện trước", max_length=13, choices=BeneficiaryGroup, blank=True
    )
    facts = models.JSONField("Các cột", default=dict)
    citizen_id = models.CharField("Số định danh cá nhân (CCCD)", max_length=12, blank=True)
    order = models.PositiveIntegerField("Thứ tự")

    objects = HandoverRowQuerySet.as_manager()

    class Meta:
        verbose_name = "dòng của danh sách chuyển giao"
        ordering = ["handover_list", "order"]
        constraints = [
            models.UniqueConstraint(fields=["handover_list", "order"], name="handover_row_order"),
            models.UniqueConstraint(
                fields=["handover_list", "household"],
                condition=Q(person=None) & ~Q(change=HandoverChange.KNOWN),
                name="handover_row_household_once",
            ),
            models.UniqueConstraint(
                fields=["handover_list", "person"],
                condition=Q(person__isnull=False) & ~Q(change=HandoverChange.KNOWN),
                name="handover_row_person_once",
            ),
            models.CheckConstraint(
                condition=Q(
                    change__in=HandoverChange.values,
                    basis__in=BeneficiaryGroup.values,
                    basis_before__in=["", *BeneficiaryGroup.values],
                ),
                name="handover_row_known_values",
            ),
            models.CheckConstraint(
                condition=Q(change=HandoverChange.CHANGED)
                & ~Q(basis_before="")
                & ~Q(basis_before=F("basis"))
                | ~Q(change=HandoverChange.CHANGED) & Q(basis_before=""),
                name="handover_row_changed_from_another",
            ),
        ]

    def __str__(self):
        return f"{self.get_change_display()}: {self.person or self.household}"
