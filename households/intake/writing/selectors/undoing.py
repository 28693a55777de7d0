"""What undoing a written import takes out of the register and puts back, counted beforehand."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from households.choices import PovertyClass
from households.models import ImportBatch
from povertyplan.core.models import RowChange

# What refers to others goes first.
TABLES = (
    "households_listedresult",
    "households_householdstatus",
    "households_membership",
    "households_person",
    "households_household",
)


@dataclass(frozen=True)
class UndoEffects:
    """Rows that go, rows that are put back as they were, and the statuses that go by class."""

    households: int
    persons: int
    memberships: int
    restored_households: int
    restored_persons: int
    restored_memberships: int
    statuses: tuple[tuple[str, int], ...]
    token: str

    @property
    def status_count(self) -> int:
        return sum(count for _, count in self.statuses)

    @property
    def status_labels(self) -> list[tuple[str, int]]:
        return [(PovertyClass(value).label, count) for value, count in self.statuses]


def written_changes(batch: ImportBatch) -> list[RowChange]:
    """The rows that an import made or changed, the last change first; one query."""
    return list(RowChange.objects.filter(token=batch.token, table__in=TABLES).order_by("-pk"))


def undo_effects(batch: ImportBatch, changes: Sequence[RowChange] | None = None) -> UndoEffects:
    """The numbers by kind and class; `token` names exactly these rows, so that no others go."""
    found = written_changes(batch) if changes is None else changes
    made = Counter(change.table for change in found if change.operation == "insert")
    changed = Counter(
        table
        for table, _ in {
            (change.table, change.row_id) for change in found if change.operation == "update"
        }
    )
    classes = Counter(
        (change.new or {}).get("poverty_class", "")
        for change in found
        if change.table == "households_householdstatus" and change.operation == "insert"
    )
    return UndoEffects(
        households=made["households_household"],
        persons=made["households_person"],
        memberships=made["households_membership"],
        restored_households=changed["households_household"],
        restored_persons=changed["households_person"],
        restored_memberships=changed["households_membership"],
        statuses=tuple((value, classes[value]) for value in PovertyClass.values if classes[value]),
        token=_digest(found),
    )


def _digest(changes: Sequence[RowChange]) -> str:
    rows = ",".join(f"{change.table}:{change.row_id}:{change.operation}" for change in changes)
    return hashlib.sha256(rows.encode()).hexdigest()[:32]
