"""What the entered forms of a review come to while it runs (tạm tính): never a result."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, OuterRef, Subquery

from households.choices import LISTED, ReviewState
from households.models import HouseholdStatus, ReviewCampaign


@dataclass(frozen=True)
class ProvisionalCounts:
    """Households by class: `found` by their entered form, `waiting` by the register alone.

    Those that wait have no entered form yet, or stand outside the review.
    """

    found: Mapping[str, int] = field(default_factory=Counter)
    waiting: Mapping[str, int] = field(default_factory=Counter)

    def if_unchanged(self, poverty_class: str) -> int:
        """Households of a class if those that wait stay what they are."""
        return self.found.get(poverty_class, 0) + self.waiting.get(poverty_class, 0)


def provisional_counts(campaign: ReviewCampaign, *, on: date) -> dict[int, ProvisionalCounts]:
    """By village in which the households live; two queries. Who left the register is passed over.

    `on` is the day of which the register is read for households without an entered form.
    """
    found: dict[int, Counter[str]] = {}
    waiting: dict[int, Counter[str]] = {}
    spells = HouseholdStatus.objects.in_force(on=on).filter(household__closed_on=None)
    # Whatever their order, one holds on a day at most.
    own = spells.filter(household=OuterRef("household")).order_by()
    forms = campaign.reviews.filter(household__closed_on=None)
    groups = ("household__village", "state", "recorded_class", "class_now")
    counted = (
        forms.annotate(class_now=Subquery(own.values("poverty_class")[:1]))
        .order_by()
        .values_list(*groups)
        .annotate(total=Count("pk"))
    )
    for village, state, recorded, class_now, total in counted:
        is_done = state == ReviewState.DONE
        kept = (found if is_done else waiting).setdefault(village, Counter())
        kept[recorded if is_done else class_now or ""] += total
    outside = (
        spells.filter(ward=campaign.ward_id, poverty_class__in=LISTED)
        .exclude(household__in=campaign.reviews.values("household"))
        .order_by()
        .values_list("household__village", "poverty_class")
        .annotate(total=Count("pk"))
    )
    for village, class_now, total in outside:
        waiting.setdefault(village, Counter())[class_now] += total
    return {
        village: ProvisionalCounts(found.get(village, Counter()), waiting.get(village, Counter()))
        for village in {*found, *waiting}
    }


def add_up_provisional(parts: Iterable[ProvisionalCounts]) -> ProvisionalCounts:
    """The counts of several villages together."""
    found: Counter[str] = Counter()
    waiting: Counter[str] = Counter()
    for part in parts:
        found.update(part.found)
        waiting.update(part.waiting)
    return ProvisionalCounts(found, waiting)
