"""The procedure of a review as the law sets it: data, because it changes with the law."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from povertyplan.core.models import Area, ScopedQuerySet


class ProcedureQuerySet(models.QuerySet):
    def in_force(self, *, on):
        """Procedures that hold on a day."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=on), valid_from__lte=on)


class ReviewProcedure(models.Model):
    """What each village goes through before its results are submitted (quy trình rà soát).

    `posting_days` are working days. `opens_on_day` and `closes_on_day` are the usual dates of
    the annual review in any year, as month * 100 + day (901 = 01/9).
    """

    code = models.CharField("Mã", max_length=30, unique=True)
    name = models.CharField("Tên", max_length=160)
    legal_reference = models.CharField("Căn cứ", max_length=250)
    valid_from = models.DateField("Từ ngày")
    valid_to = models.DateField("Đến ngày", null=True, blank=True)
    requires_meeting = models.BooleanField("Phải họp dân", default=True)
    agreeing_percent = models.PositiveSmallIntegerField(
        "Tỷ lệ đồng ý tối thiểu (%)", validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    minutes_copies = models.PositiveSmallIntegerField("Số bản biên bản", default=2)
    requires_posting = models.BooleanField("Phải niêm yết", default=True)
    posting_days = models.PositiveSmallIntegerField("Số ngày làm việc niêm yết")
    opens_on_day = models.PositiveSmallIntegerField("Ngày bắt đầu hằng năm")
    closes_on_day = models.PositiveSmallIntegerField("Ngày kết thúc hằng năm")
    regular_days = models.PositiveSmallIntegerField("Số ngày làm việc rà soát thường xuyên")

    objects = ProcedureQuerySet.as_manager()

    class Meta:
        verbose_name = "quy trình rà soát"
        ordering = ["-valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(agreeing_percent__gte=1, agreeing_percent__lte=100),
                name="procedure_percent_in_range",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="procedure_dates_in_order",
            ),
        ]

    def __str__(self):
        return self.name


class HolidayQuerySet(ScopedQuerySet):
    village_path = None


class Holiday(models.Model):
    """A day without work. National fixed days have no ward and no year: they come every year.

    Days that move with the moon or that are set year by year are rows of a ward. So is a day of
    the weekend that a decision makes a working day (ngày làm bù): that one `is_worked`.
    """

    ward = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="holidays")
    year = models.PositiveSmallIntegerField("Năm", null=True, blank=True)
    month = models.PositiveSmallIntegerField("Tháng")
    day = models.PositiveSmallIntegerField("Ngày")
    name = models.CharField("Tên ngày nghỉ", max_length=120)
    is_worked = models.BooleanField("Ngày làm bù", default=False)
    legal_reference = models.CharField("Căn cứ", max_length=200, blank=True)

    objects = HolidayQuerySet.as_manager()

    class Meta:
        verbose_name = "ngày nghỉ"
        ordering = ["year", "month", "day"]
        constraints = [
            models.UniqueConstraint(
                fields=["ward", "year", "month", "day"],
                name="holiday_once_in_ward",
                violation_error_message="Ngày nghỉ này đã có.",
            ),
            models.UniqueConstraint(
                fields=["month", "day"],
                condition=Q(ward=None),
                name="holiday_once_for_all",
            ),
            models.CheckConstraint(
                condition=Q(ward=None, year=None) | Q(ward__isnull=False, year__isnull=False),
                name="holiday_of_ward_has_year",
            ),
            models.CheckConstraint(
                condition=Q(month__gte=1, month__lte=12, day__gte=1, day__lte=31),
                name="holiday_is_a_day",
            ),
            models.CheckConstraint(
                condition=Q(is_worked=False) | Q(ward__isnull=False) & ~Q(legal_reference=""),
                name="holiday_worked_by_a_decision",
            ),
        ]

    def __str__(self):
        return f"{self.name} ({self.day:02}/{self.month})"
