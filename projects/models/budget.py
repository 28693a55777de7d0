"""Money of a ward's component projects: dated entries, and until when a source may be spent."""

from django.db import models
from django.db.models import F, Q

from povertyplan.core.models import Area, ScopedQuerySet
from povertyplan.core.text import formatting
from projects.choices import BudgetAct, BudgetKind, BudgetSource

from .component import WardProject


class SpendingPeriod(models.Model):
    """Until when money of some budget years may be spent (thời hạn giải ngân của nguồn vốn).

    `confidence` says how sure the setting is: a day that is not certain is asked about, not
    refused. Without a kind it is of every kind; `is_of_programmes` leaves out money of what is no
    national target programme. A source without a row has no known last day.
    """

    source = models.CharField("Nguồn vốn", max_length=20, choices=BudgetSource)
    kind = models.CharField("Loại vốn", max_length=12, choices=BudgetKind, blank=True)
    is_of_programmes = models.BooleanField("Chỉ vốn chương trình mục tiêu quốc gia", default=False)
    year_from = models.PositiveSmallIntegerField("Vốn từ năm")
    year_to = models.PositiveSmallIntegerField("Vốn đến năm")
    last_day = models.DateField("Giải ngân đến hết ngày")
    legal_reference = models.CharField("Căn cứ pháp lý", max_length=250)
    confidence = models.CharField("Mức tin cậy", max_length=250)
    is_certain = models.BooleanField("Chắc chắn", default=False)

    class Meta:
        verbose_name = "thời hạn giải ngân"
        ordering = ["source", "kind", "year_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "kind", "year_from"], name="spending_period_once"
            ),
            models.CheckConstraint(
                condition=Q(source__in=BudgetSource.values, kind__in=["", *BudgetKind.values]),
                name="spending_period_known_source",
            ),
            models.CheckConstraint(
                condition=Q(year_to__gte=F("year_from")), name="spending_period_years_in_order"
            ),
        ]

    def __str__(self):
        return f"{self.get_source_display()}, {formatting.years(self.year_from, self.year_to)}"


class BudgetEntryQuerySet(ScopedQuerySet):
    village_path = None

    def originals(self):
        """Entries as they were written, those reversed since among them."""
        return self.filter(reverses=None)

    def standing(self):
        """Entries that count: not reversed, and no reversal."""
        return self.filter(reverses=None, reversed_by=None)


class BudgetEntry(models.Model):
    """Something that happened to the money of a project on a day (khoản kinh phí).

    `year` is the budget year in which it counts, `first_year` the one the money was first given
    for: money carried over keeps it. Entries are never changed: a wrong one is reversed by one of
    the opposite amount, with a reason.
    """

    ward = models.ForeignKey(Area, models.PROTECT, related_name="+")
    ward_project = models.ForeignKey(WardProject, models.PROTECT, related_name="budget_entries")
    year = models.PositiveSmallIntegerField("Năm ngân sách")
    first_year = models.PositiveSmallIntegerField("Vốn của năm")
    source = models.CharField("Nguồn vốn", max_length=20, choices=BudgetSource)
    kind = models.CharField("Loại vốn", max_length=12, choices=BudgetKind)
    act = models.CharField("Nghiệp vụ", max_length=14, choices=BudgetAct)
    amount = models.BigIntegerField("Số tiền (đồng)")
    dated = models.DateField("Ngày")
    document_number = models.CharField("Số văn bản", max_length=80, blank=True)
    document_date = models.DateField("Ngày văn bản", null=True, blank=True)
    document_subject = models.CharField("Trích yếu", max_length=250, blank=True)
    note = models.CharField("Ghi chú", max_length=500, blank=True)
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="reversed_by"
    )
    reason = models.TextField("Lý do hủy", blank=True)

    objects = BudgetEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "khoản kinh phí"
        ordering = ["ward", "year", "dated", "pk"]
        indexes = [models.Index(fields=["ward", "year"], name="budget_of_ward_and_year")]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    source__in=BudgetSource.values,
                    kind__in=BudgetKind.values,
                    act__in=BudgetAct.values,
                ),
                name="budget_known_source_kind_and_act",
            ),
            models.CheckConstraint(
                condition=Q(reverses=None) & (Q(amount__gt=0) | Q(act=BudgetAct.ADJUSTED))
                | Q(reverses__isnull=False) & (Q(amount__lt=0) | Q(act=BudgetAct.ADJUSTED)),
                name="budget_amount_has_its_sign",
            ),
            models.CheckConstraint(condition=~Q(amount=0), name="budget_amount_not_nothing"),
            models.CheckConstraint(
                condition=Q(first_year__lte=F("year")), name="budget_years_in_order"
            ),
            models.CheckConstraint(
                condition=~Q(act=BudgetAct.CARRIED_OVER) | Q(first_year__lt=F("year")),
                name="budget_carried_over_from_before",
            ),
            models.CheckConstraint(
                condition=Q(reverses=None, reason="") | Q(reverses__isnull=False) & ~Q(reason=""),
                name="budget_reversed_with_reason",
            ),
        ]

    def __str__(self):
        return f"{self.get_act_display()}, {self.get_source_display()}, {self.year}"
