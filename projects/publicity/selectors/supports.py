"""Every support of a time by village, as it is published: by name, or as a total."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from povertyplan.core import clock
from povertyplan.core.models import Area, User
from projects.models import Support, SupportKind
from projects.support.selectors.ledger import LedgerLine, ledger_lines, with_recipients


@dataclass(frozen=True)
class VillageSupports:
    """The supports of a village that carry a name; without a village those of groups."""

    village: Area | None
    lines: tuple[LedgerLine, ...]


@dataclass(frozen=True)
class KindTotal:
    """A kind that is published as a total: how often and how much, of the whole ward."""

    kind: SupportKind
    supports: int
    amount: int | None


@dataclass(frozen=True)
class PublishedSupports:
    """All that was delivered in some days; every support is in one of the two parts."""

    first: date
    last: date
    villages: tuple[VillageSupports, ...]
    totals: tuple[KindTotal, ...]
    delivered: int

    @property
    def named(self) -> int:
        return sum(len(village.lines) for village in self.villages)

    @property
    def in_totals(self) -> int:
        return sum(total.supports for total in self.totals)

    @property
    def is_whole(self) -> bool:
        """Whether everything that was delivered appears."""
        return self.named + self.in_totals == self.delivered


def published_supports(ward: Area, first: date, last: date, reader: User) -> PublishedSupports:
    """Kinds that tell of illness are added up here, so that no page has to leave names out."""
    rows = Support.objects.filter(ward=ward, delivered_on__range=(first, last)).standing()
    named = rows.filter(kind__tells_of_health=False)
    ordered = with_recipients(named).order_by(
        "household__village__order", "household__village__sort_key", "delivered_on", "pk"
    )
    return PublishedSupports(
        first=first,
        last=last,
        villages=_by_village(ledger_lines(ordered, reader, clock.today())),
        totals=totals_by_kind(rows.filter(kind__tells_of_health=True).select_related("kind")),
        delivered=rows.count(),
    )


def _by_village(lines: Iterable[LedgerLine]) -> tuple[VillageSupports, ...]:
    found: dict[Area | None, list[LedgerLine]] = defaultdict(list)
    for line in lines:
        found[line.village].append(line)
    return tuple(VillageSupports(village, tuple(own)) for village, own in found.items())


def totals_by_kind(supports: Iterable[Support]) -> tuple[KindTotal, ...]:
    """How often and how much of each kind, in the order in which the kinds come."""
    found: dict[SupportKind, list[Support]] = defaultdict(list)
    for support in supports:
        found[support.kind].append(support)
    return tuple(KindTotal(kind, len(own), _sum(own)) for kind, own in found.items())


def _sum(supports: Iterable[Support]) -> int | None:
    """The known amounts together; None where none is known."""
    known = [each.amount for each in supports if each.amount is not None]
    return sum(known) if known else None
