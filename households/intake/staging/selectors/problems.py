"""Imports as screens and services read them: batches, groups of equal problems, counts."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from django.db.models import QuerySet

from households.choices import ImportDecision, ImportOutcome, ImportRowState, ImportStage
from households.intake.sheets.citizen_ids import WRONG_LENGTH, repair_number
from households.intake.sheets.headings import LABELS, SheetField
from households.intake.sheets.readings import Level
from households.intake.sheets.values import Reader
from households.intake.sheets.vocabulary import ethnic_choices, village_choices
from households.intake.staging import issues
from households.intake.staging.selectors.conflicts import FROM_THE_FUTURE
from households.models import ColumnMapping, EthnicGroup, ImportBatch, ImportRow, PovertyCause
from households.rules.import_rows import Issue, StagedCell
from povertyplan.core import clock
from povertyplan.core.models import Area, User

UNDO_DAYS = 7
EMPTY_CELL = StagedCell()
# States that keep a row, and with it its household, from being written.
BLOCKING = (
    ImportRowState.ERROR,
    ImportRowState.DUPLICATE,
    ImportRowState.CONFLICT,
    ImportRowState.OTHER_NAME,
)
# The issue of a number that belongs to a quite different name.
OTHER_NAME = "other_name"


@dataclass(frozen=True)
class RowProblem:
    """One thing wrong or doubtful about one cell; `column` is empty for the row as a whole.

    `raw` is what the file says, `typed` what an officer put in its place, if anybody did.
    """

    column: str
    level: str
    code: str
    message: str
    suggestion: str
    raw: str
    typed: str | None = None

    @property
    def label(self) -> str:
        return LABELS[SheetField(self.column)] if self.column else ""

    @property
    def is_error(self) -> bool:
        return self.level == Level.ERROR

    @property
    def text(self) -> str:
        """What stands in the field: what was typed stays, else a suggestion waits for its Enter."""
        return (self.suggestion or self.raw) if self.typed is None else self.typed

    @property
    def unseen(self) -> str:
        """What the file says, where neither the field nor the message shows it."""
        return "" if self.raw in (self.text, "") or self.raw in self.message else self.raw


@dataclass(frozen=True)
class ProblemGroup:
    """Equal problems of several rows, fixed together; `raw` is the text they share, if any.

    With `offers` every row has a suggestion of its own.
    """

    column: str
    code: str
    raw: str
    sample: RowProblem
    count: int
    suggestion: str
    offers: bool


def reader_of(ward: Area) -> Reader:
    """The reader of a ward's lists: its villages, ethnic groups and causes, this day."""
    groups = EthnicGroup.objects.values_list("code", "name", "aliases")
    return Reader(
        villages=village_choices(Area.objects.villages_of(ward).values_list("name", flat=True)),
        ethnic_groups=ethnic_choices((code, name, text.split("\n")) for code, name, text in groups),
        causes=frozenset(PovertyCause.objects.values_list("number", flat=True)),
        today=clock.today(),
    )


def saved_mappings(ward: Area) -> dict[str, ColumnMapping]:
    """How a ward read its earlier lists, by the fingerprint of their headings."""
    return {each.fingerprint: each for each in ColumnMapping.objects.filter(ward=ward)}


def open_batches(user: User) -> QuerySet[ImportBatch]:
    """Imports that were begun in the last thirty days and not written yet."""
    return (
        ImportBatch.objects.visible_to(user)
        .kept()
        .filter(stage__in=[ImportStage.CHOSEN, ImportStage.READ])
        .select_related("created_by")
    )


def written_batches(user: User) -> QuerySet[ImportBatch]:
    return (
        ImportBatch.objects.visible_to(user)
        .filter(stage__in=[ImportStage.WRITTEN, ImportStage.UNDONE])
        .select_related("written_by", "undone_by")
    )


def problems_of(row: ImportRow) -> list[RowProblem]:
    """What a row's cells and comparisons found, errors first; notes are left out."""
    found = [*_of_cells(row), *_of_comparisons(row)]
    return sorted(found, key=lambda problem: problem.level)


def _of_cells(row: ImportRow) -> Iterator[RowProblem]:
    for column, cell in row.cells.items():
        if cell.level in (Level.ERROR, Level.WARNING):
            message, suggestion = _sentence_of(row, cell)
            yield _problem(Issue(column, cell.level, cell.code, message, suggestion), cell)


def _sentence_of(row: ImportRow, cell: StagedCell) -> tuple[str, str]:
    """The sentence of a cell and what is offered: for a number, what the row of now confirms."""
    if cell.code != WRONG_LENGTH:
        return cell.message, cell.suggestion
    sex, birth = row.value(SheetField.SEX), row.value(SheetField.BIRTH_DATE)
    repaired = repair_number(cell.text, sex=sex or "", birth=birth or "")
    return f"{cell.message} {issues.ZERO_LOST}" if repaired else cell.message, repaired


