# ruff: noqa: E402 -- imports of the project follow its settings
"""What the measures share: the project set up, the processor time of a request, the line printed.

Processor time is that of this process and of its PostgreSQL backend together: it is the same on a
quiet machine and, but for what caches lose, on a busy one.
"""

import json
import os
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import process_time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "povertyplan.settings")

import django

django.setup()

from django.conf import settings
from django.db import connection, transaction
from django.test import Client, override_settings
from django.test.utils import setup_test_environment

settings.SECOND_FACTOR_REQUIRED = False
setup_test_environment()

from households.models import Household
from povertyplan.core.models import Area, User

OFFICER = "canbo1"
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Cost:
    """Milliseconds of processor for one call, of the process and of PostgreSQL."""

    python: float
    database: float

    @property
    def total(self) -> float:
        return self.python + self.database


def cost_of(call: Callable[[], object], *, times: int) -> Cost:
    """What a call costs on the average; one before it warms up what is read once a process."""
    call()
    own, other = process_time(), _backend_time()
    for _ in range(times):
        call()
    return Cost(1000 * (process_time() - own) / times, 1000 * (_backend_time() - other) / times)


def _backend_time() -> float:
    """Seconds of processor that the backend of this connection has used; 0 where it is not here."""
    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    stat = Path(f"/proc/{pid}/stat")
    if not stat.exists():
        return 0
    own, kernel = stat.read_text().rpartition(")")[2].split()[11:13]
    return (int(own) + int(kernel)) / TICKS


def time_of_sql(statements) -> float:
    """Milliseconds that PostgreSQL says some questions took: the least of three."""
    return min(sum(_times(statements)) for _ in range(3))


def _times(statements):
    for sql in statements:
        if sql.lstrip("( ").upper().startswith(("SELECT", "WITH")):
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("EXPLAIN (ANALYZE, FORMAT JSON) " + sql)
                yield cursor.fetchone()[0][0]["Execution Time"]


def signed_in(username: str = OFFICER) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client


@contextmanager
def bare_site(*patterns):
    """A client of a site that has nothing but some views."""
    with override_settings(ROOT_URLCONF=patterns, MIDDLEWARE=[]):
        yield Client()


def print_line(
    name: str,
    *,
    value: float,
    unit: str,
    goal: str,
    holds: bool | None,
    peer: float | None = None,
    ratio: float | None = None,
    **more: object,
) -> None:
    """One measure as one line of JSON. `holds` is None where the goal was not asked here."""
    print(
        json.dumps(
            {
                "name": name,
                "value": _rounded(value),
                "unit": unit,
                "peer": _rounded(peer),
                "ratio": _rounded(ratio if ratio or not peer else value / peer),
                "goal": goal,
                "holds": holds,
                "size": size_of_bench(),
                **more,
            },
            ensure_ascii=False,
        ),
        flush=True,
    )


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 2)


def size_of_bench() -> dict[str, object]:
    """How large the database of the bench is, and how busy the machine."""
    return {
        "wards": Area.objects.filter(kind="ward").count(),
        "households": Household.objects.count(),
        "load": round(os.getloadavg()[0], 1),
    }
