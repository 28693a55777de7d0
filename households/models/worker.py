"""Low-income workers, recognised outside the lists of poor and near-poor households."""

from datetime import date

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from households.choices import LISTED
from povertyplan.core.models import Area

from .household import Household, Membership, Person, RegisterQuerySet
from .status import HouseholdStatus, in_force_on


class LowIncomeTerm(models.Model):
    """From when to when low-income workers are recognised, and below which income (quy định).

    The lines are đồng a person and month, at most.
    """

    valid_from = models.DateField("Từ ngày", unique=True)
    valid_to = models.DateField("Đến hết ngày", null=True, blank=True)
    rural_line = models.PositiveIntegerField("Mức thu nhập nông thôn")
    urban_line = models.PositiveIntegerField("Mức thu nhập thành thị")
    legal_reference = models.CharField("Căn cứ pháp lý", max_length=250)
    confidence = models.CharField("Mức tin cậy", max_length=250)

    class Meta:
        verbose_name = "quy định về lao động có thu nhập thấp"
        ordering = ["valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="low_income_term_days_in_order",
            ),
        ]

    def __str__(self):
        return self.legal_reference


class LowIncomeQuerySet(RegisterQuerySet):
    village_path = "household__village"

    def in_force(self, *, on: date):
        """Those who count as low-income workers on a day.

        The law of that day knows them, and they are members of a household that is on no list.
        """
        rows = self.filter(Q(ended_on=None) | Q(ended_on__gt=on), recognised_on__lte=on)
        known = LowIncomeTerm.objects.filter(
            Q(valid_to=None) | Q(valid_to__gte=on), valid_from__lte=on
        )
        home = OuterRef("household")
        listed = HouseholdStatus.objects.filter(
            in_force_on(on), household=home, poverty_class__in=LISTED
        )
        present = Membership.objects.present(on=on).filter(
            household=home, person=OuterRef("person")
        )
        return rows.filter(Exists(known), Exists(present), ~Exists(listed))


class LowIncomeWorker(models.Model):
    """Somebody recognised as a low-income worker (người lao động có thu nhập thấp) on a day.

    A member of a household that is neither poor nor near-poor. Personal.
    """

    ward = models.ForeignKey(Area, models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, models.PROTECT, related_name="low_income_workers")
    person = models.ForeignKey(Person, models.PROTECT, related_name="low_income")
    recognised_on = models.DateField("Xác định từ ngày")
    document = models.CharField("Văn bản xác định", max_length=250)
    ended_on = models.DateField("Thôi từ ngày", null=True, blank=True)
    end_reason = models.CharField("Lý do thôi", max_length=250, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = LowIncomeQuerySet.as_manager()

    class Meta:
        verbose_name = "người lao động có thu nhập thấp"
        ordering = ["ward", "household", "recognised_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(ended_on=None),
                name="low_income_worker_once",
                violation_error_message="Người này đang trong danh sách.",
            ),
            models.CheckConstraint(condition=~Q(document=""), name="low_income_has_a_document"),
            models.CheckConstraint(
                condition=Q(ended_on=None, end_reason="")
                | Q(ended_on__gte=F("recognised_on")) & ~Q(end_reason=""),
                name="low_income_ended_with_reason",
            ),
        ]

    def __str__(self):
        return f"{self.person}, {self.household}"
