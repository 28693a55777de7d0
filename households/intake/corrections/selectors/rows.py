"""What the pages of an import show: lines of rows with their problems, changes in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from households.choices import (
    YES_NO,
    ImportDecision,
    ImportRowState,
    PovertyClass,
    RelationToHead,
    Sex,
)
from households.intake.corrections.selectors.duplicates import Comparison, compare_duplicates
from households.intake.sheets.dates import as_typed
from households.intake.sheets.headings import LABELS, SheetField
from households.intake.staging.issues import FIELD_LABELS
from households.intake.staging.selectors.problems import (
    RowProblem,
    is_other_name,
    problems_of,
    reader_of,
)
from households.models import ImportBatch, ImportRow

ALWAYS_SHOWN = (
    SheetField.MEMBER_NAME, SheetField.RELATION, SheetField.BIRTH_DATE, SheetField.SEX,
    SheetField.CITIZEN_ID, SheetField.VILLAGE,
)  # fmt: skip
ATTENTION = (
    ImportRowState.ERROR,
    ImportRowState.DUPLICATE,
    ImportRowState.CONFLICT,
    ImportRowState.OTHER_NAME,
)


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
class CellField:
    """A cell to be corrected; with `options` its answer is one of a list."""

    problem: RowProblem
    options: tuple[str, ...]

    @property
    def others(self) -> tuple[str, ...]:
        """What stands there and is none of the options: it stays until one is picked."""
        return () if self.problem.text in self.options else (self.problem.text,)


@dataclass(frozen=True)
class ShownCell:
    """One cell of the row as the file, or the officer after it, has it.

    `text` is of the `options` where it was understood as one.
    """

    column: str
    label: str
    text: str
    options: tuple[str, ...]

    @property
    def others(self) -> tuple[str, ...]:
        """What stands there and is none of the options."""
        return () if self.text in ("", *self.options) else (self.text,)


@dataclass(frozen=True)
class RowLine:
    """A row that needs its officer, beside the household it may be the same as.

    `cells` are the whole row.
    """

    row: ImportRow
    name: str
    cells: list[ShownCell]
    problems: list[CellField]
    changes: list[Change]
    comparison: Comparison | None
    decisions: tuple[ImportDecision, ...]

    @property
    def may_decide_all(self) -> bool:
        """Two names of one number are looked at one by one."""
        return not is_other_name(self.row)


def row_lines(
    batch: ImportBatch, rows: Iterable[ImportRow], kept: KeptText | None = None
) -> list[RowLine]:
    """Rows with their problems; up to three queries for the households they may be the same as.

    Three more for the lists to pick from.
    """
    rows = list(rows)
    comparisons = compare_duplicates(batch, rows)
    options = _options_of(batch) if rows else {}
    return [
        RowLine(
            row=row,
            name=row.value(SheetField.MEMBER_NAME) or row.value(SheetField.HEAD_NAME) or "",
            cells=_cells_of(row, options),
            problems=[
                CellField(_with_kept(problem, row, kept), options.get(problem.column, ()))
                for problem in problems_of(row)
            ],
            changes=changes_of(row, only=row.plan.newer),
            comparison=comparisons.get(row.position),
            decisions=_decisions(row),
        )
        for row in rows
    ]


def _options_of(batch: ImportBatch) -> dict[str, tuple[str, ...]]:
    """The words to pick from, by column."""
    reader = reader_of(batch.ward)
    return {
        SheetField.SEX: tuple(map(str, Sex.labels)),
        SheetField.RELATION: tuple(map(str, RelationToHead.labels)),
        SheetField.POVERTY_CLASS: tuple(map(str, PovertyClass.labels)),
        SheetField.VILLAGE: reader.villages.names,
        SheetField.ETHNIC_GROUP: reader.ethnic_groups.names,
    }


def _cells_of(row: ImportRow, options: Mapping[str, tuple[str, ...]]) -> list[ShownCell]:
    """What the row says in the usual order, and what each person should have."""
    return [
        ShownCell(column, label, cell.text if cell else "", options.get(column, ()))
        for column, label in LABELS.items()
        for cell in [row.cells.get(column)]
        if (cell and cell.text) or column in ALWAYS_SHOWN
    ]


def _with_kept(problem: RowProblem, row: ImportRow, kept: KeptText | None) -> RowProblem:
    here = kept is not None and (kept.row, kept.column) == (row.position, problem.column)
    return replace(problem, typed=kept.text) if kept and here else problem


def _decisions(row: ImportRow) -> tuple[ImportDecision, ...]:
    if row.state == ImportRowState.DUPLICATE:
        return ImportDecision.FILE, ImportDecision.NEW, ImportDecision.SKIP
    if row.plan.newer or is_other_name(row):
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
