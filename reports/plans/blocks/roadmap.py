"""The road map of some indicators: a table with a column a year (lộ trình hằng năm)."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from households.ledger.known import year_end
from povertyplan.core.text import formatting
from projects.choices import Direction, Measure, TargetOperator
from projects.models import Indicator, Target
from projects.rules.progress import level_of
from projects.targets.selectors import cell_number
from reports.figures.figure import Figure
from reports.figures.registry import RATE_OF
from reports.models import Block
from reports.printing import tree
from reports.printing.tree import Align, Cell, TableColumn

from .document_data import DocumentData
from .goals import PERCENT, bare_target, has_count


def roadmap_table(materials: DocumentData, block: Block, level: int) -> tree.Body:
    """A column a year: what the first year reached, what every later one promises."""
    first, last = block.parameters["first"], block.parameters["last"]
    indicators = _indicators(materials, block.parameters["indicators"])
    if not indicators:
        return ()
    road = _Road(materials, first, last)
    width = 64 // (last - first + 1)
    day = formatting.short_day(materials.book.day_of(first) or year_end(first))
    return (
        tree.Table(
            columns=(
                TableColumn(5, Align.CENTER),
                TableColumn(100 - 5 - 8 - width * (last - first + 1)),
                TableColumn(8, Align.CENTER),
                *[TableColumn(width, Align.RIGHT)] * (last - first + 1),
            ),
            head=(
                (
                    Cell("TT", rowspan=2),
                    Cell("Chỉ tiêu", rowspan=2),
                    Cell("Đơn vị tính", rowspan=2),
                    Cell(f"Thực hiện đến {day}"),
                    Cell("Kế hoạch đến ngày 31 tháng 12 hằng năm", colspan=last - first),
                ),
                tuple(str(year) for year in range(first, last + 1)),
            ),
            rows=tuple(road.rows(indicators)),
            note=(
                f"Ghi chú: cột {first} là kết quả thực hiện; các cột từ {first + 1} đến {last} "
                "là chỉ tiêu kế hoạch."
            ),
        ),
    )


BOUNDS = (TargetOperator.BELOW, TargetOperator.AT_MOST)


class _Road:
    """The rows of a road map."""

    def __init__(self, materials: DocumentData, first: int, last: int):
        self.materials, self.book = materials, materials.book
        self.first, self.years = first, range(first + 1, last + 1)

    def rows(self, indicators: Sequence[Indicator]) -> Iterator[tree.Row]:
        place = 0
        for indicator in indicators:
            for row in self._rows(indicator):
                place += 1
                yield (str(place), *row)

    def _rows(self, indicator: Indicator) -> Iterator[tree.Row]:
        unit = PERCENT if indicator.measure == Measure.PERCENT else indicator.measure_unit
        yield (
            indicator.name,
            unit,
            self._actual(indicator),
            *map(self._count, self._of(indicator)),
        )
        if RATE_OF.get(indicator.query):
            actual = self.book.figure(RATE_OF[indicator.query], self.first)
            rates = (self._rate(target) for target in self._of(indicator))
            yield (indicator.rate_name, PERCENT, self._bare(actual), *rates)
        if indicator.direction == Direction.DOWN and indicator.measure == Measure.COUNT:
            name = f"Mức giảm {indicator.counted_name} trong năm"
            yield (name, unit, *self._reductions(indicator))

    def _of(self, indicator: Indicator) -> Iterable[Target | None]:
        return (self.book.target(indicator.code, year) for year in self.years)

    def _actual(self, indicator: Indicator) -> tree.Text:
        return self._bare(self.book.figure("actual", indicator.code, self.first))

    def _count(self, target: Target | None) -> tree.Text:
        if target is None or not has_count(target):
            return formatting.MISSING
        unit = target.indicator.measure_unit
        printed = bare_target(target.operator, target.low, target.high, unit)
        return (self.materials.cite(self._figure(target), printed),)

    def _rate(self, target: Target | None) -> tree.Text:
        if target is None:
            return formatting.MISSING
        if target.rate is None:
            return "0" if target.operator == TargetOperator.NONE_LEFT else formatting.MISSING
        printed = bare_target(target.rate_operator, target.rate, None, PERCENT)
        figure = self.book.figure("target_rate", target.indicator.code, target.year)
        return (self.materials.cite(figure, printed),)

    def _reductions(self, indicator: Indicator) -> Iterator[str]:
        """From year to year along the road; nothing where one of the two ends is open."""
        yield formatting.MISSING
        reached = self.book.reached(indicator, self.first)
        before = reached.value if reached else None
        for target in self._of(indicator):
            now = _level(target)
            yield _reduction(before, now, target)
            before = now

    def _figure(self, target: Target) -> Figure:
        return self.book.figure("target", target.indicator.code, target.year)

    def _bare(self, figure: Figure) -> tree.Text:
        """A figure without its unit, for a cell."""
        return (self.materials.cite(figure, cell_number(figure.value, figure.unit)),)


def _indicators(materials: DocumentData, codes: Sequence[str]) -> list[Indicator]:
    known = materials.book.indicators
    return [known[code] for code in codes if code in known]


def _level(target: Target | None):
    """The figure a target leaves at most."""
    return None if target is None else level_of(target.operator, target.low, is_count=True)


def _reduction(before: Decimal | None, now: Decimal | None, target: Target | None) -> str:
    """How many fewer; a bound promises so many at least."""
    if before is None or now is None or target is None:
        return formatting.MISSING
    least = "ít nhất " if target.operator in BOUNDS else ""
    return f"{least}{formatting.number(int(before - now))}"
