"""The demonstration is loaded into nothing but an empty database and its own."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from povertyplan.core.choices import Role
from povertyplan.core.models import AuditEvent, User
from povertyplan.demo import services
from tests.factories.core import WardFactory, user_with

pytestmark = pytest.mark.django_db

PASSWORD = "mat-khau-chung-2026"
SERVE = Path(__file__).parents[2] / "scripts" / "serve"


@pytest.fixture
def real_ward():
    return user_with(Role.COORDINATOR, WardFactory(name="Phường Thật"))


@pytest.mark.parametrize("command", ["check_demo", "load_demo"])
def test_a_real_wards_database_is_refused_and_keeps_its_passwords(
    real_ward, monkeypatch, settings, command
):
    settings.DEMO = True
    monkeypatch.setenv("DEMO_PASSWORD", PASSWORD)

    with pytest.raises(CommandError, match="không phải là của dữ liệu mẫu"):
        call_command(command)

    assert [user.password for user in User.objects.all()] == [real_ward.password]
    assert not AuditEvent.objects.exists()


def test_an_empty_database_is_not_refused(db):
    assert services.refuse_foreign_database() is None


def test_the_demonstrations_own_database_is_not_refused(real_ward):
    services.mark_demonstration(ward=real_ward.ward)

    assert services.refuse_foreign_database() is None


def test_serving_asks_before_it_writes():
    words = SERVE.read_text()

    asked = words.index("manage check_demo")
    assert asked < words.index(">var/environment")
    assert asked < words.index("manage migrate")
