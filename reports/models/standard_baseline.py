"""From where progress is measured after the poverty standard changed (số gốc theo chuẩn mới)."""

from django.db import models
from django.db.models import Q

from households.models import PovertyStandard
from povertyplan.core.models import Area, ScopedQuerySet
from projects.models import Indicator


class StandardBaselineQuerySet(ScopedQuerySet):
    ward_path = "ward"
    village_path = None


class StandardBaseline(models.Model):
    """What an indicator starts from under a standard, and why that is the figure.

    Progress of a year under another standard than its first baseline has no other; `rate` stands
    beside a count, in percent. A change is kept by the history.
    """

    ward = models.ForeignKey(Area, models.PROTECT, related_name="+")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="standard_baselines")
    standard = models.ForeignKey(
        PovertyStandard, models.PROTECT, related_name="+", verbose_name="Chuẩn nghèo"
    )
    value = models.DecimalField("Số gốc", max_digits=12, decimal_places=2)
    rate = models.DecimalField("Tỷ lệ (%)", max_digits=5, decimal_places=2, null=True, blank=True)
    as_of = models.DateField("Số liệu ngày")
    reason = models.TextField("Lý do, căn cứ")
    version = models.PositiveIntegerField(default=1)

    objects = StandardBaselineQuerySet.as_manager()

    class Meta:
        verbose_name = "số gốc theo chuẩn nghèo"
        ordering = ["ward", "indicator", "standard"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "standard"], name="standard_baseline_once"
            ),
            models.CheckConstraint(
                condition=Q(value__gte=0) & (Q(rate=None) | Q(rate__gte=0, rate__lte=100)),
                name="standard_baseline_in_range",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="standard_baseline_has_reason"),
        ]

    def __str__(self):
        return f"{self.indicator}, {self.standard}"
