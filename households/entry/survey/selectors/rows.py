"""The bulk entry of a village: every form beside last time's, with what is unusual in it."""

from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from typing import cast

from households.choices import PovertyClass
from households.entry.survey.selectors.reviews import (
    class_label,
    earlier_review,
    head_name,
    heads_apart,
    households_before,
    work_list,
)
from households.ledger.selectors.class_histories import cause_after, class_histories
from households.models import Household, Review, ReviewCampaign
from households.rules.plausibility import review_warnings
from povertyplan.core.models import Area

COMPUTED_CLASSES = (PovertyClass.POOR, PovertyClass.NEAR_POOR, PovertyClass.NOT_POOR)


@dataclass(frozen=True)
class SavedRow:
    """A form as it was just saved, beside what it is compared with."""

    review: Review
    class_before: str | None
    earlier_score: int | None
    earlier_year: int | None

    @cached_property
    def warnings(self) -> list[str]:
        """What is unusual in the answers as saved; nothing while the form is not entered."""
        if not self.review.is_done:
            return []
        return review_warnings(
            income_score=cast(int, self.review.income_score),
            poverty_class=self.review.recorded_class,
            class_before=self.class_before,
            earlier_score=self.earlier_score,
            earlier_year=self.earlier_year,
        )

    @property
    def has_changed_class(self) -> bool:
        return self.review.is_done and self.review.recorded_class != self.class_before


@dataclass(frozen=True)
class GridRow:
    """One household of the bulk entry. `history` holds its classes before, the oldest first.

    `number` is its place in the village's list, from 1; 0 where a form is read by itself.
    """

    review: Review
    household: Household
    earlier: Review | None
    history: tuple[PovertyClass, ...]
    number: int = 0
    label: str = ""

    @property
    def head_name(self) -> str:
        """The head's name, told apart from namesakes of the village where it is shown with them."""
        return self.label or head_name(self.household)

    @property
    def class_before(self) -> str | None:
        return self.household.poverty_class  # type: ignore[attr-defined]  # `with_status`

    @property
    def label_before(self) -> str:
        return class_label(self.class_before)

    @cached_property
    def saved(self) -> SavedRow:
        return SavedRow(
            self.review,
            self.class_before,
            self.earlier.income_score if self.earlier else None,
            self.earlier.campaign.year if self.earlier else None,
        )

    @property
    def warnings(self) -> list[str]:
        return self.saved.warnings

    @property
    def has_open_warnings(self) -> bool:
        return bool(self.warnings) and self.review.warnings_confirmed_at is None

    @property
    def has_remark(self) -> bool:
        return self.review.needs_check or bool(self.review.note)

    @property
    def has_changed_class(self) -> bool:
        return self.saved.has_changed_class

    def movements(self) -> dict[str, str]:
        """How the household would have moved, in words, for each class a form can come to."""
        return {
            poverty_class.value: cause_after(list(self.history), poverty_class).label
            for poverty_class in COMPUTED_CLASSES
        }


def grid_rows(*, campaign: ReviewCampaign, village: Area) -> list[GridRow]:
    """Every form of a village in the order of the work list; six queries."""
    items = work_list(campaign=campaign, village=village, with_causes=True)
    households = [item.household.pk for item in items]
    earlier = _earlier_reviews(campaign, households)
    histories = class_histories(households)
    return [
        GridRow(
            review=item.review,
            household=item.household,
            earlier=earlier.get(item.household.pk),
            history=tuple(histories[item.household.pk]),
            number=number,
            label=item.head_name,
        )
        for number, item in enumerate(items, start=1)
    ]


def saved_row(review: Review, read: Review) -> SavedRow:
    """The row of a form, with what `read`, the form before it was saved, was compared with."""
    before = (getattr(read, name) for name in ("class_before", "earlier_score", "earlier_year"))
    return SavedRow(review, *before)


def read_row(review: Review) -> GridRow:
    """The row of one form, read by itself."""
    household = households_before(review.campaign).get(pk=review.household_id)
    row = row_of(review, household=household, earlier=earlier_review(review))
    return replace(row, label=_label_among_namesakes(review, household))


def row_of(review: Review, *, household: Household, earlier: Review | None) -> GridRow:
    """The row of one form of which the household and the earlier form are known."""
    return GridRow(
        review=review,
        household=household,
        earlier=earlier,
        history=tuple(class_histories([household.pk])[household.pk]),
    )


def _label_among_namesakes(review: Review, household: Household) -> str:
    """The head's name as the list of the village shows it; one query."""
    head = getattr(household, "head_membership", None)
    if head is None:
        return ""
    listed = Household.objects.with_head().filter(
        reviews__campaign=review.campaign_id,
        reviews__village=review.village_id,
        head_membership__person__full_name=head.person.full_name,
    )
    namesakes = list(listed)
    names = dict(zip((each.pk for each in namesakes), heads_apart(namesakes), strict=True))
    return names.get(household.pk, "")


def open_warnings(*, campaign: ReviewCampaign, village: Area) -> list[GridRow]:
    """The forms of a village whose unusual results nobody has confirmed."""
    return [row for row in grid_rows(campaign=campaign, village=village) if row.has_open_warnings]


def open_warnings_by_village(campaign: ReviewCampaign) -> Counter[int]:
    """How many forms of each village have unusual results nobody has confirmed; four queries."""
    reviews = list(campaign.reviews.done().filter(warnings_confirmed_at=None))
    ids = [review.household_id for review in reviews]
    households = {
        household.pk: household
        for household in Household.objects.with_status(on=campaign.opens_on).filter(pk__in=ids)
    }
    earlier = _earlier_reviews(campaign, ids)
    rows = (
        GridRow(review, households[review.household_id], earlier.get(review.household_id), ())
        for review in reviews
    )
    return Counter(row.review.village_id for row in rows if row.has_open_warnings)


def _earlier_reviews(campaign: ReviewCampaign, households: list[int]) -> dict[int, Review]:
    """The latest entered form of an earlier campaign, by household."""
    reviews = (
        Review.objects.done()
        .filter(household__in=households, campaign__opens_on__lt=campaign.opens_on)
        .select_related("campaign")
        .prefetch_related("causes")
        .order_by("campaign__opens_on", "pk")
    )
    return {review.household_id: review for review in reviews}
