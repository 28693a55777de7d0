"""What every test shares: its database, and which tests are left for `--long`."""

import pytest
from django.conf import settings
from django.db import connection

from povertyplan.core.choices import Role
from povertyplan.core.journal import triggers
from tests.factories.core import UnitFactory, VillageFactory, WardFactory, user_with


def pytest_configure():
    # A hash made to be slow would cost a third of a second for each invented user.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_addoption(parser):
    parser.addoption("--long", action="store_true", help="also run the heavy figures")


def pytest_collection_modifyitems(config, items):
    if config.getoption("--long"):
        return
    heavy = [item for item in items if item.get_closest_marker("long")]
    config.hook.pytest_deselected(items=heavy)
    items[:] = [item for item in items if item not in heavy]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request, tmp_path_factory):
    """On SQLite the tests use a file, as the product does: in memory it has no WAL and no locks."""
    if connection.vendor == "sqlite":
        file = tmp_path_factory.mktemp("database") / "test.sqlite3"
        connection.settings_dict["TEST"]["NAME"] = str(file)
    else:
        request.getfixturevalue("django_db_modify_db_settings_parallel_suffix")


@pytest.fixture
def _django_db_helper(_django_db_helper):
    """Let the tables be emptied after a test with real transactions: the journals refuse it.

    Django announces a migration after emptying, and with it the triggers come back.
    """
    yield _django_db_helper
    if not connection.in_atomic_block:
        triggers.drop()


@pytest.fixture
def ward(db):
    return WardFactory(name="Phường Đăk Cấm")


@pytest.fixture
def village(ward):
    return VillageFactory(parent=ward, name="Tổ dân phố 1")


@pytest.fixture
def client_of(client):
    """Sign a user in: `client_of(user)` returns the client."""

    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def coordinator(ward):
    return user_with(Role.COORDINATOR, ward)


@pytest.fixture
def leader(ward):
    return user_with(Role.LEADER, ward)


@pytest.fixture
def observer(ward):
    return user_with(Role.OBSERVER, ward)


@pytest.fixture
def administrator(ward):
    return user_with(Role.ADMINISTRATOR, ward)


@pytest.fixture
def reporter(ward):
    return user_with(Role.UNIT_REPORTER, ward, unit=UnitFactory(ward=ward))


@pytest.fixture
def village_head(village):
    return user_with(Role.ENTRY_OFFICER, village)


@pytest.fixture
def stranger(db):
    """A coordinator of another ward."""
    return user_with(Role.COORDINATOR, WardFactory())
