"""Keeping what a decision recognised, so that it stays readable whatever comes later."""

from collections.abc import Sequence

from households.campaign.recognition.selectors.outcomes import PlannedChange
from households.campaign.recognition.selectors.results import printed_household
from households.ledger.selectors.members import HouseholdMember, members_on
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
    pks = [change.household.pk for change in changes]
    members = members_on(pks, decision.decided_on, or_last=True)
    content = [
        _line(change, reviews[pk], members[pk]) for pk, change in zip(pks, changes, strict=True)
    ]
    return RecognisedVersion.objects.create(
        ward_id=campaign.ward_id,
        campaign=campaign,
        number=campaign.versions.count() + 1,
        decision=decision,
        recognised_at=clock.now(),
        content=content,
        digest=digest_of(content),
    )


def _line(
    change: PlannedChange, review: Review, members: Sequence[HouseholdMember]
) -> dict[str, object]:
    """One household as recognised, with what the lists of the decision print of it."""
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
        "printed": printed_household(change.household, members),
    }
