"""The sheets of a file as an import keeps them. Pure; the child that reads them has no Django."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

Json = Mapping[str, Any]

# The property of an exported workbook that says whose moment's state it shows.
EXPORTED_AT = "povertyplan-exported-at"


@dataclass(frozen=True)
class ChosenSheet:
    """Whether a sheet is read, and how: `columns` are positions by column, counted from 1.

    `confirmed_on` is the day of an earlier list that was read in the same way. `set_aside` are
    columns with content of which somebody said that they are not used, `open_columns` those that
    still wait for an answer; None where nobody looked yet.
    """

    sheet: str
    hidden: bool = False
    rows: int = 0
    used: bool = False
    kind: str = ""
    heading_row: int = 1
    columns: Mapping[str, int] = field(default_factory=dict)
    confirmed_on: date | None = None
    set_aside: tuple[int, ...] = ()
    open_columns: tuple[int, ...] | None = None

    @classmethod
    def from_json(cls, stored: Json) -> "ChosenSheet":
        day, waiting = stored.get("confirmed_on"), stored.get("open_columns")
        values = {
            **stored,
            "confirmed_on": date.fromisoformat(day) if day else None,
            "set_aside": tuple(stored.get("set_aside", ())),
            "open_columns": None if waiting is None else tuple(waiting),
        }
        return cls(**values)

    def to_json(self) -> dict[str, object]:
        """What nobody said or looked at is left out."""
        stored: dict[str, object] = {
            "sheet": self.sheet,
            "hidden": self.hidden,
            "rows": self.rows,
            "used": self.used,
            "kind": self.kind,
            "heading_row": self.heading_row,
            "columns": dict(self.columns),
            "confirmed_on": self.confirmed_on.isoformat() if self.confirmed_on else "",
        }
        if self.set_aside:
            stored["set_aside"] = list(self.set_aside)
        if self.open_columns is not None:
            stored["open_columns"] = list(self.open_columns)
        return stored


@dataclass(frozen=True)
class UnusedColumn:
    """A column with content that a sheet is read without, and what it may be by its content.

    `count` rows fill it; `proposal` is the name of the field it seems to hold, "" where nothing
    is known, and `is_derived` says that its heading names what the register works out itself.
    """

    sheet: str
    position: int
    letter: str
    heading: str
    count: int
    samples: tuple[str, ...]
    proposal: str = ""
    is_derived: bool = False

    @classmethod
    def from_json(cls, stored: Json) -> "UnusedColumn":
        return cls(**{**stored, "samples": tuple(stored["samples"])})

    def to_json(self) -> dict[str, object]:
        return {**vars(self), "samples": list(self.samples)}

    @property
    def name(self) -> str:
        """The column as the officer knows it."""
        return f"{self.letter} “{self.heading}”" if self.heading else self.letter


@dataclass(frozen=True)
class LeftOutRow:
    """A row of a sheet that is no person, and why."""

    sheet: str
    number: int
    reason: str
    text: str

    @classmethod
    def from_json(cls, stored: Json) -> "LeftOutRow":
        return cls(**stored)

    def to_json(self) -> dict[str, object]:
        return {
            "sheet": self.sheet,
            "number": self.number,
            "reason": self.reason,
            "text": self.text,
        }
