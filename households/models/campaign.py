"""A review campaign and where each of its villages stands."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, FilteredRelation, Q, Value

from households.choices import CampaignKind, CampaignStage
from povertyplan.core.models import Area, ScopedQuerySet, User

from .household import RegisterQuerySet
from .procedure import ReviewProcedure
from .standard import PovertyStandard

if TYPE_CHECKING:
    from .status import Decision


class CampaignQuerySet(ScopedQuerySet):
    village_path = None

    def open(self):
        return self.filter(stage=CampaignStage.OPEN)

    def standing(self):
        """Campaigns that were not cancelled."""
        return self.exclude(stage=CampaignStage.CANCELLED)

    def with_decision(self):
        """Join the decision that holds, so that `campaign.decision` costs no query."""
        in_force = FilteredRelation("decisions", condition=Q(decisions__withdrawn_at=None))
        # The join leaves no attribute where there is no decision: the mark says that it was made.
        joined = self.annotate(decision_in_force=in_force, decision_is_joined=Value(True))
        return joined.select_related("decision_in_force__approved_by")


class ReviewCampaign(models.Model):
    """A review of poor and near-poor households (đợt rà soát).

    It keeps the standard and the procedure it was opened with, so later ones change no earlier
    result. Without a procedure the villages neither meet nor post.
    Who submits the results does not approve them. A cancelled one stays and counts nowhere; with
    forms entered, one person asks for it and another cancels.
    """

    ward = models.ForeignKey(Area, models.PROTECT, related_name="campaigns")
    year = models.PositiveSmallIntegerField("Năm")
    kind = models.CharField("Loại", max_length=7, choices=CampaignKind)
    name = models.CharField("Tên đợt", max_length=160)
    standard = models.ForeignKey(PovertyStandard, models.PROTECT, verbose_name="Chuẩn nghèo")
    procedure = models.ForeignKey(
        ReviewProcedure, models.PROTECT, null=True, blank=True, verbose_name="Quy trình"
    )
    opens_on = models.DateField("Từ ngày")
    closes_on = models.DateField("Đến ngày")
    stage = models.CharField(
        "Giai đoạn", max_length=10, choices=CampaignStage, default=CampaignStage.OPEN
    )
    submitted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Người trình"
    )
    submitted_at = models.DateTimeField("Trình lúc", null=True, blank=True)
    return_reason = models.TextField("Lý do trả lại", blank=True)
    cancelled_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Người hủy"
    )
    cancelled_at = models.DateTimeField("Hủy lúc", null=True, blank=True)
    cancel_reason = models.TextField("Lý do hủy", blank=True)
    cancel_requested_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="Người đề nghị hủy",
    )
    cancel_requested_at = models.DateTimeField("Đề nghị hủy lúc", null=True, blank=True)
    cancel_request_reason = models.TextField("Lý do đề nghị hủy", blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = "đợt rà soát"
        ordering = ["-year", "-opens_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["ward", "year"],
                condition=Q(kind=CampaignKind.ANNUAL) & ~Q(stage=CampaignStage.CANCELLED),
                name="campaign_one_annual_per_year",
                violation_error_message="Năm này đã có đợt rà soát định kỳ.",
            ),
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")), name="campaign_dates_in_order"
            ),
            models.CheckConstraint(
                condition=Q(stage__in=CampaignStage.values, kind__in=CampaignKind.values),
                name="campaign_known_stage_and_kind",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=[CampaignStage.OPEN, CampaignStage.CANCELLED])
                | Q(submitted_by__isnull=False, submitted_at__isnull=False),
                name="campaign_submitted_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_by=None, cancelled_at=None, cancel_reason="")
                & ~Q(stage=CampaignStage.CANCELLED)
                | Q(
                    stage=CampaignStage.CANCELLED,
                    cancelled_by__isnull=False,
                    cancelled_at__isnull=False,
                )
                & ~Q(cancel_reason=""),
                name="campaign_cancelled_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(
                    cancel_requested_by=None, cancel_requested_at=None, cancel_request_reason=""
                )
                | Q(cancel_requested_by__isnull=False, cancel_requested_at__isnull=False)
                & ~Q(cancel_request_reason=""),
                name="campaign_cancellation_asked_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_by=None)
                | Q(cancel_requested_by=None)
                | ~Q(cancelled_by=F("cancel_requested_by")),
                name="campaign_cancelled_by_two_persons",
                violation_error_message="Người đề nghị không được tự duyệt hủy.",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def is_open(self) -> bool:
        return self.stage == CampaignStage.OPEN

    @property
    def awaits_cancellation(self) -> bool:
        """Whether somebody asked for its cancelling, and nobody has decided on that."""
        return self.cancel_requested_at is not None and self.stage != CampaignStage.CANCELLED

    @property
    def decision(self) -> "Decision | None":
        """The decision that holds; a query each time unless it came `with_decision`."""
        if hasattr(self, "decision_is_joined"):
            return getattr(self, "decision_in_force", None)
        return self.decisions.in_force().select_related("approved_by").first()


class CampaignVillageQuerySet(RegisterQuerySet):
    pass


class CampaignVillage(models.Model):
    """One village in a campaign: who reviews it, and when it was finished."""

    ward = models.ForeignKey(Area, models.PROTECT, related_name="+")
    campaign = models.ForeignKey(ReviewCampaign, models.PROTECT, related_name="villages")
    village = models.ForeignKey(Area, models.PROTECT, related_name="campaign_villages")
    reviewer = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Rà soát viên"
    )
    finished_at = models.DateTimeField("Hoàn thành lúc", null=True, blank=True)
    finished_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects = CampaignVillageQuerySet.as_manager()

    class Meta:
        verbose_name = "thôn trong đợt rà soát"
        ordering = ["campaign", "village__order", "village__sort_key"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "village"], name="campaign_village_once"),
            models.CheckConstraint(
                condition=Q(finished_at=None, finished_by=None)
                | Q(finished_at__isnull=False, finished_by__isnull=False),
                name="campaign_village_finished_by_someone",
            ),
        ]

    def __str__(self):
        return f"{self.village}, {self.campaign}"

    @property
    def is_finished(self) -> bool:
        return self.finished_at is not None
