"""On PostgreSQL a row names its household and person together with their ward.

A condition on the ward of each joined table tells PostgreSQL nothing new, but it takes each for one
of its own and expects a twentieth of the rows, then a four-hundredth: it walks indexes where a hash
is a tenth of the work. A key of two columns says what belongs together. On SQLite, which holds one
ward or few, a trigger alone refuses another ward.
"""

from django.db import migrations

HOUSEHOLD, PERSON = "households_household", "households_person"
KEYS = {
    ("households_membership", "household_id"): HOUSEHOLD,
    ("households_membership", "person_id"): PERSON,
    ("households_householdstatus", "household_id"): HOUSEHOLD,
    ("households_householdevent", "household_id"): HOUSEHOLD,
    ("households_review", "household_id"): HOUSEHOLD,
    ("households_reviewrequest", "household_id"): HOUSEHOLD,
    ("households_needinquiry", "household_id"): HOUSEHOLD,
    ("households_supportneed", "household_id"): HOUSEHOLD,
    ("households_supportneed", "person_id"): PERSON,
    ("households_personfact", "household_id"): HOUSEHOLD,
    ("households_personfact", "person_id"): PERSON,
}
FIND = """
    SELECT conname FROM pg_constraint
    WHERE contype = 'f' AND conrelid = %s::regclass AND conkey = ARRAY[(
        SELECT attnum FROM pg_attribute WHERE attrelid = conrelid AND attname = %s
    )]
"""
ADD = (
    'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" FOREIGN KEY ({columns})'
    ' REFERENCES "{parent}" ({referred}) DEFERRABLE INITIALLY DEFERRED'
)


def name_ward(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for parent in (HOUSEHOLD, PERSON):
        schema_editor.execute(
            f'ALTER TABLE "{parent}" ADD CONSTRAINT "{parent}_in_ward" UNIQUE (id, ward_id)'
        )
    for (table, column), parent in KEYS.items():
        _replace(schema_editor, table, column, parent, with_ward=True)


def name_no_ward(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for (table, column), parent in KEYS.items():
        schema_editor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT "{table}_{column}_in_ward"')
        _replace(schema_editor, table, column, parent, with_ward=False)
    for parent in (HOUSEHOLD, PERSON):
        schema_editor.execute(f'ALTER TABLE "{parent}" DROP CONSTRAINT "{parent}_in_ward"')


def _replace(schema_editor, table, column, parent, *, with_ward):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(FIND, [table, column])
        for (name,) in cursor.fetchall():
            schema_editor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"')
    ward = ", ward_id" if with_ward else ""
    schema_editor.execute(
        ADD.format(
            table=table,
            name=f"{table}_{column}_in_ward" if with_ward else f"{table}_{column}_fk",
            columns=f"{column}{ward}",
            parent=parent,
            referred=f"id{ward}",
        )
    )


class Migration(migrations.Migration):
    dependencies = [("households", "0041_certificates")]

    operations = [migrations.RunPython(name_ward, name_no_ward)]
