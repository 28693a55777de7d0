"""A Word file that a new plan is written from: what was read in it, and what is to become of it."""

from django.db import models
from django.db.models import Q

from povertyplan.core.models import Area, ScopedQuerySet, User
from projects.models import Target, WardProject
from reports.choices import WordPart
from reports.models.document import Document

LONGEST_FILE_NAME = 200
DEEPEST_PASSAGE = 6


class WordUploadQuerySet(ScopedQuerySet):
    village_path = None


class WordUpload(models.Model):
    """A Word file somebody sent (tệp Word đã gửi). The file itself is not kept.

    `notes` tell what of the file was not read. `document` is the draft that was written from it.
    """

    ward = models.ForeignKey(Area, models.PROTECT, related_name="+")
    file_name = models.CharField("Tên tệp", max_length=LONGEST_FILE_NAME)
    digest = models.CharField(max_length=64)
    notes = models.JSONField(default=list, blank=True)
    sent_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="Người gửi")
    sent_at = models.DateTimeField("Gửi lúc")
    document = models.ForeignKey(
        Document, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="Dự thảo"
    )
    version = models.PositiveIntegerField(default=1)

    objects = WordUploadQuerySet.as_manager()

    class Meta:
        verbose_name = "tệp Word đã gửi"
        ordering = ["ward", "-sent_at", "pk"]

    def __str__(self):
        return self.file_name


class WordPassageQuerySet(ScopedQuerySet):
    ward_path = "upload__ward"
    village_path = None


class WordPassage(models.Model):
    """A paragraph of a Word file (đoạn của tệp), and what it becomes in the draft.

    `source` is as it stands in the file, with its label; `text` what goes into the draft. `reason`
    says why it is left out, `remark` what is odd about its number. `target` and `ward_project` are
    what was entered from it in the registers of targets and of projects.
    """

    upload = models.ForeignKey(WordUpload, models.CASCADE, related_name="passages")
    order = models.PositiveIntegerField()
    source = models.TextField("Đoạn trong tệp")
    text = models.TextField("Nội dung")
    label = models.CharField("Số thứ tự", max_length=60, blank=True)
    part = models.CharField("Thành", max_length=12, choices=WordPart)
    level = models.PositiveSmallIntegerField("Cấp", default=1)
    reason = models.CharField("Lý do không đưa vào", max_length=200, blank=True)
    remark = models.CharField("Lưu ý", max_length=200, blank=True)
    target = models.ForeignKey(
        Target, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="Chỉ tiêu"
    )
    ward_project = models.ForeignKey(
        WardProject, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="Dự án"
    )
    version = models.PositiveIntegerField(default=1)

    objects = WordPassageQuerySet.as_manager()

    class Meta:
        verbose_name = "đoạn của tệp Word"
        ordering = ["upload", "order"]
        constraints = [
            models.UniqueConstraint(fields=["upload", "order"], name="passage_order_once"),
            models.CheckConstraint(
                condition=Q(part__in=WordPart.values, level__gte=1, level__lte=DEEPEST_PASSAGE),
                name="passage_known_part_and_level",
            ),
        ]

    def __str__(self):
        return self.source[:60]
