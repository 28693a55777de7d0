"""The command of docs/backup.md copies a SQLite database in use, with the indexes Django makes."""

import re
import shlex
import sqlite3
import subprocess

from django.conf import settings

from tests.core.documented import documented_command

INDEX = "CREATE UNIQUE INDEX once_a_year ON decision (number, django_date_extract('year', day))"


def test_the_documented_command_copies_what_is_saved_while_a_writer_works(tmp_path):
    source, copy = tmp_path / "source.sqlite3", tmp_path / "copy.sqlite3"
    writer = sqlite3.connect(source)
    writer.create_function("django_date_extract", 2, lambda _, day: day[:4], deterministic=True)
    writer.execute("PRAGMA journal_mode=WAL")
    writer.execute("CREATE TABLE decision (number, day)")
    writer.execute(INDEX)
    writer.execute("INSERT INTO decision VALUES ('208/QĐ-UBND', '2025-12-15')")
    writer.commit()
    writer.execute("INSERT INTO decision VALUES ('209/QĐ-UBND', '2025-12-16')")  # not saved yet

    subprocess.run(documented_command(source, copy), check=True)

    assert sqlite3.connect(copy).execute("SELECT number FROM decision").fetchall() == [
        ("208/QĐ-UBND",)
    ]
    writer.close()


def test_only_its_owner_may_read_the_copy(tmp_path):
    source, copy = tmp_path / "source.sqlite3", tmp_path / "copy.sqlite3"
    sqlite3.connect(source).close()
    text = (settings.BASE_DIR / "docs" / "backup.md").read_text("utf-8")
    (mask,) = re.findall(r"^    (umask \d+)$", text, re.MULTILINE)
    command = f"{mask} && {shlex.join(documented_command(source, copy))}"

    subprocess.run(["/bin/sh", "-c", command], check=True)

    assert copy.stat().st_mode & 0o777 == 0o600
