"""Which form made which record, so that a form sent twice makes one."""

from django.db import models

from .user import User


class Submission(models.Model):
    """A creating form that was accepted: its key, a digest of its content, and what it made."""

    key = models.CharField(max_length=36, unique=True)
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    act = models.CharField(max_length=60)
    digest = models.CharField(max_length=64)
    object_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "biểu mẫu đã gửi"

    def __str__(self):
        return f"{self.act} {self.key}"
