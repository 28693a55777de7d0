"""/healthz: asked by the machine itself, under any name, and answered in one word."""

import time

from django.db import Error, connection
from django.middleware.common import CommonMiddleware

from povertyplan.core import clock, locks
from povertyplan.core.models import LoginTry
from povertyplan.core.platform import checks
from povertyplan.core.platform.bad_days.outages import outage_of

PATH = "/healthz"
UNSAFE, UNKNOWN = "unsafe", "database"
# A write costs a sync of the disk: asked more often, the last one counts.
WRITE_EVERY = 5.0  # seconds
PATIENCE = 2_000  # milliseconds that the trial waits for other writers

_written: dict[str, float] = {}


class SiteMiddleware(CommonMiddleware):
    """Django's checks of a request; a probe calls the machine by an address of its own.

    It is nobody, whatever cookies it brings: whose session it is would be asked of the database
    that the probe is about.
    """

    def process_request(self, request):
        if request.path_info == PATH:
            request.COOKIES.clear()
            return None
        return super().process_request(request)


def trouble() -> tuple[str, list[str]]:
    """One word for what is wrong, empty where nothing is, and sentences for the log."""
    try:
        if faults := checks.faults():
            return UNSAFE, faults
        _try_to_write()
    except Error as error:
        return outage_of(error) or UNKNOWN, []
    return "", []


def _try_to_write() -> None:
    """Write a row and take it away again, each for good: only a commit meets a full disk."""
    now = time.monotonic()
    if now - _written.get(connection.alias, -WRITE_EVERY) < WRITE_EVERY:
        return
    with locks.waiting_at_most(PATIENCE):
        row = LoginTry.objects.create(username="", address=PATH, at=clock.real_now())
        row.delete()
    _written[connection.alias] = now
