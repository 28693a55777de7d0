"""What a project does in a year: how much, by whom, until when, and what shows that it is done."""

from django.db import models
from django.db.models import Q

from povertyplan.core.models import Area, ScopedQuerySet, Unit
from povertyplan.core.models.plain_sql import PlainYear
from projects.models.component import WardProject


class ActivityQuerySet(ScopedQuerySet):
    village_path = None


class Activity(models.Model):
    """An activity of a ward's project in one year (hoạt động). Quantities unknown are None."""

    ward = models.ForeignKey(Area, models.PROTECT, related_name="activities")
    ward_project = models.ForeignKey(WardProject, models.PROTECT, related_name="activities")
    year = models.PositiveSmallIntegerField("Năm")
    name = models.CharField("Hoạt động", max_length=300)
    quantity = models.DecimalField(
        "Khối lượng", max_digits=12, decimal_places=2, null=True, blank=True
    )
    quantity_unit = models.CharField("Đơn vị tính", max_length=40, blank=True)
    owner = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name="Đơn vị thực hiện",
    )
    due_on = models.DateField("Hạn hoàn thành", null=True, blank=True)
    done_on = models.DateField("Ngày hoàn thành", null=True, blank=True)
    done_quantity = models.DecimalField(
        "Đã thực hiện", max_digits=12, decimal_places=2, null=True, blank=True
    )
    evidence = models.CharField("Văn bản, minh chứng", max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = "hoạt động của dự án"
        ordering = ["ward", "ward_project", "year", "due_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="activity_has_a_name"),
            models.CheckConstraint(
                condition=(Q(quantity=None) | Q(quantity__gt=0))
                & (Q(done_quantity=None) | Q(done_quantity__gte=0)),
                name="activity_quantities_are_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(done_quantity=None) | Q(done_on__isnull=False),
                name="activity_done_quantity_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(due_on=None) | Q(year=PlainYear("due_on")),
                name="activity_due_in_its_year",
            ),
        ]

    def __str__(self):
        return self.name
