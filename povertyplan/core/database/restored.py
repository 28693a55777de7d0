"""Whether a restored database is whole: its file, its tables and guards, its journal, its rows.

Only against a link kept with the backup (`verify_audit --print-anchor`) can it be told from one
that is empty, older, or was cut off together with its own records of length.
"""

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from povertyplan.core.choices import AreaKind
from povertyplan.core.journal import chains, row_proof, verification
from povertyplan.core.models import Area, User
from povertyplan.core.platform import checks

SHOWN = 50
DAMAGED = "Tệp cơ sở dữ liệu hỏng: {fault}."
NO_TABLES = "Thiếu {count} bảng ({shown} …): khôi phục chưa trọn."
NOT_MIGRATED = "Chưa chạy manage.py migrate: còn {count} bước."
NO_CONSTRAINTS = "Thiếu {count} ràng buộc, chỉ mục ({shown} …): khôi phục chưa trọn."
NO_WARD = "Không có phường, xã nào: đây là một cơ sở dữ liệu trống."
NO_USER = "Không có tài khoản nào đang dùng."
EMPTY_LINK = "Tệp mắt xích không giữ mắt xích nào: không so được bản khôi phục với bản sao lưu."
ROW = "Bảng {table}, dòng {row}: không khớp nhật ký."


def find_faults(link: Path) -> Iterator[str]:
    """What is wrong, in sentences; `link` is the file that was kept with the backup."""
    yield from _file_faults()
    if missing := sorted(_tables() - set(connection.introspection.table_names())):
        yield NO_TABLES.format(count=len(missing), shown=", ".join(missing[:3]))
        return
    yield from _schema_faults()
    yield from checks.faults()
    if not Area.objects.filter(kind=AreaKind.WARD).exists():
        yield NO_WARD
    if not User.objects.filter(is_active=True).exists():
        yield NO_USER
    yield from _journal_faults(link)


def _file_faults() -> Iterator[str]:
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        found = [row[0] for row in cursor.fetchall() if row[0] != "ok"]
        cursor.execute("PRAGMA foreign_key_check")
        found += [f"{table} {row}" for table, row, *_ in cursor.fetchall()]
    yield from (DAMAGED.format(fault=fault) for fault in found[:SHOWN])


def _tables() -> set[str]:
    return {model._meta.db_table for model in apps.get_models(include_auto_created=True)}


def _schema_faults() -> Iterator[str]:
    executor = MigrationExecutor(connection)
    if plan := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield NOT_MIGRATED.format(count=len(plan))
        return
    missing = sorted(_missing_constraints())
    if missing:
        yield NO_CONSTRAINTS.format(count=len(missing), shown=", ".join(missing[:3]))


def _missing_constraints() -> Iterator[str]:
    """Names of constraints and indexes of our models that the database does not have."""
    query = (
        "SELECT conname FROM pg_constraint UNION SELECT indexname FROM pg_indexes"
        if connection.vendor == "postgresql"
        else "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        rows = [row[0] for row in cursor.fetchall()]
    # SQLite keeps the words that made them, with each name in quotes.
    present = set(rows) if connection.vendor == "postgresql" else set("".join(rows).split('"'))
    for model in apps.get_models():
        for each in [*model._meta.constraints, *model._meta.indexes]:
            if each.name not in present:
                yield each.name


def _journal_faults(link: Path) -> Iterator[str]:
    chains.seal_waiting()
    yield from verification.verify().faults
    if _is_empty(link):
        yield EMPTY_LINK
    yield from verification.anchor_faults(link)
    for each in islice(row_proof.misfits(), SHOWN):
        yield ROW.format(table=each.table, row=each.row_id)


def _is_empty(link: Path) -> bool:
    try:
        return not json.loads(link.read_text("utf-8"))["position"]
    except (OSError, ValueError, KeyError, TypeError):
        return False  # anchor_faults says so
