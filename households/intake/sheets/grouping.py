"""From the rows of a sheet to people, and from people to households.

A row that is no data (empty, total, signature) is named with its reason: every row of the file
is either a person or on the list of rows left out.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from households.choices import RelationToHead
from households.intake.sheets.headings import SheetField
from households.intake.sheets.layouts import SheetKind, SheetLayout
from households.intake.sheets.readings import EMPTY, Reading, note
from households.intake.sheets.values import Reader, as_text
from households.intake.sheets.vocabulary import key_of
from households.intake.sheets.workbook import ForeignSheet
from households.rules.import_sheets import LeftOutRow

_TOTAL = re.compile(r"(tong|cong|tong cong|tong so|cong don)\b")
_SIGNATURE = re.compile(
    r"(nguoi lap|nguoi tong hop|thu truong|chu tich|pho chu tich|tm uy ban|ky ten|ky dong dau|"
    r"ke toan|noi nhan|xac nhan cua|can bo|uy ban nhan dan|ubnd|truong thon|to truong)\b"
)
_DATE_LINE = re.compile(r".*\bngay\b.*\bthang\b.*\bnam\b.*")
TOTAL, SIGNATURE, HEADING_AGAIN = "dòng tổng cộng", "dòng ký tên, ngày tháng", "tiêu đề lặp lại"
FEW_CELLS = 4
REPORT_EVERY = 200  # rows


@dataclass(frozen=True)
class SheetRow:
    """One person as the sheet shows them: what was read, and the text that stood there."""

    sheet: str
    number: int
    cells: dict[SheetField, Reading]
    raw: dict[SheetField, str]

    def value(self, column: SheetField):
        return self.cells.get(column, EMPTY).value


@dataclass
class SheetRows:
    """The rows of one sheet; `starts` are the positions where a household begins."""

    rows: list[SheetRow] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    left_out: list[LeftOutRow] = field(default_factory=list)

    def households(self) -> Iterator[list[SheetRow]]:
        for start, end in pairwise([*self.starts, len(self.rows)]):
            yield self.rows[start:end]


def read_rows(
    sheet: ForeignSheet,
    layout: SheetLayout,
    reader: Reader,
    report: Callable[[int], None] | None = None,
) -> SheetRows:
    """Every row under the headings; `report` hears from time to time how many were looked at."""
    found = SheetRows()
    flagged = {row for row, _ in sheet.formulas | sheet.errors}
    last = max([len(sheet.rows), *flagged])
    previous: SheetRow | None = None
    for number in range(layout.first_row, last + 1):
        if report is not None and number % REPORT_EVERY == 0:
            report(number)
        texts = [text for value in values_in(sheet, number) if (text := as_text(value))]
        if not texts and number not in flagged:
            continue
        if reason := why_no_person(sheet, number, layout, texts):
            found.left_out.append(LeftOutRow(sheet.name, number, reason, " · ".join(texts)[:200]))
            continue
        row = _read_row(sheet, number, layout, reader)
        if _begins_household(row, previous, layout):
            found.starts.append(len(found.rows))
        found.rows.append(row)
        previous = row
    return found


def values_in(sheet: ForeignSheet, number: int):
    return sheet.rows[number - 1] if number <= len(sheet.rows) else ()


def why_no_person(sheet: ForeignSheet, number: int, layout: SheetLayout, texts: list[str]) -> str:
    """The reason for leaving a row out; "" when it is about a person, or when that is in doubt."""
    if not texts:
        return ""
    if _repeats_headings(sheet, number, layout):
        return HEADING_AGAIN
    if _holds_person(sheet, number, layout):
        return ""
    keys = [key_of(text) for text in texts]
    if _TOTAL.match(keys[0]):
        return TOTAL
    signed = any(_SIGNATURE.match(key) or _DATE_LINE.fullmatch(key) for key in keys)
    return SIGNATURE if signed and len(texts) <= FEW_CELLS else ""


def _repeats_headings(sheet: ForeignSheet, number: int, layout: SheetLayout) -> bool:
    same = sum(
        sheet.at(number, column) == heading
        for column in layout.columns.values()
        if (heading := sheet.at(layout.heading_row, column))
    )
    return same > len(layout.columns) // 2


def _holds_person(sheet: ForeignSheet, number: int, layout: SheetLayout) -> bool:
    """Whether a cell that only people have is filled in."""
    telling = (SheetField.RELATION, SheetField.CITIZEN_ID, SheetField.BIRTH_DATE, SheetField.SEX)
    return any(
        column in layout.columns and sheet.at(number, layout.columns[column]) != ""
        for column in telling
    )


def _read_row(sheet: ForeignSheet, number: int, layout: SheetLayout, reader: Reader) -> SheetRow:
    cells: dict[SheetField, Reading] = {}
    raw: dict[SheetField, str] = {}
    for column, position in layout.columns.items():
        place = (number, position)
        reading = reader.read_cell(sheet, place, column)
        if reading is not EMPTY:
            cells[column] = reading
            raw[column] = as_text(sheet.at(*place))
    row = SheetRow(sheet.name, number, cells, raw)
    _fill_name(row)
    if layout.kind == SheetKind.HOUSEHOLDS:
        cells[SheetField.RELATION] = Reading(value=RelationToHead.HEAD.value)
    if SheetField.VILLAGE not in cells and isinstance(row.value(SheetField.ADDRESS), str):
        _village_from_address(row, reader)
    return row


def _fill_name(row: SheetRow) -> None:
    """The person of a row is the member, or the head where only the head is named."""
    if SheetField.MEMBER_NAME not in row.cells and SheetField.HEAD_NAME in row.cells:
        row.cells[SheetField.MEMBER_NAME] = row.cells[SheetField.HEAD_NAME]
        row.raw[SheetField.MEMBER_NAME] = row.raw[SheetField.HEAD_NAME]


def _village_from_address(row: SheetRow, reader: Reader) -> None:
    """Split an address that holds the village: what stands before it is the address."""
    address = row.value(SheetField.ADDRESS)
    parts = [part.strip() for part in re.split(r"[,;]", address)]
    for position, part in enumerate(parts):
        village = reader.villages.find(part)
        if village.value and not part.isdigit():
            row.cells[SheetField.VILLAGE] = note(
                village.value, "village_from_address", f"Lấy từ địa chỉ “{address}”."
            )
            row.raw[SheetField.VILLAGE] = part
            row.cells[SheetField.ADDRESS] = Reading(value=", ".join(parts[:position]) or None)
            return


def _begins_household(row: SheetRow, previous: SheetRow | None, layout: SheetLayout) -> bool:
    if previous is None or layout.kind == SheetKind.HOUSEHOLDS:
        return True
    for column in (SheetField.HOUSEHOLD_CODE, SheetField.HOUSEHOLD_NUMBER):
        if own := row.raw.get(column, ""):
            # Some lists repeat the number on each row of the household.
            return own != previous.raw.get(column, "") or _is_head(row)
    return _is_head(row)


def _is_head(row: SheetRow) -> bool:
    return row.value(SheetField.RELATION) == RelationToHead.HEAD
