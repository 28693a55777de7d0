"""The sheets of a file as an import keeps them. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

Json = Mapping[str, Any]


@dataclass(frozen=True)
class ChosenSheet:
    """Whether a sheet is read, and how: `columns` are positions by column, counted from 1.

    `confirmed_on` is the day of an earlier list that was read in the same way.
    """

    sheet: str
    hidden: bool = False
    rows: int = 0
    used: bool = False
    kind: str = ""
    heading_row: int = 1
    columns: Mapping[str, int] = field(default_factory=dict)
    confirmed_on: date | None = None

    @classmethod
    def from_json(cls, stored: Json) -> "ChosenSheet":
        day = stored.get("confirmed_on")
        values = {**stored, "confirmed_on": date.fromisoformat(day) if day else None}
        return cls(**values)

    def to_json(self) -> dict[str, object]:
        return {
            "sheet": self.sheet,
            "hidden": self.hidden,
            "rows": self.rows,
            "used": self.used,
            "kind": self.kind,
            "heading_row": self.heading_row,
            "columns": dict(self.columns),
            "confirmed_on": self.confirmed_on.isoformat() if self.confirmed_on else "",
        }


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
