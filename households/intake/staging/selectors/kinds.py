"""Warnings that many rows of a list share, told once for the list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from households.intake.staging.selectors.problems import RowProblem, problems_of
from households.models import ImportRow

FEWEST_ALIKE = 2
NUMBERS_SHOWN = 5


@dataclass(frozen=True)
class WarningKind:
    """Rows with the same warning; `is_alike` if its sentence is the same in all of them."""

    key: str
    sample: RowProblem
    is_alike: bool
    rows: tuple[ImportRow, ...]

    @property
    def count(self) -> int:
        return len(self.rows)

    @property
    def first_numbers(self) -> str:
        """The first rows by their numbers in the sheet."""
        shown = ", ".join(str(row.number) for row in self.rows[:NUMBERS_SHOWN])
        return f"{shown}…" if self.count > NUMBERS_SHOWN else shown


def warning_kinds(rows: Iterable[ImportRow]) -> list[WarningKind]:
    """The warnings of at least two rows, the most frequent first."""
    found: dict[str, list[tuple[ImportRow, RowProblem]]] = {}
    for row in rows:
        for key, problem in _warnings_of(row).items():
            found.setdefault(key, []).append((row, problem))
    kinds = [_kind(key, alike) for key, alike in found.items() if len(alike) >= FEWEST_ALIKE]
    return sorted(kinds, key=lambda kind: -kind.count)


def rows_apart(rows: Iterable[ImportRow], kinds: Sequence[WarningKind]) -> list[ImportRow]:
    """The rows with a warning that no other row has."""
    shared = {kind.key for kind in kinds}
    return [row for row in rows if not _warnings_of(row).keys() <= shared]


def _warnings_of(row: ImportRow) -> dict[str, RowProblem]:
    return {
        f"{problem.column}.{problem.code}": problem
        for problem in problems_of(row)
        if not problem.is_error
    }


def _kind(key: str, alike: Sequence[tuple[ImportRow, RowProblem]]) -> WarningKind:
    sample = alike[0][1]
    return WarningKind(
        key=key,
        sample=sample,
        is_alike=len({problem.message for _row, problem in alike}) == 1,
        rows=tuple(row for row, _problem in alike),
    )