def _of_comparisons(row: ImportRow) -> Iterator[RowProblem]:
    for issue in row.issues:
        yield _problem(issue, row.cells.get(issue.column, EMPTY_CELL))


def _problem(issue: Issue, cell: StagedCell) -> RowProblem:
    return RowProblem(
        column=issue.column,
        level=issue.level,
        code=issue.code,
        message=issue.message,
        suggestion=issue.suggestion,
        raw=cell.raw,
        typed=cell.typed,
    )


def problem_groups(rows: Iterable[ImportRow]) -> list[ProblemGroup]:
    """Problems that at least two rows share and one answer settles, the most frequent first."""
    found: dict[tuple[str, str, str], list[RowProblem]] = {}
    for row in rows:
        for problem in problems_of(row):
            if problem.column and (key := _group_key(problem)):
                found.setdefault(key, []).append(problem)
    groups = [_group(key, problems) for key, problems in found.items() if len(problems) > 1]
    return sorted(groups, key=lambda group: -group.count)


def _group_key(problem: RowProblem) -> tuple[str, str, str] | None:
    """Rows with the same text have one answer; rows with own suggestions accept them together."""
    if not problem.is_error:
        return None
    if problem.code in ("unknown_name", "unknown_word"):
        return problem.column, problem.code, problem.raw
    return (problem.column, problem.code, "") if problem.suggestion else None


def _group(key: tuple[str, str, str], problems: list[RowProblem]) -> ProblemGroup:
    column, code, raw = key
    return ProblemGroup(
        column=column,
        code=code,
        raw=raw,
        sample=problems[0],
        count=len(problems),
        suggestion=problems[0].suggestion if raw else "",
        offers=not raw,
    )


def state_counts(batch: ImportBatch) -> dict[str, int]:
    """How many rows are in each state; rows that are no people count as skipped."""
    counts = Counter(batch.rows.values_list("state", flat=True))
    counts[ImportRowState.SKIPPED] += len(batch.left_out)
    return {state: counts[state] for state in ImportRowState.values}


def action_counts(rows: Iterable[ImportRow]) -> dict[str, int]:
    """How many rows writing would create, update, leave and refuse, after `refuse_rows`."""
    counts = Counter(row.plan.action or ImportOutcome.REFUSED for row in rows)
    return {outcome: counts[outcome] for outcome in ImportOutcome.values}


def outcome_counts(batch: ImportBatch) -> dict[str, int]:
    """What became of the rows of a written batch; together all rows.

    What is not noted yet became of them as well: the plan says it.
    """
    counts = Counter(batch.rows.values_list("outcome", flat=True))
    if counts[""]:
        return action_counts(batch.rows.defer("cells", "issues"))
    return {outcome: counts[outcome] for outcome in ImportOutcome.values}


def refuse_rows(rows: Sequence[ImportRow]) -> None:
    """Give every row that is not written its reason; a broken row takes its household along."""
    broken: dict[int, ImportRow] = {}
    for row in rows:
        if reason := _own_reason(row):
            row.plan.action, row.reason = ImportOutcome.REFUSED, reason
            if row.state in (*BLOCKING, ImportRowState.SKIPPED) and not row.plan.newer:
                broken.setdefault(row.household_position, row)
    for row in rows:
        if not row.reason and (first := broken.get(row.household_position)):
            row.plan.action = ImportOutcome.REFUSED
            row.reason = issues.household_refused(first.number)


def _own_reason(row: ImportRow) -> str:
    if row.state == ImportRowState.SKIPPED:
        return issues.SKIPPED
    if row.state == ImportRowState.ERROR:
        return " ".join(problem.message for problem in problems_of(row) if problem.is_error)
    if row.state == ImportRowState.DUPLICATE:
        return issues.DUPLICATE
    if row.decision == ImportDecision.FILE:
        return ""
    is_kept = row.decision == ImportDecision.KEEP
    if row.plan.newer:
        if any(issue.code == FROM_THE_FUTURE for issue in row.issues):
            return issues.not_edited_by_a_later_file(row.plan.newer, is_kept=is_kept)
        return issues.edited_later(row.plan.newer, is_kept=is_kept)
    if is_other_name(row):
        return issues.OTHER_NAME_KEPT if is_kept else issues.OTHER_NAME_OPEN
    return ""


def is_other_name(row: ImportRow) -> bool:
    return any(issue.code == OTHER_NAME for issue in row.issues)


def may_undo_until(batch: ImportBatch):
    """The last moment at which a written import can be undone."""
    return cast(datetime, batch.written_at) + timedelta(days=UNDO_DAYS)
