"""Keeping what a decision recognised, so that it stays readable whatever comes later."""

from collections.abc import Sequence

from households.campaign.recognition.selectors.outcomes import PlannedChange
from households.models import Decision, RecognisedVersion, Review, ReviewCampaign
from households.models.version import digest_of
from povertyplan.core import clock


def keep_version(
    *, campaign: ReviewCampaign, decision: Decision, changes: Sequence[PlannedChange]
) -> RecognisedVersion:
    """Store the results of a recognition as the campaign's next version; called by its service."""
    reviews = {
        review.household_id: review for review in campaign.reviews.done().select_related("village")
    }
    content = [_line(change, reviews[change.household.pk]) for change in changes]
    return RecognisedVersion.objects.create(
        ward_id=campaign.ward_id,
        campaign=campaign,
        number=campaign.versions.count() + 1,
        decision=decision,
        recognised_at=clock.now(),
        content=content,
        digest=digest_of(content),
    )


def _line(change: PlannedChange, review: Review) -> dict[str, object]:
    """One household as recognised; its names are left to the register."""
    return {
        "household": change.household.pk,
        "code": change.household.code,
        "village": review.village.name,
        "class_before": change.class_before,
        "class_after": change.class_after,
        "cause": change.cause,
        "income_score": review.income_score,
        "deprivation_score": review.deprivation_score,
        "deprivations": sorted(review.deprivations),
        "reason": review.class_reason,
    }
