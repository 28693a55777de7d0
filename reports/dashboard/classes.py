"""Poor and near-poor households on the dashboard: the big numbers and their road maps."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from households.choices import PovertyClass
from povertyplan.core.text import formatting
from projects.targets.selectors import TargetRow
from reports.dashboard import charts, roadmap_words
from reports.figures import words
from reports.figures.registry import CLASS_OF_QUERY

from .context import DashboardContext
from .targets import row_of

NEWLY_ESCAPED = "Hộ mới thoát nghèo"


@dataclass(frozen=True)
class Tile:
    """One big number, its note below, and the list it opens."""

    label: str
    value: str
    unit: str = ""
    note: str = ""
    url: str = ""


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
    note: str = ""

    @property
    def has_plan(self) -> bool:
        return any(point.planned is not None for point in self.chart.points)


def tiles(outlook: DashboardContext, rows: Sequence[TargetRow], year: int) -> Iterator[Tile]:
    """Poor, near-poor and newly escaped households of a year with results."""
    counts = outlook.counts(year)
    if counts is None:
        labels = (PovertyClass.POOR.label, PovertyClass.NEAR_POOR.label, NEWLY_ESCAPED)
        yield from (Tile(label=label, value=words.UNKNOWN) for label in labels)
        return
    registered = outlook.registered(year)
    for query, poverty_class in CLASS_OF_QUERY.items():
        value = getattr(counts, poverty_class)
        beside = words.beside_decision(value, getattr(registered, poverty_class))
        yield Tile(
            label=poverty_class.label,
            value=formatting.number(value),
            unit="hộ",
            note=words.tile_note(
                getattr(counts, f"{poverty_class}_percent"),
                row_of(rows, query),
                row_of(rows, query, rate=True),
                beside,
            ),
            url=outlook.list_url(year, **{"class": poverty_class}),
        )
    escaped = outlook.book.escaped(year)
    if escaped is None:
        yield Tile(label=NEWLY_ESCAPED, value=words.UNKNOWN, note="chưa có kết quả cũ hơn")
        return
    own = [one for one in escaped if outlook.covers(one.household.village_id)]
    yield Tile(
        label=NEWLY_ESCAPED,
        value=formatting.number(len(own)),
        unit="hộ",
        note="trong vòng 36 tháng",
        url=outlook.list_url(year, window=1),
    )


def roadmaps(
    outlook: DashboardContext, rows: Sequence[TargetRow], years: Sequence[int], year: int
) -> Iterator[Roadmap]:
    """Plan and actual over `years`; `year` is the last with results."""
    breaks = outlook.book.standard_breaks(years)
    for query, poverty_class in CLASS_OF_QUERY.items():
        row = row_of(rows, query)
        points = tuple(
            charts.RoadmapPoint(
                year=each,
                actual=_actual(outlook, poverty_class, each, year),
                planned=_planned(row, each),
            )
            for each in years
        )
        yield Roadmap(
            chart=charts.RoadmapChart(
                name=f"roadmap-{query.replace('_', '-')}",
                title=roadmap_words.title_of(poverty_class.label, points, year, years[0]),
                description=roadmap_words.description_of(points, breaks),
                points=points,
                breaks=tuple(breaks),
            ),
            note=roadmap_words.breaks_in_words(breaks),
            rows=tuple(_roadmap_row(outlook, point, poverty_class) for point in points),
        )


def _actual(
    outlook: DashboardContext, poverty_class: PovertyClass, year: int, last: int
) -> int | None:
    counts = outlook.counts(year) if year <= last else None
    return None if counts is None else getattr(counts, poverty_class)


def _planned(row: TargetRow | None, year: int) -> int | None:
    for cell in row.cells if row else ():
        if cell.year == year and cell.goal is not None and cell.goal.figure is not None:
            return int(cell.goal.figure)
    return None


def _roadmap_row(
    outlook: DashboardContext, point: charts.RoadmapPoint, poverty_class: PovertyClass
) -> RoadmapRow:
    is_known = point.actual is not None
    return RoadmapRow(
        year=point.year,
        planned=formatting.number(point.planned),
        actual=formatting.number(point.actual),
        url=outlook.list_url(point.year, **{"class": poverty_class}) if is_known else "",
    )
