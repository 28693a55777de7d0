"""What is asked of the settings before anything starts: one sentence for whoever runs the server.

Ends with the status by which gunicorn knows that another attempt would not help.
"""

import re
import sys
from datetime import date
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

SHORTEST_KEY = 50
NOT_STARTED = 4
IN_MEMORY = "sqlite://:memory:"
SCHEMES = frozenset({"sqlite", "postgres", "postgresql", "psql", "pgsql"})
SETTING = re.compile(r"\s*(#.*|(export\s+)?[A-Za-z_]\w*\s*=.*)?$")
HOST = re.compile(r"\.?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*|\[[0-9A-Fa-f:]+\]")


def refuse(sentence: str) -> NoReturn:
    """End the process with a sentence and no traceback."""
    sys.stderr.write(f"Not started: {sentence}\n")
    raise SystemExit(NOT_STARTED)


def unreadable_file(file: Path) -> str:
    """Why the file of settings cannot be read; empty when it can or is not there."""
    try:
        lines = file.read_text("utf-8").splitlines() if file.exists() else []
    except (OSError, UnicodeDecodeError) as fault:
        reason = getattr(fault, "strerror", None) or "it is not UTF-8 text"
        return f"the settings in {file} cannot be read ({reason})."
    # Told by its number alone: a line may hold a key or a password.
    for number, line in enumerate(lines, start=1):
        if not SETTING.match(line):
            return f"line {number} of {file} does not read NAME=value."
    return ""


YES, NO = frozenset({"1", "true", "yes", "on"}), frozenset({"0", "false", "no", "off", ""})


def yes_or_no(name: str, said: str) -> bool:
    """What a switch says; a slip of the pen turns nothing off in silence."""
    word = said.strip().lower()
    if word not in YES | NO:
        refuse(f"{name} holds '{said}': give 1 or 0.")
    return word in YES


def whole_number(name: str, said: str) -> int:
    """The number that a setting gives."""
    if not said.strip().isdecimal():
        refuse(f"{name} holds '{said}': give a whole number.")
    return int(said)


def day(name: str, said: str) -> date:
    """The day that a setting gives."""
    try:
        return date.fromisoformat(said)
    except ValueError:
        refuse(f"{name} holds '{said}': give a day as in 2026-11-20.")


def weak_key(key: str) -> str:
    """Why a key may not serve production; empty when it may."""
    if len(key) < SHORTEST_KEY:
        return f"SECRET_KEY has {len(key)} characters, and needs {SHORTEST_KEY} or more."
    if len(set(key)) < 5:
        return "SECRET_KEY repeats a few characters: make a random one."
    return ""


def wrong_hosts(hosts: list[str]) -> str:
    """Why a list of hosts would let nobody in, or everybody; empty when it is right."""
    if not hosts:
        return "ALLOWED_HOSTS is empty: give the host name people use."
    for host in hosts:
        if "*" in host:
            return "ALLOWED_HOSTS may not hold *: give the host names people use."
        if not HOST.fullmatch(host):
            return (
                f"ALLOWED_HOSTS holds '{host}': give names as in giamngheo.example.vn,"
                " separated by commas, without spaces, https:// or a port."
            )
    return ""


def wrong_database(url: str) -> str:
    """Why an address names no database; empty when it does. Never repeats a password."""
    if url == IN_MEMORY:
        return ""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "the port in DATABASE_URL is not a number from 1 to 65535."
    if parts.scheme not in SCHEMES or port == 0:
        return "DATABASE_URL must read postgres://user:password@host:5432/name or sqlite:////file."
    if not parts.path.strip("/"):
        return "DATABASE_URL names no database: add /name at its end."
    return ""


def unreachable_database() -> str:
    """Why the database does not let the site in; empty when it does."""
    from django.db import OperationalError, connection  # only once the settings stand

    try:
        connection.ensure_connection()
    except OperationalError as fault:
        place = connection.settings_dict
        where = f"{place['HOST'] or 'local socket'}:{place['PORT'] or 5432}/{place['NAME']}"
        if connection.vendor == "sqlite":
            where = str(place["NAME"])
        # Several addresses may have been tried, with a hint on a line of its own below each.
        lines = [line for line in str(fault).splitlines() if line.strip() and line[0] != "\t"]
        reason = lines[-1].rsplit("failed: ", 1)[-1] if lines else type(fault).__name__
        return f"the database {where} cannot be opened ({reason})."
    return ""


def uncollected_files() -> str:
    """Why no page of the site could be drawn; empty when its static files lie ready."""
    from django.conf import settings  # only once the settings stand

    if settings.DEBUG or (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        return ""
    return f"no static files in {settings.STATIC_ROOT}: run manage.py collectstatic --noinput."


def keep_file_open() -> object:
    """On SQLite a connection that stays: without one, each first reader needs room on the disk.

    Whoever closes last removes the write-ahead log and its index; on a full disk the next one
    could not make them again, and nothing could be read.
    """
    import sqlite3

    from django.db import connection

    if connection.vendor != "sqlite":
        return None
    kept = sqlite3.connect(connection.settings_dict["NAME"], check_same_thread=False)
    kept.execute("SELECT 1 FROM sqlite_master").fetchone()
    return kept
