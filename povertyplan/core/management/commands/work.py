"""The worker that does long work, and goes on by itself after a bad minute."""

import logging
import os
import time

from django.db import InterfaceError, OperationalError, connections
from django_tasks_db.management.commands import db_worker

from povertyplan import starting
from povertyplan.core.platform import jobs

logger = logging.getLogger(__name__)

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 15.0  # seconds
STANDING_PAUSE = 60.0
# Where the processors are few, somebody who waits at a screen goes before a list of thousands.
NICENESS = 10


class StandingWork:
    """When all that nobody begins was looked at last."""

    def __init__(self, every: float = STANDING_PAUSE):
        self.every = every
        self._looked: float | None = None

    def look(self) -> None:
        """Do what is registered, where it is time; one that fails does not stop the others."""
        now = time.monotonic()
        if self._looked is not None and now - self._looked < self.every:
            return
        self._looked = now
        for name, work in jobs.standing_works.items():
            try:
                work()
            except (OperationalError, InterfaceError):
                raise  # the worker waits for the database
            except Exception as error:
                # The text of the error can hold values of a row: its kind is enough.
                logger.error("%s failed (%s)", name, type(error).__name__)


class EnduringWorker(db_worker.Worker):
    """A worker that waits while the database is away, and takes back work whose process died."""

    def run(self) -> None:
        pause, standing = FIRST_PAUSE, StandingWork()
        while self.running:
            try:
                jobs.take_back_dead()
                self.look_once()
                standing.look()
                pause = FIRST_PAUSE
            except (OperationalError, InterfaceError) as error:
                # The text of the error can hold values of a row: its kind is enough.
                logger.warning("No database (%s): again in %s s", type(error).__name__, pause)
                connections.close_all()
                time.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
                continue
            self.startup_delay = False
            if self.batch or self.has_done_all:
                return
            time.sleep(self.interval)

    @property
    def has_done_all(self) -> bool:
        return self.max_tasks is not None and self._run_tasks >= self.max_tasks

    def look_once(self) -> None:
        """Do what waits, until nothing does."""
        batch, self.batch = self.batch, True
        try:
            super().run()
        finally:
            self.batch = batch


class Command(db_worker.Command):
    """`db_worker` with its options, without its habit of ending with the database."""

    help = "Do long work; wait while the database is away"

    def run_from_argv(self, argv: list[str]) -> None:
        """Give way to the processes of the site; only where the command is a process of its own."""
        here = os.getpriority(os.PRIO_PROCESS, 0)
        os.setpriority(os.PRIO_PROCESS, 0, max(here, NICENESS))
        super().run_from_argv(argv)

    def configure_logging(self, verbosity: int) -> None:
        # It looks every second, and would say each time that it starts and ends.
        super().configure_logging(0)

    def handle(self, **options) -> None:
        # One that was never there is a wrong address; one that goes away is waited for.
        if sentence := starting.unreachable_database():
            starting.refuse(sentence)
        # The command names its worker nowhere else.
        db_worker.Worker = EnduringWorker  # type: ignore[misc]
        super().handle(**options)
