"""Parts of years whose figures may no longer change."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from povertyplan.core.text.vietnamese import lower_first
from povertyplan.core.year_parts import LOCKABLE_MONTHS, WHOLE_YEAR, YearPart

from .area import Area
from .scope import ScopedQuerySet
from .user import User


class PeriodLockQuerySet(ScopedQuerySet):
    village_path = None

    def in_force(self):
        return self.filter(released_at=None)

    def of_whole_year(self, year: int):
        """Locks of all figures of a year; what tells of a year alone asks for these."""
        return self.filter(year=year, first_month=WHOLE_YEAR[0], last_month=WHOLE_YEAR[1])

    def on_day(self, day: date):
        """Locks of a year or a part of it in which a day lies."""
        return self.filter(year=day.year, first_month__lte=day.month, last_month__gte=day.month)

    def over(self, first: date, last: date):
        """Locks that hold every day from the first to the last."""
        return self.on_day(first) & self.on_day(last)

    def reaching(self, day: date):
        """Locks of figures of a day or of any later one."""
        return self.filter(
            Q(year__gt=day.year) | Q(year=day.year, last_month__gte=day.month),
        )


class PeriodLock(models.Model):
    """A locked year of a ward, or a part of one (khóa số liệu).

    Locking says why. Releasing keeps the row and says who and why; locking again makes another row.

    While it is in force the database refuses every change to the figures of its days: statuses,
    totals of households, supports and donations, and those of a whole year targets, actuals and
    money. `reason` is empty only where it was locked before reasons were asked.
    """

    ward = models.ForeignKey(Area, models.PROTECT, related_name="period_locks")
    year = models.PositiveSmallIntegerField("Năm")
    first_month = models.PositiveSmallIntegerField("Từ tháng", default=WHOLE_YEAR[0])
    last_month = models.PositiveSmallIntegerField("Đến tháng", default=WHOLE_YEAR[1])
    reason = models.TextField("Lý do khóa", blank=True)
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
                fields=["ward", "year", "first_month", "last_month"],
                condition=Q(released_at=None),
                name="period_lock_of_part_once",
                violation_error_message="Số liệu kỳ này đã khóa.",
            ),
            models.CheckConstraint(
                condition=Q(
                    *(Q(first_month=first, last_month=last) for first, last in LOCKABLE_MONTHS),
                    _connector=Q.OR,
                ),
                name="period_lock_of_known_part",
            ),
            models.CheckConstraint(
                condition=Q(released_at=None, released_by=None, release_reason="")
                | Q(released_at__gte=F("locked_at"), released_by__isnull=False)
                & ~Q(release_reason=""),
                name="period_lock_released_with_reason",
            ),
        ]

    def __str__(self):
        return f"Số liệu {self.period_words}"

    @property
    def part(self) -> YearPart:
        return YearPart(self.year, (self.first_month, self.last_month))

    @property
    def period_words(self) -> str:
        """Inside a sentence: "năm 2025", "9 tháng năm 2026"."""
        return lower_first(self.part.name)

    def holds_day(self, day: date) -> bool:
        return self.year == day.year and self.first_month <= day.month <= self.last_month
