"""The numbers that certificates of poor and near-poor households were given."""

from django.db import models
from django.db.models import Q

from households.choices import LISTED, PovertyClass
from povertyplan.core.models import Area, User
from povertyplan.core.models.plain_sql import PlainYear
from povertyplan.core.text import formatting

from .household import Household, RegisterQuerySet
from .status import Decision

SYMBOL = "GCN-HN.HCN"  # behind the number, as its form has it


class CertificateQuerySet(RegisterQuerySet):
    village_path = "household__village"


class Certificate(models.Model):
    """A certificate of a poor or near-poor household (giấy chứng nhận) as it was numbered.

    A decision gives a household one, printed again with the same number; numbers run anew each
    year, so its year stands beside its day. What the paper says is kept by the decision; class and
    head are here as the book names them. Personal.
    """

    ward = models.ForeignKey(Area, models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, models.PROTECT, related_name="certificates")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="certificates")
    number = models.PositiveIntegerField("Số")
    year = models.PositiveSmallIntegerField()
    issued_on = models.DateField("Ngày cấp")
    poverty_class = models.CharField("Phân loại", max_length=16, choices=PovertyClass)
    head_name = models.CharField("Chủ hộ", max_length=100)
    search_key = models.CharField(max_length=100)
    issued_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="Người cấp")
    issued_at = models.DateTimeField("Ghi lúc")

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = "giấy chứng nhận"
        ordering = ["ward", "-year", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["ward", "year", "number"],
                name="certificate_number_once_a_year",
                violation_error_message="Số giấy chứng nhận này đã dùng trong năm.",
            ),
            models.UniqueConstraint(
                fields=["household", "decision"],
                name="certificate_once_a_decision",
                violation_error_message="Hộ đã có giấy chứng nhận theo quyết định này.",
            ),
            models.CheckConstraint(
                condition=Q(poverty_class__in=[each.value for each in LISTED]),
                name="certificate_of_a_list",
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="certificate_counts_from_one"),
            models.CheckConstraint(
                condition=Q(year=PlainYear("issued_on")), name="certificate_year_of_its_date"
            ),
        ]

    def __str__(self):
        return f"Giấy chứng nhận số {self.number_in_full} năm {self.year}"

    @property
    def number_in_full(self) -> str:
        return f"{formatting.paper_number(self.number)}/{SYMBOL}"
