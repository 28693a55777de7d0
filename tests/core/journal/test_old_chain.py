"""The one chain of an older installation goes on, and is checked like the chains of the wards."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from povertyplan.core import clock
from povertyplan.core.journal import chains, triggers, verification
from povertyplan.core.models import ChainLink, HeadRecord, RowChange
from tests.factories.core import WardFactory

# What an upgrade does to the rows of an older version stays as it is: the long run tries it again.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]

BEFORE = ("core", "0012_fill_area_sort_keys")


def migrate_back():
    executor = MigrationExecutor(connection)
    executor.migrate([BEFORE])
    return executor.loader.project_state([BEFORE]).apps


def migrate_forward():
    """All apps: what rests on the later migrations went back with them."""
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


@pytest.fixture
def old():
    """The models of the older schema; migrations and triggers come back after the test."""
    triggers.drop()
    yield migrate_back()
    migrate_forward()
    triggers.install()


def write_old_chain(models, length):
    """Sealed changes as they were, and one more that waits."""
    changes = [
        RowChange.objects.create(
            at=clock.now(), actor="canbo", table="core_area", row_id=1, operation="update"
        )
        for _ in range(length + 1)
    ]
    digest = chains.GENESIS
    for position, change in enumerate(changes[:-1], start=1):
        digest = chains.link(digest, change)
        models.get_model("core", "Seal").objects.create(
            position=position, change_id=change.pk, digest=digest
        )
    models.get_model("core", "ChainHead").objects.create(pk=1, length=length, digest=digest)
    models.get_model("core", "UnsealedChange").objects.create(change_id=changes[-1].pk)
    return changes, digest


def test_the_old_chain_stays_whole_and_goes_on(old):
    changes, digest = write_old_chain(old, 5)

    migrate_forward()
    triggers.install()

    assert verification.verify().faults == ()
    assert [head.digest for head in verification.verify().heads] == [digest]
    assert HeadRecord.objects.get().head == digest

    ward = WardFactory()
    assert chains.seal_waiting() > 1
    assert verification.verify().faults == ()
    assert ChainLink.objects.get(change_id=changes[-1].pk).position == 6
    assert ChainLink.objects.filter(chain=ward.pk).exists()

    triggers.drop()
    RowChange.objects.filter(pk=changes[1].pk).update(actor="khac")
    assert len(verification.verify().faults) == 1


def test_a_new_installation_has_no_old_chain():
    assert not HeadRecord.objects.exists()
    assert verification.verify().faults == ()
