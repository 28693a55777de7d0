"""The targets of a year beside what was reached (kết quả thực hiện chỉ tiêu)."""

from collections.abc import Iterator, Mapping, Sequence

from povertyplan.core.text import formatting
from projects.choices import TargetOperator
from projects.models import Target
from projects.targets.selectors import TargetRow, cell_number
from reports.figures import words
from reports.figures.registry import RATE_OF
from reports.models import Block, UnitReportFigure
from reports.printing import tree
from reports.printing.tree import Align, TableColumn

from .document_data import DocumentData
from .goals import PERCENT, bare_target, has_count
from .reported_figures import (
    PRELIMINARY,
    UNKNOWN_CELL,
    figures_by_indicator,
    marked_cell,
    units_note,
)

NOT_OFFICIAL = "Chưa có số chính thức"
Reported = Mapping[int, Sequence[UnitReportFigure]]  # by the id of its indicator
TABLE = "Bảng kết quả thực hiện chỉ tiêu"


def target_results_table(materials: DocumentData, block: Block, level: int) -> tree.Body:
    """Each target of a year beside what was reached, with the standing in words."""
    year = block.parameters["year"]
    rows = promised_rows(materials, year)
    if not rows:
        return ()
    reported = figures_by_indicator(materials.reported)
    marked = [each for row in rows for each in _reported(materials, row, reported)]
    notes = (_disagreements(rows), units_note(marked))
    return (
        tree.Table(
            columns=(
                TableColumn(6, Align.CENTER),
                TableColumn(33),
                TableColumn(10, Align.CENTER),
                TableColumn(13, Align.CENTER),
                TableColumn(13, Align.CENTER),
                TableColumn(25, Align.CENTER),
            ),
            head=(("TT", "Chỉ tiêu", "Đơn vị tính", "Kế hoạch", "Thực hiện", "Mức độ hoàn thành"),),
            rows=tuple(
                (str(place), *_result(materials, row, year, reported))
                for place, row in enumerate(rows, start=1)
            ),
            note=" ".join(note for note in notes if note),
        ),
    )


def result_rows(materials: DocumentData, year: int) -> Iterator[tuple[TargetRow, tree.Row]]:
    """The rows of the table, without their places, each with the target it is about."""
    reported = figures_by_indicator(materials.reported)
    for row in promised_rows(materials, year):
        yield row, _result(materials, row, year, reported)


def promised_rows(materials: DocumentData, year: int) -> list[TargetRow]:
    """The targets of a year as they are judged, for each promise of a count and of a rate."""
    judged = materials.book.target_rows(year=year, today=materials.document.data_on)
    return [row for row in judged if _is_promised(materials, row, year)]


def _disagreements(rows: Sequence[TargetRow]) -> str:
    """Where the count of a target is met and its rate is not, or the other way."""
    rates = {row.indicator.pk: row for row in rows if row.is_rate_of_count}
    counts = [row for row in rows if not row.is_rate_of_count]
    found = [
        f"{row.indicator.counted_name}: {against}"
        for row in counts
        if (against := words.disagreement(row, rates.get(row.indicator.pk)))
    ]
    return f"Ghi chú: {'; '.join(found)}." if found else ""


def _is_promised(materials: DocumentData, row: TargetRow, year: int) -> bool:
    """Whether the row stands for a promise of the year: of the count, or of the rate beside it."""
    target = materials.book.target(row.indicator.code, year)
    if target is None:
        return False
    return target.rate is not None if row.is_rate_of_count else _promises_itself(target)


def _promises_itself(target: Target) -> bool:
    return target.operator == TargetOperator.QUALITATIVE or has_count(target)


def _result(materials: DocumentData, row: TargetRow, year: int, reported: Reported) -> tree.Row:
    target = materials.book.target(row.indicator.code, year)
    planned = formatting.MISSING
    if target and row.is_rate_of_count:
        planned = bare_target(target.rate_operator, target.rate, None, PERCENT)
    elif target and target.operator != TargetOperator.QUALITATIVE:
        planned = bare_target(target.operator, target.low, target.high, row.unit)
    unit = PERCENT if target and row.is_rate_of_count else row.unit
    if is_official(materials, row):
        return (row.name, unit, planned, _reached(materials, row, year), words.standing(row))
    if figures := _reported(materials, row, reported):
        return (row.name, unit, planned, marked_cell(figures), NOT_OFFICIAL)
    if counted := _counted(materials, row):
        return (row.name, unit, planned, counted, NOT_OFFICIAL)
    if materials.request is not None and not _is_qualitative(target):
        materials.unknown_rows[TABLE].append(row.name)
    standing = words.standing(row) if row.judged.reached is None else NOT_OFFICIAL
    return (row.name, unit, planned, UNKNOWN_CELL, standing)


def _counted(materials: DocumentData, row: TargetRow) -> tree.Text:
    """In a report of a period what the register counts on its day; "" where it does not say."""
    query = row.indicator.query
    if materials.request is None or query not in RATE_OF:
        return ""
    name = RATE_OF[query] if row.is_rate_of_count else query
    figure = materials.book.figure(name, materials.document.data_on.isoformat())
    if figure.value is None:
        return ""
    printed = PRELIMINARY.format(value=cell_number(figure.value, row.unit))
    return (materials.cite(figure, printed),)


def _is_qualitative(target: Target | None) -> bool:
    return target is not None and target.operator == TargetOperator.QUALITATIVE


def is_official(materials: DocumentData, row: TargetRow) -> bool:
    """Whether there is a figure; in a report of a period, one of its day or before."""
    reached, day = row.judged.reached, materials.document.data_on
    if reached is None:
        return False
    return materials.request is None or reached.as_of is None or reached.as_of <= day


def _reported(
    materials: DocumentData, row: TargetRow, reported: Reported
) -> Sequence[UnitReportFigure]:
    """What units say of a row that has no official figure; they are not asked for rates of it."""
    if row.is_rate_of_count or is_official(materials, row):
        return ()
    return reported.get(row.indicator.pk, ())


def _reached(materials: DocumentData, row: TargetRow, year: int) -> tree.Text:
    """The figure behind the row, linked to its list."""
    book, code = materials.book, row.indicator.code
    if row.is_rate_of_count:
        figure = book.figure(RATE_OF[row.indicator.query], year)
    else:
        figure = book.figure("actual", code, year)
    return (materials.cite(figure, cell_number(figure.value, row.unit)),)
