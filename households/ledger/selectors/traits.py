"""Traits of households that the summary tables count, as conditions and of households read."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date

from django.db.models import Exists, Q, QuerySet
from django.db.models.expressions import NegatedExpression

from households.choices import HouseholdTrait, Sex
from households.ledger.selectors.listed_households import ListedHousehold
from households.ledger.selectors.members import (
    CHILD_BELOW,
    MAJORITY,
    heads_of_row,
    members_of_row,
)
from households.models import Membership
from households.rules.people.birth_dates import born_after

Condition = Q | Exists | NegatedExpression  # what `filter` takes

TRAITS: Mapping[HouseholdTrait, Callable[[ListedHousehold], bool]] = {
    HouseholdTrait.MINORITY: lambda household: household.is_minority,
    HouseholdTrait.MAJORITY: lambda household: household.ethnic_code == MAJORITY,
    HouseholdTrait.NO_ETHNIC_GROUP: lambda household: not household.ethnic_code,
    HouseholdTrait.NO_LABOUR: lambda household: household.no_labour_capacity,
    HouseholdTrait.MERIT: lambda household: household.has_merit,
    HouseholdTrait.NO_GROUP: lambda household: (
        not (household.is_minority or household.no_labour_capacity or household.has_merit)
    ),
    HouseholdTrait.FEMALE_HEAD: lambda household: household.has_female_head,
}
"""What a table counts; `trait_condition` finds the same households for the list behind it."""


def frequent_minorities(households: Iterable[ListedHousehold], most: int) -> list[tuple[str, str]]:
    """Code and name of the most frequent minorities, in the order of the official list."""
    found = Counter(
        (household.ethnic_code, household.head.ethnic_name)
        for household in households
        if household.is_minority and household.head
    )
    return sorted(sorted(found, key=lambda group: (-found[group], group))[:most])


def trait_condition(trait: str, on: date) -> Condition:
    """The households with a trait on a day."""
    members, heads = members_of_row(on), heads_of_row(on)
    minority = _minority(heads)
    merit = Exists(members.filter(person__has_merit=True))
    no_labour = Q(no_labour_capacity=True)
    youngest = born_after(CHILD_BELOW, on)
    conditions: dict[HouseholdTrait, Condition] = {
        HouseholdTrait.MINORITY: minority,
        HouseholdTrait.MAJORITY: with_ethnic_group(MAJORITY, on),
        HouseholdTrait.NO_ETHNIC_GROUP: ~Exists(heads.exclude(person__ethnic_group=None)),
        HouseholdTrait.NO_LABOUR: no_labour,
        HouseholdTrait.MERIT: merit,
        HouseholdTrait.NO_GROUP: ~minority & ~merit & ~no_labour,
        HouseholdTrait.FEMALE_HEAD: Exists(heads.filter(person__sex=Sex.FEMALE)),
        HouseholdTrait.CHILDREN: Exists(members.filter(person__birth_date__gt=youngest)),
    }
    return conditions[HouseholdTrait(trait)]


def with_ethnic_group(code: str, on: date) -> Exists:
    """The households whose head on a day belongs to an ethnic group."""
    return Exists(heads_of_row(on).filter(person__ethnic_group__code=code))


def _minority(heads: QuerySet[Membership]) -> Exists:
    known = heads.exclude(person__ethnic_group=None)
    return Exists(known.exclude(person__ethnic_group__code=MAJORITY))
