"""The households on the two lists of the poor, whole: what the official summary tables count.

Each function reads a ward with a fixed number of queries, whatever its villages and years.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from households.choices import LISTED, CampaignKind, CampaignStage, RelationToHead, Sex
from households.ledger.selectors.classes import inside, registered_on, village_on
from households.models import HouseholdStatus, Membership, Person, Review, ReviewCampaign
from povertyplan.core.models import Area

MAJORITY = "01"  # Kinh; every other group is an ethnic minority (dân tộc thiểu số)
CHILD_BELOW = 16  # years; the official list counts children so


@dataclass(frozen=True)
class ListedMember:
    """A member of a listed household. Personal and sensitive."""

    full_name: str
    sex: str
    birth_date: date | None
    ethnic_code: str
    ethnic_name: str
    relation: str
    is_head: bool
    has_merit: bool

    def is_child(self, on: date) -> bool:
        """Younger than 16 on a day; nobody without a date of birth."""
        born = self.birth_date
        if born is None:
            return False
        had_birthday = (on.month, on.day) >= (born.month, born.day)
        return on.year - born.year - (not had_birthday) < CHILD_BELOW

    @property
    def relation_label(self) -> str:
        return RelationToHead(self.relation).label


@dataclass(frozen=True)
class ListedHousehold:
    """A household of a class on a day, with its members, the head first."""

    pk: int
    village: int
    poverty_class: str
    no_labour_capacity: bool = False
    code: str = ""
    members: tuple[ListedMember, ...] = ()

    @property
    def size(self) -> int:
        return len(self.members)

    @property
    def head(self) -> ListedMember | None:
        return next((member for member in self.members if member.is_head), None)

    @property
    def ethnic_code(self) -> str:
        """The ethnic group of the head, which is that of the household; "" where not recorded."""
        return self.head.ethnic_code if self.head else ""

    @property
    def is_minority(self) -> bool:
        return self.ethnic_code not in ("", MAJORITY)

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


def listed_households(
    *, area: Area, on: date, classes: Sequence[str] = LISTED
) -> list[ListedHousehold]:
    """The poor and near-poor households of an area on a day, by code; two queries.

    Or those of other classes.
    """
    spells = (
        HouseholdStatus.objects.in_force(on=on)
        .filter(inside(area, on), registered_on(on), poverty_class__in=classes)
        .annotate(village_then=village_on(on))
        .select_related("household")
        .order_by("household__code")
    )
    members = _members(spells, on)
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


def _members(spells, on: date) -> dict[int, list[ListedMember]]:
    members = defaultdict(list)
    rows = (
        Membership.objects.present(on=on)
        .filter(household__in=spells.order_by().values("household"))
        .select_related("person__ethnic_group")
        .order_by("-is_head", "pk")
    )
    for row in rows:
        members[row.household_id].append(_member(row, row.person))
    return members


def _member(row: Membership, person: Person) -> ListedMember:
    group = person.ethnic_group
    return ListedMember(
        full_name=person.full_name,
        sex=person.sex,
        birth_date=person.birth_date,
        ethnic_code=group.code if group else "",
        ethnic_name=group.name if group else "",
        relation=row.relation,
        is_head=row.is_head,
        has_merit=person.has_merit,
    )


def review_in_force(*, ward: Area, on: date) -> ReviewCampaign | None:
    """The latest annual review whose results held on a day; one query."""
    campaigns = ReviewCampaign.objects.filter(
        ward=ward,
        kind=CampaignKind.ANNUAL,
        stage=CampaignStage.RECOGNISED,
        decisions__withdrawn_at=None,
        decisions__effective_from__lte=on,
    )
    return campaigns.select_related("standard").order_by("-year").first()


def reviewed_households(*, campaign: ReviewCampaign, on: date) -> list[ReviewedHousehold]:
    """The households a review found poor or near-poor, those still registered on a day.

    Two queries.
    """
    reviews = (
        Review.objects.done()
        .filter(registered_on(on), campaign=campaign, recorded_class__in=LISTED)
        .annotate(village_then=village_on(on))
        .select_related("household")
        .prefetch_related("causes")
    )
    return [
        ReviewedHousehold(
            pk=review.household_id,
            village=review.village_then,
            poverty_class=review.recorded_class,
            deprivations=review.deprivations,
            causes=frozenset(cause.number for cause in review.causes.all()),
            code=review.household.code,
        )
        for review in reviews
    ]
