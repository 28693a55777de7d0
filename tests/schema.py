"""The migrated, empty database: made once, and copied for every worker of a run.

On SQLite it is a file in the cache of pytest, kept until a migration changes. On PostgreSQL the
workers of one run copy one template, which goes with the run.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.apps import apps
from django.conf import settings
from django.db import connection


def place_file(target: Path, cache: Path) -> None:
    """Write the migrated SQLite database to `target`."""
    with _alone(cache / "lock"):
        kept = cache / f"{_fingerprint()}.sqlite3"
        if not kept.exists():
            for older in cache.glob("*.sqlite3*"):
                older.unlink()
            unfinished = kept.with_suffix(".unfinished")
            unfinished.unlink(missing_ok=True)
            _migrate(f"sqlite:///{unfinished}")
            unfinished.rename(kept)
        shutil.copy(kept, target)


def template_name(name: str) -> str:
    """The PostgreSQL template of the runs that test on the database of that name."""
    return f"test_{name}_schema"


def make_template(name: str, shared: Path) -> str:
    """Make the PostgreSQL template unless another worker of this run has; return its name."""
    template = template_name(name)
    with _alone(shared / "schema.lock"):
        made = shared / "schema.made"
        if not made.exists():
            drop_template(name)
            _administer(f'CREATE DATABASE "{template}"')
            _migrate(_address(template))
            made.touch()
    return template


def drop_template(name: str) -> None:
    _administer(f'DROP DATABASE IF EXISTS "{template_name(name)}"')


def _fingerprint() -> str:
    """Changes with every migration, ours or of a package."""
    digest = hashlib.sha256()
    for app in apps.get_app_configs():
        for file in sorted(Path(app.path, "migrations").glob("*.py")):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _migrate(address: str) -> None:
    manage = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    environment = {**os.environ, "DATABASE_URL": address}
    subprocess.run(manage, cwd=settings.BASE_DIR, env=environment, check=True)


def _administer(statement: str) -> None:
    with psycopg.connect(_address("postgres"), autocommit=True) as server:
        server.execute(statement)


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
