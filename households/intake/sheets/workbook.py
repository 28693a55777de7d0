"""A workbook as its cells, opened in a child process that may die instead of this one."""

import json
import subprocess
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from typing import IO, cast

from households.intake.sheets import refusals
from households.intake.sheets.parts import number_of
from households.intake.sheets.refusals import FileRefused
from povertyplan.core.platform.children import run_child

# The child also has a limit of processor time, which a busy machine does not shorten.
SECONDS = 30
CHILD = "households.intake.sheets.child"

Raw = str | float | bool | date
CellRef = tuple[int, int]
"""Row and column, both counted from 1."""


@dataclass(frozen=True)
class ForeignSheet:
    """One sheet. `rows[0]` is row 1 of Excel; empty cells are "", rows end with their last cell.

    `legacy` names the alphabet table of cells in old fonts: "tcvn3", "tcvn3-capitals", "vni".
    `merged` are (first row, first column, last row, last column).
    """

    name: str
    rows: tuple[tuple[Raw, ...], ...]
    hidden: bool = False
    formulas: frozenset[CellRef] = frozenset()
    errors: frozenset[CellRef] = frozenset()
    legacy: Mapping[CellRef, str] | None = None
    merged: tuple[tuple[int, int, int, int], ...] = ()

    @cached_property
    def merged_from(self) -> dict[CellRef, int]:
        """The first column of the merged cell that each cell of its top row belongs to."""
        return {
            (top, column): left
            for top, left, _bottom, right in reversed(self.merged)
            for column in range(left, right + 1)
        }

    def at(self, row: int, column: int) -> Raw:
        """The value of a cell, "" outside."""
        if not 1 <= row <= len(self.rows) or not 1 <= column <= len(self.rows[row - 1]):
            return ""
        return self.rows[row - 1][column - 1]


@dataclass(frozen=True)
class Workbook:
    """A file's sheets. `as_of` is the moment whose state the file shows, when it tells one.

    It is the moment of our own export where the file began as one, else of its last saving.
    """

    name: str
    sheets: tuple[ForeignSheet, ...]
    date1904: bool = False
    as_of: datetime | None = None


def open_workbook(content: bytes, name: str) -> Workbook:
    """Read a file. Raises FileRefused with a sentence; never takes long or much memory."""
    # The name that the file came with is no word of a command line.
    named = "".join(filter(str.isprintable, name))[-120:]
    with tempfile.TemporaryFile() as file:
        file.write(content)
        with run_child(CHILD, named, source=file, answer=subprocess.PIPE, seconds=SECONDS) as child:
            answer = cast(IO[bytes], child.process.stdout)  # a pipe was asked for
            try:
                return _workbook(name, answer)
            except _BrokeOff as error:
                sentence = refusals.TOO_SLOW if child.is_late else refusals.TOO_HUNGRY
                raise FileRefused(sentence) from error


class _BrokeOff(Exception):
    """The answer of the child ended in the middle: a limit killed it."""


def _workbook(name: str, lines: Iterable[bytes]) -> Workbook:
    """The answer of the child, line by line."""
    shared: dict[str, str] = {}
    head: dict = {}
    sheets: list[tuple[dict, list]] = []
    whole = False
    for line in lines:
        parsed = json.loads(line, object_hook=_plain) if line.endswith(b"\n") else {}
        if isinstance(parsed, list):
            # A list says the same words in each row: they are kept once.
            sheets[-1][1].append(tuple(_once(shared, value) for value in parsed))
        elif "refused" in parsed:
            raise FileRefused(parsed["refused"])
        elif "sheet" in parsed:
            sheets.append((parsed, []))
        elif "date1904" in parsed:
            head = parsed
        whole = "end" in parsed
    if not whole:
        raise _BrokeOff
    return Workbook(
        name=name,
        sheets=tuple(_sheet(facts, rows) for facts, rows in sheets),
        date1904=head["date1904"],
        as_of=_moment(head["exported_at"]) or _moment(head["saved_at"]),
    )


def _once(shared: dict[str, str], value: Raw) -> Raw:
    return shared.setdefault(value, value) if isinstance(value, str) else value


def _plain(value: dict) -> object:
    return date.fromisoformat(value["date"]) if value.keys() == {"date"} else value


def _sheet(line: dict, rows: list) -> ForeignSheet:
    facts = line["sheet"]
    while rows and not rows[-1]:
        rows.pop()
    return ForeignSheet(
        name=facts["name"],
        rows=tuple(rows),
        hidden=facts["hidden"],
        formulas=frozenset(map(place_of, facts["formulas"])),
        errors=frozenset(map(place_of, facts["errors"])),
        legacy={place_of(cell): code for cell, code in facts["legacy"].items()},
        merged=tuple(
            (top + 1, left + 1, bottom + 1, right + 1)
            for (top, left), (bottom, right) in line["merged"]
        ),
    )


def place_of(reference: str) -> CellRef:
    """Row and column of a cell's name.

    >>> place_of("B12"), place_of("AA1")
    ((12, 2), (1, 27))
    """
    name = reference.rstrip("0123456789")
    return int(reference[len(name) :]), number_of(name)


def _moment(text: str) -> datetime | None:
    """A moment of a file's properties. Most programs cut the second: its end is meant."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if not moment.microsecond:
        moment = moment.replace(microsecond=999_999)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
