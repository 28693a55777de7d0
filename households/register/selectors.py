"""Finding the person who may be the one that is about to be written a second time."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from households.choices import BirthPrecision
from households.models import (
    Membership,
    Person,
)
from povertyplan.core.models import Area
from povertyplan.core.text.vietnamese import search_key

MOST_SHOWN = 10


def similar_people(
    *,
    ward: Area,
    full_name: str,
    birth_date: date | None,
    birth_precision: str,
    leaving_out: int | None = None,
) -> list[Person]:
    """People of a ward with the same name, accents apart, and the same birth; two queries.

    Births are the same when both days are known and equal, else when their years are equal. Who
    is known without a birth date is like nobody. Those who left the register are found too.
    """
    if birth_date is None:
        return []
    same_day = Q(birth_date=birth_date)
    if birth_precision != BirthPrecision.DAY:
        same_day = Q(birth_date__year=birth_date.year)
    by_year = Q(birth_date__year=birth_date.year) & ~Q(birth_precision=BirthPrecision.DAY)
    found = Person.objects.filter(ward=ward, search_key=search_key(full_name))
    return list(_with_home(found, leaving_out).filter(same_day | by_year)[:MOST_SHOWN])


def bearer_of(citizen_id: str, *, ward: Area, leaving_out: int | None = None) -> Person | None:
    """The person of a ward who has a personal number; two queries."""
    if not citizen_id:
        return None
    found = Person.objects.filter(ward=ward, citizen_id=citizen_id)
    return _with_home(found, leaving_out).first()


def _with_home(people: QuerySet[Person], leaving_out: int | None) -> QuerySet[Person]:
    """Each person with the memberships, and `is_present`: whether one of them still holds."""
    if leaving_out is not None:
        people = people.exclude(pk=leaving_out)
    here = Membership.objects.filter(person=OuterRef("pk"), left_on=None)
    people = people.annotate(is_present=Exists(here))
    return people.prefetch_related("memberships__household__village")
