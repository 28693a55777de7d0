"""Reference data of the field: poverty standards, ethnic groups, causes of poverty."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from households.choices import DEPRIVATION_FIELDS, Dimension
from povertyplan.core.choices import Setting


class StandardQuerySet(models.QuerySet):
    def in_force(self, *, on):
        """Standards that hold on a day, the latest first: two may run side by side."""
        held = self.filter(Q(valid_to=None) | Q(valid_to__gte=on), valid_from__lte=on)
        return held.order_by("-valid_from", "-pk")


class PovertyStandard(models.Model):
    """A multidimensional poverty standard (chuẩn nghèo đa chiều), dated, with its legal source.

    `poor_from_points` is the deprivation score from which a household on or under the income
    line is poor instead of near-poor.
    """

    code = models.CharField("Mã", max_length=20, unique=True)
    name = models.CharField("Tên", max_length=160)
    legal_reference = models.CharField("Căn cứ pháp lý", max_length=250)
    valid_from = models.DateField("Từ ngày")
    valid_to = models.DateField("Đến ngày", null=True, blank=True)
    poor_from_points = models.PositiveSmallIntegerField("Điểm thiếu hụt của hộ nghèo, từ")

    objects = StandardQuerySet.as_manager()

    class Meta:
        verbose_name = "chuẩn nghèo"
        ordering = ["valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="standard_dates_in_order",
            )
        ]

    def __str__(self):
        return self.name

    def is_in_force(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or self.valid_to >= on)


class IncomeLine(models.Model):
    """The income line of one setting: đồng a person a month, and the B1 points that stand for it.

    `score_line` is empty while no circular has set the points: such a standard cannot classify.
    """

    standard = models.ForeignKey(PovertyStandard, models.CASCADE, related_name="income_lines")
    setting = models.CharField("Khu vực", max_length=5, choices=Setting)
    income = models.PositiveIntegerField("Thu nhập (đồng/người/tháng)")
    score_line = models.PositiveSmallIntegerField("Điểm B1", null=True, blank=True)
    average_living_income = models.PositiveIntegerField(
        "Thu nhập mức sống trung bình, đến", null=True, blank=True
    )

    class Meta:
        verbose_name = "mức chuẩn thu nhập"
        constraints = [
            models.UniqueConstraint(
                fields=["standard", "setting"], name="income_line_once_per_setting"
            ),
            models.CheckConstraint(
                condition=Q(setting__in=Setting.values), name="income_line_known_setting"
            ),
        ]

    def __str__(self):
        return f"{self.standard}, {self.get_setting_display()}"


class DeprivationIndicator(models.Model):
    """One indicator of deprivation (chỉ số thiếu hụt), numbered from 1 on the survey form."""

    standard = models.ForeignKey(PovertyStandard, models.CASCADE, related_name="indicators")
    number = models.PositiveSmallIntegerField("Số")
    dimension = models.CharField("Chiều", max_length=20, choices=Dimension)
    name = models.CharField("Tên", max_length=80)
    definition = models.TextField("Hộ thiếu hụt khi")
    points = models.PositiveSmallIntegerField("Điểm")

    class Meta:
        verbose_name = "chỉ số thiếu hụt"
        ordering = ["standard", "number"]
        constraints = [
            models.UniqueConstraint(fields=["standard", "number"], name="indicator_number_once"),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=len(DEPRIVATION_FIELDS)),
                name="indicator_number_in_range",
            ),
            models.CheckConstraint(
                condition=Q(dimension__in=Dimension.values), name="indicator_known_dimension"
            ),
        ]

    def __str__(self):
        return f"{self.number}. {self.name}"


class EthnicGroup(models.Model):
    """One of the 54 ethnic groups (dân tộc); `aliases` are other spellings, one a line."""

    code = models.CharField("Mã", max_length=2, unique=True)
    name = models.CharField("Tên", max_length=40, unique=True)
    aliases = models.TextField("Cách viết khác", blank=True)

    class Meta:
        verbose_name = "dân tộc"
        ordering = ["code"]

    def __str__(self):
        return self.name


class PovertyCause(models.Model):
    """A cause of poverty (nguyên nhân nghèo) as the official list numbers it."""

    number = models.PositiveSmallIntegerField("Số", unique=True)
    name = models.CharField("Tên", max_length=120)

    class Meta:
        verbose_name = "nguyên nhân nghèo"
        ordering = ["number"]

    def __str__(self):
        return f"{self.number}. {self.name}"
