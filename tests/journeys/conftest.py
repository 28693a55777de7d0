"""Chromium, and pages of a running server opened as a given user.

`PICTURES=folder pytest tests/journeys` keeps a picture of every page that a journey looks at.
"""

import os
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from playwright.sync_api import sync_playwright

from povertyplan.demo.loading import load_demo
from tests.factories.core import PASSWORD
from tests.journeys.windows import WIDE, Window

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
PATIENCE = 20_000  # milliseconds; pages answer in far less, but the machine may be busy


@pytest.fixture(scope="module")
def chromium():
    # The driver keeps an event loop in this thread, where fixtures still use the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def demo_ward(transactional_db):
    """The demonstration ward with its five campaigns; every user has `PASSWORD`."""
    load_demo(password=PASSWORD)


@pytest.fixture
def window_of(request, chromium, live_server):
    """`window_of("canbo")`: that user's own window, signed out. The test fails on complaints."""
    is_long = request.config.getoption("--long")
    is_judged = connection.vendor == "sqlite" or is_long
    pictures = Path(os.environ["PICTURES"]) if os.environ.get("PICTURES") else None
    if pictures:
        pictures.mkdir(parents=True, exist_ok=True)
    windows = []

    def open_window(name):
        context = chromium.new_context(viewport={"width": WIDE[0], "height": WIDE[1]})
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        windows.append(Window(page, live_server.url, name, pictures, is_judged, is_long))
        return windows[-1]

    yield open_window
    for window in windows:
        window.page.context.close()
    complaints = [complaint for window in windows for complaint in window.complaints]
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def open_page(chromium, transactional_db, live_server):
    """`open_page(address, user, width=…, height=…, scheme=…, script=…)`; no user: signed out."""
    contexts = []

    def open_at(address, user=None, *, width=1366, height=768, scheme="light", script=True):
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            java_script_enabled=script,
        )
        contexts.append(context)
        if user:
            context.add_cookies([_session_of(user, live_server.url)])
        page = context.new_page()
        page.goto(live_server.url + address)
        return page

    yield open_at
    for context in contexts:
        context.close()


def _session_of(user, url):
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": url}
