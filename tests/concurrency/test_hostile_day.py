"""A thousand hostile files through the real site: its processes stay as small as they were.

HOSTILE_FILES=…  sends so many
"""

import os
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connection
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from povertyplan.core.choices import Role
from tests.concurrency import busy_office
from tests.concurrency.memory import watching_memory
from tests.concurrency.server import TOKEN, Browser, browser_of, serving
from tests.factories.core import user_with
from tests.households.hostile_journey import Journey

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]

# What Python and Django load once is not what a file leaves behind.
WARM, MANY = 60, int(os.environ.get("HOSTILE_FILES", "1000"))
SECONDS, MEGABYTES, GROWTH = 10, 300, 30


@dataclass(frozen=True)
class Page:
    """As much of the answer of Django's client as the steps look at."""

    status_code: int
    content: bytes
    url: str


@dataclass(frozen=True)
class Visitor:
    """As much of Django's client as the steps ask for, over HTTP."""

    browser: Browser

    def get(self, path: str) -> Page:
        return self._page("GET", path, None)

    def post(self, path: str, values: dict | None = None) -> Page:
        body = encode_multipart(BOUNDARY, {**(values or {}), "csrfmiddlewaretoken": TOKEN})
        return self._page("POST", path, body)

    def _page(self, method: str, path: str, body: bytes | None) -> Page:
        response, content = self.browser.fetch(method, path, body, MULTIPART_CONTENT)
        return Page(response.status, content, response.headers.get("Location", ""))


class SiteJourney(Journey):
    def messages_of(self, answer):
        return [part for part in [self.client.get(answer.url).content] if b"notice--" in part]


def test_a_thousand_hostile_files_leave_the_site_as_it_was():
    office = busy_office.open_office("Phường Một", savers=1)
    with serving() as port, watching_memory(port) as memory:
        journey = SiteJourney(Visitor(browser_of(port, user_with(Role.COORDINATOR, office.ward))))
        for number in range(WARM):
            journey.take(number)
        before = memory.now()
        for number in range(WARM, MANY):
            journey.take(number)
            if number % 50 == 0:
                print(number, memory.now(), f"{journey.slowest:.1f} s", flush=True)  # noqa: T201
        after = memory.now()

    statuses = {answer.status for answer in journey.client.browser.answers}
    print(  # noqa: T201 -- the figures are part of the result
        f"\n{MANY} hostile files on {connection.vendor}, load "
        f"{Path('/proc/loadavg').read_text().strip()}: {dict(journey.ends)}, answers {statuses}, "
        f"slowest request {journey.slowest:.1f} s, {len(memory.children)} children, the largest "
        f"{memory.largest_child} MB, the site's processes {before} MB before and {after} MB after"
    )
    assert len(memory.workers) == 2
    assert statuses <= {200, 302, 422}
    assert journey.slowest < SECONDS
    assert 0 < memory.largest_child < MEGABYTES
    assert max(now - then for now, then in zip(after, before, strict=True)) < GROWTH
    assert journey.ends["written"]
    assert journey.ends["refused"]
