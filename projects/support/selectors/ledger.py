"""The ledger of supports (hỗ trợ đã cấp): which of them, their recipients' names, their totals."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Aggregate, Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from households.field_access import Field, fields_in
from households.ledger.selectors.members import memberships_on
from povertyplan.core.models import Area, User
from projects.choices import LedgerState, SupportState
from projects.models import Support, SupportKind, WardProject


@dataclass(frozen=True)
class LedgerFilter:
    """Which supports are asked for; an empty condition holds for all."""

    year: int
    village: Area | None = None
    kind: SupportKind | None = None
    ward_project: WardProject | None = None
    state: str = ""


@dataclass(frozen=True)
class LedgerLine:
    """A support with its recipient as the reader may see them.

    `head_name` is empty for a group, and where the household has no head. Personal.
    """

    support: Support
    head_name: str
    sees_record: bool
    sees_members: bool

    @property
    def code(self) -> str:
        """The household's code, for those who see its record."""
        household = self.support.household
        return household.code if household and self.sees_record else ""

    @property
    def person_name(self) -> str:
        """The person, for those who see members; a head is known anyhow."""
        person = self.support.person
        if person is None or person.full_name == self.head_name:
            return ""
        return person.full_name if self.sees_members else ""

    @property
    def is_hidden_member(self) -> bool:
        person = self.support.person
        is_other = person is not None and person.full_name != self.head_name
        return is_other and not self.sees_members

    @property
    def village(self) -> Area | None:
        return self.support.household.village if self.support.household else None


@dataclass(frozen=True)
class LedgerSum:
    """How much some supports come to; `amount` is None where none has a figure."""

    supports: int
    households: int
    amount: int | None
    without_amount: int


@dataclass(frozen=True)
class LedgerTotals:
    """What was handed over, and what is only promised."""

    delivered: LedgerSum
    promised: LedgerSum


def supports_asked(supports: QuerySet[Support], asked: LedgerFilter) -> QuerySet[Support]:
    """The supports that a filter leaves, the latest first. Withdrawn ones only when asked for."""
    conditions = Q(year=asked.year)
    if asked.village:
        conditions &= Q(household__village=asked.village)
    if asked.kind:
        conditions &= Q(kind=asked.kind)
    if asked.ward_project:
        conditions &= Q(ward_project=asked.ward_project)
    found = supports.filter(conditions & _in_state(asked.state))
    return with_recipients(found).order_by(Coalesce("delivered_on", "promised_on").desc(), "-pk")


def with_recipients(supports: QuerySet[Support]) -> QuerySet[Support]:
    return supports.select_related(
        "kind", "household__village", "person", "ward_project__project__programme"
    )


def ledger_lines(supports: Iterable[Support], viewer: User, on: date) -> list[LedgerLine]:
    """Supports with the heads of their households; one query for all of them."""
    rows = list(supports)
    heads = head_names([each.household_id for each in rows if each.household_id], on)
    seen = {
        village: fields_in(viewer, village)
        for village in {each.household.village for each in rows if each.household}
    }
    return [
        LedgerLine(
            support=each,
            head_name=heads.get(each.household_id or 0, ""),
            sees_record=Field.RECORD in seen[each.household.village] if each.household else True,
            sees_members=Field.MEMBERS in seen[each.household.village] if each.household else True,
        )
        for each in rows
    ]


def head_names(households: Sequence[int], on: date) -> dict[int, str]:
    """Names of the heads on a day, of households that left the register the last ones."""
    heads = memberships_on(households, on, or_last=True).filter(is_head=True)
    return dict(heads.values_list("household_id", "person__full_name"))


def totals_of(supports: QuerySet[Support]) -> LedgerTotals:
    """One query."""
    parts = {
        "delivered": ~Q(state=SupportState.PROMISED),
        "promised": Q(state=SupportState.PROMISED),
    }
    figures = supports.order_by().aggregate(
        **{
            f"{part}_{name}": figure
            for part, those in parts.items()
            for name, figure in _figures_of(those).items()
        }
    )
    sums = {
        part: LedgerSum(**{name: figures[f"{part}_{name}"] for name in _figures_of(those)})
        for part, those in parts.items()
    }
    return LedgerTotals(**sums)


def _figures_of(those: Q) -> dict[str, Aggregate]:
    return {
        "supports": Count("pk", filter=those),
        "households": Count("household", distinct=True, filter=those),
        "amount": Sum("amount", filter=those),
        "without_amount": Count("pk", filter=those & Q(amount=None)),
    }


def years_of(supports: QuerySet[Support], *more: int) -> list[int]:
    """The years in which there are supports, and some more, in order."""
    return sorted({*supports.order_by().values_list("year", flat=True).distinct(), *more})


def _in_state(state: str) -> Q:
    standing = Q(withdrawn_at=None)
    if state == LedgerState.WITHDRAWN:
        return ~standing
    if state == LedgerState.SECOND:
        return standing & ~Q(repeat_reason="")
    if state == LedgerState.CONFIRMED:
        return standing & ~Q(confirmation="")
    return standing & Q(state=state) if state else standing
