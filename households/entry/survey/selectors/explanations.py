"""Whether what is stored of each review still follows from its answers."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from households.ledger.selectors.standards import standard_rules
from households.models import Review, ReviewCampaign
from households.rules.classification import ScoreRefused, StandardRules, classify


@dataclass(frozen=True)
class Unexplained:
    """A form whose stored class, B2 or sentence is not what its answers come to."""

    review: Review
    stored: str
    computed: str


def find_unexplained(
    campaign: ReviewCampaign, reviews: Iterable[Review] | None = None
) -> Iterator[Unexplained]:
    """Recompute every entered form of a campaign with its own standard; four queries.

    `reviews` are those forms where they are known, with village and household.
    """
    rules = standard_rules(campaign.standard)
    if reviews is None:
        entered = campaign.reviews.done().select_related("village", "household")
        reviews = entered.order_by("household__code").iterator()
    for review in reviews:
        stored = (review.computed_class, review.deprivation_score, review.explanation)
        computed = _computed(rules, review)
        if stored != computed:
            yield Unexplained(review, stored=review.explanation, computed=computed[2])


def _computed(rules: StandardRules, review: Review) -> tuple[str, int | None, str]:
    try:
        result = classify(rules, review.village.setting, review.income_score, review.deprivations)
    except ScoreRefused as refused:
        return "", None, str(refused)
    return result.poverty_class, result.deprivation_score, result.explanation
