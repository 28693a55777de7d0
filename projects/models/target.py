"""What a ward promises and what it reached."""

from django.db import models
from django.db.models import Q

from povertyplan.core.models import Area, ScopedQuerySet, Unit
from povertyplan.core.text.vietnamese import lower_first
from projects.choices import (
    RANGES,
    Accumulation,
    Direction,
    FigurePeriod,
    Measure,
    TargetOperator,
)

from .component import WardProject, WardProjectQuerySet


class Indicator(models.Model):
    """Something a ward measures itself by (chỉ tiêu theo dõi).

    `query` names the function of `reports.figures` that computes the actual; empty means that
    a unit reports it. `dimension` is the group under which a plan prints it.

    Of what units report: `accumulation` and `period` say how the figures of a year come together.
    `baseline` is a figure from which progress is measured, where the year before the first target
    has none; `has_no_baseline` says that there is none to look for. `whole_query` names the query
    that the denominator is compared with, `lacking` the deprivation of who is not counted.
    """

    ward = models.ForeignKey(Area, models.PROTECT, related_name="indicators")
    code = models.CharField("Mã", max_length=40)
    name = models.CharField("Tên", max_length=250)
    dimension = models.CharField("Nhóm", max_length=40, blank=True)
    measure = models.CharField("Cách đo", max_length=7, choices=Measure)
    measure_unit = models.CharField("Đơn vị tính", max_length=40)
    direction = models.CharField("Chiều hướng", max_length=4, choices=Direction)
    query = models.CharField("Số liệu tính từ", max_length=80, blank=True)
    owner = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="indicators",
        verbose_name="Đơn vị theo dõi",
    )
    order = models.PositiveSmallIntegerField("Thứ tự", default=0)
    ward_project = models.ForeignKey(
        WardProject,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="indicators",
        verbose_name="Thuộc dự án",
    )
    accumulation = models.CharField(
        "Cách cộng các kỳ", max_length=6, choices=Accumulation, default=Accumulation.LATEST
    )
    period = models.CharField(
        "Kỳ số liệu", max_length=11, choices=FigurePeriod, default=FigurePeriod.YEAR
    )
    baseline = models.DecimalField("Số gốc", max_digits=12, decimal_places=2, null=True, blank=True)
    has_no_baseline = models.BooleanField("Không có số gốc", default=False)
    whole_query = models.CharField("Tổng số đối chiếu với", max_length=80, blank=True)
    lacking = models.PositiveSmallIntegerField("Chỉ số thiếu hụt đối chiếu", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = WardProjectQuerySet.as_manager()

    class Meta:
        verbose_name = "chỉ tiêu theo dõi"
        ordering = ["ward", "order"]
        constraints = [
            models.UniqueConstraint(fields=["ward", "code"], name="indicator_code_once"),
            models.CheckConstraint(
                condition=Q(measure__in=Measure.values, direction__in=Direction.values),
                name="indicator_known_measure_and_direction",
            ),
            models.CheckConstraint(
                condition=Q(accumulation__in=Accumulation.values, period__in=FigurePeriod.values),
                name="indicator_known_accumulation_and_period",
            ),
            models.CheckConstraint(
                condition=Q(baseline=None) | Q(has_no_baseline=False, baseline__gte=0),
                name="indicator_baseline_or_none",
            ),
            models.CheckConstraint(
                condition=~Q(accumulation=Accumulation.SUM, measure=Measure.PERCENT),
                name="indicator_adds_up_counts_only",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def counted_name(self) -> str:
        """What is counted, inside a sentence: "hộ nghèo"."""
        return lower_first(self.name).removeprefix("số ")

    @property
    def rate_name(self) -> str:
        """What the rate beside a count is called: "Số hộ nghèo" gives "Tỷ lệ hộ nghèo"."""
        return f"Tỷ lệ {self.counted_name}"

    @property
    def reported_by(self) -> str:
        """Who gives a figure that is not computed, as its source names them."""
        return f"{self.owner.name} báo cáo" if self.owner else "Đơn vị báo cáo"


class TargetQuerySet(ScopedQuerySet):
    ward_path = "ward"
    village_path = None

    def in_force(self):
        """Targets that no later version replaces."""
        return self.filter(superseded_by=None)


class Target(models.Model):
    """A figure promised for the end of a year (chỉ tiêu kế hoạch).

    `low` holds the figure, `high` only the upper end of a range; `rate_operator` and `rate`
    (percent) stand beside a count where the plan promises both. Counts and percents of real
    plans may disagree: both are kept as assigned and the linter says so.
    """

    ward = models.ForeignKey(Area, models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, models.PROTECT, related_name="targets")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="targets")
    year = models.PositiveSmallIntegerField("Năm")
    operator = models.CharField("Ràng buộc", max_length=12, choices=TargetOperator)
    low = models.DecimalField("Giá trị", max_digits=12, decimal_places=2, null=True, blank=True)
    high = models.DecimalField("Đến", max_digits=12, decimal_places=2, null=True, blank=True)
    rate_operator = models.CharField(
        "Ràng buộc của tỷ lệ", max_length=12, choices=TargetOperator, blank=True
    )
    rate = models.DecimalField("Tỷ lệ (%)", max_digits=5, decimal_places=2, null=True, blank=True)
    assigned_by = models.CharField("Cấp giao", max_length=120, blank=True)
    note = models.TextField("Ghi chú", blank=True)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    reason = models.TextField("Lý do điều chỉnh", blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = TargetQuerySet.as_manager()

    class Meta:
        verbose_name = "chỉ tiêu"
        ordering = ["ward", "indicator__order", "year"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "area", "year"],
                condition=Q(supersedes=None),
                name="target_first_version_once",
            ),
            models.CheckConstraint(
                condition=Q(operator__in=TargetOperator.values), name="target_known_operator"
            ),
            models.CheckConstraint(
                condition=Q(operator__in=RANGES, high__gte=models.F("low"))
                | ~Q(operator__in=RANGES) & Q(high=None),
                name="target_only_a_range_has_two_ends",
            ),
            models.CheckConstraint(
                condition=Q(rate=None, rate_operator="")
                | Q(rate__gte=0, rate__lte=100, rate_operator__in=TargetOperator.values),
                name="target_rate_in_range",
            ),
            models.CheckConstraint(
                condition=Q(supersedes=None) | ~Q(reason=""), name="target_change_has_reason"
            ),
        ]

    def __str__(self):
        return f"{self.indicator}, {self.year}"


class Actual(models.Model):
    """A figure a unit reports for an indicator that no query computes (kết quả thực hiện).

    A rate is its numerator and denominator; a count has no denominator. `period` is the number of
    the month, quarter or half within the year, 1 where the year is one. What contradicts the ledger
    has a `ledger_reason`.
    """

    ward = models.ForeignKey(Area, models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, models.PROTECT, related_name="actuals")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="actuals")
    year = models.PositiveSmallIntegerField("Năm")
    period = models.PositiveSmallIntegerField("Kỳ", default=1)
    numerator = models.PositiveIntegerField("Tử số")
    denominator = models.PositiveIntegerField("Mẫu số", null=True, blank=True)
    as_of = models.DateField("Số liệu đến ngày")
    is_estimate = models.BooleanField("Ước thực hiện", default=False)
    evidence = models.CharField("Văn bản, minh chứng", max_length=250, blank=True)
    ledger_reason = models.CharField("Lý do khác với sổ", max_length=250, blank=True)
    note = models.TextField("Ghi chú", blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = WardProjectQuerySet.as_manager()

    class Meta:
        verbose_name = "kết quả thực hiện"
        ordering = ["ward", "indicator__order", "year", "period"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "area", "year", "period"], name="actual_once_a_period"
            ),
            models.CheckConstraint(
                condition=Q(period__gte=1, period__lte=12), name="actual_period_of_a_year"
            ),
            models.CheckConstraint(
                condition=Q(denominator=None) | Q(denominator__gte=models.F("numerator")),
                name="actual_part_of_whole",
            ),
        ]

    def __str__(self):
        return f"{self.indicator}, {self.year}"
