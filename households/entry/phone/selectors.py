"""Forms begun on a phone and not handed in: what they still lack, and whose they are."""

from collections.abc import Collection
from dataclasses import dataclass

from households.models import ReviewCampaign, ReviewDraft
from povertyplan.core.models import Area


@dataclass(frozen=True)
class DraftGaps:
    """How many of the indicators that are asked a draft does not answer, or not surely."""

    unanswered: int
    unknown: int

    def __bool__(self) -> bool:
        return self.unanswered > 0 or self.unknown > 0


def gaps_of(draft: ReviewDraft, asked: Collection[int]) -> DraftGaps:
    unknown = draft.unknown & set(asked)
    unanswered = set(asked) - unknown - draft.indicators.keys()
    return DraftGaps(len(unanswered), len(unknown))


def open_drafts(*, campaign: ReviewCampaign, village: Area) -> list[ReviewDraft]:
    """Everybody's forms of a village that are not handed in, the oldest first; one query."""
    drafts = ReviewDraft.objects.open().filter(review__campaign=campaign, review__village=village)
    return list(drafts.select_related("owner", "review").order_by("updated_at", "pk"))
