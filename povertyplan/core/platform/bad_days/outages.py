"""Which trouble of the database an error is: for the page that says it, and for /healthz."""

from collections.abc import Iterator
from enum import StrEnum

from django.db import DatabaseError, InterfaceError


class Outage(StrEnum):
    """What keeps the database from answering or from writing."""

    GONE = "gone"
    LOCKED = "locked"
    FULL = "full"
    READ_ONLY = "read-only"


# PostgreSQL's codes: of one error, and of a whole class (their first two letters).
STATES = {
    "53100": Outage.FULL,
    "25006": Outage.READ_ONLY,
    "40001": Outage.LOCKED,
    "40P01": Outage.LOCKED,
    "55P03": Outage.LOCKED,
    "57014": Outage.LOCKED,
}
CLASSES = {"08": Outage.GONE, "53": Outage.GONE, "57": Outage.GONE, "58": Outage.GONE}
# SQLite's names of its errors, of which some have a longer one that begins so.
NAMES = {
    "SQLITE_IOERR_SHMSIZE": Outage.FULL,
    "SQLITE_BUSY": Outage.LOCKED,
    "SQLITE_LOCKED": Outage.LOCKED,
    "SQLITE_FULL": Outage.FULL,
    "SQLITE_READONLY": Outage.READ_ONLY,
    "SQLITE_CANTOPEN": Outage.GONE,
    "SQLITE_IOERR": Outage.GONE,
    "SQLITE_CORRUPT": Outage.GONE,
    "SQLITE_NOTADB": Outage.GONE,
}


def outage_of(error: BaseException | None) -> Outage | None:
    """The trouble that an error, or one that led to it, came from; None for a fault of ours."""
    for each in chain_of(error):
        if found := _named(each):
            return found
        # A connection that was never made, or is closed already, has no code.
        if isinstance(each, InterfaceError) or _was_not_connected(each):
            return Outage.GONE
    return None


def chain_of(error: BaseException | None) -> Iterator[BaseException]:
    """An error and those that led to it, the last one first."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _named(error: BaseException) -> Outage | None:
    state = getattr(error, "sqlstate", None) or ""
    name = getattr(error, "sqlite_errorname", None) or ""
    by_name = (kind for prefix, kind in NAMES.items() if name.startswith(prefix))
    return STATES.get(state) or CLASSES.get(state[:2]) or next(by_name, None)


def _was_not_connected(error: BaseException) -> bool:
    """Whether the driver failed before the server could say anything."""
    cause = error.__cause__
    if not isinstance(error, DatabaseError) or type(cause).__name__ != "OperationalError":
        return False
    return getattr(cause, "sqlstate", "") is None
