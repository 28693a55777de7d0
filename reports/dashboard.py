"""What the leader's dashboard says (bảng điều hành): frozen values, no HTML.

It answers in order: where are we against the targets, which village lags, what waits for whom.
While a year has no recognised result it shows the latest year that has one, and says so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from households.access import fields_everywhere
from households.choices import CampaignStage, PovertyClass
from households.models import ReviewCampaign
from households.selectors.campaigns import (
    CampaignProgress,
    VillageProgress,
    add_up,
    campaign_progress,
)
from households.selectors.statuses import ClassCounts, former_villages
from povertyplan.core import formatting
from povertyplan.core.choices import AreaKind, Role
from povertyplan.core.models import Area, User
from projects.choices import AchievementWord, ProgressKind
from projects.selectors.targets import TargetRow, target_rows
from reports import charts, words
from reports.figures import FigureBook, household_list_url, list_opens, year_end

MOST_BULLETS = 7
FIRST_VILLAGES = 5
YEARS_WITHOUT_PLAN = 3
POOR, NEAR_POOR = PovertyClass.POOR, PovertyClass.NEAR_POOR
ROADMAPS = (("poor_households", POOR), ("near_poor_households", NEAR_POOR))
WORST_FIRST = (
    AchievementWord.BEHIND,
    AchievementWord.NEAR,
    AchievementWord.MET,
    AchievementWord.EXCEEDED,
    AchievementWord.NO_DATA,
)


@dataclass(frozen=True)
class Tile:
    """One big number, its note below, and the list it opens."""

    label: str
    value: str
    unit: str
    note: str
    url: str = ""


@dataclass(frozen=True)
class BulletLine:
    """One target of the year as a bar with its words."""

    name: str
    actual: str
    target: str
    standing: str
    word: AchievementWord
    chart: charts.Bullet


@dataclass(frozen=True)
class RoadmapRow:
    """One year of the table behind a road map, printed."""

    year: int
    planned: str
    actual: str
    url: str


@dataclass(frozen=True)
class Roadmap:
    chart: charts.RoadmapChart
    rows: tuple[RoadmapRow, ...]

    @property
    def has_plan(self) -> bool:
        return any(point.planned is not None for point in self.chart.points)


@dataclass(frozen=True)
class VillageLine:
    """One village on the day of the dashboard and a year before; its part of the open review."""

    village: Area
    now: ClassCounts
    before: ClassCounts
    poor_url: str
    near_poor_url: str
    progress: VillageProgress | None

    @property
    def poor_change(self) -> str:
        return words.change(self.now.poor - self.before.poor)

    @property
    def near_poor_change(self) -> str:
        return words.change(self.now.near_poor - self.before.near_poor)

    @property
    def severity(self) -> tuple[int, ...]:
        """Sorts the villages: the most poor, the most near-poor, the worst change first."""
        change = self.now.listed - self.before.listed
        return (-self.now.poor, -self.now.near_poor, -change, self.village.order)


@dataclass(frozen=True)
class ReviewState:
    """The review that is not recognised yet; `needs_approval` when it waits for the viewer."""

    campaign: ReviewCampaign
    total: CampaignProgress
    url: str
    needs_approval: bool


@dataclass(frozen=True)
class Dashboard:
    """`data_year` is the year the figures are of; None while the ward has none at all."""

    place: str
    year: int
    data_year: int | None
    on: date | None
    source: str
    headline: str
    tiles: tuple[Tile, ...]
    bullets: tuple[BulletLine, ...]
    target_count: int
    roadmaps: tuple[Roadmap, ...]
    villages: tuple[VillageLine, ...]
    review: ReviewState | None
    covers_ward: bool

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
    return _Builder(ward, year, today, viewer).build()


def villages_of_viewer(viewer: User, ward: Area) -> frozenset[int] | None:
    """The villages a viewer is confined to; None for somebody who sees the whole ward."""
    areas = [grant.area for grant in viewer.grants_today]
    if any(ward.path.startswith(area.path) for area in areas):
        return None
    return frozenset(
        area.pk for area in areas if area.kind == AreaKind.VILLAGE and area.parent_id == ward.pk
    )


class _Builder:
    """Holds what the parts share while one dashboard is built."""

    def __init__(self, ward: Area, year: int, today: date, viewer: User):
        self.ward, self.year, self.today, self.viewer = ward, year, today, viewer
        self.book = FigureBook(ward=ward, until=today)
        self.confined_to = villages_of_viewer(viewer, ward)
        self.may_open_lists = bool(viewer.roles - {Role.ADMINISTRATOR})
        self.villages = [
            village for village in Area.objects.villages_of(ward) if self._covers(village.pk)
        ]
        # Only a village that began some day can have come from others.
        begun = any(village.valid_from for village in self.villages)
        self.former = former_villages(ward) if begun else {}

    def build(self) -> Dashboard:
        years = self._roadmap_years()
        self.book.load({*years, self.year - 1, self.year})
        self.data_year = self.book.latest_year(self.year)
        progress, review = self._review()
        known = self.data_year is not None
        rows = self._target_rows() if known and self.confined_to is None else []
        return Dashboard(
            place=self._place(),
            year=self.year,
            data_year=self.data_year,
            on=self.book.day_of(self.data_year) if known else None,
            source=words.sentence(self.book.source(self.data_year)) if known else "",
            headline=self._headline(rows) if known else "",
            tiles=tuple(self._tiles(rows)) if known else (),
            bullets=tuple(_bullets(rows)),
            target_count=sum(
                row.judged.goal is not None and not row.is_rate_of_count for row in rows
            ),
            roadmaps=tuple(self._roadmaps(rows, years)) if known else (),
            villages=tuple(self._village_lines(progress)) if known else (),
            review=review,
            covers_ward=self.confined_to is None,
        )

    def _covers(self, village_id: int) -> bool:
        return self.confined_to is None or village_id in self.confined_to

    def _place(self) -> str:
        if self.confined_to is None:
            return self.ward.name
        return ", ".join(village.name for village in self.villages)

    def _counts(self, year: int) -> ClassCounts:
        """The classes of what the viewer sees: the ward, or some of its villages."""
        if self.confined_to is None:
            return self.book.counts(year)
        own_before = {pk for village in self.villages for pk in self.former.get(village.pk, ())}
        own = [
            counts
            for village, counts in self.book.counts_by_village(year).items()
            if self._covers(village) or village in own_before
        ]
        return ClassCounts(
            poor=sum(counts.poor for counts in own),
            near_poor=sum(counts.near_poor for counts in own),
        )

    def _list_url(self, year: int, **filters) -> str:
        if not self.may_open_lists:
            return ""
        url = household_list_url(on=self.book.day_of(year).isoformat(), **filters)
        return url if list_opens(url, fields_everywhere(self.viewer)) else ""

    # Targets

    def _target_rows(self) -> list[TargetRow]:
        indicators = sorted(
            self.book.indicators.values(), key=lambda indicator: (indicator.order, indicator.pk)
        )
        return target_rows(
            indicators=indicators,
            targets=self.book.targets,
            reached=self.book.reached,
            reached_rate=self.book.reached_rate,
            year=self.data_year,
            today=year_end(self.data_year),
        )

    def _roadmap_years(self) -> range:
        """The years of the plan from its baseline; without targets to show, the latest ones."""
        years = [year for _, year in self.book.targets]
        if not years or self.confined_to is not None:
            return range(self.year - YEARS_WITHOUT_PLAN, self.year + 1)
        return range(min(years) - 1, max(years) + 1)

    def _headline(self, rows: Sequence[TargetRow]) -> str:
        counts = self._counts(self.data_year)
        row = _row_of(rows, "poor_households")
        return words.headline(counts, row, self.data_year, self._place_in_headline())

    def _place_in_headline(self) -> str:
        return "" if self.confined_to is None else self._place()

    def _tiles(self, rows: Sequence[TargetRow]):
        counts = self._counts(self.data_year)
        for query, poverty_class in ROADMAPS:
            yield Tile(
                label=poverty_class.label,
                value=formatting.number(getattr(counts, poverty_class)),
                unit="hộ",
                note=words.tile_note(
                    getattr(counts, f"{poverty_class}_percent"),
                    _row_of(rows, query),
                    _row_of(rows, query, rate=True),
                ),
                url=self._list_url(self.data_year, **{"class": poverty_class}),
            )
        escaped = self.book.escaped(self.data_year)
        own = [one for one in escaped if self._covers(one.household.village_id)]
        yield Tile(
            label="Hộ mới thoát nghèo",
            value=formatting.number(len(own)),
            unit="hộ",
            note="trong vòng 36 tháng",
            url=self._list_url(self.data_year, window=1),
        )

    # Road maps

    def _roadmaps(self, rows: Sequence[TargetRow], years: Sequence[int]):
        for query, poverty_class in ROADMAPS:
            points = [self._point(_row_of(rows, query), poverty_class, year) for year in years]
            yield Roadmap(
                chart=charts.RoadmapChart(
                    name=f"roadmap-{query.replace('_', '-')}",
                    title=words.roadmap_title(
                        poverty_class.label, points, self.data_year, years[0]
                    ),
                    description=words.roadmap_description(points),
                    points=tuple(points),
                ),
                rows=tuple(self._roadmap_row(point, poverty_class) for point in points),
            )

    def _point(self, row, poverty_class, year: int) -> charts.RoadmapPoint:
        is_known = year <= self.data_year and self.book.day_of(year)
        actual = getattr(self._counts(year), poverty_class) if is_known else None
        return charts.RoadmapPoint(year=year, actual=actual, planned=_planned(row, year))

    def _roadmap_row(self, point: charts.RoadmapPoint, poverty_class) -> RoadmapRow:
        url = ""
        if point.actual is not None:
            url = self._list_url(point.year, **{"class": poverty_class})
        return RoadmapRow(
            year=point.year,
            planned=formatting.number(point.planned),
            actual=formatting.number(point.actual),
            url=url,
        )

    # Villages and the open review

    def _village_lines(self, progress: Mapping[int, VillageProgress]) -> list[VillageLine]:
        now = self.book.counts_by_village(self.data_year)
        before = self.book.counts_by_village(self.data_year - 1)
        lines = [
            VillageLine(
                village=village,
                now=self._within(now, village),
                before=self._within(before, village),
                poor_url=self._list_url(self.data_year, village=village.pk, **{"class": POOR}),
                near_poor_url=self._list_url(
                    self.data_year, village=village.pk, **{"class": NEAR_POOR}
                ),
                progress=progress.get(village.pk),
            )
            for village in self.villages
        ]
        return sorted(lines, key=lambda line: line.severity)

    def _within(self, counts: Mapping[int, ClassCounts], village: Area) -> ClassCounts:
        """What a village had on a day, or the villages it was merged from."""
        parts = [
            counts.get(pk, ClassCounts()) for pk in {village.pk, *self.former.get(village.pk, ())}
        ]
        return ClassCounts(
            poor=sum(part.poor for part in parts),
            near_poor=sum(part.near_poor for part in parts),
        )

    def _review(self) -> tuple[dict[int, VillageProgress], ReviewState | None]:
        """The progress of the review under way by village, and its state as a whole."""
        running = [
            campaign
            for campaign in self.book.campaigns.values()
            if campaign.stage != CampaignStage.RECOGNISED
        ]
        if not running:
            return {}, None
        campaign = max(running, key=lambda one: one.year)
        rows = [
            row
            for row in campaign_progress(campaign, on=self.today)
            if self._covers(row.village.pk)
        ]
        submitted = campaign.stage == CampaignStage.SUBMITTED
        needs_approval = submitted and self.viewer.has_role(Role.LEADER)
        view = "campaign_recognise" if needs_approval else "campaign_detail"
        url = reverse(f"households:{view}", args=[campaign.pk]) if self.may_open_lists else ""
        state = ReviewState(campaign, add_up(campaign, rows), url, needs_approval)
        return {row.village.pk: row for row in rows}, state


def _row_of(rows: Sequence[TargetRow], query: str, *, rate: bool = False) -> TargetRow | None:
    """The row of the indicator that a query computes, or of the rate beside it."""
    own = [row for row in rows if row.indicator.query == query and row.is_rate_of_count == rate]
    return own[0] if own else None


def _planned(row: TargetRow | None, year: int) -> int | None:
    for cell in row.cells if row else ():
        if cell.year == year and cell.goal is not None and cell.goal.figure is not None:
            return int(cell.goal.figure)
    return None


def _bullets(rows: Sequence[TargetRow]) -> list[BulletLine]:
    """The targets of the year that are furthest behind on a way that can be measured."""
    measured = [
        row
        for row in rows
        if row.progress.kind == ProgressKind.MEASURED and not row.is_rate_of_count
    ]
    worst = sorted(measured, key=lambda row: (WORST_FIRST.index(row.word), row.progress.percent))
    return [_bullet(row) for row in worst[:MOST_BULLETS]]


def _bullet(row: TargetRow) -> BulletLine:
    standing = words.standing(row)
    return BulletLine(
        name=row.name,
        actual=formatting.with_unit(row.judged.actual_text, row.unit),
        target=row.judged.target_text,
        standing=standing,
        word=row.word,
        chart=charts.Bullet(
            name=f"bullet-{row.indicator.pk}",
            title=f"{row.name}: {standing}, {words.way(row)}",
            done_percent=row.progress.percent,
            expected_percent=row.expected_percent,
        ),
    )
