"""Who belongs on the list of each kind on a day, by receiver."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from households.choices import LISTED, WindowRule
from households.ledger.selectors.classes import escaped_among, registered_on
from households.ledger.selectors.members import memberships_on
from households.models import Household, HouseholdStatus, Membership
from households.rules.people.birth_dates import age_on
from povertyplan.core.models import Area
from povertyplan.core.text import formatting
from projects.choices import HandoverColumn
from projects.models import HandoverKind
from projects.rules.handovers import UNKNOWN_SCHOOL, basis_for, is_of_age


@dataclass(frozen=True)
class HandoverSubject:
    """A household, or one of its persons, with what the list says of it. Personal."""

    household: int
    person: int | None
    basis: str
    facts: dict[str, str]
    citizen_id: str = ""

    @property
    def key(self) -> int:
        return self.person or self.household


class Address(NamedTuple):
    """To whom a list goes: a kind by its id, and the name of the receiver."""

    kind: int
    receiver: str


Subjects = dict[Address, dict[int, HandoverSubject]]


def receiver_of(kind: HandoverKind) -> str:
    """The receiver of a kind; the register keeps no school of a person."""
    return UNKNOWN_SCHOOL if kind.by_school else kind.receiver


def subjects_on(ward: Area, kinds: Sequence[HandoverKind], on: date) -> Subjects:
    """Who belongs on each list on a day; a query for classes, windows and members each."""
    known = _KnownHouseholds(ward, kinds, on)
    found: Subjects = defaultdict(dict)
    for kind in kinds:
        for subject in known.subjects(kind):
            found[Address(kind.pk, receiver_of(kind))][subject.key] = subject
    return dict(found)


class _KnownHouseholds:
    """The poor, near-poor and newly escaped households of a ward on a day, with their members."""

    def __init__(self, ward: Area, kinds: Sequence[HandoverKind], on: date):
        self.on = on
        spells = HouseholdStatus.objects.filter(ward=ward, poverty_class__in=LISTED)
        rows = spells.in_force(on=on).filter(registered_on(on))
        listed = list(rows.select_related("household__village").order_by("household__code"))
        self.classes = {row.household_id: row.poverty_class for row in listed}
        self.households = {row.household_id: row.household for row in listed}
        self.escaped: dict[str, set[int]] = {}
        for rule in {WindowRule(kind.window) for kind in kinds if kind.for_newly_escaped}:
            self._add_escaped(ward, rule)
        self.members: dict[int, list[Membership]] = defaultdict(list)
        for member in memberships_on(list(self.households), on).select_related("person"):
            self.members[member.household_id].append(member)

    def _add_escaped(self, ward: Area, rule: WindowRule) -> None:
        households = Household.objects.filter(ward=ward)
        found = [each.household for each in escaped_among(households, on=self.on, rule=rule)]
        self.escaped[rule] = {each.pk for each in found}
        for household in found:
            self.households.setdefault(household.pk, household)

    def subjects(self, kind: HandoverKind) -> Iterator[HandoverSubject]:
        for pk, household in self.households.items():
            basis = basis_for(
                kind,
                self.classes.get(pk, ""),
                is_newly_escaped=pk in self.escaped.get(kind.window, ()),
            )
            if basis and kind.is_for_persons:
                yield from self._persons(kind, household, basis)
            elif basis:
                facts = _household_facts(household, self.members[pk])
                yield HandoverSubject(pk, None, basis, _only(kind, facts))

    def _persons(
        self, kind: HandoverKind, household: Household, basis: str
    ) -> Iterator[HandoverSubject]:
        members = self.members[household.pk]
        shared = _household_facts(household, members)
        for member in members:
            person = member.person
            age = age_on(person.birth_date, self.on) if person.birth_date else None
            if is_of_age(kind, age):
                facts = shared | _person_facts(member)
                names_number = HandoverColumn.CITIZEN_ID in kind.columns
                yield HandoverSubject(
                    household=household.pk,
                    person=person.pk,
                    basis=basis,
                    facts=_only(kind, facts),
                    citizen_id=person.citizen_id if names_number else "",
                )


def _only(kind: HandoverKind, facts: dict[str, str]) -> dict[str, str]:
    return {column: facts.get(column, "") for column in kind.shown_columns}


def _household_facts(household: Household, members: Iterable[Membership]) -> dict[str, str]:
    head = next((member.person.full_name for member in members if member.is_head), "")
    return {
        HandoverColumn.HEAD: head,
        HandoverColumn.CODE: household.code,
        HandoverColumn.VILLAGE: household.village.name,
        HandoverColumn.ADDRESS: household.address,
    }


def _person_facts(member: Membership) -> dict[str, str]:
    person = member.person
    return {
        HandoverColumn.NAME: person.full_name,
        HandoverColumn.BIRTH: formatting.birth(person.birth_date, person.birth_precision),
        HandoverColumn.SEX: person.get_sex_display(),
        HandoverColumn.RELATION: member.get_relation_display(),
        HandoverColumn.SCHOOL: UNKNOWN_SCHOOL,
    }
