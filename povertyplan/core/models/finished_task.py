"""Lines of the to-do list that somebody put away."""

from django.db import models

from .user import User


class FinishedTask(models.Model):
    """A line that its reader marked as done (việc đã xong), where no figure tells that it is.

    `key` holds the facts that the line was about: where they change, the line is another one and
    comes back. Says nothing of the ward and nothing to others, so no history.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    key = models.CharField("Việc", max_length=64)
    at = models.DateTimeField("Đánh dấu lúc", db_index=True)

    class Meta:
        verbose_name = "việc đã xong"
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="finished_task_once"),
        ]

    def __str__(self):
        return self.key
