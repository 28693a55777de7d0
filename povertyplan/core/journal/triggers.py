"""Triggers of both databases: the history of rows, and the writes that are refused.

Apps list what they need in their `triggers.py`: `HISTORY`, the tables whose rows leave a history,
and `REFUSALS`. Everything is dropped before a migration (SQLite rebuilds tables, and a trigger
that names one would stop it) and installed again after it, so that installing is repeatable.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.db import ProgrammingError, connection, models, transaction

from povertyplan.core.choices import AreaKind
from povertyplan.core.journal import signatures
from povertyplan.core.models import Area

PREFIX = "povertyplan_"
# On PostgreSQL: the function that says who is writing, and the key it looks at.
CONTEXT, KEY_TABLE = f"{PREFIX}context", f"{PREFIX}contextkey"
FORGED = "Người ghi không do chương trình ký."
# Never copied into the history: secrets, and what changes at every log-in.
UNRECORDED_COLUMNS = frozenset({"password", "last_login"})
INSERT, UPDATE, DELETE = "INSERT", "UPDATE", "DELETE"


@dataclass(frozen=True)
class Refusal:
    """Writes to `table` that the database refuses with `message`.

    `condition` is SQL that both databases understand. `{row}` stands for the row as it is (delete),
    will be (insert), or both one after the other (update); `{act}` for the name of the business
    act that is writing, empty outside the services. An update-only condition may name OLD and NEW.
    """

    name: str
    table: str
    message: str
    condition: str = "1 = 1"
    operations: tuple[str, ...] = (INSERT, UPDATE, DELETE)


def install() -> None:
    """Create every trigger whose table exists; what was there before is replaced."""
    drop()
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for statement in [*_dialect().before(), *_statements(present)]:
            cursor.execute(statement)


def drop() -> None:
    """Remove every trigger of ours."""
    with connection.cursor() as cursor:
        for name, table in sorted(installed()):
            on_table = f' ON "{table}"' if connection.vendor == "postgresql" else ""
            cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"{on_table}')


def installed() -> set[tuple[str, str]]:
    """Name and table of each trigger of ours that the database has."""
    query = (
        "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
        " WHERE NOT tgisinternal AND pg_table_is_visible(pg_class.oid)"
        if connection.vendor == "postgresql"
        else "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {(name, table) for name, table in cursor.fetchall() if name.startswith(PREFIX)}


def expected() -> set[tuple[str, str]]:
    """Name and table of each trigger that there should be."""
    history = {
        (_name("history", table, operation), table)
        for table in history_tables()
        for operation in (INSERT, UPDATE, DELETE)
    }
    refused = {
        (_name(refusal.name, refusal.table, operation), refusal.table)
        for refusal in refusals()
        for operation in refusal.operations
    }
    return history | refused


def altered(tables: set[str]) -> list[str]:
    """Names of triggers that are there, but say something else than they should, or are off.

    `tables` are those that the database has.
    """
    return _dialect().altered(_statements(tables))


def history_models() -> dict[str, type[models.Model]]:
    """The model of each table whose rows leave a history."""
    tables = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    return {table: tables[table] for table in history_tables()}


def row_as_json(model: type[models.Model], row: str) -> str:
    """SQL for a row as the history keeps it; before an upgrade its table may lack columns."""
    if connection.vendor == "postgresql":
        return _postgresql.row(model, row)
    with connection.cursor() as cursor:
        cursor.execute(f'PRAGMA table_info("{model._meta.db_table}")')
        return _sqlite.row(model, row, {facts[1] for facts in cursor.fetchall()})


def chain_of(model: type[models.Model]) -> str:
    """SQL for the chain of the row that is called NEW."""
    return _chain(model, INSERT)


def history_tables() -> list[str]:
    return sorted({table for module in _modules() for table in getattr(module, "HISTORY", ())})


def refusals() -> list[Refusal]:
    return [refusal for module in _modules() for refusal in getattr(module, "REFUSALS", ())]


def _modules() -> Iterator:
    for config in apps.get_app_configs():
        path = f"{config.name}.triggers"
        if path != __name__ and find_spec(path):
            yield import_module(path)
    yield import_module("povertyplan.core.journal.history_tables")


def _dialect():
    return _postgresql if connection.vendor == "postgresql" else _sqlite


def _name(purpose: str, table: str, operation: str) -> str:
    # PostgreSQL cuts names at 63 bytes.
    return f"{PREFIX}{purpose}_{table}_{operation.lower()}"[:63]


def _statements(present: Iterable[str]) -> Iterator[str]:
    dialect = _dialect()
    for table, model in history_models().items():
        if table in present:
            for operation in (INSERT, UPDATE, DELETE):
                yield from dialect.history(model, operation)
    for refusal in refusals():
        if refusal.table in present:
            for operation in refusal.operations:
                yield from dialect.refusal(refusal, operation)


def _condition(refusal: Refusal, operation: str, act: str) -> str:
    rows = {INSERT: ["NEW"], DELETE: ["OLD"], UPDATE: ["OLD", "NEW"]}[operation]
    if "{row}" not in refusal.condition:
        rows = rows[:1]
    return " OR ".join(f"({refusal.condition.format(row=row, act=act)})" for row in rows)


def _chain(model: type[models.Model], operation: str) -> str:
    """SQL for the chain that the change of a row goes into: its ward's, or 0."""
    found = ward_of(model, "OLD" if operation == DELETE else "NEW")
    return f"COALESCE({found}, 0)" if found else "0"


