"""Need and support of one kind of need, set against each other: the lists of its gap."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product

from households.models import Household, NeedKind, SupportNeed
from households.models.household import HouseholdQuerySet
from povertyplan.core.models import Area, User
from projects.choices import Eligibility, SupportState
from projects.gaps.selectors.facts import GapFacts, gap_facts, new_support
from projects.models import Support, SupportKind
from projects.rules.eligibility import eligible
from projects.rules.gaps import awaited, may_be_lost, serving
from projects.rules.overlaps import GivenSupport, overlaps
from projects.support.selectors.met_needs import as_asked
from projects.support.services.checks import register_fault


@dataclass(frozen=True)
class GapLine:
    """A recipient on a list: since when it asks, what it received, why it is there. Personal.

    `promised` is what was approved for it and not delivered yet.
    """

    household: Household
    head_name: str
    person_name: str = ""
    since: date | None = None
    support: Support | None = None
    promised: Support | None = None
    reason: str = ""
    need: SupportNeed | None = None

    @property
    def name(self) -> str:
        return self.person_name or self.head_name or self.household.code


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
class HouseholdSupport:
    """A support of a household, as the comparison reads it and as it is stored."""

    household: int
    given: GivenSupport
    row: Support


def gap_lists(
    *, kind: NeedKind, households: HouseholdQuerySet, ward: Area, reader: User, on: date
) -> GapLists:
    """The lists of a kind among some households on a day."""
    facts = gap_facts(kind, households, ward, reader, on)
    this_year = [
        HouseholdSupport(row.household_id, given, row)
        for given, row in facts.supports.items()
        if row.year == on.year and row.household_id is not None
    ]
    return GapLists(
        asked=tuple(_needs(facts, are_met=False)),
        met=tuple(_needs(facts, are_met=True)),
        eligible=tuple(_eligible(facts)),
        ineligible=tuple(_ineligible(facts, this_year)),
        twice=tuple(_twice(facts, this_year)),
        gone=tuple(_gone(facts, this_year)),
    )


def _needs(facts: GapFacts, *, are_met: bool) -> Iterator[GapLine]:
    """Those who asked and were not served, or those who were and whose need is still open."""
    for need in facts.needs:
        asked = as_asked(need)
        received = facts.received(need.household_id, need.person_id)
        promised = [each for each in received if _is_promised(facts, each)]
        found = serving(asked, [each for each in received if not _is_promised(facts, each)])
        if bool(found) is are_met:
            coming = awaited(asked, promised)
            yield replace(
                _line(facts, need.household_id, str(need.person or "")),
                since=need.asked_on,
                need=need,
                support=facts.supports[found[0]] if found else None,
                promised=facts.supports[coming[0]] if coming else None,
            )


def _is_promised(facts: GapFacts, given: GivenSupport) -> bool:
    return facts.supports[given].state == SupportState.PROMISED


def _eligible(facts: GapFacts) -> Iterator[GapLine]:
    """Whom the rules say yes to, and who received nothing of the kind in its period."""
    seen = set()
    for kind, household in product(facts.kinds, facts.pool):
        known = facts.known[household]
        for each in known.residents if kind.is_for_persons else (None,):
            person = each.person if each else None
            if (household, person) in seen:
                continue
            judgement = eligible(kind, known.facts(kind, facts.day, person), facts.day)
            if judgement.is_yes and not _had(facts, kind, household, person):
                seen.add((household, person))
                line = _line(facts, household, each.name if each else "")
                yield replace(line, reason=judgement.reason)


def _had(facts: GapFacts, kind: SupportKind, household: int, person: int | None) -> bool:
    new = new_support(kind, household, person, facts.day)
    return bool(overlaps(new, facts.received(household, person)))


def _ineligible(facts: GapFacts, given: Sequence[HouseholdSupport]) -> Iterator[GapLine]:
    """Recipients whom the rules exclude today, of what is still due or comes again."""
    for each in given:
        kind, is_delivered = each.row.kind, each.row.state != SupportState.PROMISED
        if not may_be_lost(kind.recurrence, is_delivered=is_delivered):
            continue
        known = facts.known[each.household]
        judgement = eligible(kind, known.facts(kind, facts.day, each.row.person_id), facts.day)
        if judgement.verdict == Eligibility.NO:
            yield _support_line(facts, each, judgement.reason)


def _twice(facts: GapFacts, given: Sequence[HouseholdSupport]) -> Iterator[GapLine]:
    """Recipients who had the same before in the period, with the reason that was stated."""
    for each in given:
        received = facts.received(each.household, each.row.person_id)
        earlier = [other for other in received if facts.supports[other].pk < each.row.pk]
        if overlaps(each.given, earlier):
            yield _support_line(facts, each, each.row.repeat_reason)


def _gone(facts: GapFacts, given: Sequence[HouseholdSupport]) -> Iterator[GapLine]:
    """Recipients who are no longer in the household, or whose household left the register."""
    for each in given:
        household, known = facts.households[each.household], facts.known[each.household]
        if fault := register_fault(household, each.row.person, known, facts.day):
            yield _support_line(facts, each, fault)


def _support_line(facts: GapFacts, each: HouseholdSupport, reason: str) -> GapLine:
    line = _line(facts, each.household, str(each.row.person or ""))
    return replace(line, support=each.row, reason=reason)


def _line(facts: GapFacts, household: int, person_name: str) -> GapLine:
    head = facts.known[household].head_name
    return GapLine(facts.households[household], head, person_name=person_name)
