"""What the site's role may do on PostgreSQL, where another role owns the tables.

The owner migrates (`MIGRATE_DATABASE_URL`); afterwards the role of `DATABASE_URL` may read and
write rows, and neither change what the journal holds nor define tables and triggers.
"""

from collections.abc import Set

from django.conf import settings
from django.core.checks import Tags, register
from django.core.checks import Warning as CheckWarning
from django.db import OperationalError, connection
from psycopg import sql

from povertyplan.core.journal import triggers

# Only the owner writes these.
OF_MIGRATIONS = ("django_migrations", "django_content_type", "auth_permission")
# And these are written by the triggers, in the name of the owner.
WRITTEN_BELOW = dict.fromkeys([*OF_MIGRATIONS, "core_rowchange"], "SELECT") | {
    "core_unsealedchange": "SELECT, DELETE"
}


def give() -> None:
    """Give the site's role its rights; run as the owner after each migration, repeatable."""
    role = settings.SITE_ROLE
    if connection.vendor != "postgresql" or not role or _current_role() == role:
        return
    for statement in _statements(role):
        with connection.cursor() as cursor:
            cursor.execute(statement)


def _statements(role: str) -> list[sql.Composed]:
    to = sql.Identifier(role)
    schema = sql.Identifier(_answer("SELECT current_schema()"))
    found = [
        sql.SQL("REVOKE CREATE ON SCHEMA {} FROM PUBLIC, {}").format(schema, to),
        sql.SQL("GRANT USAGE ON SCHEMA {} TO {}").format(schema, to),
        sql.SQL("REVOKE ALL ON ALL TABLES IN SCHEMA {} FROM PUBLIC, {}").format(schema, to),
        sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {} TO {}").format(schema, to),
    ]
    journal = {each.table for each in triggers.refusals() if each.name == "append_only"}
    for table in set(connection.introspection.table_names()) - {triggers.KEY_TABLE}:
        rights = sql.SQL(rights_on(table, journal))
        found.append(sql.SQL("GRANT {} ON {} TO {}").format(rights, sql.Identifier(table), to))
    return found


def rights_on(table: str, journal: Set[str]) -> str:
    """What the site does with a table, in the words of GRANT; rows are only added to a journal."""
    if table in WRITTEN_BELOW:
        return WRITTEN_BELOW[table]
    return "SELECT, INSERT" if table in journal else "SELECT, INSERT, UPDATE, DELETE"


def too_much() -> list[str]:
    """What the role of this connection could do that the site never needs."""
    if connection.vendor != "postgresql":
        return []
    owned = _answer(
        "SELECT count(*) FROM pg_class WHERE relkind IN ('r', 'p')"
        " AND relnamespace = current_schema()::regnamespace"
        " AND pg_has_role(current_user, relowner, 'MEMBER')"
    )
    if not owned:
        return []
    return [
        f"The site's role owns {owned} tables and could switch their triggers off: migrate with"
        " MIGRATE_DATABASE_URL and give the site a role of its own (docs/deployment.md)."
    ]


def _current_role() -> str:
    return _answer("SELECT current_user")


def _answer(query: str):
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()[0]


@register(Tags.security, deploy=True)
def site_role(app_configs=None, **kwargs) -> list[CheckWarning]:
    """Run by `manage.py check --deploy`."""
    try:
        return [CheckWarning(fault, id="povertyplan.W002") for fault in too_much()]
    except OperationalError:
        return []
