"""Who is writing, handed to the triggers; and the chain over what they wrote.

A link is the SHA-256 of the link before it and of one change in canonical JSON. Links are added
by one writer at a time, at the end of the act that made the changes.
"""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC
from uuid import uuid4

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from povertyplan.core import locks
from povertyplan.core.models import ChainHead, RowChange, Seal, UnsealedChange, User, WriteContext

GENESIS = "0" * 64
SYSTEM = "system"
# Ids in one query; some builds of SQLite take no more than 32,766.
BATCH = 1000


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
    token = _token.set(uuid4().hex)
    try:
        with transaction.atomic():
            actor = by.username if by else SYSTEM
            _set_context(actor=actor, act=act, source=source, token=_token.get())
            with locks.keeping_order():
                yield
                _set_context(actor="", act="", source="", token="")
                locks.check_references()
                seal()
    finally:
        _token.reset(token)


def _set_context(**facts: str) -> None:
    """Say to the triggers who is writing."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT " + ", ".join("set_config(%s, %s, true)" for _ in facts),
                [part for name, value in facts.items() for part in (f"povertyplan.{name}", value)],
            )
    else:
        WriteContext.objects.update_or_create(pk=1, defaults=facts)


@transaction.atomic
def seal() -> int:
    """Put the waiting changes into the chain; returns how many."""
    locks.wait_turn("chain", "")
    head, _created = ChainHead.objects.get_or_create(
        pk=1, defaults={"length": 0, "digest": GENESIS}
    )
    before = head.length
    while waiting := list(
        UnsealedChange.objects.order_by("pk").values_list("pk", flat=True)[:BATCH]
    ):
        _lengthen(head, waiting)
    return head.length - before


def _lengthen(head: ChainHead, waiting: list[int]) -> None:
    seals = []
    for change in RowChange.objects.filter(pk__in=waiting).order_by("pk"):
        head.length += 1
        head.digest = link(head.digest, change)
        seals.append(Seal(position=head.length, change_id=change.pk, digest=head.digest))
    Seal.objects.bulk_create(seals, batch_size=300)
    UnsealedChange.objects.filter(pk__in=waiting).delete()
    head.save()


def link(previous: str, change: RowChange) -> str:
    """The digest of the next link, as 64 hexadecimal digits."""
    facts = [
        change.pk,
        change.at.astimezone(UTC).isoformat(timespec="microseconds"),
        change.token,
        change.actor,
        change.act,
        change.source,
        change.table,
        change.row_id,
        change.operation,
        change.old,
        change.new,
    ]
    text = json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{previous}{text}".encode()).hexdigest()


@dataclass(frozen=True)
class Verdict:
    """The outcome of checking the chain: its length, its head, and what is wrong in words."""

    length: int
    digest: str
    faults: tuple[str, ...]


def verify() -> Verdict:
    """Walk the chain from its first link; every edited, removed, swapped or cut row is a fault."""
    faults: list[str] = []
    digest, position = GENESIS, 0
    for batch in _batches():
        rows = RowChange.objects.in_bulk([each.change_id for each in batch])
        for each in batch:
            position += 1
            if each.position != position:
                faults.append(f"Thiếu mắt xích từ {position} đến {each.position - 1}.")
                position = each.position
            change = rows.get(each.change_id)
            if change is None:
                faults.append(f"Mắt xích {each.position}: thay đổi {each.change_id} đã bị xóa.")
            elif link(digest, change) != each.digest:
                faults.append(f"Mắt xích {each.position}: thay đổi {each.change_id} đã bị sửa.")
            # Go on from what is stored, so that one fault is reported once.
            digest = each.digest
    faults += _head_faults(position, digest)
    faults += _stray_faults()
    return Verdict(length=position, digest=digest, faults=tuple(faults))


def _batches(size: int = 1000) -> Iterator[list[Seal]]:
    after = 0
    while batch := list(Seal.objects.filter(position__gt=after).order_by("position")[:size]):
        yield batch
        after = batch[-1].position


def _head_faults(length: int, digest: str) -> list[str]:
    head = ChainHead.objects.filter(pk=1).first()
    if head is None:
        return ["Mất dòng cuối chuỗi."] if length else []
    if (head.length, head.digest) != (length, digest):
        return [f"Chuỗi dài {length} mắt xích, nhưng đã từng dài {head.length}: phần cuối bị cắt."]
    return []


def _stray_faults() -> list[str]:
    """Changes that are neither sealed nor waiting were not written by a trigger."""
    known = Exists(Seal.objects.filter(change_id=OuterRef("pk"))) | Exists(
        UnsealedChange.objects.filter(pk=OuterRef("pk"))
    )
    strays = RowChange.objects.exclude(known).count()
    return [f"Có {strays} thay đổi nằm ngoài chuỗi."] if strays else []
