"""Forms that were sent after their session had ended."""

from uuid import uuid4

from django.db import models

from .user import User


class KeptForm(models.Model):
    """What somebody typed and sent too late, kept for them alone until they sign in again.

    `values` holds the form as it was sent, as [[name, value], …]; `path` is where it was sent to.
    Not business data yet, so no history. Sensitive: values.
    """

    key = models.UUIDField(default=uuid4, unique=True)
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    path = models.CharField(max_length=500)
    values = models.JSONField()
    at = models.DateTimeField("Gửi lúc", db_index=True)

    class Meta:
        verbose_name = "biểu mẫu được giữ"
        ordering = ["-at"]

    def __str__(self):
        return self.path
