"""What the pages of an import show: lines of rows with their problems, changes in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from households.choices import (
    YES_NO,
    ImportDecision,
    ImportRowState,
    RelationToHead,
    Sex,
)
from households.intake.corrections.selectors.duplicates import Comparison, compare_duplicates
from households.intake.sheets.dates import as_typed
from households.intake.sheets.headings import SheetField
from households.intake.staging.issues import FIELD_LABELS
from households.intake.staging.selectors.problems import RowProblem, problems_of
from households.models import ImportBatch, ImportRow

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
    problems: list[RowProblem]
    changes: list[Change]
    comparison: Comparison | None
    decisions: tuple[ImportDecision, ...]


def row_lines(
    batch: ImportBatch, rows: Iterable[ImportRow], kept: KeptText | None = None
) -> list[RowLine]:
    """Rows with their problems; up to three queries for the households they may be the same as."""
    rows = list(rows)
    comparisons = compare_duplicates(batch, rows)
    return [
        RowLine(
            row=row,
            name=row.value(SheetField.MEMBER_NAME) or row.value(SheetField.HEAD_NAME) or "",
            problems=[_with_kept(problem, row, kept) for problem in problems_of(row)],
            changes=changes_of(row, only=row.plan.newer),
            comparison=comparisons.get(row.position),
            decisions=_decisions(row),
        )
        for row in rows
    ]


def _with_kept(problem: RowProblem, row: ImportRow, kept: KeptText | None) -> RowProblem:
    here = kept is not None and (kept.row, kept.column) == (row.position, problem.column)
    return replace(problem, typed=kept.text) if kept and here else problem


def _decisions(row: ImportRow) -> tuple[ImportDecision, ...]:
    if row.state == ImportRowState.DUPLICATE:
        return ImportDecision.FILE, ImportDecision.NEW, ImportDecision.SKIP
    if row.plan.newer:
        return ImportDecision.FILE, ImportDecision.KEEP
    return (ImportDecision.SKIP,)


def changes_of(row: ImportRow, only: Sequence[str] | None = None) -> list[Change]:
    """What a row changes, in words; with `only`, of these fields."""
    if row.plan.is_created:
        return []
    return [
        Change(
            FIELD_LABELS[field].capitalize(),
            _in_words(field, change.old),
            _in_words(field, change.new),
        )
        for field, change in row.plan.changes.items()
        if only is None or field in only
    ]


def _in_words(field: str, value: object) -> str:
    if value in (None, ""):
        return "–"
    if isinstance(value, bool):
        return YES_NO[value]
    if field == "birth":
        return as_typed(str(value))
    labels: dict[str, dict[str, str]] = {
        "sex": dict(Sex.choices),
        "relation": dict(RelationToHead.choices),
    }
    return labels.get(field, {}).get(str(value), str(value))
