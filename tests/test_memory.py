"""What a worker keeps of its requests: nothing. Megabytes are the bench's (`scripts/bench`)."""

import gc
from http import HTTPStatus
from itertools import cycle, islice

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished
from django.db import close_old_connections
from django.test import Client, RequestFactory

from povertyplan.core.models import User
from povertyplan.province.making import Size, make_province
from tests.journeys.every_page import pages_for

pytestmark = [pytest.mark.readings, pytest.mark.long, pytest.mark.alike]

REQUESTS, PAGES = 100, 50
# A cache that a clock or a size ends may take some; what is kept of each request is more.
MOST_KEPT = 3 * REQUESTS


@pytest.fixture
def send_hundred(db):
    """Send a hundred requests to pages of every kind, each page in its turn."""
    list(make_province(size=Size(1, 60, 1), with_history=False))
    user = User.objects.get(username="canbo1")
    client, pages = Client(), list(pages_for(user).values())
    client.force_login(user)
    # The client connects itself to signals anew for each request, and Python remembers that.
    handler, factory = WSGIHandler(), RequestFactory()
    factory.cookies = client.cookies

    def send(keep=lambda answer: None):
        for address in islice(cycle(pages[:: len(pages) // PAGES]), REQUESTS):
            answer = handler.get_response(factory.get(address))
            answer.close()
            assert answer.status_code < HTTPStatus.BAD_REQUEST
            keep(answer.status_code)

    request_finished.disconnect(close_old_connections)
    yield send
    request_finished.connect(close_old_connections)


def kept_by(act):
    """How many objects more there are after an act."""
    gc.collect()
    before = len(gc.get_objects())
    act()
    gc.collect()
    return len(gc.get_objects()) - before


def test_nothing_is_kept_of_a_hundred_mixed_requests(send_hundred):
    send_hundred()  # what is read once a process

    assert kept_by(send_hundred) < MOST_KEPT


def test_what_would_be_kept_of_each_request_shows(send_hundred):
    send_hundred()
    kept = []

    grown = kept_by(lambda: send_hundred(lambda status: kept.extend({n: [n]} for n in range(5))))

    assert len(kept) == 5 * REQUESTS
    assert grown >= MOST_KEPT
