"""One row of a list on its way into the register: its cells, its faults, its plan. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from households.choices import ImportOutcome

Json = Mapping[str, Any]
Value = str | int | bool | list[int] | None


@dataclass(frozen=True, slots=True)
class StagedCell:
    """What stood in a cell, how it was read, and what an officer typed in its place, if anything.

    `level`, `code` and `message` say what is doubtful or wrong; all are empty where nothing is.
    """

    raw: str = ""
    value: Value = None
    level: str = ""
    code: str = ""
    message: str = ""
    suggestion: str = ""
    typed: str | None = None

    @classmethod
    def from_json(cls, stored: Json) -> "StagedCell":
        return cls(**stored)

    def to_json(self) -> dict[str, object]:
        """What says nothing is left out."""
        stored: dict[str, object] = {"raw": self.raw, "value": self.value}
        if self.code:
            stored |= {"level": str(self.level), "code": self.code, "message": self.message}
        if self.suggestion:
            stored["suggestion"] = self.suggestion
        if self.typed is not None:
            stored["typed"] = self.typed
        return stored

    @property
    def text(self) -> str:
        """What the officer sees of it."""
        return self.raw if self.typed is None else self.typed


@dataclass(frozen=True, slots=True)
class Issue:
    """A doubt or an error about a column of a row, found by comparing it with others."""

    column: str
    level: str
    code: str
    message: str
    suggestion: str = ""

    @classmethod
    def from_json(cls, stored: Json) -> "Issue":
        return cls(**stored)

    def to_json(self) -> dict[str, object]:
        return {
            "column": str(self.column),
            "level": str(self.level),
            "code": self.code,
            "message": self.message,
            "suggestion": self.suggestion,
        }


@dataclass(frozen=True, slots=True)
class PlannedFieldChange:
    """A field of the register before and after an import is written."""

    old: Value
    new: Value


@dataclass(slots=True)
class RowPlan:
    """What writing a row would do: make a person, change one, nothing, or refuse the row.

    Built step by step while a file is compared with the register. `household` and `person` are
    ids of the register; `duplicate` is a household that may be the same; `newer` are the fields
    that the register changed after the file was saved, None where nobody knows when that was.
    """

    action: str = ""
    household: int | None = None
    changes: dict[str, PlannedFieldChange] = field(default_factory=dict)
    duplicate: int | None = None
    person: int | None = None
    membership: int | None = None
    newer: tuple[str, ...] | None = None

    @classmethod
    def from_json(cls, stored: Json) -> "RowPlan":
        changes = {
            name: PlannedFieldChange(old, new)
            for name, (old, new) in stored.get("changes", {}).items()
        }
        newer = None if stored.get("newer") is None else tuple(stored["newer"])
        return cls(**{**stored, "changes": changes, "newer": newer})

    def to_json(self) -> dict[str, object]:
        """The outcome, the household and the changes; of the rest what is known."""
        if not self.action:
            return {}
        changes = {name: [change.old, change.new] for name, change in self.changes.items()}
        known = {
            "duplicate": self.duplicate,
            "person": self.person,
            "membership": self.membership,
            "newer": None if self.newer is None else list(self.newer),
        }
        return {
            "action": str(self.action),
            "household": self.household,
            "changes": changes,
            **{name: value for name, value in known.items() if value is not None},
        }

    @property
    def is_created(self) -> bool:
        return self.action == ImportOutcome.CREATED

    @property
    def is_updated(self) -> bool:
        return self.action == ImportOutcome.UPDATED

    @property
    def is_refused(self) -> bool:
        return self.action == ImportOutcome.REFUSED

    @property
    def makes_household(self) -> bool:
        return self.is_created and self.household is None


@dataclass(frozen=True, slots=True)
class ChangePart:
    """What an officer's correction changed in one row: a cell, or without a column a decision."""

    row: int
    column: str
    old: StagedCell | str | None
    new: StagedCell | str | None

    @classmethod
    def from_json(cls, stored: Json) -> "ChangePart":
        old, new = (_cell_or_decision(stored[side]) for side in ("old", "new"))
        return cls(stored["row"], stored["column"], old, new)

    def to_json(self) -> dict[str, object]:
        old, new = (
            side.to_json() if isinstance(side, StagedCell) else side
            for side in (self.old, self.new)
        )
        return {"row": self.row, "column": str(self.column), "old": old, "new": new}

    @property
    def place(self) -> tuple[int, str]:
        return self.row, self.column

    @property
    def is_decision(self) -> bool:
        return not self.column

    @property
    def changes(self) -> bool:
        return self.old != self.new


def _cell_or_decision(stored: Json | str | None) -> StagedCell | str | None:
    return StagedCell.from_json(stored) if isinstance(stored, Mapping) else stored
