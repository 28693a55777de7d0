"""Households that stay outside a review, each for a reason."""

from django.db import models
from django.db.models import Q

from povertyplan.core.models import Area, User

from .campaign import ReviewCampaign
from .household import Household, RegisterQuerySet


class ReviewOmissionQuerySet(RegisterQuerySet):
    village_path = "household__village"


class ReviewOmission(models.Model):
    """Why a household that should be asked about is not reviewed (không đưa vào đợt rà soát).

    A later reason replaces it, and the row's history keeps the earlier one.
    """

    ward = models.ForeignKey(Area, models.PROTECT, related_name="+")
    campaign = models.ForeignKey(ReviewCampaign, models.PROTECT, related_name="omissions")
    household = models.ForeignKey(Household, models.PROTECT, related_name="review_omissions")
    reason = models.TextField("Lý do không đưa vào")
    recorded_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name="Người ghi"
    )
    recorded_at = models.DateTimeField("Ghi lúc")

    objects = ReviewOmissionQuerySet.as_manager()

    class Meta:
        verbose_name = "hộ không đưa vào đợt rà soát"
        ordering = ["campaign", "household"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "household"], name="omission_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="omission_with_reason"),
        ]

    def __str__(self):
        return f"{self.household}, {self.campaign}"
