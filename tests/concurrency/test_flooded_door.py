"""Pages stay quick and officers come in beside 24 attackers who never pause."""

import time
from pathlib import Path
from threading import Event, Timer

import pytest
from django.db import connection
from django.urls import reverse

from povertyplan.core.choices import Role
from tests.concurrency import busy_office
from tests.concurrency.attackers import flooding
from tests.concurrency.busy_office import FORM_SENT, PAGE_SHOWN
from tests.concurrency.crowd import together
from tests.concurrency.server import Browser, browser_of, serving
from tests.factories.core import user_with

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.drawn(one_of=3, family="long stories"),
]

ATTACKERS, PAUSE = 24, 0.25
WRONG, USED_UP = 200, 429
FEW = pytest.param(2, id="2 seconds")
MANY = pytest.param(30, marks=pytest.mark.long, id="30 seconds")


def keep_opening(browser: Browser, path: str, until: Event) -> Browser:
    while not browser.answers or not until.is_set():
        browser.send("GET", path)
        until.wait(PAUSE)
    return browser


def slow_ones(browser: Browser) -> str:
    seconds = sorted(answer.seconds for answer in browser.answers)
    return f"{len(seconds)}, median {seconds[len(seconds) // 2]:.2f} s, slowest {seconds[-1]:.2f} s"


@pytest.mark.parametrize("seconds", [FEW, MANY])
@pytest.mark.parametrize("flood", ["invented names", "one name"])
def test_pages_are_quick_beside_attackers(flood, seconds, monkeypatch):
    # Each attacker has an address, as a proxy would tell it.
    monkeypatch.setenv("TRUSTED_PROXIES", "1")
    office = busy_office.open_office("Phường Một", savers=1)
    victim = busy_office.newcomer(office.ward)
    honest = busy_office.newcomer(office.ward)
    over = Event()

    with serving() as port:
        reader = browser_of(port, user_with(Role.OBSERVER, office.ward))
        stranger, comer = Browser(port, session=""), Browser(port, session="")
        pages = reverse("households:household_list"), reverse("core:login")
        busy_office.warm_up([reader, stranger] * 4, [*pages] * 4)
        with flooding(
            port, ATTACKERS, "" if flood == "invented names" else victim.username
        ) as sent:
            Timer(seconds, over.set).start()
            start = time.monotonic()
            together(
                [
                    lambda: keep_opening(reader, pages[0], over),
                    lambda: keep_opening(stranger, pages[1], over),
                    lambda: busy_office.keep_signing_in(comer, honest.username, until=over),
                ]
            )
            took = time.monotonic() - start

    print(  # noqa: T201 -- the numbers are the result
        f"\n{ATTACKERS} attackers, {flood}, {connection.vendor}, load "
        f"{Path('/proc/loadavg').read_text().strip()}: {sent.answers.total() / took:.0f} answers a "
        f"second; a page {slow_ones(reader)}; the log-in page {slow_ones(stranger)}; "
        f"signing in {slow_ones(comer)}"
    )
    assert set(reader.statuses) == set(stranger.statuses) == {PAGE_SHOWN}
    assert set(comer.statuses) == {FORM_SENT}
    assert set(sent.answers) <= {WRONG, USED_UP}
    assert sent.answers.total() > ATTACKERS
    if seconds > MANY.values[0] // 2:
        assert max(reader.slowest, stranger.slowest) < 1
