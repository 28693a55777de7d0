"""Short work that nobody begins: the worker looks every minute whether there is something to do.

What is registered finds out by itself, cheaply, that there is nothing, and is harmless when
repeated.
"""

import logging
import time
from collections.abc import Callable

from django.db import InterfaceError, OperationalError

logger = logging.getLogger(__name__)

EVERY = 60.0  # seconds
_works: dict[str, Callable[[], object]] = {}


def register(work: Callable[[], object]) -> None:
    """Have a function called by the worker from now on."""
    _works[work.__name__] = work


class StandingWork:
    """When all that is registered was looked at last."""

    def __init__(self, every: float = EVERY):
        self.every = every
        self._looked: float | None = None

    def look(self) -> None:
        """Do what is registered, where it is time; one that fails does not stop the others."""
        now = time.monotonic()
        if self._looked is not None and now - self._looked < self.every:
            return
        self._looked = now
        for name, work in _works.items():
            try:
                work()
            except (OperationalError, InterfaceError):
                raise  # the worker waits for the database
            except Exception as error:
                # The text of the error can hold values of a row: its kind is enough.
                logger.error("%s failed (%s)", name, type(error).__name__)
