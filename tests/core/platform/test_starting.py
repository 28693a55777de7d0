"""Wrong settings end with one sentence and no traceback, in each of the programs that start."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

GOOD = {
    "SECRET_KEY": "kx3Vq0zT9mWn4cRb7yLf2pHs6dJg8aEu1oXiQ5rZtNvMwBkCjPhYlSeGf",
    "ALLOWED_HOSTS": "giamngheo.example.vn",
    "DATABASE_URL": "sqlite:////tmp/not-there/at-all.sqlite3",
}
NOBODY = "postgres://site:secret-word@127.0.0.1:1/ward"


def start(*command: str, **given: str) -> subprocess.CompletedProcess:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, *command],
        cwd=settings.BASE_DIR,
        env=kept | GOOD | given,
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize(
    ("given", "said"),
    [
        pytest.param({"SECRET_KEY": "short"}, "has 5 characters", id="short key"),
        pytest.param({"SECRET_KEY": "x" * 60}, "repeats a few", id="dull key"),
        pytest.param({"ALLOWED_HOSTS": "a.vn, b.vn"}, "without spaces", id="spaced hosts"),
        pytest.param({"ALLOWED_HOSTS": "https://a.vn"}, "without spaces", id="address"),
        pytest.param({"ALLOWED_HOSTS": "*"}, "may not hold *", id="everybody"),
        pytest.param({"DEBUG": "1"}, "DEBUG is on", id="debug"),
        pytest.param({"DATABASE_URL": "nonsense"}, "must read postgres://", id="no address"),
        pytest.param({"DATABASE_URL": "postgres://h:99999/n"}, "port in DATABASE_URL", id="port"),
        pytest.param({"DATABASE_URL": "postgres://h:5432/"}, "names no database", id="no name"),
        pytest.param({"DATABASE_URL": NOBODY}, "cannot be opened", id="unreachable"),
    ],
)
def test_wrong_settings_are_one_sentence(given, said):
    ended = start("manage.py", "check", "--database", "default", **given)

    assert ended.returncode != 0
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr
    assert "secret-word" not in ended.stderr


@pytest.mark.parametrize(
    "command",
    [
        ("-m", "gunicorn", "povertyplan.wsgi:application", "--bind", "127.0.0.1:0"),
        ("manage.py", "work"),
    ],
    ids=["site", "worker"],
)
@pytest.mark.parametrize("given", [{"SECRET_KEY": "short"}, {"DATABASE_URL": NOBODY}], ids=str)
def test_site_and_worker_end_with_the_same_sentence(command, given):
    ended = start(*command, **given)

    assert ended.returncode != 0
    assert "Not started: " in ended.stderr
    assert "Traceback" not in ended.stderr
