"""Each kind of need in a line: what it removes, what serves it, how far it is served."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, prefetch_related_objects

from households.ledger.selectors.standards import indicators_in_force
from households.models import DeprivationIndicator, NeedKind
from households.models.household import HouseholdQuerySet
from households.needs.selectors.lists import (
    NeedKindCount,
    counts_by_kind,
    need_lines,
    needs_of_year,
    totals_of_lines,
)
from povertyplan.core.models import Area, User
from projects.models import SupportKind
from projects.support.selectors.met_needs import delivered_supports, met_needs
from projects.support.selectors.rights import kinds_to_read


@dataclass(frozen=True)
class KindGap:
    """A kind of need with what serves it, and how many still wait."""

    kind: NeedKind
    supports: tuple[SupportKind, ...]
    count: NeedKindCount
    unserved: int
    met: int


@dataclass(frozen=True)
class GapOverview:
    lines: tuple[KindGap, ...]
    not_asked: int

    @property
    def met(self) -> int:
        return sum(line.met for line in self.lines)


@dataclass(frozen=True)
class RemovedDeprivation:
    """A deprivation with the needs that remove it, and what serves them."""

    indicator: DeprivationIndicator
    kinds: tuple[NeedKind, ...]


def gap_overview(
    *,
    kinds: Sequence[NeedKind],
    households: HouseholdQuerySet,
    ward: Area,
    reader: User,
    on: date,
) -> GapOverview:
    fetch_supports(kinds, ward, reader)
    needs = needs_of_year(households, on.year)
    still_open = [need for need in needs if need.ended_on is None]
    supports = delivered_supports(households, reader, kinds)
    met = met_needs(still_open, supports)
    waiting = Counter(need.kind_id for need in still_open if need.pk not in met)
    done = Counter(need.kind_id for need in still_open if need.pk in met)
    counts = counts_by_kind(kinds, needs)
    return GapOverview(
        lines=tuple(
            KindGap(
                kind=kind,
                supports=tuple(kind.support_kinds.all()),
                count=count,
                unserved=waiting[kind.pk],
                met=done[kind.pk],
            )
            for kind, count in zip(kinds, counts, strict=True)
        ),
        not_asked=totals_of_lines(need_lines(households, on)).not_asked,
    )


def fetch_supports(kinds: Sequence[NeedKind], ward: Area, reader: User) -> None:
    """Put with some kinds of need the kinds of support that serve them; two queries."""
    supports = kinds_to_read(reader, ward).prefetch_related("projects")
    prefetch_related_objects(kinds, Prefetch("support_kinds", queryset=supports))


def removed_deprivations(kinds: Sequence[NeedKind], on: date) -> list[RemovedDeprivation]:
    """Each deprivation of the standard in force with what removes it."""
    by_key = {kind.pk: kind for kind in kinds}
    indicators = indicators_in_force(on).prefetch_related("need_kinds")
    return [
        RemovedDeprivation(
            indicator=indicator,
            kinds=tuple(
                by_key[kind.pk] for kind in indicator.need_kinds.all() if kind.pk in by_key
            ),
        )
        for indicator in indicators
    ]
