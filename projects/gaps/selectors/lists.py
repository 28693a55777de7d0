"""Need and support of one kind of need, set against each other: the lists of its gap."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from operator import attrgetter

from django.db.models import Q

from households.choices import LISTED, WindowRule
from households.models import Household, HouseholdStatus, NeedKind, SupportNeed
from households.models.household import HouseholdQuerySet
from households.models.status import in_force_on
from households.rules.windows import LEFT_CLASSES
from povertyplan.core.models import Area, User
from projects.choices import Eligibility, SupportState
from projects.models import Support, SupportKind
from projects.rules.eligibility import Judgement, eligible
from projects.rules.gaps import AskedNeed, may_be_lost, serving
from projects.rules.overlaps import GivenSupport, overlaps
from projects.support.selectors.given import given_of
from projects.support.selectors.ledger import with_recipients
from projects.support.selectors.recipients import HouseholdOnDay, households_on
from projects.support.selectors.rights import kinds_to_read
from projects.support.services.checks import register_fault


@dataclass(frozen=True)
class GapLine:
    """A recipient on a list: since when it asks, what it received, why it is there. Personal."""

    household: Household
    head_name: str
    person_name: str = ""
    since: date | None = None
    support: Support | None = None
    reason: str = ""
    need: SupportNeed | None = None


@dataclass(frozen=True)
class GapLists:
    """The lists of one kind of need; `met` are those that were served and whose need is open."""

    asked: tuple[GapLine, ...] = ()
    met: tuple[GapLine, ...] = ()
    eligible: tuple[GapLine, ...] = ()
    ineligible: tuple[GapLine, ...] = ()
    twice: tuple[GapLine, ...] = ()
    gone: tuple[GapLine, ...] = ()


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

    def line(self, household: int, **more) -> GapLine:
        head = self.known[household].head_name
        return GapLine(self.households[household], head, **more)

    def received(self, household: int, person: int | None) -> list[GivenSupport]:
        """What a household, or somebody of it wherever they live, received of these kinds."""
        own = self.by_household.get(household, [])
        if person is None:
            return own
        return [*own, *(each for each in self.by_person.get(person, []) if each not in own)]


def _grouped(given: Iterable[GivenSupport], key) -> dict[int | None, list[GivenSupport]]:
    found: dict[int | None, list[GivenSupport]] = defaultdict(list)
    for each in given:
        found[key(each)].append(each)
    return found


def gap_lists(
    *, kind: NeedKind, households: HouseholdQuerySet, ward: Area, reader: User, on: date
) -> GapLists:
    """The lists of a kind among some households on a day."""
    facts = _facts(kind, households, ward, reader, on)
    asked, met = _needs(facts)
    this_year = [(given, row) for given, row in facts.supports.items() if row.year == on.year]
    return GapLists(
        asked=tuple(asked),
        met=tuple(met),
        eligible=tuple(_eligible(facts)),
        ineligible=tuple(_ineligible(facts, this_year)),
        twice=tuple(_twice(facts, this_year)),
        gone=tuple(_gone(facts, this_year)),
    )


def open_needs(households: HouseholdQuerySet) -> list[SupportNeed]:
    needs = SupportNeed.objects.open().filter(household__in=households)
    return list(needs.select_related("kind", "person", "household").order_by("household", "pk"))


def met_needs(needs: Iterable[SupportNeed], supports: Iterable[Support]) -> dict[int, Support]:
    """By need the first delivered support that serves it; kinds come with their needs."""
    serves: dict[int, list[GivenSupport]] = defaultdict(list)
    rows = {}
    for support in supports:
        given = given_of(support)
        rows[given] = support
        for kind in support.kind.needs.all():
            serves[kind.pk].append(given)
    return {
        need.pk: rows[found[0]]
        for need in needs
        if (found := serving(as_asked(need), serves.get(need.kind_id, ())))
    }


def delivered_supports(
    households: HouseholdQuerySet, reader: User, kinds: Iterable[NeedKind]
) -> list[Support]:
    """What was handed over to some households of kinds that serve needs, the oldest first."""
    rows = Support.objects.visible_to(reader).standing().exclude(state=SupportState.PROMISED)
    own = rows.filter(household__in=households, kind__needs__in=kinds).distinct()
    return list(with_recipients(own).prefetch_related("kind__needs").order_by("delivered_on", "pk"))


def as_asked(need: SupportNeed) -> AskedNeed:
    return AskedNeed(need.pk, need.household_id, need.person_id, need.asked_on)


def _facts(
    kind: NeedKind, households: HouseholdQuerySet, ward: Area, reader: User, on: date
) -> GapFacts:
    kinds = list(kinds_to_read(reader, ward).filter(needs=kind))
    rows = Support.objects.visible_to(reader).standing().filter(kind__in=kinds)
    supports = with_recipients(rows.filter(household__in=households)).order_by("pk")
    needs = [need for need in open_needs(households) if need.kind_id == kind.pk]
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


def _pool(households: HouseholdQuerySet, on: date):
    """Whoever a kind may be for: on one of the lists, or once on them; in order of villages."""
    listed = HouseholdStatus.objects.filter(in_force_on(on), poverty_class__in=LISTED)
    left = HouseholdStatus.objects.filter(
        poverty_class__in=LEFT_CLASSES[WindowRule.CREDIT], ends_on__lt=on
    )
    condition = Q(pk__in=listed.values("household")) | Q(pk__in=left.values("household"))
    found = households.registered(on=on).filter(condition)
    return found.order_by("village", "code").values_list("pk", flat=True)


def _needs(facts: GapFacts) -> tuple[list[GapLine], list[GapLine]]:
    """Those who asked and were not served, and those who were and whose need still stands."""
    asked, met = [], []
    delivered = [
        given for given, row in facts.supports.items() if row.state != SupportState.PROMISED
    ]
    for need in facts.needs:
        found = serving(as_asked(need), delivered)
        support = facts.supports[found[0]] if found else None
        line = facts.line(
            need.household_id,
            person_name=str(need.person or ""),
            since=need.asked_on,
            need=need,
            support=support,
        )
        (met if found else asked).append(line)
    return asked, met


def _eligible(facts: GapFacts) -> Iterator[GapLine]:
    """Whom the rules say yes to, and who received nothing of the kind in its period."""
    seen = set()
    for kind, household in ((kind, pk) for kind in facts.kinds for pk in facts.pool):
        known = facts.known[household]
        for each in known.residents if kind.is_for_persons else (None,):
            person = each.person if each else None
            if (household, person) in seen:
                continue
            judgement = eligible(kind, known.facts(kind, facts.day, person), facts.day)
            if judgement.is_yes and not _had(facts, kind, household, person):
                seen.add((household, person))
                name = each.name if each else ""
                yield facts.line(household, person_name=name, reason=judgement.reason)


def _had(facts: GapFacts, kind: SupportKind, household: int, person: int | None) -> bool:
    new = GivenSupport(
        key=None,
        kind=kind.pk,
        content_group=kind.content_group,
        recurrence=kind.recurrence,
        day=facts.day,
        household=household,
        person=person,
    )
    return bool(overlaps(new, facts.received(household, person)))


def _ineligible(facts: GapFacts, given: Sequence[tuple[GivenSupport, Support]]):
    """Recipients whom the rules exclude today, of what is still due or comes again."""
    for _given, row in given:
        is_delivered = row.state != SupportState.PROMISED
        if not may_be_lost(row.kind.recurrence, is_delivered=is_delivered):
            continue
        judgement = _judged(facts, row)
        if judgement.verdict == Eligibility.NO:
            yield _support_line(facts, row, judgement.reason)


def _judged(facts: GapFacts, row: Support) -> Judgement:
    known = facts.known[row.household_id]
    return eligible(row.kind, known.facts(row.kind, facts.day, row.person_id), facts.day)


def _twice(facts: GapFacts, given: Sequence[tuple[GivenSupport, Support]]):
    for each, row in given:
        earlier = [
            other
            for other in facts.received(each.household, each.person)
            if other.key < each.key and overlaps(each, [other])
        ]
        if earlier:
            yield _support_line(facts, row, row.repeat_reason)


def _gone(facts: GapFacts, given: Sequence[tuple[GivenSupport, Support]]):
    """Recipients who are no longer in the household, or whose household left the register."""
    for _given, row in given:
        known = facts.known[row.household_id]
        fault = register_fault(facts.households[row.household_id], row.person, known, facts.day)
        if fault:
            yield _support_line(facts, row, fault)


def _support_line(facts: GapFacts, row: Support, reason: str) -> GapLine:
    return facts.line(
        row.household_id, person_name=str(row.person or ""), support=row, reason=reason
    )
