"""How a draft read at some time, kept beside what is written on."""

from django.db import models
from django.db.models import Q

from povertyplan.core.models import User
from reports.choices import VersionOccasion
from reports.models.document import Document, PartQuerySet

LONGEST_NOTE = 200


class DraftVersion(models.Model):
    """A version of a draft (phiên bản dự thảo), never changed afterwards.

    Kept whenever the draft goes a step on its way, and by hand. `digest` is the SHA-256 of its
    content: of two that say the same it is the same.
    """

    document = models.ForeignKey(Document, models.CASCADE, related_name="kept_versions")
    number = models.PositiveSmallIntegerField("Phiên bản")
    occasion = models.CharField("Lưu khi", max_length=9, choices=VersionOccasion)
    note = models.CharField("Ghi chú", max_length=LONGEST_NOTE, blank=True)
    digest = models.CharField(max_length=64)
    kept_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="Người lưu")
    kept_at = models.DateTimeField("Lưu lúc")

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = "phiên bản dự thảo"
        ordering = ["document", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="draft_version_once"),
            models.CheckConstraint(
                condition=Q(occasion__in=VersionOccasion.values), name="draft_version_occasion"
            ),
        ]

    def __str__(self):
        return f"Phiên bản {self.number}"


class DraftVersionContent(models.Model):
    """The blocks of a version as they read, kept apart so that lists of versions stay light."""

    kept = models.OneToOneField(DraftVersion, models.CASCADE, related_name="content")
    blocks = models.JSONField()

    def __str__(self):
        return str(self.kept)
