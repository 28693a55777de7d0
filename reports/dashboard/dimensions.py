"""The board of deprivations (bảng theo chiều thiếu hụt): twelve bars in six groups."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from households.field_access import Field, fields_throughout
from households.ledger.selectors.deprivations import DeprivationTotals
from households.models import DeprivationIndicator
from povertyplan.core.models import Area, User
from povertyplan.core.text import formatting
from reports.dashboard import charts
from reports.figures import words
from reports.figures.links import household_list_url
from reports.figures.registry import FigureRegistry

WHOLE_WARD_ONLY = "Bảng này tổng hợp cả phường, xã."


@dataclass(frozen=True)
class DimensionRow:
    """One indicator in the table behind the bars."""

    number: int
    name: str
    dimension: str
    poor: int
    near_poor: int
    share: Decimal | None
    last_share: Decimal | None
    url: str

    @property
    def households(self) -> int:
        return self.poor + self.near_poor


@dataclass(frozen=True)
class DimensionBoard:
    """`data_year` is the year of the review; None while no review is recognised."""

    year: int
    data_year: int | None
    source: str = ""
    households: int = 0
    chart: charts.DimensionChart | None = None
    rows: tuple[DimensionRow, ...] = ()
    break_note: str = ""

    @property
    def last_year(self) -> int | None:
        """The year that stands beside; None where another standard found it."""
        return None if self.data_year is None or self.break_note else self.data_year - 1


def build_dimension_board(*, ward: Area, year: int, today: date, viewer: User) -> DimensionBoard:
    """Deprivations in the latest recognised review up to a year; last year's share beside it."""
    book = FigureRegistry(ward=ward, until=today)
    data_year = max((known for known in book.recognised if known <= year), default=None)
    now = None if data_year is None else book.deprivations(data_year)
    if data_year is None or now is None:
        return DimensionBoard(year=year, data_year=None)
    crossed = book.standards_apart(data_year)
    before = None if crossed else book.deprivations(data_year - 1)
    opens_lists = Field.DEPRIVATIONS in fields_throughout(viewer, ward)
    indicators = book.recognised[data_year].standard.indicators.order_by("number")
    rows = tuple(_row(one, now, before, data_year, opens_lists) for one in indicators)
    return DimensionBoard(
        year=year,
        data_year=data_year,
        source=words.sentence(book.source(data_year)),
        households=now.households,
        chart=_chart(rows, now.households, data_year),
        rows=rows,
        break_note=words.not_compared(data_year, *crossed) if crossed else "",
    )


def _row(
    indicator: DeprivationIndicator,
    now: DeprivationTotals,
    before: DeprivationTotals | None,
    year: int,
    opens_lists: bool,
) -> DimensionRow:
    number = indicator.number
    return DimensionRow(
        number=number,
        name=indicator.name,
        dimension=indicator.get_dimension_display(),
        poor=now.poor[number],
        near_poor=now.near_poor[number],
        share=_share(now, number),
        last_share=_share(before, number) if before else None,
        url=household_list_url(deprived=number, year=year) if opens_lists else "",
    )


def _share(totals: DeprivationTotals, number: int) -> Decimal | None:
    return formatting.rate(totals.deprived(number), totals.households, 1)


def _chart(
    rows: tuple[DimensionRow, ...], households: int, year: int
) -> charts.DimensionChart | None:
    if not rows:
        return None
    most = max(row.households for row in rows)
    worst = "; ".join(row.name for row in rows if row.households == most)
    return charts.DimensionChart(
        name="dimensions",
        title=f"Thiếu hụt nhiều nhất năm {year}: {worst} ({most} hộ)",
        description=". ".join(
            f"{row.name}: {row.poor} hộ nghèo, {row.near_poor} hộ cận nghèo" for row in rows
        ),
        households=households,
        groups=tuple(_groups(rows)),
    )


def _groups(rows: tuple[DimensionRow, ...]) -> Iterator[charts.DimensionGroup]:
    """Dimensions in the order of the survey form, the worst indicator of each first."""
    for dimension, members in groupby(rows, key=lambda row: row.dimension):
        ordered = sorted(members, key=lambda row: -row.households)
        bars = tuple(
            charts.DimensionBar(row.name, row.poor, row.near_poor, row.last_share)
            for row in ordered
        )
        yield charts.DimensionGroup(dimension, bars)
