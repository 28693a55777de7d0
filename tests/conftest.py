"""What every test shares: its database, and which tests are left for `--long`."""

import os
from collections import defaultdict
from pathlib import Path
from zlib import crc32

import hypothesis
import pytest
from django.conf import settings
from django.core.signals import request_finished
from django.db import connection, transaction
from django.test import TransactionTestCase

from povertyplan.core.choices import Role
from povertyplan.core.journal.readings import _waiting, write_waiting
from tests import schema
from tests.factories.core import UnitFactory, VillageFactory, WardFactory, user_with

TESTS = Path(__file__).parent
# The second database tries every other of the walks through all addresses and of what pages show of
# rows that both keep alike; the rest in full.
WALKS = TESTS / "access"
PAGES = {"test_views.py", "test_pages.py", "test_forms.py"}

# How many examples of a property are tried, in a run of every day and in a long one.
OFTEN, LONG = 20, 100


def pytest_configure(config):
    TransactionTestCase._fixture_teardown = lambda case: schema.start_over()
    # A hash made to be slow would cost a third of a second for each invented user.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    examples = LONG if config.getoption("--long") else OFTEN
    hypothesis.settings.register_profile("project", max_examples=examples, deadline=None)
    hypothesis.settings.load_profile("project")


def pytest_addoption(parser):
    parser.addoption("--long", action="store_true", help="also run the heavy figures")
    parser.addoption(
        "--share", action="store_true", help="of what is `drawn`, only the share of this commit"
    )
    parser.addoption(
        "--only-database", action="store_true", help="leave out what no database can change"
    )
    parser.addoption(
        "--make-schema", action="store_true", help="make what the tests copy, and run none"
    )


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session):
    if session.config.getoption("--make-schema"):
        schema.make_beforehand(_kept_schema(session.config))
        pytest.exit("made", returncode=0)


def _kept_schema(config):
    return config.cache.mkdir("schema")


def pytest_collection_modifyitems(config, items):
    tried = [item for item in items if not _is_left_out(item)]
    undrawn = _undrawn(tried)
    tried = [item for item in tried if item not in undrawn]
    config.hook.pytest_deselected(items=list(set(items).difference(tried)))
    items[:] = sorted(tried, key=_is_quick)


def _is_quick(item):
    """What a browser does takes minutes: it begins first, so nobody waits for it at the end."""
    return not item.get_closest_marker("browser")


def _is_left_out(item):
    is_long = item.config.getoption("--long")
    if item.get_closest_marker("long") and not is_long:
        return True
    for vendor in ("postgresql", "sqlite"):
        if item.get_closest_marker(vendor) and connection.vendor != vendor:
            return True
    if not item.config.getoption("--only-database"):
        return False
    return not _uses_database(item) or (not is_long and _is_alike(item))


def _is_alike(item):
    """What a script does in a page, what is printed of rows, which queries a page asks and what is
    said of bad input is the same on both databases: the long run tries it on each."""
    if alike := item.get_closest_marker("alike"):
        return not alike.kwargs
    marker = item.get_closest_marker("browser")
    return marker is not None and not marker.kwargs.get("on_each_database")


def _undrawn(items):
    """What other commits try: of each family that is drawn, all but every so-maniest member."""
    families = defaultdict(lambda: defaultdict(list))
    for item in items:
        family, member = _family(item)
        families[family, _one_of(item)][member].append(item)
    undrawn = set()
    for (family, one_of), members in families.items():
        names = sorted(members)
        # Small families begin at different places, or the same commit would draw all of them.
        for name in set(names).difference(share_of(names, one_of, crc32(family.encode()))):
            undrawn.update(members[name])
    return undrawn


def _family(item):
    """Files of a named family; else the parameters of a test, or tests of a file without them."""
    drawn = item.get_closest_marker("drawn")
    if drawn and (family := drawn.kwargs.get("family")):
        return family, item.nodeid.partition("::")[0]
    is_one_of_parameters = hasattr(item, "callspec")
    return item.nodeid.partition("[" if is_one_of_parameters else "::")[0], item.nodeid


