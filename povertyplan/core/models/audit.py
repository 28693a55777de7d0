"""The journal of business acts."""

from django.db import models

from .area import Area
from .scope import ScopedQuerySet
from .user import User


class AuditEventQuerySet(ScopedQuerySet):
    village_path = None


class AuditEvent(models.Model):
    """One business act (nhật ký): who did what to which object, when and why.

    `summary` is the whole act as one Vietnamese sentence, `search_key` the same without accents
    (no database finds "đặng" in "Đặng" by itself); `token` leads to the changes of rows
    that the act made (RowChange). Rows are only ever added.
    """

    ward = models.ForeignKey(Area, models.PROTECT, null=True, related_name="audit_events")
    at = models.DateTimeField("Thời điểm")
    actor = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="audit_events", verbose_name="Người thực hiện"
    )
    act = models.CharField("Thao tác", max_length=60)
    object_type = models.CharField(max_length=60)
    object_id = models.BigIntegerField(null=True)
    summary = models.TextField("Nội dung")
    search_key = models.TextField(blank=True)
    reason = models.TextField("Lý do", blank=True)
    source = models.CharField("Nguồn", max_length=20)
    token = models.CharField(max_length=32, blank=True, db_index=True)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        verbose_name = "nhật ký"
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["ward", "-at"], name="audit_ward_at"),
            models.Index(fields=["object_type", "object_id"], name="audit_object"),
        ]

    def __str__(self):
        return self.summary
