"""A doubt about a document that somebody looked at and lets stand."""

from django.db import models
from django.db.models import Q

from povertyplan.core.models import User
from reports.models.document import Document, PartQuerySet


class AcceptedFinding(models.Model):
    """A finding of the checks accepted with a reason (chấp nhận điểm kiểm tra).

    `key` names the finding as long as it says the same: with another figure it is another one,
    and asks again. It is kept when the document is issued, with the words that were accepted.
    """

    document = models.ForeignKey(Document, models.CASCADE, related_name="accepted_findings")
    key = models.CharField(max_length=16)
    message = models.TextField("Điểm kiểm tra")
    reason = models.CharField("Lý do chấp nhận", max_length=500)
    accepted_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name="Người chấp nhận"
    )
    accepted_at = models.DateTimeField("Lúc")

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = "điểm kiểm tra được chấp nhận"
        ordering = ["document", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["document", "key"], name="finding_accepted_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="finding_accepted_for_a_reason"),
        ]

    def __str__(self):
        return self.message[:60]
