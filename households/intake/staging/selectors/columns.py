"""The columns and the first rows of a sheet, for choosing by eye what is read."""

from dataclasses import dataclass

from households.intake.sheets.layouts import headings_of
from households.intake.sheets.parts import letters
from households.intake.sheets.values import as_text
from households.intake.sheets.workbook import ForeignSheet

PREVIEW_ROWS, SAMPLES = 20, 3


@dataclass(frozen=True)
class SheetColumn:
    """A column of a sheet as the officer knows it, with what stands in it."""

    position: int
    letter: str
    heading: str
    samples: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.letter} – {self.heading}" if self.heading else self.letter


def sheet_columns(sheet: ForeignSheet, heading_row: int, first_row: int) -> list[SheetColumn]:
    """The columns of a sheet up to its last filled one, with the first values below."""
    width = max((len(row) for row in sheet.rows), default=0)
    rows = range(first_row, min(first_row + SAMPLES, len(sheet.rows) + 1))
    headings = headings_of(sheet, heading_row)
    return [
        SheetColumn(
            position=position,
            letter=letters(position),
            heading=headings[position - 1][:60] if position <= len(headings) else "",
            samples=tuple(text for row in rows if (text := as_text(sheet.at(row, position))[:40])),
        )
        for position in range(1, width + 1)
    ]


def first_rows(sheet: ForeignSheet) -> list[tuple[int, list[str]]]:
    """The top of a sheet, row by row, for choosing the heading row by eye."""
    shown = sheet.rows[:PREVIEW_ROWS]
    width = max((len(row) for row in shown), default=0)
    return [
        (number, [as_text(sheet.at(number, column))[:40] for column in range(1, width + 1)])
        for number in range(1, len(shown) + 1)
    ]