def ward_of(model: type[models.Model], row: str) -> str:
    """SQL for the ward that a row lies in, or the row above it; empty for tables of no ward."""
    if model is Area:
        return (
            f"(CASE {row}.kind WHEN '{AreaKind.WARD}' THEN {row}.id"
            f" WHEN '{AreaKind.VILLAGE}' THEN {row}.parent_id END)"
        )
    fields = model._meta.local_concrete_fields
    if any(field.column == "ward_id" for field in fields):
        return f"{row}.ward_id"
    above = f"{row}_up"
    for field in fields:
        if field.related_model and (found := ward_of(field.related_model, above)):
            table, key = field.related_model._meta.db_table, field.column
            return f'(SELECT {found} FROM {table} {above} WHERE {above}.id = {row}."{key}")'
    return ""


def _new_password(model: type[models.Model], differs: str) -> str:
    """SQL that lets a new password leave an entry, which never holds the password."""
    if any(field.column == "password" for field in model._meta.local_concrete_fields):
        return f" OR OLD.password {differs} NEW.password"
    return ""


def _squeeze(text: str) -> str:
    return " ".join(text.split())


def _postgresql_type(statement: str) -> int:
    """What pg_trigger.tgtype is for a row trigger (bit 0): 2 before; 4, 8, 16 the operations."""
    when, operation = statement.split('"')[2].split()[:2]
    return 1 + (2 if when == "BEFORE" else 0) + {INSERT: 4, DELETE: 8, UPDATE: 16}[operation]


