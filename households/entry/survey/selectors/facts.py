"""What the pages of one survey form show beside its answers."""

from functools import cached_property

from households.choices import Dimension
from households.entry.survey.selectors.reviews import (
    campaign_village_of,
    earlier_review,
    head_name,
    households_before,
)
from households.entry.survey.selectors.rows import GridRow, row_of
from households.ledger.selectors.standards import (
    Vocabulary,
    indicators_by_dimension,
    read_vocabulary,
)
from households.locks import village_lock
from households.models import CampaignVillage, DeprivationIndicator, Household, Review
from households.rules.classification import StandardRules


class ReviewFacts:
    """One form and what belongs to it, each read when asked for and only once.

    View and pages of a request share one; a service reads again what it locks.
    """

    def __init__(self, review: Review):
        self.review = review

    @cached_property
    def vocabulary(self) -> Vocabulary:
        found = read_vocabulary(self.review)
        self.review.cause_numbers = found.given
        return found

    @property
    def rules(self) -> StandardRules:
        return self.vocabulary.rules

    @cached_property
    def indicator_groups(self) -> list[tuple[Dimension, list[DeprivationIndicator]]]:
        return indicators_by_dimension(self.review.campaign.standard)

    @cached_property
    def campaign_village(self) -> CampaignVillage:
        return campaign_village_of(self.review)

    @cached_property
    def lock(self) -> str:
        """Why the form cannot be changed; empty while it can."""
        return village_lock(self.review.campaign, self.campaign_village)

    @cached_property
    def household(self) -> Household:
        """With its head, its members and the class that held before the campaign."""
        return households_before(self.review.campaign).get(pk=self.review.household_id)

    @property
    def head_name(self) -> str:
        return head_name(self.household)

    @cached_property
    def earlier(self) -> Review | None:
        return earlier_review(self.review)

    @cached_property
    def row(self) -> GridRow:
        """The form as a row of the bulk entry, with what is unusual in it."""
        return row_of(self.review, household=self.household, earlier=self.earlier)
