"""What the pages of an import show: lines of rows with their problems, changes in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from households.choices import (
    ImportDecision,
    ImportOutcome,
    ImportRowState,
    RelationToHead,
    Sex,
)
from households.models import ImportBatch, ImportRow
from households.selectors.import_differences import CODES
from households.selectors.import_duplicates import Comparison, compare_duplicates
from households.selectors.import_effects import PlaceEffect, class_effects
from households.selectors.import_plans import FIELD_LABELS
from households.selectors.imports import Problem, action_counts, problems_of, refuse_rows
from households.sheets.dates import as_typed
from households.sheets.headings import Column
from households.sheets.layouts import headings_of
from households.sheets.parts import letters
from households.sheets.values import as_text
from households.sheets.workbook import Sheet

PREVIEW_ROWS, SAMPLES = 20, 3
ATTENTION = (ImportRowState.ERROR, ImportRowState.DUPLICATE, ImportRowState.CONFLICT)


@dataclass(frozen=True)
class Change:
    """A field that an import changes, both values in words."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class KeptText:
    """What was typed into a cell and refused: it stays on the page."""

    row: int
    column: str
    text: str


@dataclass(frozen=True)
class RowLine:
    """A row that needs its officer, beside the household it may be the same as."""

    row: ImportRow
    name: str
    problems: list[Problem]
    changes: list[Change]
    comparison: Comparison | None
    decisions: tuple[ImportDecision, ...]


@dataclass(frozen=True)
class Preview:
    """What writing would do; `differing` rows say of a result what the register does not hold."""

    counts: dict[str, int]
    updated: list[tuple[ImportRow, list[Change]]]
    refused: list[ImportRow]
    differing: list[tuple[ImportRow, list[str]]]
    effects: list[PlaceEffect]


@dataclass(frozen=True)
class SheetColumn:
    """A column of a sheet as the officer knows it, with what stands in it."""

    position: int
    letter: str
    heading: str
    samples: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.letter} – {self.heading}" if self.heading else self.letter


def row_lines(
    batch: ImportBatch, rows: Iterable[ImportRow], kept: KeptText | None = None
) -> list[RowLine]:
    """Rows with their problems; up to three queries for the households they may be the same as."""
    rows = list(rows)
    comparisons = compare_duplicates(batch, rows)
    return [
        RowLine(
            row=row,
            name=row.value(Column.MEMBER_NAME) or row.value(Column.HEAD_NAME) or "",
            problems=[_with_kept(problem, row, kept) for problem in problems_of(row)],
            changes=changes_of(row, only=row.plan.get("newer")),
            comparison=comparisons.get(row.position),
            decisions=_decisions(row),
        )
        for row in rows
    ]


def _with_kept(problem: Problem, row: ImportRow, kept: KeptText | None) -> Problem:
    here = kept is not None and (kept.row, kept.column) == (row.position, problem.column)
    return replace(problem, typed=kept.text) if here else problem


def _decisions(row: ImportRow) -> tuple[ImportDecision, ...]:
    if row.state == ImportRowState.DUPLICATE:
        return ImportDecision.FILE, ImportDecision.NEW, ImportDecision.SKIP
    if row.plan.get("newer"):
        return ImportDecision.FILE, ImportDecision.KEEP
    return (ImportDecision.SKIP,)


def changes_of(row: ImportRow, only: Sequence[str] | None = None) -> list[Change]:
    """What a row changes, in words; with `only`, of these fields."""
    if row.plan.get("action") == ImportOutcome.CREATED:
        return []
    return [
        Change(FIELD_LABELS[field].capitalize(), _in_words(field, old), _in_words(field, new))
        for field, (old, new) in row.plan.get("changes", {}).items()
        if only is None or field in only
    ]


def _in_words(field: str, value: object) -> str:
    if value in (None, ""):
        return "–"
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if field == "birth":
        return as_typed(str(value))
    labels = {"sex": dict(Sex.choices), "relation": dict(RelationToHead.choices)}
    return labels.get(field, {}).get(value, str(value))


def preview_of(batch: ImportBatch) -> Preview:
    """What writing would do now, from the last comparison with the register."""
    rows = list(batch.rows.all())
    refuse_rows(rows)
    return Preview(
        counts=action_counts(rows),
        updated=[
            (row, changes_of(row)) for row in rows if row.plan["action"] == ImportOutcome.UPDATED
        ],
        refused=[row for row in rows if row.plan["action"] == ImportOutcome.REFUSED],
        differing=[(row, told) for row in rows if (told := _differences_of(row))],
        effects=class_effects(batch, rows),
    )


def _differences_of(row: ImportRow) -> list[str]:
    return [problem.message for problem in problems_of(row) if problem.code in CODES]


def sheet_columns(sheet: Sheet, heading_row: int, first_row: int) -> list[SheetColumn]:
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


def first_rows(sheet: Sheet) -> list[tuple[int, list[str]]]:
    """The top of a sheet, row by row, for choosing the heading row by eye."""
    shown = sheet.rows[:PREVIEW_ROWS]
    width = max((len(row) for row in shown), default=0)
    return [
        (number, [as_text(sheet.at(number, column))[:40] for column in range(1, width + 1)])
        for number in range(1, len(shown) + 1)
    ]
