"""Who belongs to a household on a day: read here for every page, list, paper and table."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import F, OuterRef, QuerySet, Value
from django.db.models.functions import Coalesce

from households.choices import RelationToHead
from households.models import Household, Membership
from households.rules.people.birth_dates import age_on
from povertyplan.core.models.scope import about_any_of, same_ward

MAJORITY = "01"  # Kinh; every other group is an ethnic minority (dân tộc thiểu số)
CHILD_BELOW = 16  # years; the official list counts children so


class HouseholdMember(NamedTuple):
    """A member as lists and papers write them. Personal and sensitive.

    The ethnic group is "" where it is not recorded.
    """

    household: int
    relation: str
    is_head: bool
    full_name: str
    search_key: str
    sort_key: str
    sex: str
    birth_date: date | None
    birth_precision: str
    citizen_id: str
    ethnic_code: str
    ethnic_name: str
    has_merit: bool
    has_disability: bool

    @property
    def relation_label(self) -> str:
        return RelationToHead(self.relation).label

    @property
    def is_minority(self) -> bool:
        return self.ethnic_code not in ("", MAJORITY)

    @property
    def birth_year(self) -> int | None:
        return self.birth_date.year if self.birth_date else None

    def age(self, on: date) -> int | None:
        """Full years on a day; None without a date of birth."""
        return age_on(self.birth_date, on) if self.birth_date else None

    def is_child(self, on: date) -> bool:
        age = self.age(on)
        return age is not None and age < CHILD_BELOW


def memberships_on(
    households: Iterable[int] | QuerySet, on: date, *, or_last: bool = False
) -> QuerySet[Membership]:
    """The members of some households on a day, each household's head first.

    With `or_last` a household that left the register before shows those of its last day.
    """
    members = Membership.objects
    present = members.present_or_last(on=on) if or_last else members.present(on=on)
    return present.filter(about_any_of(households), same_ward(person__ward=F("ward"))).order_by(
        "-is_head", "pk"
    )


def members_of(household: Household, on: date) -> list[Membership]:
    """The members of one household on a day with their ethnic groups; one query."""
    return list(memberships_on([household.pk], on).select_related("person__ethnic_group"))


def members_on(
    households: Iterable[int] | QuerySet, on: date, *, or_last: bool = False
) -> dict[int, list[HouseholdMember]]:
    """By household its members on a day, the head first; one query without a model's cost."""
    rows = memberships_on(households, on, or_last=or_last).values_list(
        "household_id", "relation", "is_head", "person__full_name", "person__search_key",
        "person__sort_key", "person__sex", "person__birth_date", "person__birth_precision",
        "person__citizen_id", Coalesce("person__ethnic_group__code", Value("")),
        Coalesce("person__ethnic_group__name", Value("")), "person__has_merit",
        "person__has_disability",
    )  # fmt: skip
    found: dict[int, list[HouseholdMember]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(HouseholdMember(*row))
    return found


def members_of_row(on: date) -> QuerySet[Membership]:
    """The members on a day of the household that a row of the outer query is about."""
    present = Membership.objects.present(on=on)
    return present.filter(same_ward(ward=OuterRef("ward")), household=OuterRef("pk")).order_by()


def heads_of_row(on: date) -> QuerySet[Membership]:
    """Its head on a day."""
    return members_of_row(on).filter(is_head=True)
