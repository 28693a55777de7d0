"""Many new rows, made ready before the transaction that inserts them.

SQLite lets one writer in at a time: what is worked out inside a transaction, everybody waits for.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.db import connection, models, transaction

# A statement that a trigger may stop keeps a copy of the pages it touches: on SQLite one for each
# row costs four times as much as one for many.
ROWS_AT_ONCE, MOST_VALUES = 500, 30_000


@dataclass(frozen=True)
class PreparedRows:
    """Where rows go, and the values of each."""

    target: str
    values: Sequence[Sequence[Any]]

    def insert(self) -> None:
        """Insert them inside the transaction that is open; the triggers see every row."""
        for places, values in in_parts(self.values):
            with connection.cursor() as cursor:
                cursor.execute(f"INSERT INTO {self.target} VALUES {places}", values)  # noqa: S608


def in_parts(rows: Sequence[Sequence[Any]]) -> Iterator[tuple[str, list[Any]]]:
    """The places and the values of one statement after the other."""
    if not rows:
        return
    size = min(ROWS_AT_ONCE, MOST_VALUES // len(rows[0]))
    place = "(" + ", ".join(["%s"] * len(rows[0])) + ")"
    for start in range(0, len(rows), size):
        part = rows[start : start + size]
        yield ", ".join([place] * len(part)), list(chain.from_iterable(part))


def prepare_rows(model: type[models.Model], objects: Sequence[models.Model]) -> PreparedRows:
    """The rows of new objects, with keys that nobody else gets; the objects know theirs as well.

    A key that is not used in the end is lost, as with every sequence.
    """
    for record, key in zip(objects, _reserve_keys(model, len(objects)), strict=True):
        record.pk = key
    fields = model._meta.local_concrete_fields
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    return PreparedRows(
        target=f"{quote(model._meta.db_table)} ({columns})",
        values=[
            [field.get_db_prep_save(field.pre_save(record, True), connection) for field in fields]
            for record in objects
        ],
    )


def _reserve_keys(model: type[models.Model], count: int) -> Sequence[int]:
    table = model._meta.db_table
    if not count:
        return ()
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                [table, count],
            )
            return [key for (key,) in cursor.fetchall()]
        cursor.execute("UPDATE sqlite_sequence SET seq = seq + %s WHERE name = %s", [count, table])
        if not cursor.rowcount:
            # The first rows of a table.
            cursor.execute(
                "INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, count]
            )
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = cursor.fetchone()[0]
    return range(last - count + 1, last + 1)
