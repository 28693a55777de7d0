"""This year as far as its review has come (tạm tính), beside the official figures only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.urls import reverse

from households.campaign.provisional import (
    ProvisionalCounts,
    add_up_provisional,
    provisional_counts,
)
from households.choices import PovertyClass
from povertyplan.core.text import formatting
from projects.targets.selectors import TargetRow
from reports.figures import words
from reports.figures.registry import CLASS_OF_QUERY

from .classes import Tile
from .context import DashboardContext
from .review import ReviewStanding
from .targets import row_of, with_provisional

OVERVIEW = "households:campaign_overview"


@dataclass(frozen=True)
class ProvisionalStanding:
    """What the forms entered so far say of the year, of all that the viewer sees."""

    year: int
    counts: ProvisionalCounts
    url: str
    rows: tuple[TargetRow, ...] = ()
    headline: str = ""
    tiles: tuple[Tile, ...] = ()
    by_village: Mapping[int, ProvisionalCounts] = field(default_factory=dict)


def provisional_standing(
    outlook: DashboardContext, review: ReviewStanding | None, rows: Sequence[TargetRow], year: int
) -> ProvisionalStanding | None:
    """None unless the review of the year runs; `rows` are the targets of the year."""
    if review is None or review.campaign.year != year:
        return None
    by_village = {
        village: counts
        for village, counts in provisional_counts(review.campaign, on=outlook.today).items()
        if outlook.covers(village)
    }
    counts = add_up_provisional(by_village.values())
    # A submitted review opens where it is approved; what it counts so far stands on its overview.
    url = reverse(OVERVIEW, args=[review.campaign.pk]) if outlook.opens(OVERVIEW) else ""
    judged = with_provisional(rows, counts, url)
    poor = row_of(judged, "poor_households")
    return ProvisionalStanding(
        year=year,
        counts=counts,
        url=url,
        rows=tuple(judged),
        headline=words.provisional_headline(
            poor,
            year,
            found=counts.found.get(PovertyClass.POOR, 0),
            waiting=counts.waiting.get(PovertyClass.POOR, 0),
            forms=(review.total.done, review.total.total),
        ),
        tiles=tuple(
            _tile(counts, row_of(judged, query), poverty_class, url)
            for query, poverty_class in CLASS_OF_QUERY.items()
        ),
        by_village=by_village,
    )


def _tile(
    counts: ProvisionalCounts, row: TargetRow | None, poverty_class: PovertyClass, url: str
) -> Tile:
    found, waiting = (part.get(poverty_class, 0) for part in (counts.found, counts.waiting))
    note = words.provisional_parts(found, waiting)
    if row is not None and row.judged.target_text:
        note += f" · chỉ tiêu {row.judged.target_text}, {words.standing(row).lower()}"
    return Tile(
        label=poverty_class.label,
        value=formatting.number(found + waiting),
        unit="hộ",
        note=note,
        url=url,
    )
