"""A request that takes longer than its time ends: its thread gets an error, its query is stopped.

Gunicorn's own limit watches processes, not the threads that answer. What does not even end then
(it hangs outside of Python) ends with its process, where the server said how.
"""

import ctypes
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

# What was told to end and did not, this many seconds later.
GRACE = 20.0


class RequestTooLong(Exception):
    """Raised in the thread of a request whose time is over."""


@dataclass(eq=False)
class Watched:
    """A request that is being answered: by which thread, until when, over which connection."""

    thread: int
    until: float
    database: BaseDatabaseWrapper
    was_told: bool = False
    is_over: bool = False
    # Between telling and ending alone: the error may come while it is being taken.
    telling: threading.Lock = field(default_factory=threading.Lock)


class Watchdog:
    """One thread for all requests of a process."""

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.watched: set[Watched] = set()
        self.runs = False
        # How to end the process; only a server that starts another one says so.
        self.end_process: Callable[[], None] | None = None

    def begin(self, seconds: float) -> Watched:
        until = time.monotonic() + seconds
        each = Watched(threading.get_ident(), until, connections[DEFAULT_DB_ALIAS])
        with self.changed:
            self.watched.add(each)
            if not self.runs:
                threading.Thread(target=self._run, name="time limits", daemon=True).start()
                self.runs = True
            self.changed.notify()
        return each

    def end(self, each: Watched) -> None:
        """From here on nothing is raised any more, not even what was on its way.

        It takes no lock that others need: what is raised in the middle of taking one leaves it
        taken for ever.
        """
        with each.telling:
            each.is_over = True
            if each.was_told:
                _raise_in(each.thread, None)
        self.forget(each)

    def forget(self, each: Watched) -> None:
        """End it where the error came in the middle of `end`: there is only one."""
        each.is_over = True
        self.watched.discard(each)

    def _run(self) -> None:
        while True:
            with self.changed:
                now = time.monotonic()
                watched = list(self.watched)
                due = [each for each in watched if each.until <= now]
                if not due:
                    ends = min((each.until for each in watched), default=None)
                    self.changed.wait(None if ends is None else max(0.0, ends - now))
            for each in due:  # nobody who begins or ends waits for the database
                self._tell(each)

    def _tell(self, each: Watched) -> None:
        if each.was_told:
            self.watched.discard(each)
            if self.end_process and not each.is_over:
                self.end_process()
            return
        with each.telling:
            if each.is_over:
                return
            each.was_told, each.until = True, each.until + GRACE
            _raise_in(each.thread, RequestTooLong)
        _stop_query(each.database)


def _raise_in(thread: int, error: type[Exception] | None) -> None:
    raised = ctypes.py_object(error) if error else None
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), raised)


def _stop_query(database: BaseDatabaseWrapper) -> None:
    with suppress(Exception):  # it has closed meanwhile
        if database.vendor == "sqlite":
            database.connection.interrupt()
        else:
            database.connection.cancel_safe(timeout=3)


def _throw_away(database: BaseDatabaseWrapper) -> None:
    """The error may have come in the middle of a rollback: the next request gets another one."""
    del connections[DEFAULT_DB_ALIAS]
    with suppress(Exception):
        database.connection.close()


watchdog = Watchdog()


class TimeLimitMiddleware:
    """Give each request REQUEST_SECONDS."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        each = watchdog.begin(settings.REQUEST_SECONDS)
        is_inside = each.database.in_atomic_block  # of a test
        try:
            response = self.get_response(request)
        finally:
            try:
                watchdog.end(each)
            except RequestTooLong:  # it came when all was done
                watchdog.forget(each)
            if each.was_told and not is_inside:
                _throw_away(each.database)
        return response
