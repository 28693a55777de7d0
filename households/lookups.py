"""Fetch and authorise in one step: what a stranger asks for does not exist."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from households.models import CampaignVillage, Review, ReviewCampaign
from povertyplan.core.access.rules import may_open

NO_VILLAGE = "Bạn không được mở màn hình này của thôn này."


def village_or_404(user, pk, village_pk, view):
    rows = CampaignVillage.objects.visible_to(user).select_related(
        "campaign__ward",
        "campaign__submitted_by",
        "campaign__procedure",
        "campaign__standard",
        "village",
        "reviewer",
        "finished_by",
    )
    row = get_object_or_404(rows, campaign=pk, village=village_pk)
    if not may_open(user, view, area=row.village):
        raise PermissionDenied(NO_VILLAGE)
    return row


def review_or_404(user, pk, household_pk):
    reviews = Review.objects.visible_to(user).select_related(
        "campaign__standard",
        "campaign__ward",
        "campaign__submitted_by",
        "village",
        "updated_by",
        "warnings_confirmed_by",
    )
    review = get_object_or_404(reviews, campaign=pk, household=household_pk)
    if not may_open(user, "households:review_edit", area=review.village):
        raise PermissionDenied("Bạn không được mở phiếu của thôn này.")
    return review


def campaign_or_404(user, pk):
    campaigns = ReviewCampaign.objects.visible_to(user).with_decision()
    related = campaigns.select_related(
        "ward", "standard", "submitted_by", "procedure", "cancel_requested_by"
    )
    return get_object_or_404(related, pk=pk)
