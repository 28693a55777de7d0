"""On PostgreSQL the site's role saves rows, and cannot rewrite the journal or stop a trigger."""

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from households.register.services.villages import rename_village
from povertyplan.core.database import grants
from povertyplan.core.journal import audit
from povertyplan.core.models import RowChange
from tests.factories.core import UserFactory, WardFactory

ROLE = "povertyplan_role_of_tests"
pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]  # SQLite has no roles


@audit.business_act()
def rename_area_as_site(*, area, name, by):
    area.name = name
    area.save()
    return audit.record(area, f"Đổi tên thành {name}.", ward=None, act=rename_village)


@pytest.fixture
def as_site(db, settings):
    """The rest of the test speaks as the site; role and rights go with its transaction."""
    settings.SITE_ROLE = ROLE
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {ROLE}")
        grants.give()
        grants.give()
        cursor.execute(f"SET LOCAL ROLE {ROLE}")


def refused(statement: str) -> bool:
    with pytest.raises(ProgrammingError) as raised, transaction.atomic():
        connection.cursor().execute(statement)
    return isinstance(raised.value.__cause__, psycopg.errors.InsufficientPrivilege)


def test_the_role_saves_and_leaves_a_history(as_site):
    ward, officer = WardFactory(name="Phường cũ"), UserFactory()

    rename_area_as_site(area=ward, name="Phường mới", by=officer)

    change = RowChange.objects.filter(table="core_area", row_id=ward.pk).latest("pk")
    assert (change.operation, change.new["name"]) == ("update", "Phường mới")
    assert grants.too_much() == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE core_rowchange SET actor = 'x'",
        "DELETE FROM core_rowchange",
        "DELETE FROM core_auditevent",
        "UPDATE core_chainlink SET digest = ''",
        "TRUNCATE core_area CASCADE",
        "ALTER TABLE core_area DISABLE TRIGGER ALL",
        "ALTER TABLE core_area ADD COLUMN more int",
        "DROP TABLE core_rowchange",
        "SET session_replication_role = replica",
        "CREATE TABLE of_mine (id int)",
        "INSERT INTO django_migrations (app, name, applied) VALUES ('core', 'x', now())",
    ],
)
def test_the_role_cannot_get_round_the_journal(as_site, statement):
    assert refused(statement)


def test_an_owner_is_warned_of():
    assert "owns" in grants.too_much()[0]
