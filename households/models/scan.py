"""Scans of signed minutes (bản chụp biên bản họp dân có chữ ký)."""

from django.db import models
from django.db.models import Q

from households.choices import ScanKind
from povertyplan.core.models import Area, User

from .campaign import ReviewCampaign
from .household import RegisterQuerySet
from .meeting import VillageMeeting


class MeetingScanQuerySet(RegisterQuerySet):
    pass


class MeetingScan(models.Model):
    """One file of the signed minutes of a meeting, never changed afterwards.

    `digest` is the SHA-256 of its bytes, so that a later copy can be compared. Personal: names
    and signatures of those who met.
    """

    ward = models.ForeignKey(Area, models.PROTECT, related_name="+")
    campaign = models.ForeignKey(ReviewCampaign, models.PROTECT, related_name="+")
    village = models.ForeignKey(Area, models.PROTECT, related_name="+")
    meeting = models.ForeignKey(VillageMeeting, models.PROTECT, related_name="scans")
    file_name = models.CharField("Tên tệp", max_length=200)
    kind = models.CharField("Loại tệp", max_length=4, choices=ScanKind)
    size = models.PositiveIntegerField("Dung lượng")  # bytes
    digest = models.CharField("Mã băm SHA-256", max_length=64)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="Người gửi")
    added_at = models.DateTimeField("Gửi lúc")

    objects = MeetingScanQuerySet.as_manager()

    class Meta:
        verbose_name = "bản chụp biên bản"
        ordering = ["meeting", "added_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "digest"], name="meeting_scan_once"),
            models.CheckConstraint(
                condition=Q(kind__in=ScanKind.values), name="meeting_scan_known_kind"
            ),
        ]

    def __str__(self):
        return self.file_name


class ScanContent(models.Model):
    """The bytes of a scan, kept apart so that lists of scans stay light.

    In the database and not on disk: one backup holds everything, and no address leads to a file.
    """

    scan = models.OneToOneField(MeetingScan, models.CASCADE, related_name="content")
    data = models.BinaryField()

    def __str__(self):
        return str(self.scan)
