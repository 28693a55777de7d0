"""What the lists of the gap are made of: needs, supports, and the households they are of."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from operator import attrgetter

from django.db.models import Q, QuerySet

from households.asking.selectors import open_needs_of
from households.choices import LISTED, WindowRule
from households.models import Household, HouseholdStatus, NeedKind, SupportNeed
from households.models.household import HouseholdQuerySet
from households.models.status import in_force_on
from households.rules.windows import LEFT_CLASSES
from povertyplan.core.models import Area, User
from projects.models import Support, SupportKind
from projects.rules.overlaps import GivenSupport
from projects.support.selectors.given import given_of
from projects.support.selectors.ledger import with_recipients
from projects.support.selectors.recipients import HouseholdOnDay, households_on
from projects.support.selectors.rights import kinds_to_read


@dataclass(frozen=True)
class GapFacts:
    """What the lists are made of; the same queries however many households there are."""

    day: date
    kinds: Sequence[SupportKind]
    needs: Sequence[SupportNeed]
    supports: Mapping[GivenSupport, Support]
    pool: Sequence[int]
    households: Mapping[int, Household]
    known: Mapping[int, HouseholdOnDay]

    @cached_property
    def by_household(self) -> dict[int | None, list[GivenSupport]]:
        return _grouped(self.supports, attrgetter("household"))

    @cached_property
    def by_person(self) -> dict[int | None, list[GivenSupport]]:
        return _grouped(self.supports, attrgetter("person"))

    def received(self, household: int, person: int | None) -> list[GivenSupport]:
        """What a household, or somebody of it wherever they live, received of these kinds."""
        own = self.by_household.get(household, [])
        if person is None:
            return own
        return [*own, *(each for each in self.by_person.get(person, []) if each not in own)]


def _grouped(given: Iterable[GivenSupport], key: Callable) -> dict[int | None, list[GivenSupport]]:
    found: dict[int | None, list[GivenSupport]] = defaultdict(list)
    for each in given:
        found[key(each)].append(each)
    return found


def gap_facts(
    kind: NeedKind, households: HouseholdQuerySet, ward: Area, reader: User, on: date
) -> GapFacts:
    kinds = list(kinds_to_read(reader, ward).filter(needs=kind))
    rows = Support.objects.visible_to(reader).standing().filter(kind__in=kinds)
    supports = with_recipients(rows.filter(household__in=households)).order_by("pk")
    needs = open_needs_of(households, kind)
    pool = list(_pool(households, on))
    named = {given_of(row): row for row in supports}
    ids = {*pool, *(need.household_id for need in needs)}
    ids |= {row.household_id for row in named.values() if row.household_id}
    return GapFacts(
        day=on,
        kinds=kinds,
        needs=needs,
        supports=named,
        pool=pool,
        households=Household.objects.select_related("village").in_bulk(ids),
        known=households_on(ids, on),
    )


def _pool(households: HouseholdQuerySet, on: date) -> QuerySet:
    """Whoever a kind may be for: on one of the lists, or once on them; in order of villages."""
    listed = HouseholdStatus.objects.filter(in_force_on(on), poverty_class__in=LISTED)
    left = HouseholdStatus.objects.filter(
        poverty_class__in=LEFT_CLASSES[WindowRule.CREDIT], ends_on__lt=on
    )
    condition = Q(pk__in=listed.values("household")) | Q(pk__in=left.values("household"))
    found = households.registered(on=on).filter(condition)
    return found.order_by("village", "code").values_list("pk", flat=True)


def new_support(kind: SupportKind, household: int, person: int | None, on: date) -> GivenSupport:
    """A support that somebody might receive, to be compared with what was given."""
    return GivenSupport(
        key=None,
        kind=kind.pk,
        content_group=kind.content_group,
        recurrence=kind.recurrence,
        day=on,
        household=household,
        person=person,
    )
