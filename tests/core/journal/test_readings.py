"""An entry about a page keeps nobody waiting, and is written when the database takes it."""

import threading
import time

import pytest
from django.db import OperationalError, connection, transaction

from povertyplan.core import locks
from povertyplan.core.choices import Role
from povertyplan.core.journal import readings
from povertyplan.core.models import AccessEvent
from tests.factories.core import WardFactory, user_with

pytestmark = pytest.mark.readings
LIST = "/households/"


@pytest.fixture
def refused(monkeypatch):
    """While it is set the database takes no entry."""
    is_refused = threading.Event()
    write = readings.record_access

    def record(**facts):
        if is_refused.is_set():
            raise OperationalError("attempt to write a readonly database")
        return write(**facts)

    monkeypatch.setattr(readings, "record_access", record)
    return is_refused


def test_an_entry_that_cannot_be_written_goes_with_the_next_request(
    client_of, coordinator, refused
):
    client = client_of(coordinator)
    refused.set()
    for _ in range(2):
        assert client.get(LIST).status_code == 200
    assert not AccessEvent.objects.exists()

    refused.clear()
    client.get("/todo/")

    assert AccessEvent.objects.get().actor == coordinator


def test_only_so_many_wait(client_of, coordinator, refused, monkeypatch):
    monkeypatch.setattr(readings, "_waiting", type(readings._waiting)(maxlen=3))
    refused.set()
    client = client_of(coordinator)
    for _ in range(5):
        assert client.get(LIST).status_code == 200

    assert len(readings._waiting) == 3


@pytest.mark.django_db(transaction=True)
def test_a_page_does_not_wait_while_others_write(client):
    ward = WardFactory()
    client.force_login(user_with(Role.COORDINATOR, ward))
    client.get(LIST)  # the first request compiles the templates
    holding, end = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic():
            locks.wait_turn("chain", ward.pk)
            holding.set()
            end.wait(30)
        connection.close()

    other = threading.Thread(target=hold)
    other.start()
    holding.wait(10)
    try:
        began = time.monotonic()
        answer = client.get("/households/window/")
        took = time.monotonic() - began
    finally:
        end.set()
        other.join()

    assert answer.status_code == 200
    assert took < 2
    assert AccessEvent.objects.count() == 1
    readings.write_waiting()
    assert AccessEvent.objects.count() == 2
