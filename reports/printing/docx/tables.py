"""Ruled tables of a Word file: head repeated on each page, rows never split.

Rows are written as elements: through python-docx's own cells a list of two thousand households
took seventeen seconds.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Length
from lxml.etree import _Element

from reports.printing import tree
from reports.printing.layout import LaidTable, on_grid

from .styles import Style
from .text import write, write_gap
from .xml import element, run

CELL_MARGIN = 70  # twentieths of a point; half of it in a table of small type
SMALL = 11
ROWS_TOGETHER = 2  # a table begins with that many rows below its head, or on the next page


@dataclass(frozen=True)
class CellLook:
    """How the cells of a row are written; `size` in points, None for that of the style."""

    size: float | None = None
    is_bold: bool = False
    keeps_next: bool = False


def write_table(
    document: Document,
    table: tree.Table,
    laid: LaidTable,
    *,
    width: Length,
    size: float | None = None,
    keeps_end: bool = False,
) -> None:
    """Add a table over the whole width; `size` in points where it is not that of the style.

    `keeps_end` keeps its last row on the page of what follows.
    """
    if table.title:
        write(document, table.title, Style.TABLE_TITLE)
    if table.measure_unit:
        write(document, f"Đơn vị tính: {table.measure_unit}", Style.TABLE_UNIT)
    if not table.title and not table.measure_unit:
        write_gap(document)
    widths = _widths(table, width)
    grid = document.add_table(rows=0, cols=len(widths), style="Table Grid")
    grid.autofit = False
    margin = CELL_MARGIN if size is None or size >= SMALL else CELL_MARGIN // 2
    sides = (element(side, w=margin, type="dxa") for side in ("left", "right"))
    grid._tbl.tblPr.find(qn("w:tblLook")).addprevious(element("tblCellMar", *sides))
    for column, each in zip(grid.columns, widths, strict=True):
        column.width = each
    twips = [each.twips for each in widths]
    grid._tbl.extend(_head(laid.head, twips, CellLook(size, is_bold=True, keeps_next=True)))
    grid._tbl.extend(_body(laid, twips, size, keeps_end=keeps_end))
    if table.note:
        write(document, table.note, Style.NOTE)


def _widths(table: tree.Table, width: Length) -> list[Length]:
    whole = sum(column.width for column in table.columns)
    return [Length(int(width * column.width / whole)) for column in table.columns]


def _head(
    head: Sequence[Sequence[tree.Cell]], widths: Sequence[int], look: CellLook
) -> Iterator[_Element]:
    """The head rows; the lower places of a cell that spans rows stay empty and joined to it."""
    places: list[dict[int, _Element]] = [{} for _row in head]
    for line, column, cell in on_grid(head):
        span = widths[column : column + cell.colspan]
        joined = "restart" if cell.rowspan > 1 else ""
        places[line][column] = _cell(cell, span, look, joined)
        for below in range(line + 1, line + cell.rowspan):
            places[below][column] = _cell(tree.Cell(""), span, look, "continue")
    for cells in places:
        in_order = [cells[column] for column in sorted(cells)]
        yield _row(in_order, repeats=True)


def _body(
    laid: LaidTable, widths: Sequence[int], size: float | None, *, keeps_end: bool
) -> Iterator[_Element]:
    """The rows below the head: a group keeps its first row, the last row its totals."""
    last = len(laid.rows) - 1
    for place, cells in enumerate(laid.rows):
        opens = place < min(ROWS_TOGETHER, last) or (len(cells) == 1 and place < last)
        keeps_next = opens or (place == last and (bool(laid.totals) or keeps_end))
        yield _row(_cells(cells, widths, CellLook(size, keeps_next=keeps_next)))
    for cells in laid.totals:
        yield _row(_cells(cells, widths, CellLook(size, is_bold=True, keeps_next=keeps_end)))


def _cells(cells: Sequence[tree.Cell], widths: Sequence[int], look: CellLook) -> Iterator[_Element]:
    column = 0
    for cell in cells:
        yield _cell(cell, widths[column : column + cell.colspan], look)
        column += cell.colspan


def _row(cells: Sequence[_Element] | Iterator[_Element], *, repeats: bool = False) -> _Element:
    properties = [element("cantSplit")]
    if repeats:
        properties.append(element("tblHeader"))
    return element("tr", element("trPr", *properties), *cells)


def _cell(cell: tree.Cell, widths: Sequence[int], look: CellLook, joined: str = "") -> _Element:
    properties = [element("tcW", w=sum(widths), type="dxa")]
    if cell.colspan > 1:
        properties.append(element("gridSpan", val=cell.colspan))
    if joined:
        properties.append(element("vMerge", val=joined))
    properties.append(element("vAlign", val="center"))
    return element("tc", element("tcPr", *properties), _paragraph(cell, look))


def _paragraph(cell: tree.Cell, look: CellLook) -> _Element:
    properties = [element("pStyle", val=Style.TABLE_TEXT.id)]
    if look.keeps_next:
        properties.append(element("keepNext"))
    if cell.align and cell.align != tree.Align.LEFT:
        properties.append(element("jc", val=cell.align.value))
    # The end of a paragraph has a size too: it makes the height of an empty cell.
    properties += [element("rPr", *_size(look))] if look.size is not None else []
    text = tree.plain(cell.text)
    bold = [element("b")] if look.is_bold or cell.strong else []
    runs = [run(text, *bold, *_size(look))] if text else []
    return element("p", element("pPr", *properties), *runs)


def _size(look: CellLook) -> list[_Element]:
    return [] if look.size is None else [element("sz", val=int(look.size * 2))]  # in half points
