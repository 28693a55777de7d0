"""The system check and /healthz see a guard that was taken away."""

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection

from povertyplan.core.platform import checks

LOST = "povertyplan_history_core_area_update"


def tables():
    return set(connection.introspection.table_names())


def lose_a_trigger():
    table = " ON core_area" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f'DROP TRIGGER "{LOST}"{table}')


def test_a_whole_database_has_no_faults(db):
    assert checks.missing_triggers(tables()) == []
    if connection.vendor == "sqlite":
        assert checks.faults() == []


def test_a_lost_trigger_is_reported(db):
    lose_a_trigger()

    assert LOST in checks.missing_triggers(tables())[0]
    with pytest.raises(SystemCheckError, match="triggers are missing"):
        call_command("check", "--database", "default", "--fail-level", "WARNING")


def test_a_trigger_that_does_nothing_under_its_old_name_is_reported(db):
    assert checks.altered_triggers(tables()) == []
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f'CREATE OR REPLACE FUNCTION "{LOST}"() RETURNS trigger LANGUAGE plpgsql'
                " AS $$ BEGIN RETURN NULL; END $$"
            )
        else:
            lose_a_trigger()
            cursor.execute(f'CREATE TRIGGER "{LOST}" AFTER UPDATE ON core_area BEGIN SELECT 1; END')

    assert checks.missing_triggers(tables()) == []
    assert LOST in checks.altered_triggers(tables())[0]


def test_a_trigger_that_is_switched_off_is_reported(db):
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f'ALTER TABLE core_area DISABLE TRIGGER "{LOST}"')
        assert LOST in checks.altered_triggers(tables())[0]
    else:
        lose_a_trigger()  # SQLite knows no other way
        assert LOST in checks.missing_triggers(tables())[0]


def test_the_check_asks_no_database_that_was_not_named():
    assert checks.database_guards(databases=None) == []


def test_healthz_is_ok_with_every_guard_and_not_without_one(client, db, monkeypatch):
    monkeypatch.setattr(checks, "unsafe_server", list)
    assert (client.get("/healthz").status_code, client.get("/healthz").content) == (200, b"ok")

    lose_a_trigger()
    response = client.get("/healthz")

    assert response.status_code == 503
    assert b"triggers" not in response.content


@pytest.mark.parametrize(
    ("pragma", "value"), [("synchronous", "OFF"), ("foreign_keys", "OFF"), ("busy_timeout", "0")]
)
def test_an_unsafe_pragma_is_reported(transactional_db, pragma, value):
    if connection.vendor != "sqlite":
        assert checks.PRAGMAS
        return
    with connection.cursor() as cursor:
        before = cursor.execute(f"PRAGMA {pragma}").fetchone()[0]
        cursor.execute(f"PRAGMA {pragma} = {value}")
        try:
            assert [pragma in fault for fault in checks.unsafe_pragmas()] == [True]
        finally:
            cursor.execute(f"PRAGMA {pragma} = {before}")


def test_a_deferred_transaction_mode_is_reported(db, monkeypatch):
    if connection.vendor == "sqlite":
        monkeypatch.setitem(connection.settings_dict["OPTIONS"], "transaction_mode", None)

        assert "IMMEDIATE" in checks.unsafe_pragmas()[0]


def test_a_file_on_a_network_share_is_reported(tmp_path, monkeypatch):
    mounts = tmp_path / "mounts"
    mounts.write_text(f"disk / ext4 rw 0 0\nserver:/x {tmp_path} nfs4 rw 0 0\n")
    monkeypatch.setattr(checks, "MOUNTS", mounts)
    monkeypatch.setitem(connection.settings_dict, "NAME", str(tmp_path / "ward.sqlite3"))

    assert "nfs4" in checks.unsafe_place()[0]


def test_an_unsafe_server_is_reported(db):
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit = off")

        assert any("synchronous_commit" in fault for fault in checks.unsafe_server())
