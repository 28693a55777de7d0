"""The meeting of a village about the results of its review (họp dân)."""

from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import GreaterThanOrEqual

from povertyplan.core.models import Area, User

from .campaign import ReviewCampaign
from .household import RegisterQuerySet
from .review import Review


class MeetingQuerySet(RegisterQuerySet):
    def standing(self):
        """Meetings whose agreement still holds."""
        return self.filter(stands=True)


class VillageMeeting(models.Model):
    """One meeting, never changed afterwards: a correction or a second meeting is a new row.

    It stands while those present agreed and the village was not opened again since. The share
    that was needed is kept with it, so a later procedure changes no earlier outcome; so is what was
    `unusual` when it was recorded, with the reason for which it was confirmed.
    """

    ward = models.ForeignKey(Area, models.PROTECT, related_name="+")
    campaign = models.ForeignKey(ReviewCampaign, models.PROTECT, related_name="meetings")
    village = models.ForeignKey(Area, models.PROTECT, related_name="+")
    held_on = models.DateField("Ngày họp")
    place = models.CharField("Địa điểm", max_length=160)
    chair = models.CharField("Chủ tọa", max_length=120)
    secretary = models.CharField("Thư ký", max_length=120)
    attendance = models.PositiveIntegerField("Số người dự họp")
    agreeing = models.PositiveIntegerField("Số người đồng ý")
    required_percent = models.PositiveSmallIntegerField("Tỷ lệ đồng ý tối thiểu (%)")
    minutes = models.TextField("Diễn biến, kết luận")
    unusual = models.TextField("Điều khác thường", blank=True)
    unusual_reason = models.TextField("Lý do xác nhận", blank=True)
    stands = models.BooleanField("Còn giá trị", default=True)
    recorded_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name="Người ghi"
    )
    recorded_at = models.DateTimeField("Ghi lúc")

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "cuộc họp dân"
        ordering = ["campaign", "village", "recorded_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "village"],
                condition=Q(stands=True),
                name="meeting_one_stands_per_village",
            ),
            models.CheckConstraint(
                condition=Q(attendance__gte=1, agreeing__lte=F("attendance")),
                name="meeting_votes_within_attendance",
            ),
            models.CheckConstraint(
                condition=Q(unusual="", unusual_reason="") | ~Q(unusual="") & ~Q(unusual_reason=""),
                name="meeting_unusual_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(stands=False)
                | Q(
                    GreaterThanOrEqual(F("agreeing") * 100, F("required_percent") * F("attendance"))
                ),
                name="meeting_stands_when_agreed",
            ),
        ]

    def __str__(self):
        return f"Họp dân {self.village}, {self.campaign}"

    @property
    def is_agreed(self) -> bool:
        """Whether the needed share agreed; exactly the share is enough (QĐ 24/2021, Điều 4)."""
        return self.agreeing * 100 >= self.required_percent * self.attendance


class MeetingVote(models.Model):
    """How the meeting voted on one household it did not agree on at once."""

    ward = models.ForeignKey(Area, models.PROTECT, related_name="+")
    meeting = models.ForeignKey(VillageMeeting, models.PROTECT, related_name="votes")
    review = models.ForeignKey(Review, models.PROTECT, related_name="meeting_votes")
    votes_for = models.PositiveIntegerField("Số phiếu đồng ý")
    votes_against = models.PositiveIntegerField("Số phiếu không đồng ý")

    class Meta:
        verbose_name = "biểu quyết về một hộ"
        ordering = ["meeting", "review"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "review"], name="meeting_vote_once"),
        ]

    def __str__(self):
        return f"{self.review}: {self.votes_for}/{self.votes_against}"

    @property
    def is_agreed(self) -> bool:
        """Whether as many of those present agreed as the meeting needed for the whole list."""
        meeting = self.meeting
        return self.votes_for * 100 >= meeting.required_percent * meeting.attendance
