"""The survey forms of a village as a list of work, and what a form shows beside last year's."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from households.choices import LISTED, PovertyClass
from households.models import (
    CampaignVillage,
    Household,
    HouseholdStatus,
    Membership,
    Review,
    ReviewCampaign,
)
from households.rules.people.namesakes import Namesake, tell_apart
from povertyplan.core.models import Area


@dataclass(frozen=True)
class WorkItem:
    """One form of the list; `household` carries its head, members and earlier class.

    `head_name` tells namesakes of the list apart.
    """

    review: Review
    household: Household
    head_name: str

    @property
    def earlier_class(self) -> str:
        return class_label(self.household.poverty_class)  # type: ignore[attr-defined]  # `with_status`

    @property
    def has_moved(self) -> bool:
        """Whether the household lives in another village than the one that reviews it."""
        return self.review.village_id != self.household.village_id


def head_name(household: Household) -> str:
    """The present head's name, of a household read `with_head()`; its code while it has none."""
    membership = getattr(household, "head_membership", None)
    return membership.person.full_name if membership else household.code


def heads_apart(households: Sequence[Household]) -> list[str]:
    """The heads' names in their order, namesakes by year of birth or code."""
    return tell_apart([_namesake(household) for household in households])


def _namesake(household: Household) -> Namesake:
    membership = getattr(household, "head_membership", None)
    born = membership.person.birth_date if membership else None
    return Namesake(head_name(household), born.year if born else None, household.code)


def class_label(poverty_class: str | None) -> str:
    return PovertyClass(poverty_class).label if poverty_class else ""


def households_before(campaign: ReviewCampaign):
    """Households with head, members and the class that held when the campaign opened.

    A household that split off or moved in since has the class it came with. What the campaign
    itself came to is left out, also where it took effect on the day of the opening.
    """
    spells = HouseholdStatus.objects.filter(household=OuterRef("pk"))
    others = spells.exclude(decision__campaign=campaign)
    households = Household.objects.with_head().with_member_count()
    return households.with_status(on=campaign.opens_on).annotate(
        poverty_class=_held_before("poverty_class", others, campaign.opens_on),
        status_since=_held_before("starts_on", others, campaign.opens_on),
    )


def _held_before(
    field: str, spells: QuerySet[HouseholdStatus], opens_on: date | OuterRef
) -> Coalesce:
    """Of the spell that held on the day of the opening, else of the one brought along later."""
    held = spells.filter(starts_on__lte=opens_on).order_by("-starts_on")
    brought = spells.filter(starts_on__gt=opens_on).order_by("starts_on")
    return Coalesce(Subquery(held.values(field)[:1]), Subquery(brought.values(field)[:1]))


def with_head_name(reviews: QuerySet[Review]) -> QuerySet[Review]:
    """Annotate `head_name`: the present head's; None while there is none."""
    heads = Membership.objects.filter(
        household=OuterRef("household"), is_head=True, left_on=None
    ).order_by()
    return reviews.annotate(head_name=Subquery(heads.values("person__full_name")[:1]))


def with_before(reviews: QuerySet[Review]) -> QuerySet[Review]:
    """Annotate what a form is compared with: `class_before`, `earlier_score`, `earlier_year`.

    The class is the one of `households_before`, the score that of `earlier_review`.
    """
    spells = HouseholdStatus.objects.filter(household=OuterRef("household"))
    others = spells.exclude(decision__campaign=OuterRef("campaign"))
    earlier = (
        Review.objects.done()
        .filter(
            household=OuterRef("household"), campaign__opens_on__lt=OuterRef("campaign__opens_on")
        )
        .order_by("-campaign__opens_on", "-pk")
    )
    return reviews.annotate(
        class_before=_held_before("poverty_class", others, OuterRef("campaign__opens_on")),
        earlier_score=Subquery(earlier.values("income_score")[:1]),
        earlier_year=Subquery(earlier.values("campaign__year")[:1]),
    )


def work_list(
    *, campaign: ReviewCampaign, village: Area, with_causes: bool = False
) -> list[WorkItem]:
    """Every form of a village, by the head's given name, in two queries.

    Left out: a household closed before its form was entered. The causes cost one query more.
    """
    forms = campaign.reviews.filter(village=village).select_related("updated_by")
    if with_causes:
        forms = forms.prefetch_related("causes")
    reviews = {review.household_id: review for review in forms}
    households = list(
        households_before(campaign)
        .filter(pk__in=reviews)
        .order_by("head_membership__person__sort_key", "code")
    )
    names = heads_apart(households)
    items = [
        WorkItem(reviews[household.pk], household, name)
        for household, name in zip(households, names, strict=True)
    ]
    return [item for item in items if item.review.is_done or item.household.closed_on is None]


@dataclass(frozen=True)
class ClassTotal:
    """How many households of a list had a class before the campaign, and how many have it now."""

    poverty_class: PovertyClass
    before: int
    now: int


def class_totals(items: list[WorkItem]) -> list[ClassTotal]:
    """Each class that some household of the list had or has."""
    before = Counter(item.household.poverty_class for item in items)  # type: ignore[attr-defined]  # `with_status`
    now = Counter(item.review.recorded_class for item in items)
    return [
        ClassTotal(poverty_class, before[poverty_class], now[poverty_class])
        for poverty_class in PovertyClass
        if before[poverty_class] or now[poverty_class]
    ]


def reviews_without_causes(
    campaign: ReviewCampaign, village: Area | None = None
) -> QuerySet[Review]:
    """Entered forms that come out poor or near-poor and name no cause of poverty."""
    reviews = campaign.reviews.done().filter(recorded_class__in=LISTED, causes=None)
    if village is not None:
        reviews = reviews.filter(village=village)
    return reviews.select_related("household").order_by("household__code")


def next_pending(review: Review) -> Review | None:
    """The next form to enter after this one in its village, from the top when at the end."""
    items = work_list(campaign=review.campaign, village=review.village)
    pks = [item.review.pk for item in items]
    place = pks.index(review.pk) + 1 if review.pk in pks else 0
    for item in items[place:] + items[:place]:
        if not item.review.is_done and item.review.pk != review.pk:
            return item.review
    return None


def earlier_review(review: Review) -> Review | None:
    """The household's latest entered form of an earlier campaign, with its causes."""
    return (
        Review.objects.done()
        .filter(household=review.household_id, campaign__opens_on__lt=review.campaign.opens_on)
        .select_related("campaign__standard")
        .prefetch_related("causes")
        .order_by("-campaign__opens_on", "-pk")
        .first()
    )


def campaign_village_of(review: Review) -> CampaignVillage:
    """The row that says whether the form's village is finished."""
    return CampaignVillage.objects.select_related("village", "finished_by").get(
        campaign=review.campaign_id, village=review.village_id
    )
