"""The whole dashboard of one year for one viewer."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from households.ledger.known import year_end
from povertyplan.core.models import Area, User
from projects.targets.selectors import TargetRow
from reports.figures import words

from .approvals import ApprovalLine, approvals
from .classes import Roadmap, Tile, roadmaps, tiles
from .context import DashboardContext
from .deadlines import Deadlines, deadlines
from .money import MoneyBoard, money_board
from .provisional import ProvisionalStanding, provisional_standing
from .review import ReviewStanding, review_state
from .targets import BulletLine, bullets, row_of, shown_targets, targets_without_data
from .villages import VillageLine, village_lines

FIRST_VILLAGES = 5
MOST_TO_WATCH = 3
YEARS_WITHOUT_PLAN = 3


@dataclass(frozen=True)
class Dashboard:
    """`data_year` is the year the official figures are of; None while the ward has none at all.

    `bullets` are the targets of `target_year`: of the year asked for, where it has any.
    """

    place: str
    year: int
    covers_ward: bool
    review: ReviewStanding | None
    provisional: ProvisionalStanding | None = None
    approvals: tuple[ApprovalLine, ...] | None = None
    data_year: int | None = None
    on: date | None = None
    source: str = ""
    headline: str = ""
    population_note: str = ""
    break_note: str = ""
    tiles: tuple[Tile, ...] = ()
    target_year: int | None = None
    bullets: tuple[BulletLine, ...] = ()
    target_count: int = 0
    targets_without_data: int = 0
    roadmaps: tuple[Roadmap, ...] = ()
    villages: tuple[VillageLine, ...] = ()
    money: MoneyBoard | None = None
    deadlines: Deadlines | None = None

    @property
    def first_villages(self) -> tuple[VillageLine, ...]:
        return self.villages[:FIRST_VILLAGES]

    @property
    def other_villages(self) -> tuple[VillageLine, ...]:
        return self.villages[FIRST_VILLAGES:]

    @property
    def villages_to_watch(self) -> list[VillageLine]:
        return sorted(self.villages, key=lambda line: line.needs_care)[:MOST_TO_WATCH]

    @property
    def is_of_earlier_year(self) -> bool:
        return self.data_year is not None and self.data_year < self.year


def build_dashboard(*, ward: Area, year: int, today: date, viewer: User) -> Dashboard:
    """The dashboard of a ward, or of the villages a viewer's grants are confined to."""
    outlook = DashboardContext(ward=ward, today=today, viewer=viewer)
    book, years = outlook.book, _roadmap_years(outlook, year)
    book.load({*years, year - 1, year})
    review = review_state(outlook)
    rows = _target_rows(outlook, year)
    provisional = provisional_standing(outlook, review, rows, year)
    frame = Dashboard(
        place=outlook.place,
        year=year,
        covers_ward=outlook.covers_ward,
        review=review,
        provisional=provisional,
        approvals=approvals(outlook, review),
        money=money_board(outlook, year),
        deadlines=deadlines(outlook, review, year),
    )
    data_year = outlook.latest_year(year)
    official = rows if data_year == year else _target_rows(outlook, data_year)
    if not shown_targets(rows):
        frame = _with_targets(frame, outlook, official, data_year)
    else:
        frame = _with_targets(frame, outlook, provisional.rows if provisional else rows, year)
    if data_year is None:
        # Which villages lag is known before anything is official.
        return replace(frame, villages=_villages(frame, outlook, year)) if review else frame
    return _official(frame, outlook, official, data_year, years)


def _target_rows(outlook: DashboardContext, year: int | None) -> Sequence[TargetRow]:
    """Targets are those of the whole ward: who sees some villages has none to compare with."""
    if year is None or not outlook.covers_ward:
        return []
    return outlook.book.target_rows(year=year, today=outlook.today)


def _with_targets(
    frame: Dashboard, outlook: DashboardContext, rows: Sequence[TargetRow], year: int | None
) -> Dashboard:
    return replace(
        frame,
        target_year=year,
        bullets=bullets(outlook, rows),
        target_count=shown_targets(rows),
        targets_without_data=targets_without_data(rows),
    )


def _official(
    frame: Dashboard,
    outlook: DashboardContext,
    rows: Sequence[TargetRow],
    year: int,
    years: Sequence[int],
) -> Dashboard:
    """The dashboard with what decisions and lists say of the latest year that has any."""
    crossed = outlook.book.standards_apart(year)
    return replace(
        frame,
        data_year=year,
        on=outlook.book.closing_day(year),
        source=words.sentence(outlook.book.source(year)),
        headline=_headline(outlook, rows, year),
        population_note=_population_note(outlook, year),
        break_note=words.not_compared(year, *crossed) if crossed else "",
        tiles=tuple(tiles(outlook, rows, year)),
        roadmaps=tuple(roadmaps(outlook, rows, years, year)),
        villages=_villages(frame, outlook, year),
    )


def _villages(frame: Dashboard, outlook: DashboardContext, year: int) -> tuple[VillageLine, ...]:
    review, provisional = frame.review, frame.provisional
    progress = review.by_village if review else {}
    forms = provisional.by_village if provisional else {}
    return tuple(village_lines(outlook, year, progress, forms))


def _population_note(outlook: DashboardContext, year: int) -> str:
    """Says so where the households of the rates were counted a year or more before the poor."""
    day = outlook.book.day_of(year)
    given = outlook.book.population(day) if day and outlook.covers_ward else None
    if day is None or given is None or given.on >= year_end(year):
        return ""
    return words.older_population(given.on, day)


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
