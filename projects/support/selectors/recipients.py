"""Households and persons as the rules of support read them; the same queries for one and many."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.db.models import Q, QuerySet

from households.choices import LISTED, WindowRule
from households.ledger.selectors.classes import spells_of
from households.ledger.selectors.members import memberships_on
from households.models import Household, HouseholdStatus, LowIncomeWorker
from households.models.status import in_force_on
from households.rules.people.birth_dates import age_on
from households.rules.windows import LEFT_CLASSES, window_of
from projects.choices import Eligibility
from projects.models import Support, SupportKind
from projects.rules.eligibility import Judgement, RecipientFacts, eligible
from projects.rules.overlaps import GivenSupport, overlaps
from projects.support.selectors.given import earlier_supports, given_of


@dataclass(frozen=True)
class Resident:
    """Somebody who belongs to a household on a day. Personal."""

    person: int
    name: str
    birth_date: date | None
    is_head: bool


@dataclass(frozen=True)
class HouseholdOnDay:
    """What is known of a household on a day, its escape by each rule. Personal."""

    poverty_class: str = ""
    escapes: Mapping[str, date | None] = field(default_factory=dict)
    residents: tuple[Resident, ...] = ()
    low_income: frozenset[int] = frozenset()

    @property
    def head_name(self) -> str:
        return next((each.name for each in self.residents if each.is_head), "")

    def resident(self, person: int) -> Resident | None:
        return next((each for each in self.residents if each.person == person), None)

    def facts(self, kind: SupportKind, day: date, person: int | None = None) -> RecipientFacts:
        """What a kind asks of the household, or of one of those who live in it."""
        asked = [each for each in self.residents if person is None or each.person == person]
        return RecipientFacts(
            poverty_class=self.poverty_class,
            escaped_on=self.escapes.get(kind.window),
            ages=tuple(age_on(each.birth_date, day) if each.birth_date else None for each in asked),
            has_low_income=any(each.person in self.low_income for each in asked),
        )


@dataclass(frozen=True)
class Candidate:
    """A household, or one of its members, that a kind of support may go to."""

    household: Household
    name: str
    head_name: str
    judgement: Judgement
    person: int | None = None
    earlier: tuple[Support, ...] = ()

    @property
    def value(self) -> str:
        """How a form names it: "12", or "12-345" for a person of a household."""
        return f"{self.household.pk}-{self.person}" if self.person else str(self.household.pk)


def households_on(ids: Collection[int], day: date) -> dict[int, HouseholdOnDay]:
    """Class, escape and members of some households on a day; three queries."""
    spells = spells_of(ids)
    workers: dict[int, set[int]] = defaultdict(set)
    listed = LowIncomeWorker.objects.in_force(on=day).filter(household__in=list(ids))
    for household, person in listed.values_list("household_id", "person_id"):
        workers[household].add(person)
    residents: dict[int, list[Resident]] = defaultdict(list)
    rows = memberships_on(ids, day).values_list(
        "household_id", "person_id", "person__full_name", "person__birth_date", "is_head"
    )
    for household, person, name, born, is_head in rows:
        residents[household].append(Resident(person, name, born, is_head))
    return {
        pk: HouseholdOnDay(
            poverty_class=_class_on(spells[pk], day),
            escapes={rule: _escaped_on(spells[pk], day, rule) for rule in WindowRule},
            residents=tuple(residents[pk]),
            low_income=frozenset(workers[pk]),
        )
        for pk in ids
    }


def households_asked(
    kind: SupportKind, among: QuerySet[Household], day: date
) -> QuerySet[Household]:
    """The registered households whose class a kind is for on a day, or that have escaped since.

    A kind that asks for no class is for nobody in particular: then those on the two lists.
    """
    classes = [
        poverty_class
        for poverty_class, wanted in zip(LISTED, (kind.for_poor, kind.for_near_poor), strict=True)
        if wanted
    ]
    if not classes and kind.escaped_months is None and not kind.for_low_income:
        classes = list(LISTED)
    of_class = HouseholdStatus.objects.filter(in_force_on(day), poverty_class__in=classes)
    condition = Q(pk__in=of_class.values("household"))
    if kind.escaped_months is not None:
        left = HouseholdStatus.objects.filter(
            poverty_class__in=LEFT_CLASSES[WindowRule(kind.window)], ends_on__lt=day
        )
        condition |= Q(pk__in=left.values("household"))
    if kind.for_low_income:
        workers = LowIncomeWorker.objects.in_force(on=day)
        condition |= Q(pk__in=workers.values("household"))
    return among.registered(on=day).filter(condition)  # type: ignore[attr-defined]  # its own


def candidates(kind: SupportKind, households: Sequence[Household], day: date) -> list[Candidate]:
    """Those of some households, or of their members, whom the rules do not exclude.

    Five queries, however many there are. Each comes with what it received of the kind already.
    """
    known = households_on([each.pk for each in households], day)
    found = [
        candidate
        for household in households
        for candidate in _candidates_of(kind, household, known[household.pk], day)
    ]
    earlier = earlier_supports(
        households=[each.pk for each in households],
        persons=[each.person for each in found if each.person],
        kinds=[kind],
    )
    return [_with_earlier(kind, candidate, day, earlier) for candidate in found]


def _candidates_of(
    kind: SupportKind, household: Household, known: HouseholdOnDay, day: date
) -> Iterator[Candidate]:
    persons: Iterable[Resident | None] = known.residents if kind.is_for_persons else (None,)
    for each in persons:
        judgement = eligible(kind, known.facts(kind, day, each.person if each else None), day)
        if judgement.verdict != Eligibility.NO:
            yield Candidate(
                household=household,
                name=each.name if each else known.head_name,
                head_name=known.head_name,
                judgement=judgement,
                person=each.person if each else None,
            )


def _with_earlier(
    kind: SupportKind, candidate: Candidate, day: date, earlier: Sequence[Support]
) -> Candidate:
    new = GivenSupport(
        key=None,
        kind=kind.pk,
        content_group=kind.content_group,
        recurrence=kind.recurrence,
        day=day,
        household=candidate.household.pk,
        person=candidate.person,
    )
    given = {given_of(each): each for each in earlier}
    repeated = tuple(given[other] for other in overlaps(new, given))
    return replace(candidate, earlier=repeated) if repeated else candidate


def _class_on(spells: Sequence[HouseholdStatus], day: date) -> str:
    for spell in spells:
        if spell.starts_on <= day and (spell.ends_on is None or day <= spell.ends_on):
            return spell.poverty_class
    return ""


def _escaped_on(spells: Sequence[HouseholdStatus], day: date, rule: WindowRule) -> date | None:
    window = window_of(spells, day, rule)
    return window.first if window is not None and window.closed_on is None else None
