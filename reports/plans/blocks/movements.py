"""Poor and near-poor households as they came and went in a year.

Official tables 2 and 3: TT 07/2021/TT-BLĐTBXH, Phụ lục VII.
"""

from collections.abc import Iterator

from households.rules.transitions import MovementTable, movement_problems
from povertyplan.core.text import formatting
from reports.figures import words
from reports.models import Block
from reports.printing import tree
from reports.printing.tree import Align, Cell, TableColumn

from .document_data import DocumentData
from .tables import NO_RESULT

HOW_MOVEMENTS_BALANCE = "Số cuối kỳ (9) = (1) - (2) - (3) - (4) + (5) + (6) + (7) + (8)."


def movement_pair(materials: DocumentData, block: Block, level: int) -> tree.Body:
    """Official tables 2 and 3 of a year: poor, then near-poor, in households and in persons."""
    year = block.parameters["year"]
    tables = materials.book.movements(year)
    if tables is None:
        unknown = year - 1 if materials.book.knows(year) else year
        return (tree.Paragraph(NO_RESULT.format(unknown)),)
    crossed = materials.book.standards_apart(year)
    broken = [words.broken_movements(*crossed)] if crossed else []
    note = " ".join([HOW_MOVEMENTS_BALANCE, *broken, *movement_problems(tables)])
    return (
        _movement_table("Diễn biến hộ nghèo", year, tables.poor_households, tables.poor_persons),
        _movement_table(
            "Diễn biến hộ cận nghèo",
            year,
            tables.near_poor_households,
            tables.near_poor_persons,
            note=f"Ghi chú: {note}",
        ),
    )


def _movement_table(
    title: str, year: int, households: MovementTable, persons: MovementTable, note: str = ""
) -> tree.Table:
    labels = households.labels
    return tree.Table(
        columns=(TableColumn(10), *[TableColumn(10, Align.CENTER)] * len(labels)),
        head=(
            (
                Cell("Đơn vị tính", rowspan=3),
                Cell(labels[0], rowspan=2),
                Cell("Giảm trong năm", colspan=3),
                Cell("Tăng trong năm", colspan=4),
                Cell(labels[-1], rowspan=2),
            ),
            tuple(labels[1:-1]),
            tuple(f"({place})" for place in range(1, len(labels) + 1)),
        ),
        rows=(("Hộ", *_numbers(households)), ("Nhân khẩu", *_numbers(persons))),
        title=f"{title} năm {year}",
        note=note,
    )


def _numbers(table: MovementTable) -> Iterator[str]:
    return (formatting.number(count) for count in table.columns)
