"""What happened to households from day to day, apart from the yearly review."""

from datetime import date

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
    EventKind.NUMBER_CHECKED,
    EventKind.MEMBER_MOVED,
    EventKind.MEMBER_LEFT,
    EventKind.BIRTH,
    EventKind.DEATH,
)
ABOUT_ANOTHER = (EventKind.EVENT_CORRECTED, EventKind.EVENT_WITHDRAWN)
WITH_FORMER_VILLAGE = (
    EventKind.VILLAGE_CHANGED,
    EventKind.VILLAGE_MERGED,
    EventKind.VILLAGE_SPLIT,
)


class HouseholdEventQuerySet(RegisterQuerySet):
    village_path = "household__village"

    def standing(self):
        """Events that nobody withdrew, and none that only speak of another."""
        withdrawn = HouseholdEvent.objects.filter(kind=EventKind.EVENT_WITHDRAWN)
        return self.filter(corrects=None).exclude(pk__in=withdrawn.values("corrects"))


class HouseholdEvent(models.Model):
    """One act on the register (biến động): the day it happened, and when it was recorded.

    `other_household` is the new household of a split, the one that was merged in, or the one a
    member went to; `from_village` where the household lived before. Events are only ever added: a
    mistake is corrected or withdrawn by another one, which names it in `corrects` and says why in
    its note. What was `unusual` is kept with the reason for which it was confirmed.
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
    unusual = models.TextField("Điều khác thường", blank=True)
    unusual_reason = models.TextField("Lý do xác nhận", blank=True)
    corrects = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="corrections",
        verbose_name="Sửa biến động",
    )

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
            models.CheckConstraint(
                condition=Q(kind__in=ABOUT_ANOTHER, corrects__isnull=False) & ~Q(note="")
                | ~Q(kind__in=ABOUT_ANOTHER) & Q(corrects=None),
                name="event_corrects_with_reason",
            ),
            models.UniqueConstraint(
                fields=["corrects"],
                condition=Q(kind=EventKind.EVENT_WITHDRAWN),
                name="event_withdrawn_once",
                violation_error_message="Biến động này đã được hủy.",
            ),
            models.CheckConstraint(
                condition=Q(unusual="", unusual_reason="") | ~Q(unusual="") & ~Q(unusual_reason=""),
                name="event_unusual_with_reason",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {formatting.day(self.happened_on)}"

    @property
    def effective_day(self) -> date:
        """The day it happened as it was corrected last; one query unless prefetched."""
        return self._last_corrected().happened_on

    @property
    def effective_document(self) -> str:
        """The document as it was corrected last; one query unless prefetched."""
        return self._last_corrected().document

    @property
    def is_withdrawn(self) -> bool:
        """Whether a later event took it back; one query unless prefetched."""
        return any(each.kind == EventKind.EVENT_WITHDRAWN for each in self.corrections.all())

    def _last_corrected(self) -> "HouseholdEvent":
        corrected = [
            each for each in self.corrections.all() if each.kind == EventKind.EVENT_CORRECTED
        ]
        return max(corrected, key=lambda each: each.pk, default=self)
