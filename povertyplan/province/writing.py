"""Many rows at once: COPY on PostgreSQL, one prepared statement on SQLite."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, cast

from django.core.management.color import no_style
from django.db import connection, models
from django.db.models import Max

from povertyplan.core.journal import triggers


class WaitingRows:
    """Rows of one model that wait to be written, with keys given beforehand.

    Only the columns that differ from row to row are named; the others have their default.
    """

    def __init__(self, model: type[models.Model], *names: str):
        self.model = model
        self.key = model._default_manager.aggregate(last=Max("pk"))["last"] or 0
        fields = {field.name: field for field in model._meta.local_concrete_fields}
        key = cast(models.Field, model._meta.pk)
        self.named = [fields.pop(name) for name in names]
        self.others = [field for field in fields.values() if field is not key]
        self.columns = [str(field.column) for field in (key, *self.named, *self.others)]
        self.prepare: list[Callable[[Any], Any]] = [_preparation(field) for field in self.named]
        self.defaults = [_preparation(field)(field.get_default()) for field in self.others]
        self.rows: list[list[Any]] = []
        self.written = 0

    def add(self, *values: Any) -> int:
        """Put a row in line; returns its key."""
        self.key += 1
        self.rows.append([self.key, *values])
        return self.key

    def write(self) -> None:
        """Write what waits."""
        if self.rows:
            rows = (self._prepared(row) for row in self.rows)
            insert = _copy if connection.vendor == "postgresql" else _insert
            insert(self.model._meta.db_table, self.columns, rows)
        self.written += len(self.rows)
        self.rows = []

    def _prepared(self, row: Sequence[Any]) -> list[Any]:
        key, *values = row
        named = [None if v is None else f(v) for f, v in zip(self.prepare, values, strict=True)]
        return [key, *named, *self.defaults]


def _preparation(field: models.Field) -> Callable[[Any], Any]:
    if isinstance(field, (models.CharField, models.TextField)):
        return str  # a choice is more than its text to the driver
    return lambda value: field.get_db_prep_save(value, connection)


def _copy(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor, cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row(row)


def _insert(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    names = ", ".join(f'"{column}"' for column in columns)
    marks = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', list(rows))  # noqa: S608 -- names of our models


def set_sequences(tables: Iterable[WaitingRows]) -> None:
    """Let the database go on with keys behind those that were given beforehand."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(
            no_style(), [table.model for table in tables]
        ):
            cursor.execute(statement)


def analyse() -> None:
    """Let the database count what it has, so that its plans fit."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@contextmanager
def triggers_aside() -> Iterator[None]:
    """Write without history and without refusals, inside one transaction: nobody else does."""
    triggers.drop()
    yield
    connection.check_constraints()  # PostgreSQL defines no trigger while a check is waiting
    triggers.install()


def empty_everything() -> None:
    """Take every row of ours out of the database; what migrations wrote for themselves stays."""
    kept = {"django_migrations", "django_content_type", "auth_permission"}
    tables = [table for table in connection.introspection.django_table_names() if table not in kept]
    present = set(connection.introspection.table_names())
    triggers.drop()
    with connection.cursor() as cursor:
        for statement in connection.ops.sql_flush(
            no_style(), sorted(present & set(tables)), reset_sequences=True
        ):
            cursor.execute(statement)
    triggers.install()
