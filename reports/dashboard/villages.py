"""The villages on the dashboard: the poorest first, each with its part of the open review."""

from collections.abc import Mapping
from dataclasses import dataclass

from households.campaign.progress import VillageProgress
from households.campaign.provisional import ProvisionalCounts
from households.choices import PovertyClass
from households.ledger.selectors.classes import ClassCounts
from povertyplan.core.models import Area
from povertyplan.core.text import formatting
from reports.figures import words

from .context import DashboardContext

POOR, NEAR_POOR = PovertyClass.POOR, PovertyClass.NEAR_POOR


@dataclass(frozen=True)
class VillageLine:
    """One village on the day of the dashboard and a year before; its part of the open review."""

    village: Area
    now: ClassCounts | None
    before: ClassCounts | None
    rate: str
    poor_url: str
    near_poor_url: str
    progress: VillageProgress | None
    provisional: ProvisionalCounts | None = None

    @property
    def _place(self) -> tuple[int, str]:
        return (self.village.order, self.village.sort_key)

    @property
    def poor_change(self) -> str:
        return _change(self.now, self.before, POOR)

    @property
    def near_poor_change(self) -> str:
        return _change(self.now, self.before, NEAR_POOR)

    @property
    def provisional_poor(self) -> str:
        counts = self.provisional
        return formatting.MISSING if counts is None else str(counts.if_unchanged(POOR))

    @property
    def needs_care(self) -> tuple[bool, tuple[int | str, ...]]:
        """Sorts the villages whose review lags before the others."""
        return (not (self.progress and self.progress.is_late), self.severity)

    @property
    def severity(self) -> tuple[int | str, ...]:
        """Sorts the villages: the most poor, the most near-poor, the worst change first.

        Those of which nothing is known come last.
        """
        if self.now is None:
            return (1, 0, 0, 0, *self._place)
        change = self.now.listed - self.before.listed if self.before else 0
        return (0, -self.now.poor, -self.now.near_poor, -change, *self._place)


def _change(now: ClassCounts | None, before: ClassCounts | None, poverty_class: str) -> str:
    """A village is compared with a year of which its result is known, or not at all."""
    if now is None or before is None:
        return formatting.MISSING
    return words.change(getattr(now, poverty_class) - getattr(before, poverty_class))


def _rate(outlook: DashboardContext, village: Area, year: int) -> str:
    """The poor of a village as a share of its households, where both are known."""
    counts, day = outlook.village_counts(village, year), outlook.book.closing_day(year)
    given = outlook.book.population(day, village.pk) if day else None
    if counts is None or given is None:
        return formatting.MISSING
    return formatting.percent(formatting.rate(counts.poor, given.households))


def village_lines(
    outlook: DashboardContext,
    year: int,
    progress: Mapping[int, VillageProgress],
    provisional: Mapping[int, ProvisionalCounts],
) -> list[VillageLine]:
    """The villages the viewer sees; what they have of the open review is given by village id.

    A year of another standard is compared with nothing.
    """
    is_broken = outlook.book.standards_apart(year) is not None
    lines = [
        VillageLine(
            village=village,
            now=outlook.village_counts(village, year),
            before=None if is_broken else outlook.village_counts(village, year - 1),
            rate=_rate(outlook, village, year),
            poor_url=outlook.list_url(year, village=village.pk, **{"class": POOR}),
            near_poor_url=outlook.list_url(year, village=village.pk, **{"class": NEAR_POOR}),
            progress=progress.get(village.pk),
            provisional=provisional.get(village.pk),
        )
        for village in outlook.villages
    ]
    return sorted(lines, key=lambda line: line.severity)
