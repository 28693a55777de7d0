"""Posting the results of a village in public, and what people say to them."""

from django.db import models
from django.db.models import F, Q

from households.choices import ComplaintOutcome
from povertyplan.core.models import Area, User

from .campaign import ReviewCampaign
from .household import Household, RegisterQuerySet


class PostingQuerySet(RegisterQuerySet):
    def standing(self):
        """Postings of results that were not changed since."""
        return self.filter(stands=True)


class Posting(models.Model):
    """The public list of a village (niêm yết), from its first to its last day.

    It stands until the village is opened again; then the changed list is posted anew. One that
    was recorded wrongly is replaced by a new row with the `correction_reason`. What was `unusual`
    is kept with the reason for which it was confirmed.
    """

    ward = models.ForeignKey(Area, models.PROTECT, related_name="+")
    campaign = models.ForeignKey(ReviewCampaign, models.PROTECT, related_name="postings")
    village = models.ForeignKey(Area, models.PROTECT, related_name="+")
    places = models.CharField("Nơi niêm yết", max_length=250)
    posted_on = models.DateField("Từ ngày")
    until = models.DateField("Đến hết ngày")
    unusual = models.TextField("Điều khác thường", blank=True)
    unusual_reason = models.TextField("Lý do xác nhận", blank=True)
    correction_reason = models.TextField("Lý do sửa", blank=True)
    stands = models.BooleanField("Còn giá trị", default=True)
    recorded_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name="Người ghi"
    )
    recorded_at = models.DateTimeField("Ghi lúc")

    objects = PostingQuerySet.as_manager()

    class Meta:
        verbose_name = "niêm yết kết quả"
        ordering = ["campaign", "village", "recorded_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "village"],
                condition=Q(stands=True),
                name="posting_one_stands_per_village",
            ),
            models.CheckConstraint(
                condition=Q(unusual="", unusual_reason="") | ~Q(unusual="") & ~Q(unusual_reason=""),
                name="posting_unusual_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(until__gte=F("posted_on")), name="posting_dates_in_order"
            ),
        ]

    def __str__(self):
        return f"Niêm yết {self.village}, {self.campaign}"


class Complaint(models.Model):
    """A complaint or remark about a posted list (khiếu nại, phản ánh), and what became of it.

    Personal: who complains and what they say stay inside the office.
    """

    ward = models.ForeignKey(Area, models.PROTECT, related_name="+")
    village = models.ForeignKey(Area, models.PROTECT, related_name="+")
    posting = models.ForeignKey(Posting, models.PROTECT, related_name="complaints")
    household = models.ForeignKey(
        Household, models.PROTECT, null=True, blank=True, related_name="complaints"
    )
    complainant = models.CharField("Người khiếu nại, phản ánh", max_length=120)
    received_on = models.DateField("Ngày nhận")
    text = models.TextField("Nội dung")
    outcome = models.CharField(
        "Kết quả giải quyết", max_length=10, choices=ComplaintOutcome, blank=True
    )
    answer = models.TextField("Nội dung trả lời", blank=True)
    decided_on = models.DateField("Ngày trả lời", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = RegisterQuerySet.as_manager()

    class Meta:
        verbose_name = "khiếu nại, phản ánh"
        ordering = ["posting", "received_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", answer="", decided_on=None)
                | Q(outcome__in=ComplaintOutcome.values, decided_on__gte=F("received_on")),
                name="complaint_decided_after_received",
            ),
        ]

    def __str__(self):
        return f"{self.complainant}, {self.posting}"

    @property
    def is_decided(self) -> bool:
        return bool(self.outcome)
