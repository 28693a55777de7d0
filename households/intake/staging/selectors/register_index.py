"""The present register of a ward in memory, indexed for finding whom a list means."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from households.choices import BirthPrecision
from households.intake.staging.selectors.differences import ResultNow, results_of
from households.models import Household, ImportRow, Membership
from povertyplan.core.models import Area


def stated_birth(birth_date: date | None, precision: str) -> str:
    """A date of birth as the readings write it: "1958", "1958-05" or "1958-05-17"."""
    if birth_date is None:
        return ""
    lengths: dict[str, int] = {BirthPrecision.YEAR: 4, BirthPrecision.MONTH: 7}
    length = lengths.get(precision, 10)
    return birth_date.isoformat()[:length]


class PersonNow(NamedTuple):
    """A present member of the register, as one row of a query."""

    person: int
    membership: int
    household: int
    relation: str
    full_name: str
    search_key: str
    sex: str
    birth_date: date | None
    birth_precision: str
    citizen_id: str
    ethnic_group: str | None
    has_merit: bool
    has_disability: bool

    @property
    def birth(self) -> str:
        return stated_birth(self.birth_date, self.birth_precision)


class HouseholdNow(NamedTuple):
    household: int
    code: str
    village: str
    address: str
    no_labour_capacity: bool
    version: int


@dataclass
class Register:
    """The present register of a ward, indexed for matching.

    `used_codes` holds those of closed households and of the file's new ones too; `claimed` tells
    which row of the file already is a person.
    """

    households: dict[int, HouseholdNow]
    by_code: dict[str, int]
    members: dict[int, list[PersonNow]]
    by_citizen_id: dict[str, PersonNow]
    by_name: dict[str, list[PersonNow]]
    results: dict[int, ResultNow]
    used_codes: set[str]
    claimed: dict[int, ImportRow]


def register_of(ward: Area) -> Register:
    """The whole register of a ward in six queries."""
    people = [
        PersonNow(*values)
        for values in Membership.objects.filter(
            ward=ward, left_on=None, household__closed_on=None
        ).values_list(
            "person_id", "pk", "household_id", "relation", "person__full_name",
            "person__search_key", "person__sex", "person__birth_date", "person__birth_precision",
            "person__citizen_id", "person__ethnic_group__name", "person__has_merit",
            "person__has_disability",
        )
    ]  # fmt: skip
    households = {
        values[0]: HouseholdNow(*values)
        for values in Household.objects.filter(ward=ward, closed_on=None).values_list(
            "pk", "code", "village__name", "address", "no_labour_capacity", "version"
        )
    }
    register = Register(
        households=households,
        by_code={household.code: pk for pk, household in households.items()},
        members=defaultdict(list),
        by_citizen_id={person.citizen_id: person for person in people if person.citizen_id},
        by_name=defaultdict(list),
        results=results_of(ward),
        used_codes=set(Household.objects.filter(ward=ward).values_list("code", flat=True)),
        claimed={},
    )
    for person in people:
        register.members[person.household].append(person)
        register.by_name[person.search_key].append(person)
    return register
