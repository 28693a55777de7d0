"""Which rows of an import would overwrite what was edited after the file was saved."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from households.choices import ImportDecision, ImportOutcome
from households.models import ImportRow
from povertyplan.core.models import RowChange

CHUNK = 5000
# Which field of a plan a column of the database belongs to.
FIELD_OF_COLUMN = {
    "birth_date": "birth",
    "ethnic_group_id": "ethnic_group",
    "village_id": "village",
}


def find_conflicts(as_of: datetime | None, rows: Sequence[ImportRow]) -> None:
    """Mark the rows that would overwrite what was changed after the file shows its state."""
    changing = [row for row in rows if row.plan.changes]
    if as_of is None or not changing:
        return
    edits = {
        "households_person": _edited(
            "households_person", [row.plan.person for row in changing], as_of
        ),
        "households_membership": _edited(
            "households_membership", [row.plan.membership for row in changing], as_of
        ),
        "households_household": _edited(
            "households_household", [row.plan.household for row in changing], as_of
        ),
    }
    for row in changing:
        edited = (
            edits["households_person"].get(row.plan.person, set())
            | edits["households_membership"].get(row.plan.membership, set())
            | edits["households_household"].get(row.plan.household, set())
        )
        row.plan.newer = tuple(sorted(edited & set(row.plan.changes)))
        if row.plan.newer and row.decision != ImportDecision.FILE:
            row.plan.action = ImportOutcome.REFUSED


def _edited(table: str, ids: Iterable[int | None], as_of: datetime) -> Mapping[int, set[str]]:
    """The fields of each row that were written after a moment."""
    wanted = sorted({pk for pk in ids if pk is not None})
    found: dict[int, set[str]] = defaultdict(set)
    for start in range(0, len(wanted), CHUNK):
        changes = RowChange.objects.filter(
            table=table, row_id__in=wanted[start : start + CHUNK], at__gt=as_of
        )
        for change in changes:
            old, new = change.old or {}, change.new or {}
            found[change.row_id] |= {
                FIELD_OF_COLUMN.get(column, column)
                for column, value in new.items()
                if old.get(column) != value
            }
    return found
