"""The pieces a document is written from."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from povertyplan.core.models import Unit, User
from reports.choices import BlockKind
from reports.models.document import Document, PartQuerySet


class Block(models.Model):
    """One piece of the document's tree. Text may hold data fields, `{poor_households 2024}`.

    `key` names it for good, wherever it is moved. `order` places it among the blocks of its parent,
    with room between two for others; `reports.plans.outline` reads the tree. A removed block stays,
    so that it comes back as itself; what is below it is gone from the document with it.
    `parameters` says what a block written from data shows (years, kinds of rows). `unit` writes it
    and what stands below it while the document is a draft.
    """

    document = models.ForeignKey(Document, models.CASCADE, related_name="blocks")
    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children"
    )
    order = models.BigIntegerField()
    kind = models.CharField("Loại", max_length=16, choices=BlockKind)
    text = models.TextField("Nội dung", blank=True)
    parameters = models.JSONField(default=dict, blank=True)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Đơn vị viết"
    )
    removed_at = models.DateTimeField("Bỏ lúc", null=True, blank=True)
    removed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Người bỏ"
    )
    version = models.PositiveIntegerField(default=1)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = "khối nội dung"
        ordering = ["document", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "order"],
                condition=Q(parent=None),
                name="block_order_once_at_top",
            ),
            models.UniqueConstraint(
                fields=["document", "parent", "order"],
                condition=Q(parent__isnull=False),
                name="block_order_once_in_parent",
            ),
            models.CheckConstraint(condition=Q(kind__in=BlockKind.values), name="block_known_kind"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="block_not_its_own_parent"),
            models.CheckConstraint(
                condition=Q(removed_by=None) | Q(removed_at__isnull=False),
                name="block_removed_at_some_time",
            ),
        ]

    def __str__(self):
        return self.text[:60] or self.get_kind_display()
