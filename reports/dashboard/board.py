"""The whole dashboard of one year for one viewer."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from povertyplan.core.models import Area, User
from projects.targets.selectors import TargetRow
from reports.figures import words

from .classes import Roadmap, Tile, roadmaps, tiles
from .context import DashboardContext
from .review import ReviewStanding, review_state
from .targets import BulletLine, bullets, row_of, shown_targets
from .villages import VillageLine, village_lines

FIRST_VILLAGES = 5
YEARS_WITHOUT_PLAN = 3


@dataclass(frozen=True)
class Dashboard:
    """`data_year` is the year the figures are of; None while the ward has none at all."""

    place: str
    year: int
    covers_ward: bool
    review: ReviewStanding | None
    data_year: int | None = None
    on: date | None = None
    source: str = ""
    headline: str = ""
    tiles: tuple[Tile, ...] = ()
    bullets: tuple[BulletLine, ...] = ()
    target_count: int = 0
    roadmaps: tuple[Roadmap, ...] = ()
    villages: tuple[VillageLine, ...] = ()

    @property
    def first_villages(self) -> tuple[VillageLine, ...]:
        return self.villages[:FIRST_VILLAGES]

    @property
    def other_villages(self) -> tuple[VillageLine, ...]:
        return self.villages[FIRST_VILLAGES:]

    @property
    def data_label(self) -> str:
        return f"Số liệu năm {self.data_year}"

    @property
    def is_of_earlier_year(self) -> bool:
        return self.data_year is not None and self.data_year < self.year


def build_dashboard(*, ward: Area, year: int, today: date, viewer: User) -> Dashboard:
    """The dashboard of a ward, or of the villages a viewer's grants are confined to."""
    outlook = DashboardContext(ward=ward, today=today, viewer=viewer)
    book, years = outlook.book, _roadmap_years(outlook, year)
    book.load({*years, year - 1, year})
    data_year = outlook.latest_year(year)
    review = review_state(outlook)
    frame = Dashboard(
        place=outlook.place, year=year, covers_ward=outlook.covers_ward, review=review
    )
    if data_year is None:
        return frame
    rows: Sequence[TargetRow] = []
    if outlook.covers_ward:
        rows = book.target_rows(year=data_year, today=outlook.today)
    return replace(
        frame,
        data_year=data_year,
        on=book.closing_day(data_year),
        source=words.sentence(book.source(data_year)),
        headline=_headline(outlook, rows, data_year),
        tiles=tuple(tiles(outlook, rows, data_year)),
        bullets=bullets(rows),
        target_count=shown_targets(rows),
        roadmaps=tuple(roadmaps(outlook, rows, years, data_year)),
        villages=tuple(village_lines(outlook, data_year, review.by_village if review else {})),
    )


def _roadmap_years(outlook: DashboardContext, year: int) -> range:
    """The years of the plan from its baseline; without targets to show, the latest ones."""
    promised = [of_year for _, of_year in outlook.book.targets]
    if not promised or not outlook.covers_ward:
        return range(year - YEARS_WITHOUT_PLAN, year + 1)
    return range(min(promised) - 1, max(promised) + 1)


def _headline(outlook: DashboardContext, rows: Sequence[TargetRow], year: int) -> str:
    counts = outlook.counts(year)
    if counts is None:
        known = sum(outlook.book.knows(year, village.pk) for village in outlook.villages)
        return words.unknown_headline(outlook.place, year, known, len(outlook.villages))
    place = "" if outlook.covers_ward else outlook.place
    return words.headline(counts, row_of(rows, "poor_households"), year, place)
