"""Years whose figures may no longer change."""

from django.db import models
from django.db.models import F, Q

from .area import Area
from .scope import ScopedQuerySet
from .user import User


class PeriodLockQuerySet(ScopedQuerySet):
    village_path = None

    def in_force(self):
        return self.filter(released_at=None)


class PeriodLock(models.Model):
    """A locked year of a ward (khóa số liệu). Releasing keeps the row and says who and why.

    While it is in force the database refuses every change to the figures of the year: statuses,
    totals of households, targets and actuals.
    """

    ward = models.ForeignKey(Area, models.PROTECT, related_name="period_locks")
    year = models.PositiveSmallIntegerField("Năm")
    locked_at = models.DateTimeField("Khóa lúc")
    locked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="Người khóa")
    released_at = models.DateTimeField("Mở khóa lúc", null=True, blank=True)
    released_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Người mở khóa"
    )
    release_reason = models.TextField("Lý do mở khóa", blank=True)

    objects = PeriodLockQuerySet.as_manager()

    class Meta:
        verbose_name = "khóa số liệu"
        ordering = ["ward", "-year", "-locked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["ward", "year"],
                condition=Q(released_at=None),
                name="period_lock_once",
                violation_error_message="Số liệu năm này đã khóa.",
            ),
            models.CheckConstraint(
                condition=Q(released_at=None, released_by=None, release_reason="")
                | Q(released_at__gte=F("locked_at"), released_by__isnull=False)
                & ~Q(release_reason=""),
                name="period_lock_released_with_reason",
            ),
        ]

    def __str__(self):
        return f"Số liệu năm {self.year}"
