"""Traits of households that the summary tables count, as conditions of a query."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from households.choices import HouseholdTrait, Sex
from households.ledger.selectors.listed_households import CHILD_BELOW, MAJORITY
from households.models import Membership
from households.rules.windows import add_months


def trait_condition(trait: str, on: date) -> Q | Exists:
    """The households with a trait on a day."""
    members = Membership.objects.present(on=on).filter(household=OuterRef("pk"))
    heads = members.filter(is_head=True)
    minority = _minority(heads)
    merit = Exists(members.filter(person__has_merit=True))
    no_labour = Q(no_labour_capacity=True)
    youngest = add_months(on, -12 * CHILD_BELOW)
    conditions = {
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
    heads = Membership.objects.present(on=on).filter(household=OuterRef("pk"), is_head=True)
    return Exists(heads.filter(person__ethnic_group__code=code))


def _minority(heads: QuerySet[Membership]) -> Exists:
    known = heads.exclude(person__ethnic_group=None)
    return Exists(known.exclude(person__ethnic_group__code=MAJORITY))
