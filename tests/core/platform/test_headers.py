"""Every address answers with a browser's guards; production settings pass Django's check."""

import os
import re
import subprocess
import sys

import pytest
from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver

from tests.factories.core import PASSWORD

SAMPLES = {"int": "1", "str": "x", "slug": "x", "uuid": "0" * 8 + "-0000-0000-0000-" + "0" * 12}


def addresses(resolver=None, prefix="/"):
    """Every address of the site, with a sample for each part that varies."""
    for entry in (resolver or get_resolver()).url_patterns:
        path = prefix + re.sub(
            r"<(?:(\w+):)?\w+>", lambda part: SAMPLES[part[1] or "str"], str(entry.pattern)
        )
        if isinstance(entry, URLResolver):
            yield from addresses(entry, path)
        elif isinstance(entry, URLPattern):
            yield path


@pytest.mark.parametrize("who", ["anonymous", "coordinator"])
def test_every_address_carries_the_security_headers(client, db, request, who, share):
    if who != "anonymous":
        client.force_login(request.getfixturevalue(who))
    paths = [*addresses(), "/khong-co-trang-nay/"]
    assert len(paths) >= 20

    for path in paths if who == "anonymous" else share(paths, one_of=3):
        headers = client.get(path).headers
        policy = headers["Content-Security-Policy"]

        assert headers["Cache-Control"] == "no-store, private", path
        assert headers["X-Frame-Options"] == "DENY", path
        assert headers["X-Content-Type-Options"] == "nosniff", path
        assert headers["Referrer-Policy"] == "same-origin", path
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin", path
        assert "default-src 'self'" in policy, path
        assert "frame-ancestors 'none'" in policy, path
        assert "unsafe" not in policy, path


def test_the_nonce_is_new_on_every_page_that_uses_it(rf):
    seen = set()
    for _ in range(3):
        request = rf.get("/")
        middleware = CSPMiddleware(lambda request: HttpResponse(str(request.csp_nonce)))
        response = middleware(request)
        assert f"'nonce-{response.content.decode()}'" in response["Content-Security-Policy"]
        seen.add(response.content)

    assert len(seen) == 3


def test_no_page_has_an_inline_script_style_or_handler(client, coordinator, share):
    client.force_login(coordinator)
    opened = 0

    for path in share(list(addresses()), one_of=3):
        response = client.get(path)
        if response.status_code != 200 or not response["Content-Type"].startswith("text/html"):
            continue
        opened += 1
        page = response.content.decode()
        assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*\bnonce=)[^>]*>", page), path
        assert not re.search(r"<style\b|\sstyle=\"|\son[a-z]+=\"", page), path

    assert opened >= 5


@pytest.mark.parametrize("cookie", ["sessionid", "csrftoken", "known_accounts"])
def test_cookies_are_closed_to_scripts_and_other_sites(client, coordinator, settings, cookie):
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    client.get("/login/", secure=True)
    client.post("/login/", {"username": coordinator.username, "password": PASSWORD}, secure=True)

    flags = client.cookies[cookie]
    assert flags["samesite"] == "Lax"
    assert flags["secure"]
    assert flags["httponly"] or cookie == "csrftoken"


def manage(*arguments, **environment):
    production = {
        "DEBUG": "0",
        "POVERTYPLAN_DEMO": "0",
        "ALLOWED_HOSTS": "povertyplan.example",
        "SECRET_KEY": "kx3Vq0zT9mWn4cRb7yLf2pHs6dJg8aEu1oXiQ5rZtNvMwBkCjPhYlSeGf",
        "PATH": os.environ["PATH"],
        "DATABASE_URL": "sqlite://:memory:",
        **environment,
    }
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env=production,
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_settings_pass_the_deployment_check():
    check = manage("check", "--deploy", "--fail-level", "WARNING")

    assert check.returncode == 0, check.stderr
    assert "no issues (0 silenced)" in check.stdout + check.stderr


@pytest.mark.drawn(one_of=2)
@pytest.mark.parametrize(
    ("environment", "complaint"),
    [
        pytest.param({"SECRET_KEY": ""}, "SECRET_KEY must be set", id="no key"),
        pytest.param(
            {"SECRET_KEY": "demo-" + "x" * 50}, "made for the demonstration", id="demo key"
        ),
        pytest.param({"DEBUG": "1"}, "DEBUG is on", id="debug"),
        pytest.param(
            {"DEBUG": "1", "ALLOWED_HOSTS": "localhost"}, "security.W018", id="debug on one machine"
        ),
        pytest.param({"POVERTYPLAN_DEMO": "1"}, "security.W008", id="plain HTTP"),
    ],
)
def test_unsafe_settings_do_not_pass(environment, complaint):
    check = manage("check", "--deploy", "--fail-level", "WARNING", **environment)

    assert check.returncode != 0
    assert complaint in check.stderr
