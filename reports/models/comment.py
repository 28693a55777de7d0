"""What somebody says about a block of a draft."""

from django.db import models
from django.db.models import Q

from povertyplan.core.models import ScopedQuerySet, Unit, User
from reports.models.block import Block


class BlockCommentQuerySet(ScopedQuerySet):
    ward_path = "block__document__ward"
    village_path = None

    def unsettled(self):
        """Neither closed, nor gone with the block it stands at."""
        return self.filter(closed_at=None, block__removed_at=None)


class BlockComment(models.Model):
    """A comment (ý kiến) on one block: open, answered, closed.

    It stays with its block, wherever that is moved; while the block is removed it is closed with
    it, and comes back with it, without being written. `unit` is the one it speaks for; `is_return`
    marks those for which a submitted document was sent back.
    """

    block = models.ForeignKey(Block, models.CASCADE, related_name="comments")
    author = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name="Người cho ý kiến"
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Đơn vị"
    )
    text = models.TextField("Ý kiến")
    written_at = models.DateTimeField("Lúc")
    is_return = models.BooleanField("Ý kiến trả lại", default=False)
    answer = models.TextField("Trả lời", blank=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Người trả lời"
    )
    answered_at = models.DateTimeField("Trả lời lúc", null=True, blank=True)
    closed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Người đóng"
    )
    closed_at = models.DateTimeField("Đóng lúc", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = BlockCommentQuerySet.as_manager()

    class Meta:
        verbose_name = "ý kiến về dự thảo"
        ordering = ["block", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="comment_says_something"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & ~Q(answered_at=None)),
                name="comment_answered_in_words",
            ),
        ]

    def __str__(self):
        return self.text[:60]
