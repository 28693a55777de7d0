"""Lists that leave the register as rows of cells: the official list, and any filtered list.

Each is the state on the day of the query. A list costs the same few queries whatever its length.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from households.choices import LISTED, MovementCause, PovertyClass, Sex
from households.directory.selectors.rows import class_run, households_on
from households.directory.selectors.search import HouseholdQuery
from households.ledger.selectors.classes import spells_of
from households.ledger.selectors.members import HouseholdMember, members_on
from households.models import (
    Decision,
    Household,
    HouseholdStatus,
    ListedResult,
    Review,
)
from povertyplan.core.models import Area
from povertyplan.core.text import formatting

CHUNK = 5000
ESCAPED = (MovementCause.ESCAPED_POVERTY, MovementCause.ESCAPED_TO_NEAR_POOR)
ESCAPED_NEAR = (MovementCause.ESCAPED_NEAR_POVERTY,)


@dataclass(frozen=True)
class ExportedHousehold:
    """A household with everything that a list says of it; the head comes first.

    `village` is the one it lived in on the day of the list; `address` is empty where that was
    another than now, because only the present address is known.
    """

    code: str
    village: Area
    address: str
    no_labour_capacity: bool
    members: Sequence[HouseholdMember]
    spell: HouseholdStatus | None
    review: Review | None

    @property
    def basis(self) -> Decision | ListedResult | None:
        """What the class rests on."""
        return self.spell.basis if self.spell else None

    @property
    def scores(self) -> Review | ListedResult | None:
        """Where B1 and B2 stand: the form behind the decision, or what a list said."""
        listed = self.basis if isinstance(self.basis, ListedResult) else None
        return self.review or listed

    @property
    def head(self) -> HouseholdMember | None:
        return self.members[0] if self.members and self.members[0].is_head else None


def listed_households(ids: Sequence[int], on: date) -> list[ExportedHousehold]:
    """Households in the order of their ids, as of a day."""
    found: list[ExportedHousehold] = []
    for start in range(0, len(ids), CHUNK):
        found += _listed(ids[start : start + CHUNK], on)
    return found


def _listed(ids: Sequence[int], on: date) -> list[ExportedHousehold]:
    households = households_on(ids, on)
    members = members_on(ids, on)
    spells = {
        pk: run[-1] for pk, of_one in spells_of(ids).items() if (run := class_run(of_one, on))
    }
    _join_bases(spells)
    reviews = _reviews(spells)
    return [
        ExportedHousehold(
            code=household.code,
            village=village,
            address=household.address if village.pk == household.village_id else "",
            no_labour_capacity=household.no_labour_capacity,
            members=members[pk],
            spell=spells.get(pk),
            review=reviews.get(pk),
        )
        for pk, (household, village) in ((pk, households[pk]) for pk in ids)
    ]


def _join_bases(spells: dict[int, HouseholdStatus]) -> None:
    """Give each spell its decision, or what a list said of one; two queries."""
    decisions = Decision.objects.in_bulk({spell.decision_id for spell in spells.values()} - {None})
    outside = [spell.pk for spell in spells.values() if spell.decision_id is None]
    listed = {each.status_id: each for each in ListedResult.objects.filter(status__in=outside)}
    for spell in spells.values():
        if spell.decision_id:
            spell.decision = decisions[spell.decision_id]
        elif spell.pk in listed:
            spell.listed = listed[spell.pk]


def _reviews(spells: dict[int, HouseholdStatus]) -> dict[int, Review]:
    """The forms behind the decisions of spells."""
    campaigns = {pk: spell.decision.campaign_id for pk, spell in spells.items() if spell.decision}
    reviews = (
        Review.objects.done()
        .filter(household__in=list(campaigns), campaign__in=set(campaigns.values()))
        .prefetch_related("causes")
    )
    return {
        review.household_id: review
        for review in reviews
        if review.campaign_id == campaigns[review.household_id]
    }


@dataclass(frozen=True)
class ExportedList:
    """The three sheets of the official list; rows start in column B."""

    poor: list[tuple]
    escaped: list[tuple]
    escaped_near: list[tuple]


def official_list(
    visible: QuerySet[Household], ward: Area, query: HouseholdQuery, ids: Sequence[int]
) -> ExportedList:
    """The poor and near-poor among the households, and those that left in the query's year."""
    households = listed_households(ids, query.on)
    listed = [each for each in households if each.spell and each.spell.poverty_class in LISTED]
    return ExportedList(
        poor=list(_poor_rows(listed, ward, query.on)),
        escaped=list(_escaped_rows(_left(households, ESCAPED, query), ward, query.on)),
        escaped_near=list(_escaped_rows(_left(households, ESCAPED_NEAR, query), ward, query.on)),
    )


