"""Each way in which a backup can lie fails the documented restore or the documented check."""

import json
import os
import random
import shlex
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from psycopg import sql

from povertyplan.core.choices import Role
from povertyplan.core.journal import triggers, verification
from tests.concurrency.server import database_url
from tests.core.documented import documented_command
from tests.factories.core import WardFactory, user_with
from tests.factories.households import HouseholdFactory

pytestmark = pytest.mark.django_db(transaction=True)

NAME = "Y Hữu Năm"
FLIPS = [pytest.param(8, id="8 bits"), pytest.param(200, marks=pytest.mark.long, id="200 bits")]
DOCUMENT = settings.BASE_DIR / "docs" / "backup.md"


@pytest.fixture
def link(tmp_path):
    """A ward with people, and the link that is kept with its backup."""
    ward = WardFactory()
    user_with(Role.COORDINATOR, ward)
    HouseholdFactory(village__parent=ward, head=NAME)
    call_command("verify_audit", verbosity=0)
    verification.record_unrecorded(verification.verify())
    kept = tmp_path / "link"
    kept.write_text(json.dumps(verification.present_anchor()))
    return kept


@pytest.fixture
def backup(link, tmp_path):
    """The file that the documented command made."""
    file = tmp_path / "backup"
    if connection.vendor == "sqlite":
        subprocess.run(documented_command(connection.settings_dict["NAME"], file), check=True)
    else:
        run(documented("pg_dump", MIGRATE_DATABASE_URL=database_url(), file=file))
    return file


def documented(command: str, *, file: Path, **named: str) -> list[str]:
    """A command of PostgreSQL's as it is printed, with another file and database."""
    line = next(
        line for line in DOCUMENT.read_text("utf-8").splitlines() if f"{command} --" in line
    )
    words = shlex.split(line[line.index(command) :].rstrip(")"))
    given = {f"${name}": value for name, value in named.items()} | {"FILE": str(file)}
    words = [given.get(word, word) for word in words]
    words = [f"--file={file}" if word.startswith("--file=") else word for word in words]
    address = named.get("database", "")
    return [f"--dbname={address}" if word.startswith("--dbname=") else word for word in words]


def run(words: list[str]) -> bool:
    """Whether a command of PostgreSQL's ended well; one that is not there is a fault."""
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    path = os.pathsep.join([*map(str, places), os.environ["PATH"]])
    program = shutil.which(words[0], path=path)
    assert program, f"{words[0]} is not there"
    return not subprocess.run([program, *words[1:]], capture_output=True, check=False).returncode


@contextmanager
def named(name: str) -> Iterator[None]:
    """Everything inside asks another database."""
    connection.close()
    before, connection.settings_dict["NAME"] = connection.settings_dict["NAME"], name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


def address_of(name: str) -> str:
    """Another database of the same server."""
    return f"{database_url().rpartition('/')[0]}/{name}"


@contextmanager
def new_database() -> Iterator[str]:
    """An empty database of PostgreSQL for a restore."""
    name = f"{connection.settings_dict['NAME']}_restored"
    drop, create = (
        "DROP DATABASE IF EXISTS {} WITH (FORCE)",
        "CREATE DATABASE {} TEMPLATE template0",
    )
    elsewhere = database_url().rpartition("/")[0] + "/postgres"
    with psycopg.connect(elsewhere, autocommit=True) as server:
        for statement in (drop, create):
            server.execute(sql.SQL(statement).format(sql.Identifier(name)))
        try:
            yield name
        finally:
            server.execute(sql.SQL(drop).format(sql.Identifier(name)))


@contextmanager
def restored(file: Path, *options: str) -> Iterator[None]:
    """The database that came of a file; with other options than the documented ones where given."""
    if connection.vendor == "sqlite":
        with named(str(file)):
            yield
        return
    with new_database() as name:
        words = documented("pg_restore", file=file, database=address_of(name))
        if options:
            words = [word for word in words if not word.startswith(("--single", "--exit"))]
        run([*words[:-1], *options, words[-1]])
        with named(name):
            yield


