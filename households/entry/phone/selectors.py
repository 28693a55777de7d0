"""Forms begun on a phone and not handed in: what they still lack, and whose they are."""

from collections.abc import Collection

from households.models import ReviewCampaign, ReviewDraft
from povertyplan.core.models import Area


def gaps_of(draft: ReviewDraft, asked: Collection[int]) -> str:
    """What a draft lacks of the indicators that are asked; empty when all are known."""
    unknown = draft.unknown & set(asked)
    unanswered = set(asked) - unknown - draft.indicators.keys()
    words = [
        f"còn {len(unanswered)} chỉ số chưa trả lời" if unanswered else "",
        f"còn {len(unknown)} chỉ số chưa rõ" if unknown else "",
    ]
    return ", ".join(word for word in words if word)


def open_drafts(*, campaign: ReviewCampaign, village: Area) -> list[ReviewDraft]:
    """Everybody's forms of a village that are not handed in, the oldest first; one query."""
    drafts = ReviewDraft.objects.open().filter(review__campaign=campaign, review__village=village)
    return list(drafts.select_related("owner", "review").order_by("updated_at", "pk"))
