"""Who is insured and who goes to school, as the pages, lists and figures read it. Personal."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from households.choices import LISTED, FactState, FactTopic, PovertyClass
from households.ledger.selectors.members import members_of, memberships_on
from households.models import (
    DeprivationIndicator,
    Household,
    HouseholdStatus,
    Membership,
    Person,
    PersonFact,
    Review,
)
from households.models.household import HouseholdQuerySet
from households.models.status import in_force_on
from households.rules.people.birth_dates import age_on
from households.rules.people.facts import (
    SCHOOL_AGES,
    MemberSaid,
    StatedFact,
    contradicts_form,
    fact_state,
    topic_of,
)
from povertyplan.core.models import Area
from povertyplan.core.models.scope import about_any_of

Facts = dict[tuple[int, str], PersonFact]


@dataclass(frozen=True)
class PersonLine:
    """A member of a household, and what is known of them on a day."""

    household: Household
    person: Person
    poverty_class: str
    insurance: PersonFact | None
    schooling: PersonFact | None
    on: date

    @property
    def age(self) -> int | None:
        return age_on(self.person.birth_date, self.on) if self.person.birth_date else None

    @property
    def class_label(self) -> str:
        return PovertyClass(self.poverty_class).label if self.poverty_class else ""

    @property
    def is_of_school_age(self) -> bool:
        return self.age is not None and SCHOOL_AGES[0] <= self.age < SCHOOL_AGES[1]

    @property
    def insurance_state(self) -> FactState:
        return state_of(self.insurance, self.on)

    @property
    def schooling_state(self) -> FactState:
        return state_of(self.schooling, self.on)

    def fact(self, topic: str) -> PersonFact | None:
        return self.insurance if topic == FactTopic.INSURANCE else self.schooling

    def state(self, topic: str) -> FactState:
        return state_of(self.fact(topic), self.on)


@dataclass(frozen=True)
class FactFilter:
    """Which lines are asked for; an empty condition holds for all."""

    topic: str = FactTopic.INSURANCE
    poverty_class: str = ""
    state: str = ""


def state_of(fact: PersonFact | None, on: date) -> FactState:
    return fact_state(stated(fact) if fact else None, on)


def stated(fact: PersonFact) -> StatedFact:
    return StatedFact(fact.answer, fact.as_of, fact.level, fact.valid_to)


def latest_facts(persons: Collection[int], on: date) -> Facts:
    """By person and topic what was said last until a day; one query."""
    rows = PersonFact.objects.filter(person__in=persons, as_of__lte=on).order_by("as_of")
    return {(row.person_id, row.topic): row for row in rows}


def facts_by_person(ward: Area) -> dict[tuple[int, str], list[StatedFact]]:
    """Everything that was ever said in a ward, by person and topic; one query."""
    found: dict[tuple[int, str], list[StatedFact]] = defaultdict(list)
    for row in PersonFact.objects.filter(ward=ward):
        found[row.person_id, row.topic].append(stated(row))
    return found


def person_lines(households: HouseholdQuerySet, on: date) -> list[PersonLine]:
    """The members of the poor and near-poor households among some, by village; three queries."""
    listed = HouseholdStatus.objects.filter(in_force_on(on), poverty_class__in=LISTED)
    classes = dict(
        listed.filter(about_any_of(households.registered(on=on))).values_list(
            "household_id", "poverty_class"
        )
    )
    rows = memberships_on(list(classes), on).select_related("household__village", "person")
    ordered = rows.order_by(
        "household__village__order", "household__village__sort_key", "household__code",
        "-is_head", "pk",
    )  # fmt: skip
    return _lines([(row.household, row.person) for row in ordered], classes, on)


def lines_of_household(household: Household, on: date) -> list[PersonLine]:
    """The members of one household on a day; two queries."""
    return lines_of_members(household, members_of(household, on), on)


def lines_of_members(
    household: Household, members: Iterable[Membership], on: date
) -> list[PersonLine]:
    """Those members of a household that are read already; one query."""
    return _lines([(household, each.person) for each in members], {}, on)


@dataclass(frozen=True)
class FormContradiction:
    """A form that says of the whole household what its members' facts do not; see the rule."""

    form: Review
    indicator: DeprivationIndicator
    is_deprived: bool
    names: tuple[str, ...]


def form_contradictions(
    household: Household, lines: Sequence[PersonLine], on: date
) -> list[FormContradiction]:
    """What the latest form says otherwise than the facts of the members; two queries."""
    if not any(line.insurance or line.schooling for line in lines):
        return []  # what nobody was asked contradicts nothing
    forms = Review.objects.done().filter(household=household, campaign__opens_on__lte=on)
    form = forms.select_related("campaign").order_by("-campaign__opens_on", "-pk").first()
    if form is None:
        return []
    found = []
    for indicator in DeprivationIndicator.objects.filter(standard=form.campaign.standard_id):
        topic = topic_of(indicator.name)
        if topic is None:
            continue
        is_deprived = indicator.number in form.deprivations
        members = [_member(line, topic) for line in lines]
        names = contradicts_form(topic, is_deprived, members, on)
        if names is not None:
            found.append(FormContradiction(form, indicator, is_deprived, names))
    return found


def _member(line: PersonLine, topic: str) -> MemberSaid:
    fact = line.fact(topic)
    return MemberSaid(line.person.full_name, line.age, stated(fact) if fact else None)


def lines_asked(lines: Iterable[PersonLine], asked: FactFilter) -> list[PersonLine]:
    """Those lines that a filter leaves; of schooling only who is of an age for it."""
    return [
        line
        for line in lines_of_topic(lines, asked.topic)
        if asked.poverty_class in ("", line.poverty_class)
        and asked.state in ("", line.state(asked.topic))
    ]


def lines_of_topic(lines: Iterable[PersonLine], topic: str) -> list[PersonLine]:
    return [line for line in lines if topic == FactTopic.INSURANCE or line.is_of_school_age]


def counts_by_state(lines: Sequence[PersonLine], topic: str) -> dict[FactState, int]:
    states = [line.state(topic) for line in lines]
    return {state: states.count(state) for state in FactState}


def _lines(
    rows: Sequence[tuple[Household, Person]], classes: dict[int, str], on: date
) -> list[PersonLine]:
    facts = latest_facts([person.pk for _household, person in rows], on)
    return [
        PersonLine(
            household=household,
            person=person,
            poverty_class=classes.get(household.pk, ""),
            insurance=facts.get((person.pk, FactTopic.INSURANCE)),
            schooling=facts.get((person.pk, FactTopic.SCHOOLING)),
            on=on,
        )
        for household, person in rows
    ]
