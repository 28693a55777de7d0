"""A request over its time ends with a page, whatever it hangs in, and the next one is well."""

import threading
import time

import pytest
from django.core.handlers.exception import convert_exception_to_response
from django.db import connection

from povertyplan.core.platform.bad_days import time_limits
from povertyplan.core.platform.bad_days.time_limits import TimeLimitMiddleware, Watchdog
from tests.pages import heading_of

TOO_LONG = "Thao tác này quá lâu nên đã bị dừng, chưa có gì được lưu"
COUNTING = (
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400000000)"
    " SELECT COUNT(*) FROM n"
)


def compute():
    until = time.monotonic() + 20
    while time.monotonic() < until:
        sum(range(1000))


def ask():
    with connection.cursor() as cursor:
        cursor.execute(COUNTING)


@pytest.mark.parametrize("work", [compute, ask])
def test_a_request_over_its_time_ends_with_a_page(transactional_db, rf, settings, work):
    settings.REQUEST_SECONDS = 0.3

    def view(request):
        work()

    begun = time.monotonic()
    response = convert_exception_to_response(
        TimeLimitMiddleware(convert_exception_to_response(view))
    )(rf.get("/"))

    assert time.monotonic() - begun < 5
    assert (response.status_code, heading_of(response)) == (503, TOO_LONG)
    with connection.cursor() as cursor:  # another connection, that nothing is left of
        cursor.execute("SELECT 1")


def test_a_request_in_time_is_left_alone(rf, settings):
    settings.REQUEST_SECONDS = 0.2
    answer = TimeLimitMiddleware(lambda request: "well")(rf.get("/"))
    time.sleep(0.4)

    assert answer == "well"
    assert not time_limits.watchdog.watched


def test_what_does_not_end_then_ends_with_its_process(monkeypatch):
    """As something that hangs outside of Python would."""
    monkeypatch.setattr(time_limits, "GRACE", 0.1)
    monkeypatch.setattr(time_limits, "_raise_in", lambda thread, error: None)
    ended, watchdog = threading.Event(), Watchdog()
    watchdog.end_process = ended.set

    watchdog.begin(0.1)

    assert ended.wait(5)


def test_nobody_waits_while_the_query_of_another_is_stopped(monkeypatch):
    """A database that hangs takes its time to answer that, and all are over time at once."""
    monkeypatch.setattr(time_limits, "_raise_in", lambda thread, error: None)
    begun, may_go = threading.Event(), threading.Event()
    monkeypatch.setattr(time_limits, "_stop_query", lambda database: begun.set() or may_go.wait(20))
    watchdog = Watchdog()
    watchdog.begin(0)
    assert begun.wait(5)

    def ask():
        watchdog.end(watchdog.begin(60))

    other = threading.Thread(target=ask, daemon=True)
    other.start()
    other.join(5)

    assert not other.is_alive()
    may_go.set()


def test_an_error_that_comes_when_all_is_done_changes_no_answer(rf, settings, monkeypatch):
    settings.REQUEST_SECONDS = 60

    def end(each):
        raise time_limits.RequestTooLong

    monkeypatch.setattr(time_limits.watchdog, "end", end)

    assert TimeLimitMiddleware(lambda request: "well")(rf.get("/")) == "well"
    assert not time_limits.watchdog.watched
