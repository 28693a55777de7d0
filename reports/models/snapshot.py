"""What was signed: a document with every value and its files; what the data say of it since."""

from django.db import models

from .document import Document, PartQuerySet


class Snapshot(models.Model):
    """An issued document as it was signed (bản lưu), never changed afterwards.

    `digest` is the SHA-256 of its content, the other two of its files, so that a copy that comes
    back can be compared.
    """

    document = models.OneToOneField(Document, models.PROTECT, related_name="snapshot")
    digest = models.CharField("Mã băm nội dung", max_length=64)
    pdf_digest = models.CharField("Mã băm bản PDF", max_length=64)
    docx_digest = models.CharField("Mã băm bản Word", max_length=64)
    kept_at = models.DateTimeField("Lưu lúc")

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = "bản lưu văn bản"

    def __str__(self):
        return f"Bản lưu {self.document}"


class SnapshotContent(models.Model):
    """The tree of a snapshot and its two files, kept apart so that lists of documents stay light.

    In the database and not on disk: one backup holds everything, and no address leads to a file.
    """

    snapshot = models.OneToOneField(Snapshot, models.PROTECT, related_name="content")
    tree = models.JSONField()
    pdf = models.BinaryField()
    docx = models.BinaryField()

    def __str__(self):
        return str(self.snapshot)


class FigureCheck(models.Model):
    """Where the figures of an issued document differ from the data since (đối chiếu số liệu).

    Follows from the snapshot and the data, and is written anew when these moved on: `seen` marks
    the state of the ward's data that was compared.
    """

    document = models.OneToOneField(Document, models.CASCADE, related_name="figure_check")
    seen = models.CharField(max_length=60)
    checked_at = models.DateTimeField("Đối chiếu lúc")
    difference_count = models.PositiveIntegerField("Số chỗ khác")

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = "lần đối chiếu số liệu"

    def __str__(self):
        return f"Đối chiếu {self.document}"
