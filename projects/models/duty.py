"""What a unit keeps for the whole ward, beside the projects that it leads."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from povertyplan.core.models import Area, ScopedQuerySet, Unit
from projects.choices import UnitDutyKind


class UnitDutyQuerySet(ScopedQuerySet):
    village_path = None

    def in_force(self, on: date):
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=on), valid_from__lte=on)


class UnitDuty(models.Model):
    """A duty that a ward gives to a unit from a day on (giao giữ sổ, giữ kinh phí).

    Who reports for the unit writes what the duty names, and nothing else of other units.
    """

    ward = models.ForeignKey(Area, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="duties", verbose_name="Đơn vị")
    duty = models.CharField("Việc giao", max_length=10, choices=UnitDutyKind)
    valid_from = models.DateField("Từ ngày")
    valid_to = models.DateField("Đến hết ngày", null=True, blank=True)
    end_reason = models.CharField("Lý do thôi giao", max_length=250, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = UnitDutyQuerySet.as_manager()

    class Meta:
        verbose_name = "việc giao cho đơn vị"
        ordering = ["ward", "duty", "valid_from", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["ward", "unit", "duty"],
                condition=Q(valid_to=None),
                name="unit_duty_once",
                violation_error_message="Đơn vị đang được giao việc này.",
            ),
            models.CheckConstraint(
                condition=Q(duty__in=UnitDutyKind.values), name="unit_duty_known_kind"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None, end_reason="")
                | Q(valid_to__gte=F("valid_from")) & ~Q(end_reason=""),
                name="unit_duty_ended_with_reason",
            ),
        ]

    def __str__(self):
        return f"{self.get_duty_display()}: {self.unit}"
