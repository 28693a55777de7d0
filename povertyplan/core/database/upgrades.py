"""What migrations do to rows while the triggers are away goes into the history, signed as theirs.

A row that did not fit its history before the migration began is left as it is, so that an
upgrade hides nothing. Only the first upgrade to a version that proves rows takes all as they are.
"""

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from povertyplan.core.journal import row_proof
from povertyplan.core.journal.row_proof import Misfit

MARK = "_rows_proved_by_history"
_found_before: set[Misfit] = set()


def look(plan: list | None) -> None:
    """Before a migration: remember what does not fit already."""
    _found_before.clear()
    if plan and _proves_rows():
        _found_before.update(row_proof.misfits())


def take_in(plan: list | None) -> None:
    """After a migration: what does not fit since then is the migration's doing."""
    if plan and _proves_rows():
        row_proof.adopt(besides=_found_before)


def _proves_rows() -> bool:
    applied = MigrationRecorder(connection).applied_migrations()
    return any(app == "core" and name.endswith(MARK) for app, name in applied)
