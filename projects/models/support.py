"""Kinds of support, and what households, persons and groups received."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from households.choices import WindowRule
from households.field_access import FIELD_READERS, Field
from households.models import Household, NeedKind, Person
from households.models.household import RegisterQuerySet
from povertyplan.core.models import Area, User
from povertyplan.core.models.plain_sql import PlainYear
from projects.choices import (
    BudgetSource,
    Confidence,
    Eligibility,
    Recurrence,
    SupportRecipient,
    SupportState,
)

from .component import ComponentProject, WardProject


class SupportKindQuerySet(models.QuerySet):
    def valid_on(self, day: date):
        """Kinds that are not known to begin after the day or to have ended before it."""
        return self.filter(
            Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gte=day)
        )


class SupportKind(models.Model):
    """A kind of support with its rules (loại hỗ trợ), dated, with the law it rests on.

    No class at all means that the class is not asked. `escaped_months` is how long a household
    counts as newly escaped for this kind, `window` what it must have left. `others` names
    in words who else may receive it, `conditions` what the register does not know and somebody has
    to look at. Kinds of one `content_group` exclude each other (only the highest); `ceiling` is
    the most in đồng that one support may be, `needs` what is served by it. Nothing of this that
    is not known has a value. `tells_of_health` says that the kind itself tells of illness or
    disability. What is kept here an administrator wrote: loading the reference data leaves it
    alone.
    """

    code = models.CharField("Mã", max_length=40, unique=True)
    name = models.CharField("Tên", max_length=200)
    legal_reference = models.CharField("Căn cứ pháp lý", max_length=250)
    confidence = models.CharField("Độ tin cậy", max_length=6, choices=Confidence)
    valid_from = models.DateField("Từ ngày", null=True, blank=True)
    valid_to = models.DateField("Đến ngày", null=True, blank=True)
    recipient = models.CharField("Đối tượng nhận", max_length=9, choices=SupportRecipient)
    for_poor = models.BooleanField("Hộ nghèo", default=False)
    for_near_poor = models.BooleanField("Hộ cận nghèo", default=False)
    for_low_income = models.BooleanField("Lao động có thu nhập thấp", default=False)
    escaped_months = models.PositiveSmallIntegerField("Mới thoát nghèo (tháng)", null=True)
    window = models.CharField(
        "Cách xác định mới thoát nghèo",
        max_length=9,
        choices=WindowRule,
        default=WindowRule.PROGRAMME,
    )
    others = models.CharField("Đối tượng khác", max_length=300, blank=True)
    conditions = models.CharField("Điều kiện khác", max_length=300, blank=True)
    age_from = models.PositiveSmallIntegerField("Từ tuổi", null=True, blank=True)
    age_to = models.PositiveSmallIntegerField("Đến tuổi", null=True, blank=True)
    content_group = models.CharField("Nhóm nội dung", max_length=60, blank=True)
    recurrence = models.CharField("Chu kỳ", max_length=9, choices=Recurrence)
    ceiling = models.PositiveBigIntegerField("Mức tối đa (đồng)", null=True, blank=True)
    rate_in_words = models.CharField("Mức hỗ trợ", max_length=300, blank=True)
    quantity_unit = models.CharField("Đơn vị tính", max_length=40, blank=True)
    tells_of_health = models.BooleanField("Cho biết tình trạng sức khỏe", default=False)
    projects = models.ManyToManyField(ComponentProject, related_name="support_kinds", blank=True)
    needs = models.ManyToManyField(NeedKind, related_name="support_kinds", blank=True)
    order = models.PositiveSmallIntegerField("Thứ tự")
    is_kept_here = models.BooleanField("Đã sửa tại đây", default=False)
    version = models.PositiveIntegerField(default=1)

    objects = SupportKindQuerySet.as_manager()

    class Meta:
        verbose_name = "loại hỗ trợ"
        ordering = ["order"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    confidence__in=Confidence.values,
                    recipient__in=SupportRecipient.values,
                    recurrence__in=Recurrence.values,
                    window__in=WindowRule.values,
                ),
                name="support_kind_known_values",
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="support_kind_days_in_order",
            ),
            models.CheckConstraint(
                condition=Q(age_from=None) | Q(age_to=None) | Q(age_to__gte=F("age_from")),
                name="support_kind_ages_in_order",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def is_checked(self) -> bool:
        """Whether its rules were compared with the law."""
        return self.confidence == Confidence.HIGH

    @property
    def asks_class(self) -> bool:
        """Whether the right to it can hang on the class of the household."""
        escaped = self.escaped_months is not None
        return self.for_poor or self.for_near_poor or self.for_low_income or escaped

    @property
    def is_for_persons(self) -> bool:
        return self.recipient == SupportRecipient.PERSON


class SupportQuerySet(RegisterQuerySet):
    village_path = "household__village"

    def _granted(self, grant) -> Q:
        """A kind that tells of illness or disability is for those who see that of a household."""
        inside = super()._granted(grant)
        if grant.role in FIELD_READERS[Field.CONDITION]:
            return inside
        return inside & Q(kind__tells_of_health=False)

    def standing(self):
        """Supports that were not withdrawn."""
        return self.filter(withdrawn_at=None)

    def in_year(self, year: int):
        return self.filter(year=year)


class Support(models.Model):
    """What one household, person or group received or is to receive (hỗ trợ đã cấp).

    The recipient is a household, one of its members, or a group by its name. `year` is that of the
    delivery, before it that of the promise. A second support of its period has a `repeat_reason`;
    one for whom the rules did not say yes a `confirmation`, beside what they said on the day of
    the record. Withdrawing keeps the row. Sensitive: kind, where the kind tells of health.
    """

    ward = models.ForeignKey(Area, models.PROTECT, related_name="+")
    kind = models.ForeignKey(
        SupportKind, models.PROTECT, related_name="supports", verbose_name="Loại hỗ trợ"
    )
    ward_project = models.ForeignKey(
        WardProject,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="supports",
        verbose_name="Dự án",
    )
    household = models.ForeignKey(
        Household, models.PROTECT, null=True, blank=True, related_name="supports"
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="supports"
    )
    group_name = models.CharField("Nhóm hộ, tổ hợp tác", max_length=150, blank=True)
    quantity = models.DecimalField(
        "Số lượng", max_digits=12, decimal_places=2, null=True, blank=True
    )
    amount = models.PositiveBigIntegerField("Số tiền (đồng)", null=True, blank=True)
    source = models.CharField("Nguồn", max_length=16, choices=BudgetSource, blank=True)
    document = models.CharField("Văn bản, chứng từ", max_length=250, blank=True)
    year = models.PositiveSmallIntegerField("Năm")
    state = models.CharField("Tình trạng", max_length=12, choices=SupportState)
    promised_on = models.DateField("Ngày duyệt", null=True, blank=True)
    delivered_on = models.DateField("Ngày giao", null=True, blank=True)
    acknowledged_on = models.DateField("Ngày ký nhận", null=True, blank=True)
    verdict = models.CharField("Điều kiện khi ghi", max_length=9, choices=Eligibility)
    verdict_reason = models.TextField("Lý do điều kiện", blank=True)
    confirmation = models.TextField("Căn cứ xác nhận", blank=True)
    repeat_reason = models.TextField("Lý do hỗ trợ lần nữa", blank=True)
    withdrawn_at = models.DateTimeField("Thu hồi lúc", null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawal_reason = models.TextField("Lý do thu hồi", blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = SupportQuerySet.as_manager()

    class Meta:
        verbose_name = "hỗ trợ"
        ordering = ["ward", "-year", "-pk"]
        indexes = [
            models.Index(fields=["ward", "year", "kind"], name="support_ward_year_kind"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(household__isnull=False, group_name="")
                | Q(household=None, person=None) & ~Q(group_name=""),
                name="support_one_recipient",
            ),
            models.CheckConstraint(
                condition=Q(quantity__gt=0) | Q(quantity=None), name="support_quantity_positive"
            ),
            models.CheckConstraint(
                condition=Q(quantity__isnull=False) | Q(amount__isnull=False, amount__gt=0),
                name="support_is_something",
            ),
            models.CheckConstraint(
                condition=Q(
                    Q(source__in=BudgetSource.values) | Q(source=""),
                    state__in=SupportState.values,
                    verdict__in=Eligibility.values,
                ),
                name="support_known_values",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=SupportState.PROMISED,
                    promised_on__isnull=False,
                    delivered_on=None,
                    acknowledged_on=None,
                )
                | Q(state=SupportState.DELIVERED, delivered_on__isnull=False, acknowledged_on=None)
                | Q(
                    state=SupportState.ACKNOWLEDGED,
                    delivered_on__isnull=False,
                    acknowledged_on__isnull=False,
                ),
                name="support_state_has_its_days",
            ),
            models.CheckConstraint(
                condition=Q(promised_on=None)
                | Q(delivered_on=None)
                | Q(delivered_on__gte=F("promised_on")),
                name="support_delivered_after_promise",
            ),
            models.CheckConstraint(
                condition=Q(acknowledged_on=None) | Q(acknowledged_on__gte=F("delivered_on")),
                name="support_acknowledged_after_delivery",
            ),
            models.CheckConstraint(
                condition=Q(year=PlainYear(Coalesce("delivered_on", "promised_on"))),
                name="support_year_of_its_day",
            ),
            models.CheckConstraint(
                condition=Q(verdict=Eligibility.YES) | ~Q(confirmation=""),
                name="support_confirmed_by_reason",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawal_reason="")
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                & ~Q(withdrawal_reason=""),
                name="support_withdrawn_with_reason",
            ),
        ]

    def __str__(self):
        return f"{self.kind}, {self.recipient_name}"

    @property
    def day(self) -> date:
        """The day that counts: the delivery's, before it that of the promise."""
        return self.delivered_on or self.promised_on  # type: ignore[return-value]  # has one

    @property
    def recipient_name(self) -> str:
        """The person, the household by its code, or the group."""
        return str(self.person or self.household or self.group_name)

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None
