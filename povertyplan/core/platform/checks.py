"""Whether the database guards what it should: asked by `manage.py check` and by /healthz."""

from pathlib import Path

from django.apps import apps
from django.core.checks import Tags, register
from django.core.checks import Warning as CheckWarning
from django.db import DEFAULT_DB_ALIAS, connection

from povertyplan.core.journal import triggers

# Of SQLite's file systems these keep no promise about locks or about what is written.
NETWORK_FILE_SYSTEMS = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs"})
MOUNTS = Path("/proc/self/mounts")
# What each pragma has to answer, and what is at stake.
PRAGMAS = (
    ("journal_mode", {"wal"}, "readers and writers would wait for each other"),
    ("synchronous", {2, 3}, "a power cut could lose confirmed saves"),
    ("foreign_keys", {1}, "rows could point at nothing"),
    ("busy_timeout", range(5_000, 600_001), "a second writer would fail instead of waiting"),
)


def faults() -> list[str]:
    """What is missing or unsafe, in English sentences for whoever runs the server."""
    tables = set(connection.introspection.table_names())
    found = [*missing_triggers(tables), *altered_triggers(tables)]
    if connection.vendor == "sqlite":
        return [*found, *unsafe_pragmas(), *unsafe_place()]
    return [*found, *unsafe_server()]


def missing_triggers(tables: set[str]) -> list[str]:
    """Triggers that should be there and are not; none are expected before the first migrate."""
    if not _keeps_history(tables):
        return []
    missing = sorted(name for name, _table in triggers.expected() - triggers.installed())
    if not missing:
        return []
    shown = ", ".join(missing[:3])
    return [f"{len(missing)} database triggers are missing ({shown} …): run `manage.py migrate`."]


def altered_triggers(tables: set[str]) -> list[str]:
    """Triggers that bear the right name, but were replaced, or are switched off."""
    if not _keeps_history(tables):
        return []
    altered = triggers.altered(tables)
    if not altered:
        return []
    shown = ", ".join(altered[:3])
    return [
        f"{len(altered)} database triggers were changed or are off ({shown} …):"
        " run `manage.py migrate`, then `manage.py verify_audit`."
    ]


def _keeps_history(tables: set[str]) -> bool:
    return apps.get_model("core", "RowChange")._meta.db_table in tables


def unsafe_pragmas() -> list[str]:
    found = []
    with connection.cursor() as cursor:
        for name, safe, stake in PRAGMAS:
            value = cursor.execute(f"PRAGMA {name}").fetchone()[0]
            if value not in safe and not (name == "journal_mode" and value == "memory"):
                found.append(f"SQLite's {name} is {value}: {stake}.")
    if connection.settings_dict["OPTIONS"].get("transaction_mode") != "IMMEDIATE":
        found.append("SQLite's transactions are not IMMEDIATE: two writers could both fail.")
    return found


def unsafe_place() -> list[str]:
    """A SQLite file on a network share can be damaged by two readers alone."""
    file = Path(connection.settings_dict["NAME"]).resolve()
    kind = _file_system(file)
    if kind in NETWORK_FILE_SYSTEMS:
        return [f"The SQLite file lies on a network share ({kind}): move it to a local disk."]
    return []


def _file_system(file: Path) -> str:
    if not MOUNTS.exists():
        return ""
    mounts = [line.split()[1:3] for line in MOUNTS.read_text("utf-8").splitlines()]
    around = [(place, kind) for place, kind in mounts if file.is_relative_to(place)]
    return max(around, key=lambda mount: len(mount[0]), default=("", ""))[1]


def unsafe_server() -> list[str]:
    with connection.cursor() as cursor:
        found = []
        for name, stake in (
            ("synchronous_commit", "a crash could lose confirmed saves"),
            ("fsync", "a power cut could damage the whole database"),
        ):
            cursor.execute(f"SHOW {name}")
            if cursor.fetchone()[0] == "off":
                found.append(f"PostgreSQL's {name} is off: {stake}.")
    return found


@register(Tags.database)
def database_guards(app_configs=None, databases=None, **kwargs) -> list[CheckWarning]:
    """Run by `manage.py check --database default`, and by `migrate`, which mends the triggers."""
    if DEFAULT_DB_ALIAS not in (databases or ()):
        return []
    return [CheckWarning(fault, id="povertyplan.W001") for fault in faults()]
