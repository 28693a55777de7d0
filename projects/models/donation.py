"""Donated money of a ward: what came in and what went out, entry by entry."""

from django.db import models
from django.db.models import Q

from povertyplan.core.models import Area, ScopedQuerySet
from projects.choices import DonationFund, DonationWay


class DonationQuerySet(ScopedQuerySet):
    village_path = None

    def originals(self):
        """Entries as they were written, those reversed since among them."""
        return self.filter(reverses=None)

    def standing(self):
        """Entries that count: not reversed, and no reversal."""
        return self.filter(reverses=None, reversed_by=None)


class DonationEntry(models.Model):
    """Money or goods of a fund that came in or went out on a day (khoản ủng hộ), in whole đồng.

    `party` is the donor, or who received. Entries are never changed: a wrong one is reversed by
    one of the opposite amount, with a reason; what a fund holds is never below nothing.
    """

    ward = models.ForeignKey(Area, models.PROTECT, related_name="+")
    fund = models.CharField("Quỹ, nguồn", max_length=12, choices=DonationFund)
    way = models.CharField("Thu, chi", max_length=3, choices=DonationWay)
    amount = models.BigIntegerField("Số tiền (đồng)")
    dated = models.DateField("Ngày")
    party = models.CharField("Người ủng hộ, nơi nhận", max_length=200)
    purpose = models.CharField("Mục đích, nội dung", max_length=300)
    goods = models.CharField("Hiện vật", max_length=300, blank=True)
    document_number = models.CharField("Số chứng từ", max_length=80, blank=True)
    note = models.CharField("Ghi chú", max_length=500, blank=True)
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="reversed_by"
    )
    reason = models.CharField("Lý do hủy", max_length=500, blank=True)

    objects = DonationQuerySet.as_manager()

    class Meta:
        verbose_name = "khoản ủng hộ"
        ordering = ["ward", "dated", "pk"]
        indexes = [models.Index(fields=["ward", "dated"], name="donation_of_ward_and_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(fund__in=DonationFund.values, way__in=DonationWay.values),
                name="donation_known_fund_and_way",
            ),
            models.CheckConstraint(
                condition=Q(reverses=None, amount__gt=0) | Q(reverses__isnull=False, amount__lt=0),
                name="donation_amount_has_its_sign",
            ),
            models.CheckConstraint(
                condition=~Q(party="") & ~Q(purpose=""), name="donation_names_party_and_purpose"
            ),
            models.CheckConstraint(
                condition=Q(reverses=None, reason="") | Q(reverses__isnull=False) & ~Q(reason=""),
                name="donation_reversed_with_reason",
            ),
        ]

    def __str__(self):
        return f"{self.get_way_display()} {self.get_fund_display()}, {self.dated:%d/%m/%Y}"
