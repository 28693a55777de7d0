"""What the superior level asks of a ward (chỉ tiêu cấp trên giao)."""

from django.db import models
from django.db.models import F, Q

from povertyplan.core.models import Area, ScopedQuerySet
from povertyplan.core.text import formatting
from projects.choices import RANGES, TargetOperator
from projects.models import Indicator


class AssignedTargetQuerySet(ScopedQuerySet):
    ward_path = "ward"
    village_path = None

    def in_force(self):
        """Those that no later document replaces."""
        return self.filter(superseded_by=None)


class AssignedTarget(models.Model):
    """A figure that a document of the superior level gives a ward for the end of a year.

    The ward's own target may ask more, and is told where it asks less. What changes is a new row
    with a reason; the old one stays.
    """

    ward = models.ForeignKey(Area, models.PROTECT, related_name="+")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="assigned_targets")
    year = models.PositiveSmallIntegerField("Năm")
    operator = models.CharField("Ràng buộc", max_length=12, choices=TargetOperator)
    low = models.DecimalField("Giá trị", max_digits=12, decimal_places=2, null=True, blank=True)
    high = models.DecimalField("Đến", max_digits=12, decimal_places=2, null=True, blank=True)
    rate_operator = models.CharField(
        "Ràng buộc của tỷ lệ", max_length=12, choices=TargetOperator, blank=True
    )
    rate = models.DecimalField("Tỷ lệ (%)", max_digits=5, decimal_places=2, null=True, blank=True)
    note = models.TextField("Nội dung, ghi chú", blank=True)
    issuer = models.CharField("Cơ quan giao", max_length=120)
    document = models.CharField("Văn bản giao", max_length=120)
    issued_on = models.DateField("Ngày văn bản")
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    reason = models.TextField("Lý do điều chỉnh", blank=True)

    objects = AssignedTargetQuerySet.as_manager()

    class Meta:
        verbose_name = "chỉ tiêu cấp trên giao"
        ordering = ["ward", "indicator__order", "year"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "year"],
                condition=Q(supersedes=None),
                name="assigned_target_first_once",
            ),
            models.CheckConstraint(
                condition=Q(operator__in=TargetOperator.values), name="assigned_known_operator"
            ),
            models.CheckConstraint(
                condition=Q(operator__in=RANGES, high__gte=F("low"))
                | ~Q(operator__in=RANGES) & Q(high=None),
                name="assigned_only_a_range_has_two_ends",
            ),
            models.CheckConstraint(
                condition=Q(rate=None, rate_operator="")
                | Q(rate__gte=0, rate__lte=100, rate_operator__in=TargetOperator.values),
                name="assigned_rate_in_range",
            ),
            models.CheckConstraint(
                condition=~Q(issuer="") & ~Q(document=""), name="assigned_by_a_document"
            ),
            models.CheckConstraint(
                condition=Q(supersedes=None) | ~Q(reason=""), name="assigned_change_has_reason"
            ),
        ]

    def __str__(self):
        return f"{self.indicator}, {self.year}"

    @property
    def assigned_by(self) -> str:
        """Nothing: the document stands in fields of its own."""
        return ""

    @property
    def document_text(self) -> str:
        """The document as a text cites it."""
        return f"{self.document} ngày {formatting.day(self.issued_on)} của {self.issuer}"
