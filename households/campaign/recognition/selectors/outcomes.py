"""What a campaign comes to: households by class, and how each moved from its class before."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from households.choices import CampaignStage, MovementCause, PovertyClass
from households.ledger.selectors.class_histories import (
    cause_after,
    class_histories,
    outcomes_written,
)
from households.models import Household, ReviewCampaign


@dataclass(frozen=True)
class PlannedChange:
    """One reviewed household and the spell its review leads to.

    `class_before` is what the ledger says today; None when it says nothing.
    """

    household: Household
    class_before: str | None
    class_after: str
    cause: MovementCause


@dataclass(frozen=True)
class OutcomeLine:
    """How many households came to one class, or moved in one way."""

    value: str
    label: str
    households: int


@dataclass(frozen=True)
class CampaignOutcome:
    """The totals a coordinator submits and a leader approves."""

    by_class: list[OutcomeLine]
    by_cause: list[OutcomeLine]
    households: int


def planned_changes(campaign: ReviewCampaign) -> list[PlannedChange]:
    """The spells that recognising the entered forms would write, in two queries.

    A household closed in the register meanwhile has left the ledger and is passed over.
    """
    reviews = list(
        campaign.reviews.done()
        .filter(household__closed_on=None)
        .select_related("household__village")
        .order_by("household__code")
    )
    histories = class_histories([review.household_id for review in reviews])
    return [
        PlannedChange(
            household=review.household,
            class_before=histories[review.household_id][-1]
            if histories[review.household_id]
            else None,
            class_after=review.recorded_class,
            cause=cause_after(histories[review.household_id], review.recorded_class),
        )
        for review in reviews
    ]


def campaign_outcome(
    campaign: ReviewCampaign, changes: Sequence[PlannedChange] | None = None
) -> CampaignOutcome:
    """Households by class and by movement: as planned, or as written once recognised.

    `changes` are the planned ones where they are known.
    """
    if campaign.stage == CampaignStage.RECOGNISED:
        pairs = outcomes_written(campaign)
    else:
        changes = planned_changes(campaign) if changes is None else changes
        pairs = [(change.class_after, change.cause) for change in changes]
    return CampaignOutcome(
        by_class=_lines(PovertyClass, Counter(after for after, _ in pairs), keep_empty=True),
        by_cause=_lines(MovementCause, Counter(cause for _, cause in pairs), keep_empty=False),
        households=len(pairs),
    )


def _lines(vocabulary, counts: Counter, *, keep_empty: bool) -> list[OutcomeLine]:
    return [
        OutcomeLine(value=value, label=label, households=counts[value])
        for value, label in vocabulary.choices
        if keep_empty or counts[value]
    ]
