"""The ledger: what each household was recognised as, by which decision, from when to when."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from households.choices import MovementCause, PovertyClass
from povertyplan.core.models import Area, ScopedQuerySet, User
from povertyplan.core.models.plain_sql import PlainYear, has_part_after_slash
from povertyplan.core.text import formatting

from .campaign import ReviewCampaign
from .household import Household, RegisterQuerySet


class AreaYearQuerySet(ScopedQuerySet):
    village_path = None


class AreaYear(models.Model):
    """How many households and persons live in an area on a day: the denominator of every rate.

    Those of ethnic minorities are a part of them; what nobody counted is None, never 0.
    """

    ward = models.ForeignKey(Area, models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, models.PROTECT, related_name="area_years")
    on = models.DateField("Ngày")
    households = models.PositiveIntegerField("Tổng số hộ dân cư")
    persons = models.PositiveIntegerField("Tổng số nhân khẩu", null=True, blank=True)
    minority_households = models.PositiveIntegerField(
        "Số hộ dân tộc thiểu số", null=True, blank=True
    )
    minority_persons = models.PositiveIntegerField(
        "Số nhân khẩu dân tộc thiểu số", null=True, blank=True
    )
    source = models.CharField("Nguồn số liệu", max_length=200)
    version = models.PositiveIntegerField(default=1)

    objects = AreaYearQuerySet.as_manager()

    class Meta:
        verbose_name = "tổng số hộ, nhân khẩu"
        ordering = ["area", "on"]
        constraints = [
            models.UniqueConstraint(fields=["area", "on"], name="area_year_once"),
            # What nobody knows has no row; nobody lives in no area.
            models.CheckConstraint(
                condition=Q(households__gte=1), name="area_year_counts_somebody"
            ),
            models.CheckConstraint(
                condition=Q(persons=None) | Q(persons__gte=F("households")),
                name="area_year_persons_cover_households",
            ),
            models.CheckConstraint(
                condition=Q(minority_households=None) | Q(minority_households__lte=F("households")),
                name="area_year_minority_households_among_all",
            ),
            models.CheckConstraint(
                condition=Q(minority_persons=None)
                | Q(persons=None)
                | Q(minority_persons__lte=F("persons")),
                name="area_year_minority_persons_among_all",
            ),
        ]

    def __str__(self):
        return f"{self.area}, {formatting.day(self.on)}"


class DecisionQuerySet(AreaYearQuerySet):
    def in_force(self):
        """Decisions that were not withdrawn."""
        return self.filter(withdrawn_at=None)


class Decision(models.Model):
    """A decision of the chairman that recognises results (quyết định công nhận).

    Its number is kept in full ("283/QĐ-UBND"), so that none is used twice in other words; its year
    beside its date because numbers run anew each year. `signer_title` has a line for each line
    above the signature; both are empty where the paper was signed by hand. Reopening the campaign
    withdraws it: the row stays, with who withdrew it and why, and its number stays used.
    """

    ward = models.ForeignKey(Area, models.PROTECT, related_name="decisions")
    campaign = models.ForeignKey(
        ReviewCampaign, models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    number = models.CharField("Số quyết định", max_length=50)
    year = models.PositiveSmallIntegerField()
    decided_on = models.DateField("Ngày quyết định")
    effective_from = models.DateField("Có hiệu lực từ ngày")
    signer_title = models.CharField("Chức danh người ký", max_length=120, blank=True)
    signer_name = models.CharField("Người ký", max_length=100, blank=True)
    prepared_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField("Thu hồi lúc", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Người thu hồi"
    )
    withdrawal_reason = models.TextField("Lý do thu hồi", blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "quyết định công nhận"
        ordering = ["-decided_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["ward", "year", "number"],
                name="decision_number_once_a_year",
                violation_error_message="Số quyết định này đã dùng trong năm.",
            ),
            models.CheckConstraint(
                condition=has_part_after_slash("number"), name="decision_number_in_full"
            ),
            models.UniqueConstraint(
                fields=["campaign"],
                condition=Q(withdrawn_at=None),
                name="decision_one_in_force_per_campaign",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawal_reason="")
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                & ~Q(withdrawal_reason=""),
                name="decision_withdrawn_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(prepared_by=F("approved_by")),
                name="decision_two_persons",
                violation_error_message="Người trình không được tự phê duyệt.",
            ),
            models.CheckConstraint(
                condition=Q(year=PlainYear("decided_on")),
                name="decision_year_of_its_date",
            ),
        ]

    def __str__(self):
        return f"Quyết định số {self.number}"


def in_force_on(on: date, path: str = "") -> Q:
    """The condition that a spell holds on a day; `path` leads to it from the row."""
    return Q(
        Q(**{f"{path}ends_on": None}) | Q(**{f"{path}ends_on__gte": on}),
        **{f"{path}starts_on__lte": on},
    )


class StatusQuerySet(RegisterQuerySet):
    village_path = "household__village"

    def in_force(self, *, on):
        """The spells that hold on a day."""
        return self.filter(in_force_on(on))


class HouseholdStatus(models.Model):
    """One spell of a household's class, from its first to its last day, both included.

    Spells of a household follow each other without gap or overlap; the present is the one
    without an end. `anchor_on` replaces the first day as the start of a 36-month window where
    the ward counts otherwise. "Newly escaped" is derived from spells, never stored.
    """

    ward = models.ForeignKey(Area, models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, models.PROTECT, related_name="statuses")
    poverty_class = models.CharField("Phân loại", max_length=16, choices=PovertyClass)
    starts_on = models.DateField("Từ ngày")
    ends_on = models.DateField("Đến hết ngày", null=True, blank=True)
    anchor_on = models.DateField("Mốc tính 36 tháng", null=True, blank=True)
    decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, blank=True, related_name="statuses"
    )
    cause = models.CharField("Diễn biến", max_length=24, choices=MovementCause)

    objects = StatusQuerySet.as_manager()

    class Meta:
        verbose_name = "kết quả được công nhận"
        ordering = ["household", "starts_on"]
        indexes = [
            models.Index(
                fields=["ward", "poverty_class", "starts_on"], name="status_ward_class_start"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["household", "starts_on"], name="status_one_start_per_day"
            ),
            models.UniqueConstraint(
                fields=["household"], condition=Q(ends_on=None), name="status_one_open_spell"
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="status_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(poverty_class__in=PovertyClass.values, cause__in=MovementCause.values),
                name="status_known_class_and_cause",
            ),
        ]

    def __str__(self):
        label = self.get_poverty_class_display()
        return f"{self.household}: {label} từ {formatting.day(self.starts_on)}"

    def is_in_force(self, on: date) -> bool:
        return self.starts_on <= on and (self.ends_on is None or self.ends_on >= on)

    @property
    def basis(self) -> "Decision | ListedResult | None":
        """The decision it rests on, or what a list said of one; neither where none is known."""
        return self.decision or getattr(self, "listed", None)


class ListedResultQuerySet(RegisterQuerySet):
    ward_path = "status__ward"
    village_path = "status__household__village"


class ListedResult(models.Model):
    """What a list says of a class that was recognised before (kết quả theo danh sách nhập vào sổ).

    The spell rests on a decision that was not made here, so there is no `Decision`; its form is not
    here either, only its two scores and its causes (numbers of `PovertyCause`). Sensitive: the
    scores and causes.
    """

    status = models.OneToOneField(HouseholdStatus, models.CASCADE, related_name="listed")
    number = models.CharField("Số quyết định", max_length=50, blank=True)
    decided_on = models.DateField("Ngày quyết định", null=True, blank=True)
    income_score = models.PositiveSmallIntegerField("Điểm B1", null=True, blank=True)
    deprivation_score = models.PositiveSmallIntegerField("Điểm B2", null=True, blank=True)
    causes = models.JSONField("Nguyên nhân nghèo", default=list)

    objects = ListedResultQuerySet.as_manager()

    class Meta:
        verbose_name = "kết quả theo danh sách"

    def __str__(self):
        return f"Quyết định số {self.number}" if self.number else "Danh sách không ghi quyết định"
