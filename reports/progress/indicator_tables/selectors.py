"""The tables of a ward, and what one says of a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from povertyplan.core.models import Area, User
from povertyplan.core.text.vietnamese import upper_first
from projects.models import Indicator
from projects.targets.selectors import Reached, cell_number
from projects.targets.services.targets import promise_of, promise_text
from reports.choices import IndicatorColumn
from reports.figures import within_year
from reports.figures.registry import FigureRegistry
from reports.figures.times import FigureTime, read_time
from reports.models import IndicatorTable
from reports.plans.blocks.reported_figures import PRELIMINARY, UNKNOWN_CELL


@dataclass(frozen=True)
class FilledTable:
    """A table of a time: an indicator a row, its cells in the order of the columns."""

    table: IndicatorTable
    when: FigureTime
    columns: tuple[IndicatorColumn, ...]
    rows: tuple[tuple[Indicator, tuple[str, ...]], ...]


def tables_of(user: User, ward: Area) -> dict[int, IndicatorTable]:
    rows = IndicatorTable.objects.visible_to(user).filter(ward=ward)
    return {row.number: row for row in rows.select_related("ward").prefetch_related("rows")}


def fill_table(table: IndicatorTable, time: str, today: date) -> FilledTable:
    """What is known of each indicator by today; the number of queries does not depend on rows."""
    when = read_time(time)
    book = FigureRegistry(ward=table.ward, until=today)
    book.load({when.year - 1, when.year})
    chosen = table.rows.select_related("indicator__owner", "indicator__ward")
    indicators = [row.indicator for row in chosen.order_by("indicator__order", "pk")]
    columns = tuple(IndicatorColumn(column) for column in table.columns)
    rows = tuple((each, _cells(book, each, when, columns)) for each in indicators)
    return FilledTable(table, when, columns, rows)


def _cells(
    book: FigureRegistry, indicator: Indicator, when: FigureTime, columns: Sequence[str]
) -> tuple[str, ...]:
    target = book.targets.get((indicator.pk, when.year))
    reached = book.reached_at(indicator, when)
    expected = within_year.estimated(book, indicator, when)
    estimate = cell_number(expected[0], indicator.measure_unit) if expected else UNKNOWN_CELL
    said = {
        IndicatorColumn.UNIT: indicator.measure_unit,
        IndicatorColumn.PLANNED: promise_text(promise_of(target), indicator) if target else "",
        IndicatorColumn.ACTUAL: _actual(indicator, reached, when),
        IndicatorColumn.ESTIMATE: estimate,
        IndicatorColumn.SOURCE: upper_first(reached.source) if reached else "",
        IndicatorColumn.OWNER: indicator.owner.name if indicator.owner else "",
        IndicatorColumn.NOTE: "",
    }
    return tuple(said[IndicatorColumn(column)] for column in columns)


def _actual(indicator: Indicator, reached: Reached | None, when: FigureTime) -> str:
    """What was reached; within a year it is preliminary, and what is not known says so."""
    if reached is None or reached.value is None:
        return UNKNOWN_CELL
    value = cell_number(reached.value, indicator.measure_unit)
    return value if when.is_year else PRELIMINARY.format(value=value)
