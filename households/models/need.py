"""What households need (nhu cầu hỗ trợ), of which kinds, and when each of them was asked."""

from django.db import models
from django.db.models import F, Q

from households.choices import NeedOutcome, NeedSource
from povertyplan.core.models import Area

from .household import Household, Person, RegisterQuerySet
from .standard import DeprivationIndicator, PovertyCause


class NeedKindQuerySet(models.QuerySet):
    def of_ward(self, ward: Area | int):
        """The kinds that every ward shares, and a ward's own."""
        return self.filter(Q(ward=None) | Q(ward=ward))

    def offered(self):
        return self.filter(is_offered=True)


class NeedKind(models.Model):
    """A kind of need (loại nhu cầu), of a household or of each of its members.

    One without a ward is reference data, known by its code; a ward adds its own. `indicators` and
    `causes` are those that it removes where it is served. A kind that is not offered any more
    keeps the needs that name it.
    """

    ward = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+")
    code = models.CharField("Mã", max_length=40, blank=True)
    name = models.CharField("Tên", max_length=100)
    for_persons = models.BooleanField("Ghi theo từng người", default=False)
    is_offered = models.BooleanField("Đang dùng", default=True)
    order = models.PositiveSmallIntegerField("Thứ tự")
    indicators = models.ManyToManyField(
        DeprivationIndicator, related_name="need_kinds", blank=True, verbose_name="Chỉ số thiếu hụt"
    )
    causes = models.ManyToManyField(
        PovertyCause, related_name="need_kinds", blank=True, verbose_name="Nguyên nhân nghèo"
    )
    version = models.PositiveIntegerField(default=1)

    objects = NeedKindQuerySet.as_manager()

    class Meta:
        verbose_name = "loại nhu cầu"
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=~Q(code=""), name="need_kind_code_once"
            ),
            models.UniqueConstraint(
                fields=["ward", "name"],
                name="need_kind_name_once_in_ward",
                violation_error_message="Phường, xã đã có loại nhu cầu tên này.",
            ),
            # Rows without a ward are all different to the constraint above.
            models.UniqueConstraint(
                fields=["name"], condition=Q(ward=None), name="need_kind_shared_name_once"
            ),
            models.CheckConstraint(
                condition=Q(ward=None) & ~Q(code="") | Q(ward__isnull=False, code=""),
                name="need_kind_shared_by_code",
            ),
        ]

    def __str__(self):
        return self.name


class NeedRowQuerySet(RegisterQuerySet):
    village_path = "household__village"


class NeedInquiry(models.Model):
    """That a household was asked what it needs, and whether it named anything.

    A household without one was not asked (chưa hỏi), which is not the same as having no need.
    """

    ward = models.ForeignKey(Area, models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, models.PROTECT, related_name="need_inquiries")
    asked_on = models.DateField("Ngày hỏi")
    source = models.CharField("Nguồn", max_length=8, choices=NeedSource)
    has_needs = models.BooleanField("Có nhu cầu")

    objects = NeedRowQuerySet.as_manager()

    class Meta:
        verbose_name = "lần hỏi nhu cầu"
        ordering = ["household", "-asked_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(source__in=NeedSource.values), name="need_inquiry_known_source"
            )
        ]

    def __str__(self):
        return f"{self.household}, {self.asked_on:%d/%m/%Y}"


class NeedQuerySet(NeedRowQuerySet):
    def open(self):
        return self.filter(ended_on=None)


class SupportNeed(models.Model):
    """What a household, or one of its members, needs (nhu cầu hỗ trợ), from a day to a day.

    `indicator` or `cause` is the deprivation of its latest form that the need would remove.
    """

    ward = models.ForeignKey(Area, models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, models.PROTECT, related_name="needs")
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="needs", verbose_name="Người"
    )
    kind = models.ForeignKey(
        NeedKind, models.PROTECT, related_name="needs", verbose_name="Loại nhu cầu"
    )
    indicator = models.ForeignKey(
        DeprivationIndicator, models.PROTECT, null=True, blank=True, related_name="+"
    )
    cause = models.ForeignKey(PovertyCause, models.PROTECT, null=True, blank=True, related_name="+")
    asked_on = models.DateField("Từ ngày")
    source = models.CharField("Nguồn", max_length=8, choices=NeedSource)
    note = models.CharField("Ghi chú", max_length=250, blank=True)
    ended_on = models.DateField("Kết thúc ngày", null=True, blank=True)
    outcome = models.CharField("Kết quả", max_length=9, choices=NeedOutcome, blank=True)
    end_reason = models.CharField("Lý do kết thúc", max_length=250, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = NeedQuerySet.as_manager()

    class Meta:
        verbose_name = "nhu cầu hỗ trợ"
        ordering = ["household", "kind__order", "pk"]
        indexes = [models.Index(fields=["ward", "kind", "ended_on"], name="need_ward_kind_ended")]
        constraints = [
            models.UniqueConstraint(
                fields=["household", "kind"],
                condition=Q(ended_on=None, person=None),
                name="need_open_once_in_household",
                violation_error_message="Nhu cầu này của hộ đã được ghi và chưa kết thúc.",
            ),
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=Q(ended_on=None, person__isnull=False),
                name="need_open_once_of_person",
                violation_error_message="Nhu cầu này của người này đã được ghi và chưa kết thúc.",
            ),
            models.CheckConstraint(
                condition=Q(source__in=NeedSource.values), name="need_known_source"
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, outcome="", end_reason="")
                | Q(ended_on__gte=F("asked_on"), outcome__in=NeedOutcome.values)
                & ~Q(end_reason=""),
                name="need_ended_with_outcome_and_reason",
            ),
        ]

    def __str__(self):
        return f"{self.kind}, {self.household}"
