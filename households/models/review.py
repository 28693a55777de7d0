"""One household's survey form in one campaign."""

from functools import cached_property

from django.db import models
from django.db.models import F, Q

from households.choices import (
    DEPRIVATION_FIELDS,
    CampaignStage,
    ListReason,
    PovertyClass,
    ReviewState,
)
from povertyplan.core.models import Area, User

from .campaign import ReviewCampaign
from .household import Household, RegisterQuerySet
from .standard import PovertyCause


class ReviewQuerySet(RegisterQuerySet):
    def done(self):
        """Forms that are entered, but for those of a campaign that was cancelled."""
        return self.filter(state=ReviewState.DONE).exclude(campaign__stage=CampaignStage.CANCELLED)

    def pending(self):
        return self.filter(state=ReviewState.PENDING)

    def flagged(self):
        return self.filter(needs_check=True)


def _deprived():
    return models.BooleanField(default=False)


class Review(models.Model):
    """A survey form (phiếu rà soát): scores, deprivations, and the class that follows.

    The row exists from the day the household is put on the campaign's list; it is `done` once
    the scores are in. `deprived_05` is the standard's indicator number 5. The recorded class
    differs from the computed one only with a reason. What is unusual is confirmed once for the
    answers as they are: saving others takes the confirmation back. A note and the flag may stand
    on a form that is not entered yet. One that joined the list after the opening says who added it
    and why. Sensitive: scores, deprivations, note.
    """

    ward = models.ForeignKey(Area, models.PROTECT, related_name="+")
    campaign = models.ForeignKey(ReviewCampaign, models.PROTECT, related_name="reviews")
    village = models.ForeignKey(Area, models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, models.PROTECT, related_name="reviews")
    list_reason = models.CharField("Lý do rà soát", max_length=10, choices=ListReason)
    added_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Người bổ sung"
    )
    added_at = models.DateTimeField("Bổ sung lúc", null=True, blank=True)
    added_reason = models.TextField("Lý do bổ sung", blank=True)
    state = models.CharField(
        "Tình trạng", max_length=7, choices=ReviewState, default=ReviewState.PENDING
    )
    income_score = models.PositiveSmallIntegerField("Điểm B1", null=True, blank=True)
    deprivation_score = models.PositiveSmallIntegerField("Điểm B2", null=True, blank=True)
    deprived_01 = _deprived()
    deprived_02 = _deprived()
    deprived_03 = _deprived()
    deprived_04 = _deprived()
    deprived_05 = _deprived()
    deprived_06 = _deprived()
    deprived_07 = _deprived()
    deprived_08 = _deprived()
    deprived_09 = _deprived()
    deprived_10 = _deprived()
    deprived_11 = _deprived()
    deprived_12 = _deprived()
    causes = models.ManyToManyField(PovertyCause, blank=True, verbose_name="Nguyên nhân nghèo")
    computed_class = models.CharField(
        "Phân loại tính được", max_length=16, choices=PovertyClass, blank=True
    )
    recorded_class = models.CharField(
        "Phân loại ghi nhận", max_length=16, choices=PovertyClass, blank=True
    )
    class_reason = models.TextField("Lý do ghi nhận khác", blank=True)
    explanation = models.TextField("Cách tính", blank=True)
    visited_on = models.DateField("Ngày đến hộ", null=True, blank=True)
    note = models.TextField("Ghi chú", blank=True)
    needs_check = models.BooleanField("Cần kiểm tra", default=False)
    updated_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Người nhập"
    )
    updated_at = models.DateTimeField("Nhập lúc", null=True, blank=True)
    warnings_confirmed_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="Người xác nhận cảnh báo",
    )
    warnings_confirmed_at = models.DateTimeField("Xác nhận cảnh báo lúc", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ReviewQuerySet.as_manager()

    # The indicators' own names belong to the standard.
    JOURNAL_LABELS = {
        field: f"Thiếu hụt chỉ số {number}"
        for number, field in enumerate(DEPRIVATION_FIELDS, start=1)
    }

    class Meta:
        verbose_name = "phiếu rà soát"
        ordering = ["campaign", "household"]
        indexes = [
            models.Index(fields=["ward", "campaign", "village"], name="review_ward_campaign"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "household"],
                name="review_once_per_campaign",
                violation_error_message="Hộ này đã có phiếu trong đợt rà soát.",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=ReviewState.PENDING,
                    income_score=None,
                    deprivation_score=None,
                    computed_class="",
                    recorded_class="",
                )
                | Q(
                    state=ReviewState.DONE,
                    income_score__gte=0,
                    deprivation_score__gte=0,
                    computed_class__in=PovertyClass.values,
                    recorded_class__in=PovertyClass.values,
                ),
                name="review_done_has_result",
            ),
            models.CheckConstraint(
                condition=Q(recorded_class=F("computed_class")) | ~Q(class_reason=""),
                name="review_other_class_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(warnings_confirmed_at=None, warnings_confirmed_by=None)
                | Q(warnings_confirmed_at__isnull=False, warnings_confirmed_by__isnull=False),
                name="review_warnings_confirmed_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(added_at=None, added_by=None, added_reason="")
                | Q(added_at__isnull=False, added_by__isnull=False) & ~Q(added_reason=""),
                name="review_added_with_reason",
            ),
        ]

    def __str__(self):
        return f"{self.household}, {self.campaign}"

    @property
    def deprivations(self) -> frozenset[int]:
        """Numbers of the indicators in which the household is deprived."""
        return frozenset(
            number
            for number, field in enumerate(DEPRIVATION_FIELDS, start=1)
            if getattr(self, field)
        )

    @cached_property
    def cause_numbers(self) -> frozenset[int]:
        """Numbers of the causes it names, as they were when first asked for."""
        return frozenset(cause.number for cause in self.causes.all())

    @property
    def computation(self) -> str:
        """The sentence of the class without the legal basis, which speaks of every year."""
        basis = f" (căn cứ {self.campaign.standard.legal_reference})"
        return self.explanation.removesuffix(basis)

    @property
    def is_done(self) -> bool:
        return self.state == ReviewState.DONE
