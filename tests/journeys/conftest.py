"""Chromium, and pages of a running server opened as a given user.

`PICTURES=folder pytest tests/journeys` keeps a picture of every page that a journey looks at.
"""

import os
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client, override_settings
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import sync_playwright

from povertyplan.core.accounts import second_factor
from povertyplan.demo.loading import load_demo
from tests.factories.core import PASSWORD
from tests.journeys.site import Certificate, ProductionSite
from tests.journeys.windows import WIDE, Window

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
PATIENCE = 20_000  # milliseconds; pages answer in far less, but the machine may be busy


def pytest_generate_tests(metafunc):
    """Production is the normal case; what needs the demonstration says so. A long run does both."""
    if "site" not in metafunc.fixturenames:
        return
    marker = metafunc.definition.get_closest_marker("browser")
    modes = ["production"]
    if marker and (only := marker.kwargs.get("only")):
        modes = [only]
    elif metafunc.config.getoption("--long"):
        modes = ["production", "demo"]
    metafunc.parametrize("site", modes, indirect=True)


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    return Certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture(scope="session")
def production_site(certificate, tmp_path_factory):
    site = ProductionSite(certificate, tmp_path_factory.mktemp("static"))
    yield site
    site.terminate()


@pytest.fixture
def site(request, transactional_db):
    """The running server: of production behind its proxy, or of the demonstration."""
    if request.param == "demo":
        yield request.getfixturevalue("live_server")
        return
    server = request.getfixturevalue("production_site")
    with override_settings(**server.settings):
        yield server


@pytest.fixture(scope="module")
def chromium(certificate):
    # The driver keeps an event loop in this thread, where fixtures still use the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        # Believed like any other, so that pages keep their files as they do in production.
        believed = f"--ignore-certificate-errors-spki-list={certificate.pin}"
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", believed]
        )
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def demo_ward(transactional_db):
    """The demonstration ward with its five campaigns; every user has `PASSWORD`."""
    with override_settings(DEMO=True):
        load_demo(password=PASSWORD)


@pytest.fixture
def window_of(request, chromium, site):
    """`window_of("canbo")`: that user's own window, signed out. The test fails on complaints."""
    is_long = request.config.getoption("--long")
    is_judged = connection.vendor == "sqlite" or is_long
    pictures = Path(os.environ["PICTURES"]) if os.environ.get("PICTURES") else None
    if pictures:
        pictures.mkdir(parents=True, exist_ok=True)
    windows = []

    def open_window(name):
        context = chromium.new_context(
            viewport={"width": WIDE[0], "height": WIDE[1]}, ignore_https_errors=True
        )
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        windows.append(Window(page, site.url, name, pictures, is_judged, is_long))
        return windows[-1]

    yield open_window
    for window in windows:
        window.page.context.close()
    complaints = [complaint for window in windows for complaint in window.complaints]
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def open_page(chromium, transactional_db, site):
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
            context.add_cookies([_session_of(user, site.url)])
        page = context.new_page()
        page.goto(site.url + address)
        return page

    yield open_at
    for context in contexts:
        context.close()


def _session_of(user, url):
    """The cookie of somebody who has signed in, with the second factor where it is asked for."""
    client = Client()
    client.force_login(user)
    if second_factor.is_required(user):
        device, _created = TOTPDevice.objects.get_or_create(user=user, name="Ứng dụng xác thực")
        session = client.session
        session[DEVICE_ID_SESSION_KEY] = device.persistent_id
        session.save()
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": url}
