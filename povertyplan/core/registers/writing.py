"""Writing the lines of a register one after the other, and trying it without writing."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db import models, transaction

from povertyplan.core.registers.resources import RowFault
from povertyplan.core.registers.tables import first_of

Result = TypeVar("Result")


class LineChange(models.TextChoices):
    """What a line of a file comes to."""

    ADDED = "added", "Thêm"
    CHANGED = "changed", "Sửa"
    SAME = "same", "Đã có"


@dataclass(frozen=True)
class RowOutcome:
    """A line of a file with what it comes to; `detail` and `warnings` are sentences."""

    line: int
    change: LineChange
    text: str
    detail: str = ""
    warnings: tuple[str, ...] = ()

    @property
    def is_same(self) -> bool:
        return self.change == LineChange.SAME


class LinesRefused(ValidationError):
    """The refusals of a file's lines, in words and each by itself."""

    def __init__(self, faults: Sequence[RowFault]):
        super().__init__(sentences_of(faults), code="lines")
        self.faults = tuple(faults)


@dataclass
class LineWatch:
    """How many of the lines of a file were tried, told to who watches."""

    tell: Callable[[int, int], None]
    total: int
    done: int = 0

    def add(self, lines: int) -> None:
        # Lines that are refused together are tried again one by one.
        self.done = min(self.done + lines, self.total)
        self.tell(self.done, self.total)


_watch: ContextVar[LineWatch | None] = ContextVar("register_watch", default=None)


@contextmanager
def watching_lines(tell: Callable[[int, int], None], total: int) -> Iterator[None]:
    """Have the lines that are tried inside counted: `tell` gets how many of all."""
    token = _watch.set(LineWatch(tell, total))
    try:
        yield
    finally:
        _watch.reset(token)


class FaultsOfLines:
    """The refusals of all lines, so that the writer of a file learns them at once."""

    def __init__(self, columns: Mapping[str, str]):
        """`columns` are headings by the names of values; "denied" names that of a right."""
        self.columns, self.faults = columns, list[RowFault]()

    def attempt(self, line: int, write: Callable[[], Result], *, lines: int = 1) -> Result | None:
        """Write a line, or note why it cannot be; what it wrote before the refusal is undone.

        `lines` is how many are written at once.
        """
        if watch := _watch.get():
            watch.add(lines)
        try:
            with transaction.atomic():
                return write()
        except PermissionDenied as denied:
            self.faults.append(RowFault(line, self.columns.get("denied", ""), str(denied)))
        except ValidationError as refused:
            self.note(line, refused)
        return None

    def note(self, line: int, refused: ValidationError) -> None:
        for name, sentences in _by_name(refused).items():
            sentence = " ".join(sentences)
            self.faults.append(RowFault(line, self.columns.get(name, ""), sentence))

    def refuse(self) -> None:
        """Raise ValidationError where a line was refused."""
        if self.faults:
            raise LinesRefused(self.faults)


def sentences_of(faults: Sequence[RowFault]) -> list[str]:
    """Every fault in the order of the lines; of very many the first ones."""
    return first_of([str(fault) for fault in sorted(faults, key=lambda fault: fault.line)])


def rehearse(write: Callable[[], Result]) -> Result:
    """What writing comes to, with every check that it makes; nothing of it stays."""
    with transaction.atomic():
        result = write()
        transaction.set_rollback(True)
    return result


def digest_of(outcomes: Iterable[RowOutcome]) -> str:
    """Names what a preview showed, to tell whether it would still come to the same."""
    return hashlib.sha256(repr(list(outcomes)).encode()).hexdigest()


def _by_name(refused: ValidationError) -> dict[str, Any]:
    if hasattr(refused, "error_dict"):
        return refused.message_dict
    return {NON_FIELD_ERRORS: refused.messages}
