"""Households that register to escape poverty, who helps them, and who was there."""

from django.db import models
from django.db.models import F, Q

from households.choices import LISTED, PovertyClass
from povertyplan.core.models import Area, Unit, User

from .household import Household, RegisterQuerySet


class PledgeQuerySet(RegisterQuerySet):
    village_path = "household__village"

    def standing(self):
        """Those that were not withdrawn."""
        return self.filter(withdrawn_on=None)


class EscapePledge(models.Model):
    """A household registers to leave its list by the review of a year (đăng ký thoát nghèo).

    `from_class` is its class on the day; what came of it follows from the recognised results and
    is never stored. A pledge is not changed by a class, and changes none.
    """

    ward = models.ForeignKey(Area, models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, models.PROTECT, related_name="pledges")
    year = models.PositiveSmallIntegerField("Phấn đấu thoát nghèo trong năm")
    pledged_on = models.DateField("Ngày đăng ký")
    from_class = models.CharField("Phân loại khi đăng ký", max_length=16, choices=PovertyClass)
    commitment = models.TextField("Hộ cam kết thực hiện", max_length=2000)
    request = models.TextField("Hộ đề nghị hỗ trợ", max_length=2000, blank=True)
    withdrawn_on = models.DateField("Thôi đăng ký ngày", null=True, blank=True)
    withdrawal_reason = models.CharField("Lý do thôi đăng ký", max_length=250, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = PledgeQuerySet.as_manager()

    class Meta:
        verbose_name = "đăng ký thoát nghèo"
        ordering = ["household", "-year", "-pk"]
        indexes = [models.Index(fields=["ward", "year"], name="pledge_ward_year")]
        constraints = [
            models.UniqueConstraint(
                fields=["household", "year"],
                condition=Q(withdrawn_on=None),
                name="pledge_standing_once_a_year",
                violation_error_message="Hộ đã đăng ký thoát nghèo trong năm này.",
            ),
            models.CheckConstraint(
                condition=Q(from_class__in=[each.value for each in LISTED]),
                name="pledge_from_a_list",
            ),
            models.CheckConstraint(condition=~Q(commitment=""), name="pledge_says_what"),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None, withdrawal_reason="")
                | Q(withdrawn_on__gte=F("pledged_on")) & ~Q(withdrawal_reason=""),
                name="pledge_withdrawn_with_reason",
            ),
        ]

    def __str__(self):
        return f"{self.household}, {self.year}"


class PledgeRowQuerySet(RegisterQuerySet):
    village_path = "pledge__household__village"


class HouseholdHelper(models.Model):
    """Who helps a household that registered (người được phân công giúp đỡ), from a day to a day.

    `organisation` is what the person works or is active in, `unit` the ward's unit where it is one.
    Membership of a party is nobody's business here and is refused.
    """

    ward = models.ForeignKey(Area, models.PROTECT, related_name="+")
    pledge = models.ForeignKey(EscapePledge, models.PROTECT, related_name="helpers")
    name = models.CharField("Người giúp đỡ", max_length=100)
    organisation = models.CharField("Cơ quan, đoàn thể", max_length=160)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Đơn vị"
    )
    task = models.CharField("Việc giúp đỡ", max_length=250)
    from_on = models.DateField("Từ ngày")
    ended_on = models.DateField("Thôi giúp từ ngày", null=True, blank=True)
    end_reason = models.CharField("Lý do thôi giúp", max_length=250, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = PledgeRowQuerySet.as_manager()

    class Meta:
        verbose_name = "người giúp đỡ hộ"
        ordering = ["pledge", "from_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pledge", "name", "organisation"],
                condition=Q(ended_on=None),
                name="helper_once_of_a_pledge",
                violation_error_message="Người này đang giúp hộ rồi.",
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(organisation="") & ~Q(task=""), name="helper_is_named"
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, end_reason="")
                | Q(ended_on__gte=F("from_on")) & ~Q(end_reason=""),
                name="helper_ended_with_reason",
            ),
        ]

    def __str__(self):
        return f"{self.name} ({self.organisation})"


class HelperVisitQuerySet(PledgeRowQuerySet):
    def standing(self):
        """Those that were not withdrawn."""
        return self.filter(withdrawal_reason="")


class HelperVisit(models.Model):
    """A visit to a household that registered (lần thăm hộ): the day and a short note. Personal.

    One recorded by mistake is withdrawn with a reason; it stays, and is not counted.
    """

    ward = models.ForeignKey(Area, models.PROTECT, related_name="+")
    pledge = models.ForeignKey(EscapePledge, models.PROTECT, related_name="visits")
    helper = models.ForeignKey(
        HouseholdHelper,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="visits",
        verbose_name="Người giúp đỡ cùng đi",
    )
    visited_on = models.DateField("Ngày thăm")
    note = models.CharField("Ghi nhận", max_length=300)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    withdrawal_reason = models.CharField("Lý do hủy", max_length=250, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = HelperVisitQuerySet.as_manager()

    class Meta:
        verbose_name = "lần thăm hộ"
        ordering = ["pledge", "-visited_on", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(note=""), name="visit_says_something")]

    def __str__(self):
        return f"{self.pledge}, {self.visited_on:%d/%m/%Y}"
