"""Who is writing, handed to the triggers that keep the history of rows."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db import connection, transaction

from povertyplan.core import locks
from povertyplan.core.journal import chains, signatures
from povertyplan.core.models import User, WriteContext

SYSTEM = "system"


@dataclass(frozen=True)
class Writer:
    """Who is writing, in which act, through which door."""

    act: str
    by: User | None
    source: str


_token: ContextVar[str] = ContextVar("history_token", default="")
_writer: ContextVar[Writer | None] = ContextVar("history_writer", default=None)


def current_token() -> str:
    """The token that joins the row changes of the act now running; empty outside one."""
    return _token.get()


def current_writer() -> Writer:
    """Who signs the lines of the journal now. Raises LookupError outside an act."""
    writer = _writer.get()
    if writer is None:
        raise LookupError("No business act is running.")
    return writer


def current_source() -> str:
    """The door through which the act now running came; empty outside one."""
    writer = _writer.get()
    return writer.source if writer else ""


@contextmanager
def writing(*, by: User | None, act: str, source: str, line_source: str = "") -> Iterator[None]:
    """Open a transaction in which every row change is the act of `by`, and seal it at the end.

    The row changes of an act inside another one belong to the outer one; each signs its own lines
    of the journal. These name `line_source` where that is another door than that of the rows.
    """
    writer = _writer.set(Writer(act=act, by=by, source=line_source or source))
    try:
        if _token.get():
            with transaction.atomic():
                yield
        else:
            with _signing_rows(by=by, act=act, source=source):
                yield
    finally:
        _writer.reset(writer)


@contextmanager
def _signing_rows(*, by: User | None, act: str, source: str) -> Iterator[None]:
    actor = by.username if by else SYSTEM
    token = _token.set(signatures.make_token(actor=actor, act=act, source=source))
    try:
        with transaction.atomic():
            _set_context(actor=actor, act=act, source=source, token=_token.get())
            with locks.keeping_order():
                yield
                chains.seal_act(_token.get(), first=_no_context())
    finally:
        _token.reset(token)


def _set_context(**facts: str) -> None:
    """Say to the triggers who is writing."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            said = _statement(**facts, seal=_seal(cursor, facts))
            cursor.execute(said.sql, said.values)
    else:
        _write_context(**facts)


def _no_context() -> list[locks.Statement]:
    """Nobody writes any more: on PostgreSQL what is still to be said, on SQLite it is done."""
    facts = dict.fromkeys(("actor", "act", "source", "token"), "")
    if connection.vendor == "postgresql":
        return [_statement(**facts, seal="")]
    _write_context(**facts)
    return []


def _statement(**facts: str) -> locks.Statement:
    return locks.Statement(
        "SELECT " + ", ".join("set_config(%s, %s, true)" for _ in facts),
        tuple(part for name, value in facts.items() for part in (f"povertyplan.{name}", value)),
    )


def _write_context(**facts: str) -> None:
    if not WriteContext.objects.filter(pk=1).update(**facts):
        WriteContext.objects.create(pk=1, **facts)


def _seal(cursor, facts: dict[str, str]) -> str:
    cursor.execute("SELECT pg_current_xact_id()::text")
    return signatures.seal(cursor.fetchone()[0], **facts)
