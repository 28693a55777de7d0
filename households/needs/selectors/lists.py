"""Who is to be asked what they need, who was, and what they answered (danh sách nhu cầu)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from households.asking.selectors import by_household, last_answers, open_needs_of
from households.choices import LISTED, NeedGroup, NeedOutcome, NeedState
from households.ledger.selectors.classes import escaped_keys
from households.ledger.selectors.members import memberships_on
from households.models import (
    Household,
    HouseholdStatus,
    LowIncomeWorker,
    NeedInquiry,
    NeedKind,
    SupportNeed,
)
from households.models.household import HouseholdQuerySet
from households.models.status import in_force_on
from households.rules.people.needs import need_state
from povertyplan.core.models import Area
from povertyplan.core.models.scope import about_any_of, same_ward


@dataclass(frozen=True)
class NeedFilter:
    """Which lines are asked for; an empty condition holds for all."""

    kind: NeedKind | None = None
    state: str = ""


@dataclass(frozen=True)
class NeedLine:
    """A household, what it needs, and when it was last asked. Personal.

    `group` is its class on the lists, that it is newly escaped, or that a low-income worker lives
    there; empty for one that is none of it any more and still has a need.
    """

    household: Household
    head_name: str
    group: str
    needs: tuple[SupportNeed, ...]
    answer: NeedInquiry | None

    @property
    def state(self) -> NeedState:
        last = self.answer.has_needs if self.answer else None
        return need_state(last_answer=last, open_needs=len(self.needs))

    @property
    def is_asked(self) -> bool:
        return self.state != NeedState.NOT_ASKED

    @property
    def group_label(self) -> str:
        return NeedGroup(self.group).label if self.group else ""


@dataclass(frozen=True)
class NeedTotals:
    """How many households there are in each state."""

    households: int
    not_asked: int
    none: int
    open: int
    ended: int


@dataclass(frozen=True)
class NeedKindCount:
    """A kind in one year: the needs that stand, those served, and whose they are.

    `wanted` is what had the need in the year, `served` whose need was met in it: households, or
    persons where the kind asks for persons. Withdrawn needs and those not due count in neither.
    """

    kind: NeedKind
    open_needs: int
    households: int
    wanted: int
    served: int


def groups_to_ask(households: HouseholdQuerySet, on: date) -> dict[int, str]:
    """By household why it is asked: its class on the two lists, its escape, a low-income worker.

    Three queries.
    """
    listed = HouseholdStatus.objects.filter(in_force_on(on), poverty_class__in=LISTED)
    registered = households.registered(on=on)
    rows = listed.filter(about_any_of(registered)).values_list("household_id", "poverty_class")
    escaped = escaped_keys(households, on=on)
    working = LowIncomeWorker.objects.in_force(on=on).filter(about_any_of(registered))
    return (
        dict.fromkeys(working.values_list("household_id", flat=True), NeedGroup.LOW_INCOME.value)
        | dict.fromkeys(escaped, NeedGroup.NEWLY_ESCAPED.value)
        | dict(rows)
    )


def households_not_asked(households: HouseholdQuerySet, ward: Area, on: date) -> list[int]:
    """Those of some households that are to be asked and were not.

    Where a ward has no kinds of need there is nothing to ask.
    """
    kinds = NeedKind.objects.of_ward(ward).offered()
    there = same_ward(ward=ward)
    asked = NeedInquiry.objects.filter(there, household=OuterRef("pk"))
    named = SupportNeed.objects.open().filter(there, household=OuterRef("pk"))
    waiting = households.filter(~Exists(asked), ~Exists(named), Exists(kinds))
    return list(groups_to_ask(waiting, on))


def need_lines(households: HouseholdQuerySet, on: date) -> list[NeedLine]:
    """The households to be asked, and those with open needs, by village; seven queries."""
    groups = groups_to_ask(households, on)
    found = by_household(open_needs_of(households))
    keys = {*groups, *found}
    related = Household.objects.filter(pk__in=keys).select_related("village")
    rows = list(related.order_by("village__order", "village__sort_key", "village", "code"))
    heads = memberships_on(keys, on, or_last=True).filter(is_head=True)
    names = dict(heads.values_list("household_id", "person__full_name"))
    answers = last_answers(keys, {row.ward_id for row in rows})
    return [
        NeedLine(
            household=row,
            head_name=names.get(row.pk, ""),
            group=groups.get(row.pk, ""),
            needs=tuple(found.get(row.pk, ())),
            answer=answers.get(row.pk),
        )
        for row in rows
    ]


def lines_asked(lines: Iterable[NeedLine], asked: NeedFilter) -> list[NeedLine]:
    """Those lines that a filter leaves."""
    return [line for line in lines if _is_asked_for(line, asked)]


def _is_asked_for(line: NeedLine, asked: NeedFilter) -> bool:
    if asked.kind and asked.kind.pk not in {need.kind_id for need in line.needs}:
        return False
    return not asked.state or line.state == asked.state


def totals_of_lines(lines: Sequence[NeedLine]) -> NeedTotals:
    states = [line.state for line in lines]
    return NeedTotals(
        households=len(lines),
        not_asked=states.count(NeedState.NOT_ASKED),
        none=states.count(NeedState.NONE),
        open=states.count(NeedState.OPEN),
        ended=states.count(NeedState.ENDED),
    )


def needs_of_year(households: HouseholdQuerySet, year: int) -> list[SupportNeed]:
    """The needs that stand, and those served in a year; one query."""
    rows = SupportNeed.objects.filter(about_any_of(households), asked_on__year__lte=year)
    served = rows.filter(outcome=NeedOutcome.SERVED, ended_on__year=year)
    return list((rows.open() | served).select_related("kind"))


def counts_by_kind(kinds: Iterable[NeedKind], needs: Sequence[SupportNeed]) -> list[NeedKindCount]:
    return [_count(kind, [need for need in needs if need.kind_id == kind.pk]) for kind in kinds]


def _count(kind: NeedKind, needs: Sequence[SupportNeed]) -> NeedKindCount:
    still_open = [need for need in needs if need.ended_on is None]
    served = {_whose(need) for need in needs if need.ended_on is not None}
    return NeedKindCount(
        kind=kind,
        open_needs=len(still_open),
        households=len({need.household_id for need in still_open}),
        wanted=len({_whose(need) for need in needs}),
        served=len(served),
    )


def _whose(need: SupportNeed) -> tuple[int | None, int]:
    return (need.person_id, 0 if need.person_id else need.household_id)
