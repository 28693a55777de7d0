"""What an act holds against others until its transaction ends, always in one order (ADR 15).

Two acts that hold things in different orders wait for each other for ever, and the database ends
one of them. SQLite lets one writer in at a time: there the order is checked, and nothing is held.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TypeVar

from django.conf import settings
from django.db import connection
from django.db.models import Model, QuerySet

Rows = TypeVar("Rows", bound=QuerySet)

# The last thing that the running act took, as its place in the order; None outside an act.
_reached: ContextVar[int | None] = ContextVar("locks_reached", default=None)


@dataclass(frozen=True)
class Statement:
    """What is said to the database together with something else."""

    sql: str
    values: tuple[str, ...] = ()


class OutOfOrder(RuntimeError):
    """An act asked for something that comes before what it holds already."""


@contextmanager
def keeping_order() -> Iterator[None]:
    """Check the order of everything that is held inside."""
    before = _reached.set(0)
    try:
        yield
    finally:
        _reached.reset(before)


def hold(rows: Rows) -> Rows:
    """Rows that nobody else changes until the transaction ends, in the order of their keys.

    Only the rows themselves are held, not those that the query joins to them; others may go on to
    refer to them. Evaluate it at once: they are held from then on.
    """
    _take(rows.model._meta.label)
    return rows.select_for_update(of=("self",), no_key=True).order_by("pk")


def hold_all(rows: QuerySet) -> None:
    """Hold rows that nobody has to look at now."""
    held = hold(rows)
    if connection.features.has_select_for_update:
        list(held.values_list("pk", flat=True))


def read_again(row: Model) -> None:
    """Bring a row up to date and hold it outside of the order: for loads that go row by row."""
    rows = type(row)._base_manager.select_for_update(of=("self",), no_key=True)
    row.refresh_from_db(from_queryset=rows)


_TURN = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))"


def wait_turn(kind: str, name: object) -> None:
    """Wait until no other transaction has the turn of this name, and have it until the end."""
    _take(kind)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(_TURN, [f"{kind}:{name}"])


@contextmanager
def waiting_at_most(milliseconds: int) -> Iterator[None]:
    """Wait only so long for what others hold; then the database refuses (OperationalError).

    For what nobody may wait for: a probe, an entry that can be written later.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"SET lock_timeout = {milliseconds:d}; SET statement_timeout = {milliseconds:d}"
            )
        else:
            usual = int(connection.settings_dict["OPTIONS"].get("timeout", 5) * 1_000)
            cursor.execute(f"PRAGMA busy_timeout = {milliseconds:d}")
        try:
            yield
        finally:
            if connection.vendor == "postgresql":
                cursor.execute("RESET lock_timeout; RESET statement_timeout")
            else:
                cursor.execute(f"PRAGMA busy_timeout = {usual}")


def check_references(
    *, first: Iterable[Statement] = (), then: Iterable[tuple[str, object]] = ()
) -> None:
    """Check now what PostgreSQL would check at the commit, and only `then` wait for some turns.

    It waits there for rows that others are deleting; nobody may hold a chain for so long. Every act
    ends with this: it is one message, together with what is to be said `first`.
    """
    turns = []
    for kind, name in then:
        _take(kind)
        turns.append(f"{kind}:{name}")
    if connection.vendor == "postgresql":
        said = [
            *first,
            Statement("SET CONSTRAINTS ALL IMMEDIATE"),
            Statement("SET CONSTRAINTS ALL DEFERRED"),
            *(Statement(_TURN, (turn,)) for turn in turns),
        ]
        with connection.cursor() as cursor:
            cursor.execute(
                "; ".join(each.sql for each in said),
                [value for each in said for value in each.values],
            )


def _take(kind: str) -> None:
    place = settings.LOCK_ORDER.index(kind)
    reached = _reached.get()
    if reached is None:
        return
    if place < reached:
        raise OutOfOrder(f"{kind} is taken before {settings.LOCK_ORDER[reached]}, not after it.")
    _reached.set(place)
