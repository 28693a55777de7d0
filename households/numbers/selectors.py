"""Numbers of present members that a present member of another ward has as well.

Nothing is stored about it: a number is in question while both wards hold it, and no longer. Of the
other ward the answer says its name, to ask there, and whether it has looked at papers; never of
whom.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, Model, OuterRef, QuerySet

from households.choices import EventKind
from households.models import HouseholdEvent, Membership, Person
from povertyplan.core import clock
from povertyplan.core.models import Area, RowChange


@dataclass(frozen=True)
class OtherHolder:
    """What one ward may know of another that holds the same number."""

    ward: Area
    checked_on: date | None


@dataclass(frozen=True)
class SharedNumber:
    """A present member whose number somebody in another ward has too."""

    membership: Membership
    checked_on: date | None
    others: tuple[OtherHolder, ...]

    @property
    def is_checked_by_all(self) -> bool:
        """Whether every ward has looked at papers and stays with the number."""
        return bool(self.checked_on) and all(other.checked_on for other in self.others)


def shared_numbers(ward: Area, memberships: QuerySet[Membership]) -> list[SharedNumber]:
    """Those of some memberships of a ward whose number is in question; six queries."""
    elsewhere = _present().exclude(ward=ward).select_related("ward")
    same = elsewhere.filter(person__citizen_id=OuterRef("person__citizen_id"))
    # Mostly nobody: who lives where is asked of the few whose number is there twice.
    twice = Person.objects.filter(citizen_id=OuterRef("citizen_id")).exclude(ward=ward)
    numbered = Person.objects.filter(ward=ward).exclude(citizen_id="")
    found = list(numbered.filter(Exists(twice.exclude(citizen_id=""))).values_list("pk", flat=True))
    if not found:
        return []
    own = list(
        memberships.filter(person__in=found, ward=ward, person__ward=ward, left_on=None)
        .exclude(person__citizen_id="")
        .filter(Exists(same))
        .select_related("person", "household__village")
        .order_by("household__village__order", "household__code", "pk")
    )
    if not own:
        return []
    numbers = {each.person.citizen_id for each in own}
    others = elsewhere.filter(person__citizen_id__in=numbers).select_related("person")
    by_number = defaultdict(list)
    for other in others.order_by("ward__sort_key", "pk"):
        by_number[other.person.citizen_id].append(other)
    checked = _checked_on([each.person_id for each in [*own, *others]])
    return [
        SharedNumber(
            membership=each,
            checked_on=checked.get(each.person_id),
            others=_holders(by_number[each.person.citizen_id], checked),
        )
        for each in own
    ]


def checks_of(ward: Area, visible: QuerySet[HouseholdEvent]) -> QuerySet[HouseholdEvent]:
    """What a ward has found about its numbers so far, newest first."""
    checks = visible.filter(ward=ward, kind=EventKind.NUMBER_CHECKED)
    return checks.select_related("person", "household", "recorded_by").order_by("-pk")


def _present() -> QuerySet[Membership]:
    return Membership.objects.filter(left_on=None).exclude(person__citizen_id="")


def _holders(
    memberships: Sequence[Membership], checked: Mapping[int, date]
) -> tuple[OtherHolder, ...]:
    return tuple(OtherHolder(each.ward, checked.get(each.person_id)) for each in memberships)


def _checked_on(people: Collection[int]) -> dict[int, date]:
    """When the number that each person has now was last held against papers."""
    checks = HouseholdEvent.objects.filter(person__in=people, kind=EventKind.NUMBER_CHECKED)
    # In the order of the history, which no clock of the demonstration changes.
    places = {change.row_id: change.pk for change in _changes(checks.model, checks.values("pk"))}
    written = {
        change.row_id: change.pk
        for change in _changes(Person, people)
        if _number(change.old) != _number(change.new)
    }
    return {
        person: clock.day_of(at)
        for pk, person, at in checks.order_by("pk").values_list("pk", "person", "recorded_at")
        if places.get(pk, 0) > written.get(person, 0)
    }


def _changes(model: type[Model], rows) -> QuerySet[RowChange]:
    table = model._meta.db_table
    return RowChange.objects.filter(table=table, row_id__in=rows).order_by("pk")


def _number(row: Mapping[str, object] | None) -> object:
    return (row or {}).get("citizen_id")
