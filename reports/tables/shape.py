"""What a summary table is, on screen, in a workbook and on paper. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from households.field_access import Field
from povertyplan.core.text import formatting
from reports.printing.tree import Cell, Row

MISSING = formatting.MISSING
BLANK_ROWS = 20

Value = int | Decimal | str | None


@dataclass(frozen=True)
class TableCell:
    """One cell: a count, a rate in percent (Decimal), a text, or None where nothing is known.

    `url` opens the households behind it; `needs` is what must be seen of them to follow it.
    """

    value: Value
    url: str = ""
    needs: frozenset[Field] = frozenset()

    @property
    def text(self) -> str:
        if isinstance(self.value, str):
            return self.value
        decimals = 2 if isinstance(self.value, Decimal) else None
        return formatting.number(self.value, decimals)

    @property
    def is_number(self) -> bool:
        return isinstance(self.value, int | Decimal)

    @property
    def is_figure(self) -> bool:
        """A number, or the dash where one is not known."""
        return not isinstance(self.value, str)


@dataclass(frozen=True)
class TableRow:
    """A row: its leading texts (order number, village, unit), then its cells."""

    leads: tuple[str, ...]
    cells: tuple[TableCell, ...]
    is_total: bool = False

    def without_figures(self, keeps: int = 0) -> "TableRow":
        """The row with dashes for its cells, but for the first ones."""
        rest = (TableCell(None),) * (len(self.cells) - keeps)
        return replace(self, cells=(*self.cells[:keeps], *rest))


@dataclass(frozen=True)
class LeadColumn:
    """A leading column and its share of the width in percent."""

    title: str
    width: int
    centred: bool = False


@dataclass(frozen=True)
class OfficialTable:
    """A summary table of Thông tư 07/2021/TT-BLĐTBXH, Phụ lục VII, or one like them.

    `notes` say how it was counted and what is not held; `problems` are the checks it fails, each
    with the place named. A table with problems is shown with them, never without.
    """

    number: int
    title: str
    period: str
    leads: tuple[LeadColumn, ...]
    head: tuple[Row, ...]
    rows: tuple[TableRow, ...]
    notes: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    is_blank: bool = False
    cell_widths: tuple[int, ...] = ()  # in percent; by default all cells share what is left

    @property
    def head_cells(self) -> tuple[tuple[Cell, ...], ...]:
        """The rows of the head, each entry as a cell."""
        return tuple(
            tuple(cell if isinstance(cell, Cell) else Cell(cell) for cell in row)
            for row in self.head
        )

    @property
    def width(self) -> int:
        """How many columns it has."""
        return len(self.rows[0].leads) + len(self.rows[0].cells) if self.rows else len(self.leads)

    @property
    def totals(self) -> tuple[TableRow, ...]:
        return tuple(row for row in self.rows if row.is_total)

    @property
    def parts(self) -> tuple[TableRow, ...]:
        return tuple(row for row in self.rows if not row.is_total)

    def blank(self, *, keeps_leads: bool) -> "OfficialTable":
        """The table to be filled in by hand; `keeps_leads` where the rows are no persons."""
        empty = (TableCell(""),) * (len(self.head[-1]) - len(self.leads))
        no_leads = TableRow(("",) * len(self.leads), empty)
        rows = tuple(replace(row, cells=empty) for row in self.rows)
        return replace(
            self,
            rows=rows if keeps_leads else (no_leads,) * BLANK_ROWS,
            notes=(),
            problems=(),
            is_blank=True,
        )

    def without_links(self) -> "OfficialTable":
        """The table as it reads on paper."""
        rows = tuple(
            replace(row, cells=tuple(replace(cell, url="") for cell in row.cells))
            for row in self.rows
        )
        return replace(self, rows=rows)

    def open_to(self, fields: Collection[Field]) -> "OfficialTable":
        """The table with those links only whose lists a viewer may see."""
        return replace(self, rows=tuple(_seen(row, fields) for row in self.rows))


def _seen(row: TableRow, fields: Collection[Field]) -> TableRow:
    return replace(
        row,
        cells=tuple(
            cell if cell.needs.issubset(fields) else replace(cell, url="") for cell in row.cells
        ),
    )


Group = str | tuple[str, Sequence[str]]


def heading(leads: Sequence[LeadColumn], groups: Sequence[Group]) -> tuple[Row, ...]:
    """The head of a table: groups over their columns, then the column numbers of the form.

    A group is one column's title, or a title with the titles below it.
    """
    flat = [title for group in groups for title in _below(group)]
    numbers = (
        *(chr(ord("A") + place) for place in range(len(leads))),
        *(f"({place})" for place in range(1, len(flat) + 1)),
    )
    if all(isinstance(group, str) for group in groups):
        return ((*(lead.title for lead in leads), *flat), numbers)
    top = [Cell(lead.title, rowspan=2) for lead in leads]
    second: list[str] = []
    for group in groups:
        if isinstance(group, str):
            top.append(Cell(group, rowspan=2))
        else:
            top.append(Cell(group[0], colspan=len(group[1])))
            second += group[1]
    return (tuple(top), tuple(second), numbers)


def _below(group: Group) -> Sequence[str]:
    return [group] if isinstance(group, str) else group[1]
