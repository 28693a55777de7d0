"""How a sheet is read: as the ward read such a list last time, as its headings say, as chosen."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from households.intake.sheets.headings import SheetField
from households.intake.sheets.layouts import (
    SheetLayout,
    columns_in_row,
    fingerprint,
    known_heading_row,
    layout_of,
    recognise,
)
from households.intake.sheets.values import Reader
from households.intake.sheets.workbook import ForeignSheet
from households.intake.staging.selectors.unused import find_columns, find_open, find_unused
from households.models import ColumnMapping
from households.rules.import_sheets import ChosenSheet, UnusedColumn

Looked = tuple[ChosenSheet, list[UnusedColumn]]
"""A sheet as the batch keeps it, and the columns with content that it is read without."""


def choose_sheet(sheet: ForeignSheet, saved: Mapping[str, ColumnMapping], reader: Reader) -> Looked:
    """A sheet of a new file."""
    row = known_heading_row(sheet, saved)
    if row is None:
        return _look_at(sheet, recognise(sheet), reader)
    mapping = saved[fingerprint(sheet, row)]
    columns = {SheetField(name): position for name, position in mapping.columns.items()}
    layout = layout_of(sheet, heading_row=row, columns=columns)
    chosen, unused = _look_at(sheet, layout, reader)
    return _as_last_time(chosen, unused, mapping), unused


def rechoose_sheet(
    sheet: ForeignSheet,
    wanted: ChosenSheet,
    *,
    is_moved: bool,
    columns: Mapping[str, int] | None,
    set_aside: Collection[int] | None,
    mapping: ColumnMapping | None,
    reader: Reader,
) -> Looked:
    """A sheet whose heading row or columns somebody chose; `is_moved` if the row is another.

    `mapping` is how the ward read a list with these headings last time.
    """
    found: Mapping[Any, int] | None = columns
    if found is None and is_moved:
        found = mapping.columns if mapping else columns_in_row(sheet, wanted.heading_row)
    elif found is None:
        found = wanted.columns
    named = {SheetField(name): position for name, position in found.items()}
    layout = layout_of(sheet, heading_row=wanted.heading_row, columns=named)
    kept = set_aside if set_aside is not None else () if is_moved else wanted.set_aside
    chosen, unused = _look_at(sheet, layout, reader, set_aside=kept)
    if mapping is not None and mapping.columns == chosen.columns:
        chosen = replace(chosen, confirmed_on=mapping.confirmed_on)
        if is_moved and columns is None:
            chosen = _as_last_time(chosen, unused, mapping)
    return replace(chosen, used=wanted.used), unused


def _as_last_time(
    chosen: ChosenSheet, unused: Sequence[UnusedColumn], mapping: ColumnMapping
) -> ChosenSheet:
    """What was set aside stays so, unless by its content it may be a field that is missing."""
    asked = {column.position for column in unused if column.proposal}
    present = {column.position for column in unused}
    set_aside = tuple(sorted(set(mapping.set_aside) & present - asked))
    return replace(
        chosen,
        confirmed_on=mapping.confirmed_on,
        set_aside=set_aside,
        open_columns=find_open(unused, set_aside),
    )


def _look_at(
    sheet: ForeignSheet,
    layout: SheetLayout | None,
    reader: Reader,
    *,
    set_aside: Collection[int] = (),
) -> Looked:
    kept = ChosenSheet(sheet=sheet.name, hidden=sheet.hidden, rows=len(sheet.rows))
    if layout is None:
        return kept, []
    columns = {str(field): position for field, position in layout.columns.items()}
    unused = find_unused(find_columns(sheet, layout, reader), columns)
    confirmed = tuple(sorted({column.position for column in unused} & set(set_aside)))
    chosen = replace(
        kept,
        used=not sheet.hidden,
        kind=layout.kind.value,
        heading_row=layout.heading_row,
        columns=columns,
        set_aside=confirmed,
        open_columns=find_open(unused, confirmed),
    )
    return chosen, unused
