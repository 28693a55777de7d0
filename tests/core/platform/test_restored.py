"""A restored database is whole, or the documented check says what is wrong."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from households.models import Person
from povertyplan.core.choices import Role
from povertyplan.core.database import restored
from povertyplan.core.journal import triggers, verification
from povertyplan.core.models import HeadRecord, RowChange
from tests.factories.core import WardFactory, user_with
from tests.factories.households import HouseholdFactory

SECRET = "a-key-of-the-tests-that-is-long-enough-to-be-one-0123456789"


@pytest.fixture
def link(tmp_path):
    return tmp_path / "link"


def keep_link(link):
    """What is printed with a backup."""
    verification.record_unrecorded(verification.verify())
    link.write_text(json.dumps(verification.present_anchor()))


@pytest.fixture
def office(ward, coordinator, link):
    """A ward with people and a sealed journal, and the link that its backup kept."""
    HouseholdFactory(village__parent=ward, head="Y Hữu Nam")
    call_command("verify_audit", verbosity=0)
    keep_link(link)
    return ward


@contextmanager
def without_triggers():
    """What is done inside leaves no history, as in a file that was damaged."""
    triggers.drop()
    yield
    triggers.install()


def faults(link):
    return " ".join(restored.find_faults(link))


def test_a_whole_database_passes(office, link, capsys):
    call_command("check_restored", str(link))

    assert "trọn vẹn" in capsys.readouterr().out


def test_an_empty_database_fails(db, link):
    link.write_text('{"position": 3, "digest": "00"}')

    assert restored.NO_WARD in faults(link)
    assert "phần cuối bị cắt" in faults(link)


@pytest.mark.parametrize("text", ["", "{}", '{"position": 0}', "[1]"])
def test_without_a_link_nothing_is_proved(office, link, text):
    link.write_text(text)

    with pytest.raises(CommandError, match="không dùng được"):
        call_command("check_restored", str(link))


def test_an_older_or_cut_database_fails(office, link):
    """Its chains end earlier, and everything in it fits."""
    before = HeadRecord.objects.latest("position").position
    WardFactory()
    call_command("verify_audit", verbosity=0)
    keep_link(link)
    with without_triggers():
        HeadRecord.objects.filter(position__gt=before).delete()

    assert "phần cuối bị cắt" in faults(link)


def test_a_flipped_value_fails(office, link):
    with without_triggers():
        Person.objects.update(full_name="Y Hữu Nan")

    assert "Bảng households_person" in faults(link)


def test_rows_that_did_not_come_back_fail(office, link):
    with without_triggers():
        RowChange.objects.filter(table="households_person").delete()

    assert "đã bị xóa" in faults(link)


def test_a_constraint_that_did_not_come_back_fails(office, link):
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX person_ward_sort")

    assert "person_ward_sort" in faults(link)


def test_triggers_that_did_not_come_back_fail(office, link):
    triggers.drop()

    assert "triggers are missing" in faults(link)


@pytest.mark.django_db(transaction=True)
@pytest.mark.sqlite
def test_files_of_sqlite(tmp_path, link):
    """`sqlite3` by itself checks, dumps and reloads the file; a file that was cut fails."""
    ward = WardFactory()
    user_with(Role.COORDINATOR, ward)
    HouseholdFactory(village__parent=ward, head="Y Hữu Nam")
    call_command("verify_audit", verbosity=0)
    keep_link(link)
    whole, cut = tmp_path / "whole.sqlite3", tmp_path / "cut.sqlite3"
    with closing(sqlite3.connect(whole)) as copy:
        connection.connection.backup(copy)
        assert copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        dump = "\n".join(copy.iterdump())
    with closing(sqlite3.connect(":memory:")) as again:
        again.executescript(dump)
        assert "\n".join(again.iterdump()) == dump
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])

    assert "không dùng được" in (said := check(cut, link)) or "không đọc được" in said


def check(file, link) -> str:
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{file}", "SECRET_KEY": SECRET}
    said = subprocess.run(
        [sys.executable, "manage.py", "check_restored", str(link)],
        cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert bool(said.returncode) == bool(said.stderr)
    return said.stdout + said.stderr
