"""The households on the two lists of the poor, whole: what the official summary tables count.

Each function reads a ward with a fixed number of queries, whatever its villages and years.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from households.choices import LISTED, Sex
from households.ledger.selectors.classes import inside_area, registered_on, village_on
from households.ledger.selectors.members import HouseholdMember, members_on
from households.models import HouseholdStatus, Review, ReviewCampaign
from households.models.status import StatusQuerySet
from povertyplan.core.models import Area


@dataclass(frozen=True)
class ListedHousehold:
    """A household of a class on a day, with its members, the head first."""

    pk: int
    village: int
    poverty_class: str
    no_labour_capacity: bool = False
    code: str = ""
    members: tuple[HouseholdMember, ...] = ()

    @property
    def persons(self) -> int:
        return len(self.members)

    @property
    def head(self) -> HouseholdMember | None:
        return next((member for member in self.members if member.is_head), None)

    @property
    def ethnic_code(self) -> str:
        """The ethnic group of the head, which is that of the household; "" where not recorded."""
        return self.head.ethnic_code if self.head else ""

    @property
    def is_minority(self) -> bool:
        return self.head is not None and self.head.is_minority

    @property
    def has_merit(self) -> bool:
        return any(member.has_merit for member in self.members)

    @property
    def has_female_head(self) -> bool:
        return self.head is not None and self.head.sex == Sex.FEMALE

    def children(self, on: date) -> int:
        return sum(member.is_child(on) for member in self.members)


@dataclass(frozen=True)
class ReviewedHousehold:
    """A household as its recognised review found it."""

    pk: int
    village: int
    poverty_class: str
    deprivations: frozenset[int] = frozenset()
    causes: frozenset[int] = frozenset()
    code: str = ""


def listed_households(*, area: Area, on: date) -> list[ListedHousehold]:
    """The poor and near-poor households of an area on a day, by code; two queries."""
    spells = (
        HouseholdStatus.objects.in_force(on=on)
        .filter(inside_area(area, on), registered_on(on), poverty_class__in=LISTED)
        .annotate(village_then=village_on(on))
        .select_related("household")
        .order_by("household__code")
    )
    return with_members(spells, on)


def with_members(spells: StatusQuerySet, on: date) -> list[ListedHousehold]:
    """The households of some spells, annotated with `village_then`, as they were on a day."""
    members = members_on(spells.order_by().values("household"), on)
    return [
        ListedHousehold(
            pk=spell.household_id,
            village=spell.village_then,
            poverty_class=spell.poverty_class,
            no_labour_capacity=spell.household.no_labour_capacity,
            code=spell.household.code,
            members=tuple(members[spell.household_id]),
        )
        for spell in spells
    ]


def reviewed_households(*, campaign: ReviewCampaign, on: date) -> list[ReviewedHousehold]:
    """The households a review found poor or near-poor, those still registered on a day.

    Two queries.
    """
    reviews = Review.objects.done().filter(campaign=campaign)
    return as_reviewed(reviews.annotate(village_then=village_on(on)), on)


def as_reviewed(reviews: QuerySet[Any], on: date) -> list[ReviewedHousehold]:
    """The poor and near-poor households of some forms that are registered on a day.

    The forms are annotated with `village_then`; two queries.
    """
    found = reviews.filter(registered_on(on), recorded_class__in=LISTED)
    return [
        ReviewedHousehold(
            pk=review.household_id,
            village=review.village_then,
            poverty_class=review.recorded_class,
            deprivations=review.deprivations,
            causes=frozenset(cause.number for cause in review.causes.all()),
            code=review.household.code,
        )
        for review in found.select_related("household").prefetch_related("causes")
    ]


def forms_found(
    campaigns: Iterable[ReviewCampaign], classes: Iterable[str]
) -> dict[int, list[ReviewedHousehold]]:
    """By campaign the households that its forms put into some classes, registered still or not.

    One query, without the causes.
    """
    forms: dict[int, list[ReviewedHousehold]] = defaultdict(list)
    reviews = Review.objects.done().filter(
        campaign__in=list(campaigns), recorded_class__in=list(classes)
    )
    for review in reviews.order_by("pk"):
        forms[review.campaign_id].append(
            ReviewedHousehold(
                pk=review.household_id,
                village=review.village_id,
                poverty_class=review.recorded_class,
                deprivations=review.deprivations,
            )
        )
    return forms