def passes(link: Path) -> bool:
    try:
        call_command("check_restored", str(link))
    except CommandError:
        return False
    return True


def rows() -> dict[str, list[tuple]]:
    """Every row of every table with history."""
    with connection.cursor() as cursor:
        found = {}
        for table in sorted(triggers.history_tables()):
            cursor.execute(f"SELECT * FROM {table} ORDER BY id")  # noqa: S608 -- names of ours
            found[table] = cursor.fetchall()
    return found


def test_a_whole_backup_passes(backup, link):
    before = rows()

    with restored(backup):
        assert passes(link)
        assert rows() == before


def test_an_empty_file_fails(tmp_path, link):
    (empty := tmp_path / "empty").touch()

    with restored(empty):
        assert not passes(link)


@pytest.mark.sqlite
def test_an_empty_register_fails(link):
    """Tables, triggers and all, and nothing in them."""
    with restored(Path(connection.settings_dict["NAME"]).with_suffix(".empty")):
        assert not passes(link)


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.98])
def test_a_cut_file_fails(backup, link, kept):
    content = backup.read_bytes()
    backup.write_bytes(content[: int(len(content) * kept)])

    with restored(backup):
        assert not passes(link)


@pytest.mark.sqlite
def test_a_flipped_letter_of_a_name_fails(backup, link):
    content, name = backup.read_bytes(), NAME.encode()
    assert name in content
    backup.write_bytes(content.replace(name, name[:-1] + b"n"))

    with restored(backup):
        assert not passes(link)


@pytest.mark.parametrize("flips", FLIPS)
def test_a_flipped_bit_fails_or_changed_no_row(backup, link, flips):
    """A bit in an empty place of the file changes nothing; in every other one it shows."""
    before, content = rows(), backup.read_bytes()
    places = [place for place, byte in enumerate(content) if byte]
    chance, failed = random.Random(11), 0
    for _ in range(flips):
        flipped = bytearray(content)
        flipped[chance.choice(places)] ^= 1 << chance.randrange(8)
        backup.write_bytes(flipped)
        with restored(backup):
            if passes(link):
                assert rows() == before
            else:
                failed += 1
    print(f"\n{connection.vendor}: {flips} flipped bits, {failed} failed the check")  # noqa: T201
    assert failed


@pytest.mark.sqlite
def test_a_half_loaded_dump_fails(backup, link, tmp_path):
    with closing(sqlite3.connect(backup)) as whole:
        statements = list(whole.iterdump())
    with closing(sqlite3.connect(tmp_path / "half")) as half:
        half.executescript("\n".join([*statements[: len(statements) // 2], "COMMIT;"]))

    with restored(tmp_path / "half"):
        assert not passes(link)


@pytest.mark.postgresql
@pytest.mark.parametrize(
    "options",
    [
        pytest.param(("--section=pre-data", "--section=data"), id="no constraint, no trigger"),
        pytest.param(("--section=pre-data", "--section=post-data"), id="no row"),
        pytest.param(("--schema-only",), id="schema alone"),
    ],
)
def test_a_half_restored_database_fails(backup, link, options):
    with restored(backup, *options):
        assert connection.introspection.table_names()
        assert not passes(link)


@pytest.mark.postgresql
def test_a_cut_file_restores_nothing_at_all(backup, link):
    content = backup.read_bytes()
    backup.write_bytes(content[: len(content) * 9 // 10])

    with restored(backup):
        assert connection.introspection.table_names() == []
        assert not passes(link)


@pytest.mark.postgresql
def test_an_older_backup_does_not_mix_with_what_is_there(backup, link):
    """Into a database in use the documented command writes nothing."""
    HouseholdFactory(head="Y Hữu Mới")
    before = rows()

    assert not run(documented("pg_restore", file=backup, database=database_url()))

    assert rows() == before
