"""The site as the server of the tests runs it: every answer says where its time went."""

import threading
import time
from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from django.db.backends.signals import connection_created

HEADER = "X-Spent"
# What a statement begins with that may have to wait for others: SQLite's transaction for its
# turn to write, PostgreSQL's for a turn or a row. Rows and references it also waits for elsewhere:
# `lock_waits` asks the server.
TAKES_TURN = ("BEGIN", "SELECT pg_advisory_xact_lock")


@dataclass(frozen=True)
class Spent:
    """How a process spent the time of one request, in seconds of the clock of the machine.

    `queued` for a core, while another process had it; `turn` in statements that take a turn.
    `backend` is the process of the database that served it.
    """

    backend: int
    begun: float
    ended: float
    computed: float
    queued: float
    turn: float

    @classmethod
    def read(cls, header: str) -> "Spent":
        backend, *seconds = header.split()
        return cls(int(backend), *map(float, seconds))

    def write(self) -> str:
        seconds = (self.begun, self.ended, self.computed, self.queued, self.turn)
        return " ".join([str(self.backend), *(f"{each:.4f}" for each in seconds)])


# By thread: on SQLite a connection does not outlive its request.
turns = threading.local()


def time_turns(execute, sql, params, many, context):
    """Add up what the statements take that take a turn."""
    if not str(sql).startswith(TAKES_TURN):
        return execute(sql, params, many, context)
    start = time.monotonic()
    try:
        return execute(sql, params, many, context)
    finally:
        turns.seconds = turns_so_far() + time.monotonic() - start


def turns_so_far() -> float:
    return getattr(turns, "seconds", 0.0)


def watch(sender, connection, **kwargs):
    if time_turns not in connection.execute_wrappers:  # it connects anew, and is the same
        connection.execute_wrappers.append(time_turns)


def queued() -> float:
    """How long this thread was ready and had no core, in all."""
    return int(Path("/proc/thread-self/schedstat").read_text().split()[1]) / 1e9


def timed(site):
    """A WSGI application that adds the header to what another one answers."""

    def application(environ, start_response):
        begun, computed, waited = time.monotonic(), time.thread_time(), queued()
        waited_before = turns_so_far()

        def start(status, headers, *rest):
            spent = Spent(
                backend=backend(),
                begun=begun,
                ended=time.monotonic(),
                computed=time.thread_time() - computed,
                queued=queued() - waited,
                turn=turns_so_far() - waited_before,
            )
            return start_response(status, [*headers, (HEADER, spent.write())], *rest)

        return site(environ, start)

    return application


def backend() -> int:
    if connection.vendor != "postgresql" or connection.connection is None:
        return 0
    return connection.connection.info.backend_pid


def make_application():
    """The entry point that gunicorn calls in each of its processes."""
    from povertyplan.wsgi import application

    connection_created.connect(watch)
    return timed(application)