def _left(
    households: Iterable[ExportedHousehold], causes: Sequence[str], query: HouseholdQuery
) -> list[ExportedHousehold]:
    """Households whose present spell began in the year by leaving a list."""
    return [
        each
        for each in households
        if each.spell and each.spell.cause in causes and each.spell.starts_on.year == query.year
    ]


def _poor_rows(households: Iterable[ExportedHousehold], ward: Area, on: date) -> Iterator[tuple]:
    """Columns B to AA of the form, and the household's code, by which a list comes back."""
    province = ward.parent
    while province is not None and province.parent is not None:
        province = province.parent
    for number, household in enumerate(households, start=1):
        head = household.head
        for position, member in enumerate(household.members):
            yield (
                number if position == 0 else None,
                head.full_name if head else "",
                member.full_name,
                member.relation_label,
                _birth(member),
                Sex(member.sex).label,
                member.citizen_id,
                province.name if province else "",
                "",
                "",
                ward.name,
                ward.code,
                household.village.name,
                member.ethnic_name or None,
                *(_of_household(household) if position == 0 else [None] * 7),
                member.has_merit,
                _causes(household) if position == 0 else None,
                None,
                member.age(on),
                len(household.members) if position == 0 else None,
                household.code,
            )


def _birth(member: HouseholdMember) -> str:
    """As far as it is known; an empty cell where it is not."""
    born = member.birth_date
    return formatting.birth(born, member.birth_precision) if born else ""


def _of_household(household: ExportedHousehold) -> tuple:
    """Columns P to V: class, decision, scores and the two marks, on the head's row only."""
    spell, basis, scores = household.spell, household.basis, household.scores
    return (
        PovertyClass(spell.poverty_class).label if spell else "",
        basis.number if basis else "",
        basis.decided_on if basis else None,
        scores.income_score if scores else None,
        scores.deprivation_score if scores else None,
        bool(household.head and household.head.is_minority),
        household.no_labour_capacity,
    )


def _causes(household: ExportedHousehold) -> str:
    if household.review is not None:
        return ", ".join(str(cause.number) for cause in household.review.causes.all())
    listed = household.scores
    return ", ".join(map(str, listed.causes)) if isinstance(listed, ListedResult) else ""


def _escaped_rows(households: Iterable[ExportedHousehold], ward: Area, on: date) -> Iterator[tuple]:
    """Columns B to O of the form, and the household's code."""
    for number, household in enumerate(households, start=1):
        parts = (household.address, household.village.name, ward.name)
        address = ", ".join(part for part in parts if part)
        scores = household.scores
        for position, member in enumerate(household.members):
            first = position == 0
            yield (
                number if first else None,
                member.full_name,
                member.relation_label,
                Sex(member.sex).label,
                _birth(member),
                member.citizen_id,
                member.ethnic_name or None,
                address if first else None,
                scores.income_score if first and scores else None,
                scores.deprivation_score if first and scores else None,
                None,
                member.age(on),
                len(household.members) if first else None,
                household.code,
            )


def member_rows(ids: Sequence[int], on: date) -> Iterator[tuple]:
    """One row for each member of the households, everything that an import reads."""
    for household in listed_households(ids, on):
        spell = household.spell
        for position, member in enumerate(household.members):
            first = position == 0
            yield (
                household.code,
                member.full_name,
                member.relation_label,
                _birth(member),
                Sex(member.sex).label,
                member.citizen_id,
                member.ethnic_name or None,
                household.village.name,
                household.address if first else None,
                PovertyClass(spell.poverty_class).label if first and spell else None,
                household.no_labour_capacity if first else None,
                member.has_merit,
                member.has_disability,
            )
