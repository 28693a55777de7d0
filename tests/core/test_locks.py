"""What acts hold against others: by one door, in one order."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext

from households.models import HouseholdStatus, ImportBatch, ReviewCampaign
from povertyplan.core import locks
from povertyplan.core.journal import audit
from povertyplan.core.models import Area, Unit
from tests.concurrency.crowd import together
from tests.factories.core import UnitFactory, UserFactory, WardFactory

ROOT = Path(__file__).resolve().parents[2]
DOOR = ROOT / "povertyplan/core/locks.py"
LOCKING = re.compile(r"select_for_update|advisory|\bFOR (NO KEY )?UPDATE\b|\bLOCK TABLE\b")


@audit.business_act()
def hold_in_turn(*, models, by):
    """How many rows are held of each model."""
    return [len(locks.hold(model.objects.all())) for model in models]


def test_application_code_locks_through_one_door():
    sources = [
        source
        for app in ("povertyplan", "households", "projects", "reports")
        for source in (ROOT / app).rglob("*.py")
    ]
    found = {source for source in sources if LOCKING.search(source.read_text("utf-8"))}

    assert found == {DOOR}


def test_what_is_held_has_a_place_in_the_order():
    models = {name for name in settings.LOCK_ORDER if "." in name}

    assert {apps.get_model(name)._meta.label for name in models} == models


def test_an_act_holds_in_the_order_of_all_acts(db):
    hold_in_turn(models=[Area, ReviewCampaign, HouseholdStatus, HouseholdStatus], by=UserFactory())

    with pytest.raises(locks.OutOfOrder, match="Area is taken before"):
        hold_in_turn(models=[ReviewCampaign, Area], by=UserFactory())


def test_an_act_after_another_begins_anew(db):
    hold_in_turn(models=[HouseholdStatus], by=UserFactory())

    assert hold_in_turn(models=[Area], by=UserFactory()) == [Area.objects.count()]


def test_only_the_rows_themselves_are_held(db):
    rows = locks.hold(ImportBatch.objects.select_related("ward"))

    with CaptureQueriesContext(connection) as queries, transaction.atomic():
        list(rows)

    found = [query["sql"] for query in queries if "UPDATE" in query["sql"]]
    if connection.vendor == "postgresql":
        assert found[0].endswith('FOR NO KEY UPDATE OF "households_importbatch"')
    else:
        assert found == []


@audit.business_act()
def add_unit(*, ward, by):
    return UnitFactory(ward=ward)


PATIENCE = {"postgresql": "SET lock_timeout = '2s'", "sqlite": "PRAGMA busy_timeout = 200"}


@pytest.mark.django_db(transaction=True)
def test_an_act_waits_neither_for_another_ward_nor_for_who_holds_its_ward():
    """On SQLite, which has one place to write, it does wait."""
    ward, other, officer = WardFactory(), WardFactory(), UserFactory()

    def add_at_once():
        with connection.cursor() as cursor:
            cursor.execute(PATIENCE[connection.vendor])
        try:
            return add_unit(ward=ward, by=officer)
        except OperationalError as waited:
            return str(waited)

    with transaction.atomic():
        locks.wait_turn("chain", other.pk)
        list(locks.hold(Area.objects.filter(pk=ward.pk)))

        [unit] = together([add_at_once])

    assert [unit] == (list(Unit.objects.all()) or ["database is locked"])
    assert Unit.objects.exists() == (connection.vendor == "postgresql")
