"""The instrument that says how long a request waited for locks sees a wait, and for whom."""

import time
from threading import Event

import psycopg
import pytest

from tests.concurrency.crowd import together
from tests.concurrency.lock_waits import watching_locks
from tests.concurrency.server import database_url
from tests.concurrency.timed_site import Spent

HELD = 0.3
LOCK = "SELECT pg_advisory_xact_lock(11)"


def request_of(server: psycopg.Connection, begun: float) -> Spent:
    return Spent(server.info.backend_pid, begun, time.monotonic(), 0, 0, 0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql  # on SQLite the statement itself is timed
def test_a_wait_is_seen_with_its_length_and_its_reason():
    held, begun = Event(), time.monotonic()

    def holder():
        with psycopg.connect(database_url()) as server:
            server.execute(LOCK)
            held.set()
            time.sleep(HELD)
            return request_of(server, begun)

    def waiter():
        held.wait()
        with psycopg.connect(database_url()) as server:
            server.execute(LOCK)
            return request_of(server, begun)

    with watching_locks() as waits:
        first, second = together([holder, waiter])

    assert waits.of(first) == []
    (wait,) = waits.of(second)
    assert HELD / 2 < wait.seconds < HELD * 3
    assert waits.for_others(second, [first, second]) == []
    assert waits.for_others(second, [second]) == [wait]
