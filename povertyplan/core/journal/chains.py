"""The chains over the changes of rows: one for each ward, one for what lies in none, one over all.

A link is the SHA-256 of the link before it and of one change in canonical JSON. Each chain is
lengthened by one writer at a time, at the end of the act that made the changes; those of a long
act follow its commit in parts, so that nobody of the ward waits for all of them.
"""

import hashlib
import json
import time
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC
from operator import attrgetter

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Subquery

from povertyplan.core import locks
from povertyplan.core.models import ChainHead, ChainLink, HeadRecord, RowChange, UnsealedChange

INSTALLATION, HEADS = 0, -1
GENESIS = "0" * 64
# The changes that are sealed in one transaction; an act that made more is a long one.
PART = 500
# What is left behind by a process that died is sealed by the acts that follow in the ward.
SHARE = 50
# How long some chains were at a moment.
Position = Mapping[int, int]
# SQLite's writers ask anew every tenth of a second whether it is their turn.
PAUSE = 0.05


def seal_act(token: str, *, first: Iterable[locks.Statement] = ()) -> None:
    """Put the changes of the act that ends here into their chains; those of a long one later.

    `first` is what is to be said to PostgreSQL before; nothing of the act is written after it.
    """
    found = _changes_of(token)
    if len(found) > PART:
        locks.check_references(first=first)
        transaction.on_commit(seal_waiting, robust=True)
        return
    by_chain: dict[int, list[RowChange]] = defaultdict(list)
    for change in found:
        by_chain[change.chain].append(change)  # type: ignore[attr-defined]  # annotated
    chains = sorted(by_chain)
    locks.check_references(first=first, then=[("chain", chain) for chain in chains])
    heads = _heads_of(chains, beside=token)
    for chain, changes in by_chain.items():
        _lengthen(heads[chain], [*changes, *_left_behind(heads[chain], beside=token)])


def _changes_of(token: str) -> list[RowChange]:
    """What an act changed, each with its chain; of a long one a change more than a part."""
    own = UnsealedChange.objects.filter(token=token).values("pk")[: PART + 1]
    chain = UnsealedChange.objects.filter(pk=OuterRef("pk")).values("chain")
    changes = RowChange.objects.filter(pk__in=own).annotate(chain=Subquery(chain))
    return list(changes.order_by())


def _left_behind(head: ChainHead, *, beside: str) -> list[RowChange]:
    if not getattr(head, "is_behind", True):
        return []
    others = UnsealedChange.objects.filter(chain=head.chain).exclude(token=beside).order_by("pk")
    return list(RowChange.objects.filter(pk__in=others.values_list("pk", flat=True)[:SHARE]))


def seal_waiting() -> int:
    """Put all waiting changes into their chains, in parts; returns how many."""
    waiting = UnsealedChange.objects.order_by("chain").values_list("chain", flat=True).distinct()
    return sum(_seal_chain(chain) for chain in list(waiting))


def position_of(ward: int) -> Position:
    """How far the chains have come that tell of a ward, after all that waits in them is sealed.

    Asked before something is compared outside of a transaction, and again inside the one that
    writes what came of it (`has_moved`).
    """
    chains = (INSTALLATION, ward)
    for chain in chains:
        _seal_chain(chain)
    heads = dict(ChainHead.objects.filter(chain__in=chains).values_list("chain", "length"))
    return {chain: heads.get(chain, 0) for chain in chains}


def has_moved(since: Position, tables: Collection[str]) -> bool:
    """Whether rows of some tables changed, or may have, since the chains were at a position.

    What waits to be sealed counts: on PostgreSQL numbers of changes say nothing about the order in
    which they were committed, positions in a chain do.
    """
    waiting = UnsealedChange.objects.filter(chain__in=since).values("change_id")
    if RowChange.objects.filter(pk__in=waiting, table__in=tables).exists():
        return True
    for chain, length in since.items():
        links = ChainLink.objects.filter(chain=chain, position__gt=length).values("change_id")
        if RowChange.objects.filter(pk__in=links, table__in=tables).exists():
            return True
    return False


def _seal_chain(chain: int) -> int:
    sealed = 0
    while added := _seal_part(chain):
        sealed += added
        if connection.vendor == "sqlite" and added == PART:
            time.sleep(PAUSE)
    return sealed


@transaction.atomic
def _seal_part(chain: int) -> int:
    locks.wait_turn("chain", chain)
    head = _heads_of([chain])[chain]
    present = RowChange.objects.filter(pk__in=UnsealedChange.objects.filter(chain=chain))
    return _lengthen(head, list(present.order_by("pk")[:PART]))


def _heads_of(chains: Sequence[int], *, beside: str = "") -> dict[int, ChainHead]:
    """The heads of chains, whose turns this transaction has; new ones are begun.

    Each knows whether it `is_behind`: whether changes wait `beside` those of one act.
    """
    waiting = UnsealedChange.objects.filter(chain=OuterRef("chain")).exclude(token=beside)
    present = ChainHead.objects.filter(chain__in=chains).annotate(is_behind=Exists(waiting))
    heads = {head.chain: head for head in present}
    begun = [
        ChainHead(chain=chain, length=0, digest=genesis_of(chain))
        for chain in chains
        if chain not in heads
    ]
    if begun:
        ChainHead.objects.bulk_create(begun)
        record_heads(begun)
    return heads | {head.chain: head for head in begun}


def _lengthen(head: ChainHead, changes: Iterable[RowChange]) -> int:
    links = []
    for change in sorted(changes, key=attrgetter("pk")):
        head.length += 1
        head.digest = link(head.digest, change)
        links.append(
            ChainLink(
                chain=head.chain, position=head.length, change_id=change.pk, digest=head.digest
            )
        )
    if links:
        ChainLink.objects.bulk_create(links)
        UnsealedChange.objects.filter(pk__in=[each.change_id for each in links]).delete()
        head.save(update_fields=["length", "digest"])
    return len(links)


@transaction.atomic
def record_heads(heads: Iterable[ChainHead]) -> str:
    """Write down in the chain over the heads how chains end; returns its last digest."""
    locks.wait_turn("heads", "")
    over, _created = ChainHead.objects.get_or_create(
        chain=HEADS, defaults={"length": 0, "digest": GENESIS}
    )
    records = []
    for head in heads:
        over.length += 1
        record = HeadRecord(
            position=over.length, chain=head.chain, length=head.length, head=head.digest
        )
        record.digest = over.digest = link_heads(over.digest, record)
        records.append(record)
    HeadRecord.objects.bulk_create(records)
    over.save(update_fields=["length", "digest"])
    return over.digest


def genesis_of(chain: int) -> str:
    """What stands before the first link; different in each ward, so that no chain serves two."""
    return GENESIS if chain == INSTALLATION else _digest(GENESIS, [chain])


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
    return _digest(previous, facts)


def link_heads(previous: str, record: HeadRecord) -> str:
    """The digest of the next record of the chain over the heads."""
    return _digest(previous, [record.position, record.chain, record.length, record.head])


def _digest(previous: str, facts: Sequence[object]) -> str:
    text = json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{previous}{text}".encode()).hexdigest()
