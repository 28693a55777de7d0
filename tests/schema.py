"""The migrated, empty database: made once, copied for every worker, emptied again after a test.

On SQLite it is a file in the cache of pytest, kept until a migration changes. On PostgreSQL the
workers of one run copy one template, which goes with the run. `pytest --make-schema` makes either
before the run; SCHEMA_IS_MADE tells the run that the template of PostgreSQL is there.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction

from povertyplan.core.journal.triggers import KEY_TABLE

# Written by `migrate` itself.
OF_MIGRATIONS = frozenset(
    {"django_migrations", "django_content_type", "auth_permission", KEY_TABLE}
)


def make_beforehand(cache: Path) -> None:
    if connection.vendor == "sqlite":
        _kept_file(cache)
    else:
        _make_template(connection.settings_dict["NAME"])


def place_file(target: Path, cache: Path) -> None:
    """Write the migrated SQLite database to `target`."""
    kept = _kept_file(cache)
    shutil.copy(kept, target)
    shutil.copy(kept, _empty(target))


def _kept_file(cache: Path) -> Path:
    with _alone(cache / "lock"):
        kept = cache / f"{_fingerprint()}.sqlite3"
        if not kept.exists():
            for older in cache.glob("*.sqlite3*"):
                older.unlink()
            unfinished = kept.with_suffix(".unfinished")
            unfinished.unlink(missing_ok=True)
            _migrate(f"sqlite:///{unfinished}")
            unfinished.rename(kept)
    return kept


def template_name(name: str) -> str:
    """The PostgreSQL template of the runs that test on the database of that name."""
    return f"test_{name}_schema"


def make_template(name: str, shared: Path) -> str:
    """Make the PostgreSQL template unless another worker of this run has; return its name."""
    with _alone(shared / "schema.lock"):
        made = shared / "schema.made"
        if not (made.exists() or os.environ.get("SCHEMA_IS_MADE")):
            _make_template(name)
            made.touch()
    return template_name(name)


def _make_template(name: str) -> None:
    drop_template(name)
    _administer(f'CREATE DATABASE "{template_name(name)}"')
    _migrate(_address(template_name(name)))


def drop_template(name: str) -> None:
    _administer(f'DROP DATABASE IF EXISTS "{template_name(name)}"')


def end_other_sessions() -> None:
    """Leave nobody in the PostgreSQL database of the tests; its DROP waits five seconds at most."""
    name = connection.settings_dict["NAME"]
    connection.close()
    _administer("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])


def start_over() -> None:
    """Take back what a test with real transactions has written.

    Django's flush truncates every table and announces a migration: seconds for each such test.
    """
    if connection.vendor == "sqlite":
        _copy_again(Path(connection.settings_dict["NAME"]))
    else:
        _delete_rows()


def _copy_again(file: Path) -> None:
    """Through SQLite itself: a connection that lingers would not survive another file."""
    connection.close()
    with closing(sqlite3.connect(_empty(file))) as empty, closing(sqlite3.connect(file)) as used:
        empty.backup(used)


def _empty(file: Path) -> Path:
    return file.with_suffix(".empty")


def _delete_rows() -> None:
    """Without the triggers, for the journals refuse to lose a row.

    In three transactions: a table whose rows wait for a deferred check cannot be altered.
    """
    with connection.cursor() as cursor:
        written = _tables_with_rows(cursor)
        for change in (
            'ALTER TABLE "{}" DISABLE TRIGGER USER',
            'DELETE FROM "{}"',
            'ALTER TABLE "{}" ENABLE TRIGGER USER',
        ):
            with transaction.atomic():
                for table in written:
                    cursor.execute(change.format(table))


def _tables_with_rows(cursor) -> list[str]:
    tables = set(connection.introspection.table_names(cursor)) - OF_MIGRATIONS
    has_row = "SELECT '{0}' WHERE EXISTS (SELECT 1 FROM \"{0}\")"
    cursor.execute(" UNION ALL ".join(has_row.format(table) for table in sorted(tables)))
    return [table for (table,) in cursor.fetchall()]


def _fingerprint() -> str:
    """Changes with every migration, ours or of a package, and with our triggers."""
    digest = hashlib.sha256()
    for app in apps.get_app_configs():
        for part in ("migrations/*.py", "triggers.py", "journal/*.py"):
            for file in sorted(Path(app.path).glob(part)):
                digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _migrate(address: str) -> None:
    manage = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    environment = {**os.environ, "DATABASE_URL": address}
    subprocess.run(manage, cwd=settings.BASE_DIR, env=environment, check=True)


def _administer(statement: str, values: Sequence[str] = ()) -> None:
    with psycopg.connect(_address("postgres"), autocommit=True) as server:
        server.execute(statement, values or None)


def _address(name: str) -> str:
    facts = connection.settings_dict
    user = f"{facts['USER']}:{facts['PASSWORD']}" if facts["PASSWORD"] else facts["USER"]
    return f"postgres://{user}@{facts['HOST']}:{facts['PORT'] or 5432}/{name}"


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """One worker at a time."""
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
