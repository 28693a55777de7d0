"""A real server on the test database: gunicorn with two workers on a free port, and its clients."""

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.test import Client

VERSION = re.compile(r'name="version" value="(\d+)"')
TOKEN = "t" * 32


@contextmanager
def serving() -> Iterator[int]:
    """The port of a server that works on the database of the tests."""
    port = _free_port()
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "gunicorn", "povertyplan.wsgi:application"),
            *("--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4"),
            *("--log-level", "error"),
        ],
        env={**os.environ, "DATABASE_URL": database_url()},
        stderr=subprocess.DEVNULL,  # Django's line for every conflict
    )
    try:
        _wait_for(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=20)


def worker(*options) -> subprocess.Popen:
    """A process that does long work on the database of the tests."""
    return subprocess.Popen(
        [sys.executable, "manage.py", "work", "--no-startup-delay", "--no-reload",
         "--interval", "0.05", "-v", "0", *options],
        env={**os.environ, "DATABASE_URL": database_url()},
    )  # fmt: skip


@contextmanager
def working() -> Iterator[None]:
    """A worker beside the server."""
    process = worker()
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=60)


def database_url() -> str:
    """Where the connection of the tests leads, as an address for another process."""
    facts = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{facts['NAME']}"
    user = f"{facts['USER']}:{facts['PASSWORD']}" if facts["PASSWORD"] else facts["USER"]
    return f"postgres://{user}@{facts['HOST']}:{facts['PORT'] or 5432}/{facts['NAME']}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(port: int, process: subprocess.Popen) -> None:
    for _ in range(300):
        assert process.poll() is None, "the server stopped"
        if _answers(port):
            return
        time.sleep(0.2)
    raise AssertionError("the server does not answer")


def _answers(port: int) -> bool:
    caller = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        caller.request("GET", "/login/")
        response = caller.getresponse()
        response.read()
    except OSError:
        return False
    finally:
        caller.close()
    return response.status == 200


@dataclass
class Browser:
    """A signed-in user at the server. `slowest` is the longest answer, in seconds."""

    port: int
    session: str
    slowest: float = 0.0
    statuses: list[int] = field(default_factory=list)

    def send(self, method: str, path: str, values: dict | None = None) -> tuple[int, str]:
        caller = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        body = urlencode({**values, "csrfmiddlewaretoken": TOKEN}, doseq=True) if values else None
        cookies = f"{settings.SESSION_COOKIE_NAME}={self.session}; csrftoken={TOKEN}"
        headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
        start = time.monotonic()
        try:
            caller.request(method, path, body, headers)
            response = caller.getresponse()
            words = response.read().decode()
        finally:
            caller.close()
        self.slowest = max(self.slowest, time.monotonic() - start)
        self.statuses.append(response.status)
        return response.status, words

    def version_of(self, path: str) -> int:
        """The version in the form that the page shows."""
        status, words = self.send("GET", path)
        assert status == 200, status
        return int(VERSION.search(words)[1])


def browser_of(port: int, user) -> Browser:
    client = Client()
    client.force_login(user)
    return Browser(port, client.cookies[settings.SESSION_COOKIE_NAME].value)
