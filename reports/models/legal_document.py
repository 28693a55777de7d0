"""The acts that documents of a ward cite, kept once with the days in which they hold."""

from django.db import models
from django.db.models import F, Q

from povertyplan.core.models import Area, ScopedQuerySet


class LegalDocumentQuerySet(ScopedQuerySet):
    village_path = None


class LegalDocument(models.Model):
    """An act in the library of a ward (văn bản căn cứ); some have no number, some no date.

    `valid_from` and `valid_to` are the days in which it holds, as far as somebody knows them.
    `replaced_by` is the act that stands in its place.
    """

    ward = models.ForeignKey(Area, models.PROTECT, related_name="+")
    kind = models.CharField("Loại văn bản", max_length=60)
    number = models.CharField("Số, ký hiệu", max_length=60, blank=True)
    dated_on = models.DateField("Ngày", null=True, blank=True)
    issuer = models.CharField("Cơ quan ban hành", max_length=120, blank=True)
    title = models.CharField("Trích yếu", max_length=300, blank=True)
    valid_from = models.DateField("Hiệu lực từ ngày", null=True, blank=True)
    valid_to = models.DateField("Hết hiệu lực sau ngày", null=True, blank=True)
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Thay bằng"
    )
    version = models.PositiveIntegerField(default=1)

    objects = LegalDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "văn bản căn cứ"
        ordering = ["ward", "kind", "-dated_on", "number", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(kind=""), name="legal_document_has_kind"),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="legal_document_days_in_order",
            ),
            models.CheckConstraint(
                condition=Q(replaced_by=None) | ~Q(replaced_by=F("id")),
                name="legal_document_not_its_own_heir",
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.number}".strip() if self.number else f"{self.kind} {self.title}"
