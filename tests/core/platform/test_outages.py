"""A disk that is really full: what can still be read is read, and the probe says what is wrong."""

import sqlite3

import pytest
from django.db import OperationalError, connection
from django.test import Client

from povertyplan import starting
from povertyplan.core.platform.bad_days import outages
from povertyplan.core.platform.bad_days.outages import Outage


def gone(*args, **kwargs):
    raise OperationalError("…") from sqlite3.OperationalError("unable to open database file")


def test_a_probe_that_brings_a_cookie_gets_one_word_too(client_of, coordinator, monkeypatch):
    client = client_of(coordinator)
    with monkeypatch.context() as without:
        without.setattr(connection, "cursor", gone)
        response = client.get("/healthz")

    assert (response.status_code, response["Content-Type"]) == (503, "text/plain")
    assert response.content.decode().isalpha()


@pytest.mark.sqlite
def test_the_file_stays_open_so_that_a_first_reader_needs_no_room(transactional_db):
    kept = starting.keep_file_open()
    connection.close()

    index = f"{connection.settings_dict['NAME']}-shm"
    with open(index, "rb") as file:
        assert file.read(1)

    kept.close()


def test_no_room_for_the_index_of_the_log_is_a_full_disk():
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorname = "SQLITE_IOERR_SHMSIZE"

    assert outages.outage_of(error) is Outage.FULL


@pytest.mark.sqlite
def test_a_full_disk_is_said_where_it_is_met(transactional_db, coordinator):
    """SQLite's own limit of pages is met as the end of a disk is, with the same error."""
    client = Client(raise_request_exception=False)
    client.force_login(coordinator)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        pages = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(OperationalError) as raised:
            cursor.execute("CREATE TABLE full AS SELECT randomblob(500000) AS it")
        cursor.execute("PRAGMA max_page_count = 1073741823")

    assert outages.outage_of(raised.value) is Outage.FULL
    assert client.get("/todo/").status_code == 200