@cache
def _schema() -> str:
    """Where our tables lie on PostgreSQL, as SQL writes it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(current_schema())")
        return cursor.fetchone()[0]


def _is_accepted(cursor, facts: Mapping[str, str]) -> bool:
    """Whether PostgreSQL takes a seal; leaves the settings of the transaction as they were."""
    try:
        with transaction.atomic():
            for name, value in facts.items():
                cursor.execute("SELECT set_config(%s, %s, true)", [f"povertyplan.{name}", value])
            cursor.execute(f'SELECT actor FROM "{CONTEXT}"()')
            is_taken = cursor.fetchone() == ("probe",)
            raise _Undo
    except _Undo:
        return is_taken
    except ProgrammingError:
        return False


class _Undo(Exception):
    pass


class _sqlite:
    """SQLite's words for both kinds of trigger."""

    ACT = "COALESCE((SELECT act FROM core_writecontext WHERE id = 1), '')"

    @staticmethod
    def before() -> Iterator[str]:
        """Nothing: the file has no roles, and who could read a key could write."""
        yield from ()

    @staticmethod
    def row(model: type[models.Model], alias: str, there: Collection[str] | None = None) -> str:
        columns = [
            field.column
            for field in model._meta.local_concrete_fields
            if field.column not in UNRECORDED_COLUMNS and (there is None or field.column in there)
        ]
        pairs = ", ".join(f"'{column}', {alias}.\"{column}\"" for column in columns)
        return f"json_object({pairs})"

    @staticmethod
    def altered(statements: Iterable[str]) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            present = {name: _squeeze(text) for name, text in cursor.fetchall()}
        wanted = {text.split('"')[1]: _squeeze(text) for text in statements}
        return sorted(n for n, text in wanted.items() if present.get(n, text) != text)

    @classmethod
    def history(cls, model: type[models.Model], operation: str) -> Iterator[str]:
        table = model._meta.db_table
        old = "NULL" if operation == INSERT else cls.row(model, "OLD")
        new = "NULL" if operation == DELETE else cls.row(model, "NEW")
        row_id = "OLD.id" if operation == DELETE else "NEW.id"
        changed = ""
        if operation == UPDATE:
            changed = f"WHEN {old} IS NOT {new}{_new_password(model, 'IS NOT')}"
        yield f"""
            CREATE TRIGGER "{_name("history", table, operation)}" AFTER {operation} ON "{table}"
            {changed}
            BEGIN
                INSERT INTO core_rowchange
                    (at, token, actor, act, source, "table", row_id, operation, old, new)
                SELECT strftime('%Y-%m-%d %H:%M:%f', 'now'), COALESCE(c.token, ''),
                    COALESCE(NULLIF(c.actor, ''), 'sql'), COALESCE(c.act, ''),
                    COALESCE(c.source, ''), '{table}', {row_id}, '{operation.lower()}',
                    {old}, {new}
                FROM (SELECT 1) LEFT JOIN core_writecontext c ON c.id = 1;
                INSERT INTO core_unsealedchange (change_id, chain, token)
                SELECT id, {_chain(model, operation)}, token
                FROM core_rowchange ORDER BY id DESC LIMIT 1;
            END"""

    @classmethod
    def refusal(cls, refusal: Refusal, operation: str) -> Iterator[str]:
        yield f"""
            CREATE TRIGGER "{_name(refusal.name, refusal.table, operation)}"
            BEFORE {operation} ON "{refusal.table}"
            WHEN {_condition(refusal, operation, cls.ACT)}
            BEGIN SELECT RAISE(ABORT, '{refusal.message}'); END"""


