"""The one clock. Business days are dates in Hà Nội time; moments are UTC.

The demonstration stops the calendar at `settings.DEMO_TODAY`; the time of day goes on.
`set_to` lets the demonstration's history be written on the days on which it happened.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")

_set_to: ContextVar[datetime | None] = ContextVar("clock_set_to", default=None)


def now() -> datetime:
    """This moment, aware, in UTC."""
    if (fixed := _set_to.get()) is not None:
        return fixed
    moment = datetime.now(UTC)
    if settings.DEMO_TODAY is None:
        return moment
    return datetime.combine(settings.DEMO_TODAY, moment.astimezone(HANOI).timetz()).astimezone(UTC)


def real_now() -> datetime:
    """This moment, aware, in UTC, in the demonstration too: for limits that count minutes."""
    return datetime.now(UTC)


def today() -> date:
    """This business day in Hà Nội."""
    return day_of(now())


def yesterday() -> date:
    """The business day before this one."""
    return today() - timedelta(days=1)


def day_of(moment: datetime) -> date:
    """The business day in Hà Nội on which an aware moment falls."""
    return moment.astimezone(HANOI).date()


def end_of(day: date) -> datetime:
    """The last moment of a business day, in UTC."""
    return datetime.combine(day, time.max, tzinfo=HANOI).astimezone(UTC)


@contextmanager
def set_to(day: date, at: time = time(9, 0)) -> Iterator[None]:
    """Let the clock stand at a time of a day in Hà Nội, for the code inside the block."""
    token = _set_to.set(datetime.combine(day, at, tzinfo=HANOI).astimezone(UTC))
    try:
        yield
    finally:
        _set_to.reset(token)
