"""Livelihood projects: households that produce together, from the announcement to the end."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from households.models import Household
from povertyplan.core.models import Area, ScopedQuerySet, Unit
from projects.choices import Confidence, LivelihoodKind, LivelihoodStage

from .component import WardProject


class LivelihoodProcedure(models.Model):
    """What is asked of a kind of livelihood projects from a day on (thủ tục lựa chọn dự án).

    `posting_days` is within how many working days the result has to be posted, `public_days` how
    many working days it stays before the approval; `least_beneficiaries` the least share of
    members, in percent, who are poor, near-poor or newly escaped. What is not known is None. Not
    every reading of the law is certain: what is missed is asked about, not refused. What is kept
    here an administrator wrote: loading the reference data leaves it alone.
    """

    kind = models.CharField("Hình thức", max_length=12, choices=LivelihoodKind)
    valid_from = models.DateField("Áp dụng từ ngày")
    asks_meeting = models.BooleanField("Có họp dân", default=False)
    assessor = models.CharField("Bên thẩm định", max_length=100)
    posting_days = models.PositiveSmallIntegerField("Công khai trong số ngày làm việc", null=True)
    public_days = models.PositiveSmallIntegerField("Số ngày làm việc công khai", null=True)
    least_beneficiaries = models.PositiveSmallIntegerField("Tỷ lệ đối tượng tối thiểu", null=True)
    legal_reference = models.CharField("Căn cứ pháp lý", max_length=250)
    confidence = models.CharField("Độ tin cậy", max_length=6, choices=Confidence)
    is_kept_here = models.BooleanField("Đã sửa tại đây", default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "thủ tục lựa chọn dự án sản xuất"
        ordering = ["kind", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "valid_from"], name="livelihood_procedure_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=LivelihoodKind.values, confidence__in=Confidence.values)
                & (Q(least_beneficiaries=None) | Q(least_beneficiaries__lte=100)),
                name="livelihood_procedure_known_values",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, từ {self.valid_from:%d/%m/%Y}"


class LivelihoodQuerySet(ScopedQuerySet):
    village_path = None

    def in_year(self, year: int):
        """Those whose years have it."""
        return self.filter(year_from__lte=year, year_to__gte=year)


class Livelihood(models.Model):
    """A livelihood model or production project of a ward (mô hình, dự án phát triển sản xuất).

    How far it has come its steps say. One that was stopped stays with the reason.
    """

    ward = models.ForeignKey(Area, models.PROTECT, related_name="+")
    ward_project = models.ForeignKey(WardProject, models.PROTECT, related_name="livelihoods")
    kind = models.CharField("Hình thức", max_length=12, choices=LivelihoodKind)
    name = models.CharField("Tên mô hình, dự án", max_length=250)
    place = models.CharField("Địa điểm", max_length=250, blank=True)
    content = models.TextField("Nội dung", blank=True)
    owner = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="livelihoods",
        verbose_name="Đơn vị theo dõi",
    )
    year_from = models.PositiveSmallIntegerField("Từ năm")
    year_to = models.PositiveSmallIntegerField("Đến năm")
    stopped_on = models.DateField("Dừng từ ngày", null=True, blank=True)
    stop_reason = models.CharField("Lý do dừng", max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = LivelihoodQuerySet.as_manager()

    class Meta:
        verbose_name = "mô hình sinh kế"
        ordering = ["ward", "-year_from", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["ward_project", "name", "year_from"],
                name="livelihood_name_once_a_year",
                violation_error_message="Dự án đã có mô hình tên này trong năm đó.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=LivelihoodKind.values) & ~Q(name=""),
                name="livelihood_known_kind",
            ),
            models.CheckConstraint(
                condition=Q(year_to__gte=F("year_from")), name="livelihood_years_in_order"
            ),
            models.CheckConstraint(
                condition=Q(stopped_on=None, stop_reason="")
                | Q(stopped_on__isnull=False) & ~Q(stop_reason=""),
                name="livelihood_stopped_with_reason",
            ),
        ]

    def __str__(self):
        return self.name


class LivelihoodStepQuerySet(ScopedQuerySet):
    village_path = None

    def standing(self):
        """Steps that were not taken back."""
        return self.filter(withdrawal_reason="")


class LivelihoodStep(models.Model):
    """A step of a livelihood project on its day (bước thực hiện), with its paper.

    A step is never changed: one written wrongly is taken back with a reason.
    """

    ward = models.ForeignKey(Area, models.PROTECT, related_name="+")
    livelihood = models.ForeignKey(Livelihood, models.PROTECT, related_name="steps")
    stage = models.CharField("Bước", max_length=10, choices=LivelihoodStage)
    on = models.DateField("Ngày")
    document = models.CharField("Văn bản, biên bản", max_length=250, blank=True)
    note = models.CharField("Ghi chú", max_length=500, blank=True)
    withdrawal_reason = models.CharField("Lý do bỏ", max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = LivelihoodStepQuerySet.as_manager()

    class Meta:
        verbose_name = "bước của mô hình"
        ordering = ["livelihood", "on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["livelihood", "stage"],
                condition=Q(withdrawal_reason=""),
                name="livelihood_step_once",
                violation_error_message="Bước này đã ghi.",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=LivelihoodStage.values), name="livelihood_step_known_stage"
            ),
        ]

    def __str__(self):
        return f"{self.get_stage_display()}, {self.on:%d/%m/%Y}"


class LivelihoodMemberQuerySet(ScopedQuerySet):
    village_path = "household__village"

    def on_day(self, day: date):
        """Those who belonged to it on a day."""
        return self.filter(Q(left_on=None) | Q(left_on__gt=day), joined_on__lte=day)


class LivelihoodMember(models.Model):
    """Who takes part in a livelihood project (hộ, tổ chức tham gia), from a day to a day. Personal.

    A household of the register, or somebody else by name: a cooperative, a trader, a household
    that the register does not hold.
    """

    ward = models.ForeignKey(Area, models.PROTECT, related_name="+")
    livelihood = models.ForeignKey(Livelihood, models.PROTECT, related_name="members")
    household = models.ForeignKey(
        Household, models.PROTECT, null=True, blank=True, related_name="livelihoods"
    )
    name = models.CharField("Bên tham gia khác", max_length=150, blank=True)
    part = models.CharField("Phần tham gia", max_length=250, blank=True)
    joined_on = models.DateField("Tham gia từ ngày")
    left_on = models.DateField("Thôi tham gia từ ngày", null=True, blank=True)
    leave_reason = models.CharField("Lý do thôi tham gia", max_length=250, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = LivelihoodMemberQuerySet.as_manager()

    class Meta:
        verbose_name = "thành viên mô hình"
        ordering = ["livelihood", "joined_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["livelihood", "household"],
                condition=Q(left_on=None, household__isnull=False),
                name="livelihood_household_once",
                violation_error_message="Hộ này đang tham gia mô hình.",
            ),
            models.CheckConstraint(
                condition=Q(household__isnull=False, name="") | Q(household=None) & ~Q(name=""),
                name="livelihood_member_is_somebody",
            ),
            models.CheckConstraint(
                condition=Q(left_on=None, leave_reason="")
                | Q(left_on__gte=F("joined_on")) & ~Q(leave_reason=""),
                name="livelihood_member_left_with_reason",
            ),
        ]

    def __str__(self):
        return str(self.household or self.name)