def _one_of(item):
    """Of how many alike this run tries one."""
    if item.config.getoption("--long"):
        return 1
    if item.config.getoption("--only-database") and (alike := item.get_closest_marker("alike")):
        return alike.kwargs["one_of"]
    if not item.config.getoption("--share"):
        return 1
    if drawn := item.get_closest_marker("drawn"):
        return drawn.kwargs["one_of"]
    if not item.config.getoption("--only-database") or _is_of_this_database(item):
        return 1
    return 2 if WALKS in item.path.parents or item.path.name in PAGES else 1


def _is_of_this_database(item):
    marker = item.get_closest_marker("django_db")
    is_racing = "transactional_db" in item.fixturenames or (marker and marker.kwargs)
    return bool(is_racing or item.get_closest_marker(connection.vendor))


def share_of(values, one_of, first=0):
    """Every so-maniest, others with another commit, and others on the second database."""
    turn = int(os.environ.get("ACCESS_SEED", "0")) + (connection.vendor == "postgresql")
    return values[(turn + first) % one_of :: one_of]


@pytest.fixture
def share(request):
    """`share(values, one_of=4)`: those that are tried in this run, all of them in a long one."""
    is_drawn = request.config.getoption("--share") and not request.config.getoption("--long")
    return lambda values, one_of: share_of(values, one_of) if is_drawn else values


def _uses_database(item):
    fixtures = {"db", "transactional_db", "live_server"}.intersection(item.fixturenames)
    return bool(fixtures) or item.get_closest_marker("django_db") is not None


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request, tmp_path_factory):
    """On SQLite the tests use a file, as the product does: in memory it has no WAL and no locks."""
    facts = connection.settings_dict
    if connection.vendor == "sqlite":
        file = tmp_path_factory.mktemp("database") / "test.sqlite3"
        facts["TEST"]["NAME"] = str(file)
        schema.place_file(file, _kept_schema(request.config))
        return
    if hasattr(request.config, "workerinput"):
        shared = tmp_path_factory.getbasetemp().parent
        facts["TEST"]["TEMPLATE"] = schema.make_template(facts["NAME"], shared)
    request.getfixturevalue("django_db_modify_db_settings_parallel_suffix")


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb):
    """The file on SQLite was put there beforehand, and goes with the folder it lies in."""
    return django_db_keepdb or connection.vendor == "sqlite"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The database can only go once nobody else is in it: a browser's last request may still be."""
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock():
            schema.end_other_sessions()


def pytest_sessionfinish(session):
    """The template goes with the process that started the workers."""
    has_workers = bool(session.config.getoption("numprocesses", None))
    if has_workers and connection.vendor == "postgresql":
        schema.drop_template(connection.settings_dict["NAME"])


@pytest.fixture
def _django_db_helper(request, _django_db_helper):
    """A test that reaches the database says so beforehand, or the second half leaves it out."""
    assert _uses_database(request.node), "This test asks for the database only while it runs."


@pytest.fixture(scope="module")
def build_once(django_db_setup, django_db_blocker):
    """`build_once(build)`: what `build()` returns, with its rows there for every test of a module.

    They are written around the transactions of the tests, of which each is undone by itself. All
    tests of such a module see the rows; none may use `transactional_db`.
    """

    def run(build):
        with django_db_blocker.unblock():
            return build()

    outer = transaction.atomic()
    run(outer.__enter__)
    yield run
    run(lambda: transaction.set_rollback(True))
    run(lambda: outer.__exit__(None, None, None))


@pytest.fixture(autouse=True)
def readings(request):
    """Entries about pages are written once the answer has left; here with the mark `readings`.

    Elsewhere what a page asks of the database is counted, and what it changes is compared.
    """
    if request.node.get_closest_marker("readings"):
        yield
    else:
        request_finished.disconnect(write_waiting)
        yield
        request_finished.connect(write_waiting)
    _waiting.clear()


@pytest.fixture
def ward(db):
    return WardFactory(name="Phường Đăk Cấm")


@pytest.fixture
def village(ward):
    return VillageFactory(parent=ward, name="Tổ dân phố 1")


@pytest.fixture
def client_of(db, client):
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
