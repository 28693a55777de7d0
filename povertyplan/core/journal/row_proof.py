"""Whether the rows are what their history says: each is held against its last change.

Triggers that were switched off, or a database written by hand, leave rows that the history does
not know. The chains prove the history; this proves the rows by it.
"""

import json
from collections.abc import Iterator, Set
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, models, transaction

from povertyplan.core import clock
from povertyplan.core.journal import signatures, triggers
from povertyplan.core.models import RowChange, UnsealedChange

ADDED, CHANGED, REMOVED = "added", "changed", "removed"
# What an upgrade did to rows while the triggers were away is signed by this act.
UPGRADE = "migrate"
SIGNED = {"actor": "system", "act": UPGRADE, "source": "command"}
BATCH = 2000
NEXT_ROWS = """
    SELECT r.id, {row}, c.operation, c.new
    FROM "{table}" r LEFT JOIN core_rowchange c ON c.id = (
        SELECT MAX(h.id) FROM core_rowchange h WHERE h."table" = '{table}' AND h.row_id = r.id
    )
    WHERE r.id > %s ORDER BY r.id LIMIT {batch}
"""
LOST_ROWS = """
    SELECT c.row_id FROM core_rowchange c
    WHERE c."table" = '{table}' AND c.operation <> 'delete' AND c.id = (
        SELECT MAX(h.id) FROM core_rowchange h WHERE h."table" = '{table}' AND h.row_id = c.row_id
    ) AND NOT EXISTS (SELECT 1 FROM "{table}" r WHERE r.id = c.row_id)
    ORDER BY c.row_id
"""


@dataclass(frozen=True)
class Misfit:
    """A row that is not what its last change says."""

    table: str
    row_id: int
    kind: str  # ADDED, CHANGED or REMOVED


def misfits() -> Iterator[Misfit]:
    """Every row of every table with history that its history does not account for."""
    present = set(connection.introspection.table_names())
    for table, model in triggers.history_models().items():
        if table in present:
            yield from _of_table(table, model)


def _of_table(table: str, model: type[models.Model]) -> Iterator[Misfit]:
    query = NEXT_ROWS.format(table=table, batch=BATCH, row=triggers.row_as_json(model, "r"))
    after = -1
    while True:
        with connection.cursor() as cursor:
            cursor.execute(query, [after])
            rows = cursor.fetchall()
        for row_id, now, operation, last in rows:
            if operation in (None, "delete"):
                yield Misfit(table, row_id, ADDED)
            elif now != last and not _says_the_same(now, last):
                yield Misfit(table, row_id, CHANGED)
        if len(rows) < BATCH:
            break
        after = rows[-1][0]
    with connection.cursor() as cursor:
        cursor.execute(LOST_ROWS.format(table=table))
        lost = cursor.fetchall()
    yield from (Misfit(table, row_id, REMOVED) for (row_id,) in lost)


def _says_the_same(now: str, last: str | None) -> bool:
    """Columns that came or went with an upgrade say nothing; the others are equal."""
    try:
        present, known = (
            each if isinstance(each, dict) else json.loads(each or "") for each in (now, last)
        )
        return all(_equal(present[name], known[name]) for name in present.keys() & known.keys())
    except (ValueError, AttributeError):
        return False


def _equal(one: object, other: object) -> bool:
    if one == other:
        return True
    # PostgreSQL writes moments in the zone of the session that wrote them.
    if isinstance(one, str) and isinstance(other, str) and "T" in one and "T" in other:
        try:
            return datetime.fromisoformat(one) == datetime.fromisoformat(other)
        except (ValueError, TypeError):
            return False
    return False


def past_the_program() -> int:
    """How many changes nobody of the program signed: written with SQL, outside every act."""
    return RowChange.objects.filter(actor="sql").exclude(act=UPGRADE).count()


@transaction.atomic
def adopt(*, besides: Set[Misfit] = frozenset()) -> int:
    """Take rows as they are now into the history, signed by the upgrade; returns how many."""
    token = signatures.make_token(**SIGNED)
    found = [each for each in misfits() if each not in besides]
    for misfit in found:
        _adopt_row(misfit, triggers.history_models()[misfit.table], token)
    return len(found)


def _adopt_row(misfit: Misfit, model: type[models.Model], token: str) -> None:
    last = RowChange.objects.filter(table=misfit.table, row_id=misfit.row_id).order_by("pk").last()
    with connection.cursor() as cursor:
        new, chain = None, 0
        if misfit.kind != REMOVED:
            columns = f"{triggers.row_as_json(model, 'NEW')}, {triggers.chain_of(model)}"
            cursor.execute(
                f'SELECT {columns} FROM "{misfit.table}" NEW WHERE NEW.id = %s',  # noqa: S608
                [misfit.row_id],
            )
            new, chain = cursor.fetchone()
    change = RowChange.objects.create(
        at=clock.real_now(),
        token=token,
        **SIGNED,
        table=misfit.table,
        row_id=misfit.row_id,
        operation={ADDED: "insert", CHANGED: "update", REMOVED: "delete"}[misfit.kind],
        old=last.new if last and misfit.kind != ADDED else None,
        new=json.loads(new) if isinstance(new, str) else new,
    )
    UnsealedChange.objects.create(change_id=change.pk, chain=chain, token=token)