class _postgresql:
    """PostgreSQL's words for both kinds of trigger."""

    ACT = f"({CONTEXT}()).act"

    @classmethod
    def before(cls) -> Iterator[str]:
        """The key and the function that looks at the seal; only the owner reads the key."""
        inner, outer = (f"'\\x{pad.hex()}'" for pad in signatures.pads())
        yield f"CREATE TABLE IF NOT EXISTS {KEY_TABLE} (inner_pad bytea, outer_pad bytea)"
        yield f"REVOKE ALL ON {KEY_TABLE} FROM PUBLIC"
        yield f"DELETE FROM {KEY_TABLE}"
        yield f"INSERT INTO {KEY_TABLE} VALUES ({inner}, {outer})"
        yield cls.context()

    @classmethod
    def context(cls) -> str:
        """Who is writing. Raises for facts that carry no seal of this transaction."""
        given = "".join(
            f" {name} := COALESCE(current_setting('povertyplan.{name}', true), '');"
            for name in ("token", "actor", "act", "source")
        )
        return f"""
            CREATE OR REPLACE FUNCTION "{CONTEXT}"
                (OUT token text, OUT actor text, OUT act text, OUT source text)
            LANGUAGE plpgsql {cls.safely()} AS $body$
            DECLARE sealed text;
            BEGIN
                {given}
                IF token || actor || act || source = '' THEN actor := 'sql'; RETURN; END IF;
                SELECT encode(sha256(outer_pad || sha256(inner_pad || convert_to(
                    concat_ws(chr(31), pg_current_xact_id()::text, token, actor, act, source),
                    'UTF8'))), 'hex') INTO sealed FROM {KEY_TABLE};
                IF sealed IS DISTINCT FROM current_setting('povertyplan.seal', true) THEN
                    RAISE EXCEPTION '{FORGED}' USING ERRCODE = 'insufficient_privilege';
                END IF;
            END $body$"""

    @staticmethod
    def safely() -> str:
        """As the owner, and without the tables that a session makes for itself under our names."""
        return f"SECURITY DEFINER SET search_path = {_schema()}, pg_temp"

    @classmethod
    def trusts_us(cls) -> bool:
        """Whether the function that looks at seals is ours, and knows the key of now."""
        facts = dict.fromkeys(("token", "actor", "act", "source"), "probe")
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT prosecdef, array_to_string(proconfig, ';'), prosrc, "
                " pg_current_xact_id()::text FROM pg_proc"
                " WHERE proname = %s AND pg_function_is_visible(oid)",
                [CONTEXT],
            )
            found = cursor.fetchone()
            body = _squeeze(cls.context().split("$body$")[1])
            if not found or not found[0] or found[1] != cls.path() or _squeeze(found[2]) != body:
                return False
            facts["seal"] = signatures.seal(found[3], **facts)
            return _is_accepted(cursor, facts)

    @staticmethod
    def path() -> str:
        return f"search_path={_schema()}, pg_temp"

    @staticmethod
    def row(model: type[models.Model], alias: str) -> str:
        hidden = "".join(f" - '{column}'" for column in sorted(UNRECORDED_COLUMNS))
        return f"(to_jsonb({alias}){hidden})"

    @classmethod
    def altered(cls, statements: Iterable[str]) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT tgname, tgenabled, tgtype, tgqual IS NULL, tgattr::text, proname,"
                " prosecdef, COALESCE(array_to_string(proconfig, ';'), ''), prosrc"
                " FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid"
                " WHERE NOT tgisinternal AND pg_table_is_visible(tgrelid)"
            )
            present = {name: tuple(facts) for name, *facts in cursor.fetchall()}
        found, body = [], ""
        for text in statements:
            name = text.split('"')[1]
            if "$body$" in text:
                body = _squeeze(text.split("$body$")[1])
            elif name in present:
                *facts, source = present[name]
                wanted = ["O", _postgresql_type(text), True, "", name, True, cls.path()]
                if facts != wanted or _squeeze(source) != body:
                    found.append(name)
        return sorted(found if cls.trusts_us() else [*found, CONTEXT])

    @classmethod
    def history(cls, model: type[models.Model], operation: str) -> Iterator[str]:
        table = model._meta.db_table
        function = _name("history", table, operation)

        old = "NULL" if operation == INSERT else cls.row(model, "OLD")
        new = "NULL" if operation == DELETE else cls.row(model, "NEW")
        row_id = "OLD.id" if operation == DELETE else "NEW.id"
        differs = f"{old} <> {new}{_new_password(model, 'IS DISTINCT FROM')}"
        same = f"IF NOT ({differs}) THEN RETURN NULL; END IF;"
        yield f"""
            CREATE OR REPLACE FUNCTION "{function}"() RETURNS trigger LANGUAGE plpgsql
            {cls.safely()} AS $body$
            DECLARE change bigint; who record;
            BEGIN
                {same if operation == UPDATE else ""}
                SELECT * INTO who FROM "{CONTEXT}"();
                INSERT INTO core_rowchange
                    (at, token, actor, act, source, "table", row_id, operation, old, new)
                VALUES (clock_timestamp(), who.token, who.actor, who.act, who.source,
                    '{table}', {row_id}, '{operation.lower()}', {old}, {new})
                RETURNING id INTO change;
                INSERT INTO core_unsealedchange (change_id, chain, token)
                VALUES (change, {_chain(model, operation)}, who.token);
                RETURN NULL;
            END $body$"""
        yield (
            f'CREATE TRIGGER "{function}" AFTER {operation} ON "{table}"'
            f' FOR EACH ROW EXECUTE FUNCTION "{function}"()'
        )

    @classmethod
    def refusal(cls, refusal: Refusal, operation: str) -> Iterator[str]:
        function = _name(refusal.name, refusal.table, operation)
        yield f"""
            CREATE OR REPLACE FUNCTION "{function}"() RETURNS trigger LANGUAGE plpgsql
            {cls.safely()} AS $body$
            BEGIN
                IF {_condition(refusal, operation, cls.ACT)} THEN
                    RAISE EXCEPTION '{refusal.message}' USING ERRCODE = 'check_violation';
                END IF;
                RETURN {"OLD" if operation == DELETE else "NEW"};
            END $body$"""
        yield (
            f'CREATE TRIGGER "{function}" BEFORE {operation} ON "{refusal.table}"'
            f' FOR EACH ROW EXECUTE FUNCTION "{function}"()'
        )
