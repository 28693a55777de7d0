"""Donated money of a ward: the entries of a year, what each fund holds."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from povertyplan.core.models import Area, User
from projects.choices import DonationFund, DonationState, DonationWay, UnitDutyKind
from projects.models import DonationEntry
from projects.models.donation import DonationQuerySet
from projects.programme.selectors.rights import has_duty, writes_all
from projects.rules.donations import FundMoney

Movement = tuple[date, int]


@dataclass(frozen=True)
class DonationLine:
    """An entry with how it stands."""

    entry: DonationEntry
    state: DonationState | None
    may_reverse: bool


def may_write_donations(user: User, ward: Area) -> bool:
    """Whether a user keeps the book: the coordinator, and a unit that has this duty."""
    return writes_all(user, ward) or has_duty(user, ward, UnitDutyKind.DONATIONS)


def entries_of_year(*, ward: Area, year: int, reader: User) -> DonationQuerySet:
    """Every entry of a year, also those reversed and their reversals, the latest first."""
    rows = DonationEntry.objects.visible_to(reader).filter(ward=ward, dated__year=year)
    return rows.select_related("reversed_by", "reverses").order_by("-dated", "-pk")


def donation_lines(entries: Iterable[DonationEntry], *, may_write: bool) -> list[DonationLine]:
    return [_line(entry, may_write) for entry in entries]


def _line(entry: DonationEntry, may_write: bool) -> DonationLine:
    is_reversed = getattr(entry, "reversed_by", None) is not None
    state = DonationState.REVERSED if is_reversed else None
    if entry.reverses_id is not None:
        state = DonationState.REVERSAL
    return DonationLine(entry, state, may_write and state is None)


def fund_money(*, ward: Area, first: date, last: date) -> list[FundMoney]:
    """What each fund that has entries held before some days, and what happened in them."""
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    rows = DonationEntry.objects.standing().filter(ward=ward, dated__lte=last)
    for fund, way, amount, dated in rows.values_list("fund", "way", "amount", "dated"):
        comes_in = way == DonationWay.IN
        if dated < first:
            found[fund][0] += amount if comes_in else -amount
        else:
            found[fund][1 if comes_in else 2] += amount
    return [FundMoney(each, *found[each]) for each in DonationFund if each in found]


def movements_of(*, ward: Area, fund: str) -> list[Movement]:
    """What came in and went out of a fund, by day."""
    rows = DonationEntry.objects.standing().filter(ward=ward, fund=fund)
    return [
        (dated, amount if way == DonationWay.IN else -amount)
        for way, amount, dated in rows.values_list("way", "amount", "dated")
    ]


def entries_between(*, ward: Area, first: date, last: date, reader: User) -> DonationQuerySet:
    """The entries of some days that count, as they are made public: by fund and day."""
    rows = DonationEntry.objects.visible_to(reader).standing().filter(ward=ward)
    return rows.filter(dated__range=(first, last)).order_by("fund", "dated", "pk")


def spending_days(*, ward: Area, first: date, last: date) -> list[date]:
    """The days on which donated money went out."""
    rows = DonationEntry.objects.standing().filter(ward=ward, way=DonationWay.OUT)
    days = rows.filter(dated__range=(first, last)).order_by()
    return list(days.values_list("dated", flat=True).distinct())
