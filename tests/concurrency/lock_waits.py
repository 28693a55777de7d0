"""How long each process of PostgreSQL waits for locks of others, as PostgreSQL itself says."""

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import psycopg
from django.db import connection

from tests.concurrency.server import database_url
from tests.concurrency.timed_site import Spent

EVERY = 0.01
QUERY = """
    SELECT locks.pid, locks.waitstart,
           EXTRACT(EPOCH FROM clock_timestamp() - locks.waitstart), pg_blocking_pids(locks.pid)
    FROM pg_locks AS locks WHERE NOT locks.granted AND locks.waitstart IS NOT NULL
"""


@dataclass
class Wait:
    """One wait of a process of the database: from when, for how long, for which others."""

    backend: int
    begun: float
    seconds: float = 0.0
    blockers: set[int] = field(default_factory=set)

    def is_in(self, spent: Spent) -> bool:
        return self.backend == spent.backend and spent.begun <= self.begun <= spent.ended

    def is_for(self, spent: Spent) -> bool:
        """Whether a request had one of those processes while it was waited for."""
        ended = self.begun + self.seconds
        is_then = spent.begun <= ended and self.begun <= spent.ended
        return spent.backend in self.blockers and is_then


@dataclass
class LockWaits:
    """What was seen; a wait shorter than the pause between two looks may not be."""

    looks: int = 0
    seen: dict[tuple, Wait] = field(default_factory=dict)

    def of(self, spent: Spent) -> list[Wait]:
        return [wait for wait in self.seen.values() if wait.is_in(spent)]

    def for_others(self, spent: Spent, own: Sequence[Spent]) -> list[Wait]:
        """The waits of a request for what none of its own ward's requests held."""
        return [wait for wait in self.of(spent) if not any(wait.is_for(request) for request in own)]

    def look(self, server: psycopg.Connection) -> None:
        self.looks += 1
        for backend, since, seconds, blockers in server.execute(QUERY):
            begun = time.monotonic() - float(seconds)
            wait = self.seen.setdefault((backend, since), Wait(backend, begun))
            wait.seconds = float(seconds)
            wait.blockers |= set(blockers)


@contextmanager
def watching_locks() -> Iterator[LockWaits]:
    """Look at the locks for as long as it lasts. SQLite has one, which `Spent.turn` times."""
    waits, over = LockWaits(), threading.Event()
    if connection.vendor != "postgresql":
        yield waits
        return

    def look():
        with psycopg.connect(database_url(), autocommit=True) as server:
            while not over.wait(EVERY):
                waits.look(server)

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield waits
    finally:
        over.set()
        watcher.join()
