"""A real server on the test database: gunicorn with two workers on a free port, and its clients.

SERVER_LOG=…  keeps what it says
"""

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
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.test import Client

from tests.concurrency.timed_site import HEADER, Spent

VERSION = re.compile(r'name="version" value="(\d+)"')
TOKEN = "t" * 32


@contextmanager
def serving() -> Iterator[int]:
    """The port of a server that works on the database of the tests."""
    port = _free_port()
    # Usually nowhere: it says a line for every conflict.
    with Path(os.environ.get("SERVER_LOG", os.devnull)).open("a") as log:
        process = subprocess.Popen(
            [
                *(
                    sys.executable,
                    "-m",
                    "gunicorn",
                    "tests.concurrency.timed_site:make_application()",
                ),
                *("--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4"),
                *("--log-level", "error"),
            ],
            env={**os.environ, "DATABASE_URL": database_url()},
            stderr=log,
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


@dataclass(frozen=True)
class Answer:
    """What came back, how long somebody waited for it in seconds, and where these went."""

    status: int
    seconds: float
    spent: Spent


@dataclass
class Browser:
    """A signed-in user at the server."""

    port: int
    session: str
    answers: list[Answer] = field(default_factory=list)

    @property
    def statuses(self) -> list[int]:
        return [answer.status for answer in self.answers]

    @property
    def slowest(self) -> float:
        """The longest answer, in seconds."""
        return max((answer.seconds for answer in self.answers), default=0.0)

    def send(self, method: str, path: str, values: dict | None = None) -> tuple[int, str]:
        body = urlencode({**values, "csrfmiddlewaretoken": TOKEN}, doseq=True) if values else None
        response, content = self.fetch(method, path, body, "application/x-www-form-urlencoded")
        return response.status, content.decode()

    def fetch(
        self, method: str, path: str, body: str | bytes | None, kind: str
    ) -> tuple[http.client.HTTPResponse, bytes]:
        """The answer to a body of any kind, and its content."""
        caller = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        cookies = f"{settings.SESSION_COOKIE_NAME}={self.session}; csrftoken={TOKEN}"
        headers = {"Cookie": cookies, "Content-Type": kind}
        start = time.monotonic()
        try:
            caller.request(method, path, body, headers)
            response = caller.getresponse()
            content = response.read()
        finally:
            caller.close()
        spent = Spent.read(response.headers[HEADER])
        self.answers.append(Answer(response.status, time.monotonic() - start, spent))
        return response, content

    def version_of(self, path: str) -> int:
        """The version in the form that the page shows."""
        status, words = self.send("GET", path)
        assert status == 200, status
        return int(VERSION.search(words)[1])


def browser_of(port: int, user) -> Browser:
    client = Client()
    client.force_login(user)
    return Browser(port, client.cookies[settings.SESSION_COOKIE_NAME].value)
