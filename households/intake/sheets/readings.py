"""What reading one cell gives: a value, and what was doubtful or wrong about it."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How much a reading needs its officer. An error keeps the row from being written."""

    OK = "ok"
    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True)
class Reading:
    """`value` fits JSON: text, whole number, truth or None.

    Dates are "1958", "1958-05" or "1958-05-17".
    `code` names the kind of problem, so that equal problems are fixed together; `suggestion` is
    what the officer may accept in place of the cell.
    """

    value: str | int | bool | list[int] | None = None
    level: Level = Level.OK
    code: str = ""
    message: str = ""
    suggestion: str = ""

    @property
    def is_error(self) -> bool:
        return self.level == Level.ERROR


EMPTY = Reading()


def error(code: str, message: str, suggestion: str = "") -> Reading:
    return Reading(level=Level.ERROR, code=code, message=message, suggestion=suggestion)


def warning(value, code: str, message: str) -> Reading:
    return Reading(value=value, level=Level.WARNING, code=code, message=message)


def note(value, code: str, message: str) -> Reading:
    return Reading(value=value, level=Level.NOTE, code=code, message=message)
