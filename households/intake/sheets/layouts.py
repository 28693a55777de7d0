"""Recognising how a sheet is laid out: its heading rows, its columns, its first row of data.

Official lists have headings of several merged rows and start at row 8 or 10; simple lists have
one heading row. Both are found by their words, so that a moved column does no harm.
"""

import hashlib
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from households.intake.sheets.headings import SheetField, column_of
from households.intake.sheets.values import as_text
from households.intake.sheets.vocabulary import key_of
from households.intake.sheets.workbook import ForeignSheet

LAST_HEADING_ROW, DEEPEST_HEADING = 25, 3
FEWEST_COLUMNS = 2
_NUMBERING = re.compile(r"\(?(?:\d{1,2}|[A-Z]{1,2})\)?")


class SheetKind(StrEnum):
    """What one row of a sheet stands for."""

    OFFICIAL_LIST = "official_list"
    OFFICIAL_ESCAPED = "official_escaped"
    MEMBERS = "members"
    HOUSEHOLDS = "households"


@dataclass(frozen=True)
class SheetLayout:
    """How to read a sheet: `columns` counted from 1, rows as Excel numbers them."""

    sheet: str
    kind: SheetKind
    heading_row: int
    first_row: int
    columns: Mapping[SheetField, int]


def recognise(sheet: ForeignSheet) -> SheetLayout | None:
    """The layout of a sheet, or None when it holds no list of people."""
    best: tuple[int, int, int, dict[SheetField, int]] | None = None
    for top in range(1, min(len(sheet.rows), LAST_HEADING_ROW) + 1):
        for depth in range(1, DEEPEST_HEADING + 1):
            columns = _columns(sheet, top, top + depth - 1)
            if best is None or len(columns) > best[0]:
                best = (len(columns), top, top + depth - 1, columns)
    if best is None or best[0] < FEWEST_COLUMNS or not _has_names(best[3]):
        return None
    _, top, bottom, columns = best
    return layout_of(sheet, heading_row=bottom, columns=columns, title_ends=top - 1)


def layout_of(
    sheet: ForeignSheet,
    *,
    heading_row: int,
    columns: Mapping[SheetField, int],
    title_ends: int | None = None,
) -> SheetLayout:
    """The layout that follows from a heading row and its columns, chosen by eye or found."""
    columns = dict(columns)
    if SheetField.MEMBER_NAME in columns and SheetField.RELATION not in columns:
        # "Họ và tên" in a list of households is the name of the head.
        columns.setdefault(SheetField.HEAD_NAME, columns.pop(SheetField.MEMBER_NAME))
    return SheetLayout(
        sheet=sheet.name,
        kind=_kind(sheet, columns, heading_row if title_ends is None else title_ends),
        heading_row=heading_row,
        first_row=_first_row(sheet, heading_row),
        columns=columns,
    )


def columns_in_row(sheet: ForeignSheet, row: int) -> dict[SheetField, int]:
    """The columns that the headings above a chosen last heading row name."""
    found = [_columns(sheet, top, row) for top in range(max(1, row - DEEPEST_HEADING + 1), row + 1)]
    return max(reversed(found), key=len)


def headings_of(sheet: ForeignSheet, heading_row: int) -> tuple[str, ...]:
    """The lowest heading over each column, "" where there is none, up to the last with one."""
    top = max(1, heading_row - DEEPEST_HEADING + 1)
    rows = range(min(heading_row, len(sheet.rows)), top - 1, -1)
    width = max((len(sheet.rows[row - 1]) for row in rows), default=0)
    found = [
        next((text for row in rows if (text := _heading(sheet, row, column))), "")
        for column in range(1, width + 1)
    ]
    while found and not found[-1]:
        found.pop()
    return tuple(found)


def fingerprint(sheet: ForeignSheet, heading_row: int) -> str:
    """What tells lists with the same headings in the same columns; "" where too few are named."""
    headings = [key_of(heading) for heading in headings_of(sheet, heading_row)]
    if len([heading for heading in headings if heading]) < FEWEST_COLUMNS:
        return ""
    return hashlib.sha256("\n".join(headings).encode()).hexdigest()


def known_heading_row(sheet: ForeignSheet, fingerprints: Collection[str]) -> int | None:
    """The first row at which the sheet's headings are known, however long its title is."""
    rows = range(1, min(len(sheet.rows), LAST_HEADING_ROW) + 1) if fingerprints else ()
    return next((row for row in rows if fingerprint(sheet, row) in fingerprints), None)


def _has_names(columns: Mapping[SheetField, int]) -> bool:
    return SheetField.HEAD_NAME in columns or SheetField.MEMBER_NAME in columns


def _kind(sheet: ForeignSheet, columns: Mapping[SheetField, int], title_ends: int) -> SheetKind:
    if SheetField.RELATION not in columns:
        return SheetKind.HOUSEHOLDS
    if SheetField.HEAD_NAME in columns and SheetField.MEMBER_NAME in columns:
        return SheetKind.OFFICIAL_LIST
    title = key_of(" ".join([sheet.name, *_words(sheet, range(1, title_ends + 1))]))
    escaped = "thoat ngheo" in title or "thoat can ngheo" in title
    return SheetKind.OFFICIAL_ESCAPED if escaped else SheetKind.MEMBERS


def _words(sheet: ForeignSheet, rows: range) -> Iterator[str]:
    for row in rows:
        for column in range(1, len(sheet.rows[row - 1]) + 1 if row <= len(sheet.rows) else 1):
            if text := as_text(sheet.at(row, column)):
                yield text


def _columns(sheet: ForeignSheet, top: int, bottom: int) -> dict[SheetField, int]:
    if bottom > len(sheet.rows):
        return {}
    found: dict[SheetField, int] = {}
    width = max(len(sheet.rows[row - 1]) for row in range(top, bottom + 1))
    for number in range(1, width + 1):
        if (column := _column(sheet, top, bottom, number)) and column not in found:
            found[column] = number
    return found


def _column(sheet: ForeignSheet, top: int, bottom: int, number: int) -> SheetField | None:
    """What the headings over one column name: the lowest alone, or all together."""
    labels = [text for row in range(top, bottom + 1) if (text := _heading(sheet, row, number))]
    for label in (*reversed(labels), " ".join(labels)):
        if column := column_of(label):
            return column
    return None


def _heading(sheet: ForeignSheet, row: int, column: int) -> str:
    """The text of a heading cell; a merged cell says it in all its columns."""
    if text := as_text(sheet.at(row, column)):
        return text
    first = sheet.merged_from.get((row, column))
    return as_text(sheet.at(row, first)) if first else ""


def _first_row(sheet: ForeignSheet, heading_row: int) -> int:
    """The row after the headings and after the row that numbers the columns."""
    row = heading_row + 1
    while row <= len(sheet.rows) and _only_numbers_columns(sheet, row):
        row += 1
    return row


def _only_numbers_columns(sheet: ForeignSheet, row: int) -> bool:
    texts = [text for value in sheet.rows[row - 1] if (text := as_text(value))]
    if not texts:
        return not any(place[0] == row for place in sheet.formulas | sheet.errors)
    return len(texts) > FEWEST_COLUMNS and all(_NUMBERING.fullmatch(text) for text in texts)
