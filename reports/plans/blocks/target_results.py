"""The targets of a year beside what was reached (kết quả thực hiện chỉ tiêu)."""

from collections.abc import Sequence

from povertyplan.core.text import formatting
from projects.choices import TargetOperator
from projects.models import Target
from projects.targets.selectors import TargetRow, cell_number
from reports.figures import words
from reports.figures.registry import RATE_OF
from reports.models import Block
from reports.printing import tree
from reports.printing.tree import Align, TableColumn

from .document_data import DocumentData
from .goals import PERCENT, bare_target, has_count

UNKNOWN_CELL = "Chưa có số liệu"


def target_results_table(materials: DocumentData, block: Block, level: int) -> tree.Body:
    """Each target of a year beside what was reached, with the standing in words."""
    year = block.parameters["year"]
    judged = materials.book.target_rows(year=year, today=materials.document.data_on)
    rows = [row for row in judged if _is_promised(materials, row, year)]
    if not rows:
        return ()
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
                (str(place), *_result(materials, row, year))
                for place, row in enumerate(rows, start=1)
            ),
            note=_disagreements(rows),
        ),
    )


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


def _result(materials: DocumentData, row: TargetRow, year: int) -> tree.Row:
    target = materials.book.target(row.indicator.code, year)
    reached = _reached(materials, row, year)
    if target and row.is_rate_of_count:
        planned = bare_target(target.rate_operator, target.rate, None, PERCENT)
        return (row.name, PERCENT, planned, reached, words.standing(row))
    if target is None or target.operator == TargetOperator.QUALITATIVE:
        return (row.name, row.unit, formatting.MISSING, reached, words.standing(row))
    planned = bare_target(target.operator, target.low, target.high, row.unit)
    return (row.name, row.unit, planned, reached, words.standing(row))


def _reached(materials: DocumentData, row: TargetRow, year: int) -> tree.Text:
    """The figure behind the row, linked to its list."""
    if row.judged.reached is None:
        return UNKNOWN_CELL
    book, code = materials.book, row.indicator.code
    if row.is_rate_of_count:
        figure = book.figure(RATE_OF[row.indicator.query], year)
    else:
        figure = book.figure("actual", code, year)
    return (materials.cite(figure, cell_number(figure.value, row.unit)),)
