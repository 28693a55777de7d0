"""What households ask for between two reviews (giấy đề nghị)."""

from django.db import models
from django.db.models import Q

from households.choices import RequestChannel, RequestKind
from povertyplan.core.models import Area, User

from .campaign import ReviewCampaign
from .household import Household, RegisterQuerySet


class ReviewRequestQuerySet(RegisterQuerySet):
    def waiting(self):
        """Requests that no review has taken in, and that nobody has set aside."""
        return self.filter(campaign=None, closing_reason="")

    def answered(self):
        return self.filter(campaign__isnull=False)

    def set_aside(self):
        return self.exclude(closing_reason="")


class ReviewRequest(models.Model):
    """One request on paper, of a household of the register or of one that is not in it yet.

    It is answered by the review whose list it put the household on. Personal: who asks, and what
    the note says.
    """

    ward = models.ForeignKey(Area, models.PROTECT, related_name="+")
    village = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name="Thôn")
    household = models.ForeignKey(
        Household, models.PROTECT, null=True, blank=True, related_name="requests"
    )
    applicant = models.CharField("Người đề nghị", max_length=120)
    kind = models.CharField("Nội dung đề nghị", max_length=14, choices=RequestKind)
    received_on = models.DateField("Ngày nhận")
    channel = models.CharField("Hình thức nhận", max_length=9, choices=RequestChannel)
    note = models.CharField("Ghi chú", max_length=500, blank=True)
    received_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name="Người nhận"
    )
    recorded_at = models.DateTimeField("Ghi lúc")
    campaign = models.ForeignKey(
        ReviewCampaign, models.PROTECT, null=True, blank=True, related_name="requests"
    )
    closing_reason = models.CharField("Lý do không giải quyết", max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ReviewRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "giấy đề nghị"
        ordering = ["received_on", "pk"]
        indexes = [models.Index(fields=["ward", "received_on"], name="request_ward_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=RequestKind.values, channel__in=RequestChannel.values),
                name="request_known_kind_and_channel",
            ),
            models.CheckConstraint(
                condition=Q(campaign=None) | Q(household__isnull=False, closing_reason=""),
                name="request_answered_for_a_household",
            ),
            models.UniqueConstraint(
                fields=["household", "kind"],
                condition=Q(campaign=None, closing_reason=""),
                name="request_waits_once",
            ),
        ]

    def __str__(self):
        return f"{self.applicant}, {self.get_kind_display()}"

    @property
    def is_waiting(self) -> bool:
        return self.campaign_id is None and not self.closing_reason
