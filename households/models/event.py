"""What happened to households from day to day, apart from the yearly review."""

from django.db import models
from django.db.models import F, Q

from households.choices import EventKind
from povertyplan.core.models import Area, User
from povertyplan.core.text import formatting

from .household import Household, Person, RegisterQuerySet

WITH_OTHER_HOUSEHOLD = (EventKind.SPLIT, EventKind.MERGED, EventKind.MEMBER_MOVED)
WITH_PERSON = (
    EventKind.HEAD_CHANGED,
    EventKind.MEMBER_ADDED,
    EventKind.MEMBER_CORRECTED,
    EventKind.MEMBER_MOVED,
    EventKind.MEMBER_LEFT,
    EventKind.BIRTH,
    EventKind.DEATH,
)
WITH_FORMER_VILLAGE = (
    EventKind.VILLAGE_CHANGED,
    EventKind.VILLAGE_MERGED,
    EventKind.VILLAGE_SPLIT,
)


class HouseholdEventQuerySet(RegisterQuerySet):
    village_path = "household__village"


class HouseholdEvent(models.Model):
    """One act on the register (biến động): the day it happened, and when it was recorded.

    `other_household` is the new household of a split, the one that was merged in, or the one a
    member went to; `from_village` where the household lived before. Events are only ever added: a
    mistake is corrected by another one.
    """

    ward = models.ForeignKey(Area, models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, models.PROTECT, related_name="events")
    kind = models.CharField("Loại biến động", max_length=16, choices=EventKind)
    happened_on = models.DateField("Ngày xảy ra")
    recorded_at = models.DateTimeField("Ghi lúc")
    recorded_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Người ghi"
    )
    other_household = models.ForeignKey(
        Household,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="events_as_other",
        verbose_name="Hộ liên quan",
    )
    person = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
        verbose_name="Thành viên",
    )
    from_village = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Thôn cũ"
    )
    document = models.CharField("Giấy tờ", max_length=200, blank=True)
    note = models.CharField("Ghi chú", max_length=500, blank=True)

    objects = HouseholdEventQuerySet.as_manager()

    class Meta:
        verbose_name = "biến động hộ"
        ordering = ["-happened_on", "-pk"]
        indexes = [
            models.Index(fields=["household", "-happened_on"], name="event_household_day"),
            models.Index(fields=["ward", "-happened_on"], name="event_ward_day"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=EventKind.values), name="event_known_kind"),
            models.CheckConstraint(
                condition=Q(kind__in=WITH_OTHER_HOUSEHOLD, other_household__isnull=False)
                & ~Q(other_household=F("household"))
                | ~Q(kind__in=WITH_OTHER_HOUSEHOLD) & Q(other_household=None),
                name="event_other_household_of_its_kind",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=WITH_PERSON, person__isnull=False)
                | ~Q(kind__in=WITH_PERSON) & Q(person=None),
                name="event_person_of_its_kind",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=WITH_FORMER_VILLAGE, from_village__isnull=False)
                | ~Q(kind__in=WITH_FORMER_VILLAGE) & Q(from_village=None),
                name="event_former_village_of_its_kind",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {formatting.day(self.happened_on)}"
