"""Wrong settings end with one sentence and no traceback, in each of the programs that start."""

import os
import subprocess
import sys

import pytest
from django.conf import settings as project

from povertyplan import starting

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
        cwd=project.BASE_DIR,
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
        pytest.param({"DATABASE_URL": NOBODY}, "ward cannot be opened (Conn", id="unreachable"),
    ],
)
def test_wrong_settings_are_one_sentence(given, said):
    ended = start("manage.py", "check", "--database", "default", **given)

    assert ended.returncode != 0
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr
    assert "secret-word" not in ended.stderr


@pytest.mark.parametrize(
    ("read", "said"),
    [
        pytest.param(starting.yes_or_no, "tru", id="switch"),
        pytest.param(starting.whole_number, "-1", id="negative number"),
        pytest.param(starting.whole_number, "one", id="word"),
        pytest.param(starting.day, "20/11/2026", id="day"),
    ],
)
def test_what_cannot_be_read_is_named_in_one_sentence(read, said, capsys):
    with pytest.raises(SystemExit):
        read("SOME_SETTING", said)

    assert f"Not started: SOME_SETTING holds '{said}': give " in capsys.readouterr().err


@pytest.mark.parametrize(
    ("said", "value"), [("True", True), ("1", True), ("off", False), ("", False)]
)
def test_a_switch_is_on_or_off(said, value):
    assert starting.yes_or_no("SOME_SETTING", said) is value


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


@pytest.mark.parametrize("port", ["abc", "0", "65536", "99999"])
def test_the_demonstration_is_served_at_no_impossible_port(port):
    served = subprocess.run(
        [str(project.BASE_DIR / "scripts" / "serve")],
        cwd=project.BASE_DIR,
        env={"PATH": os.environ["PATH"], "PORT": port},
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert served.returncode == 1
    assert served.stderr == f"PORT must be a number from 1 to 65535, not '{port}'.\n"


def test_a_site_without_static_files_does_not_start(settings, tmp_path):
    settings.DEBUG, settings.STATIC_ROOT = False, tmp_path
    assert "run manage.py collectstatic" in starting.uncollected_files()

    (tmp_path / "staticfiles.json").write_text("{}")
    assert starting.uncollected_files() == ""


@pytest.mark.parametrize(
    ("line", "is_read"),
    [
        ("SECRET_KEY=abc", True),
        ("  export DEBUG = 0", True),
        ("# SECRET KEY", True),
        ("", True),
        ("SECRET KEY=abc", False),
        ("abcdef", False),
    ],
)
def test_a_line_that_is_no_setting_is_named_by_its_number_alone(tmp_path, line, is_read):
    file = tmp_path / "environment"
    file.write_text(f"ALLOWED_HOSTS=a.vn\n{line}\n")

    fault = starting.unreadable_file(file)

    assert fault == ("" if is_read else f"line 2 of {file} does not read NAME=value.")
