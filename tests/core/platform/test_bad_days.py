"""When something fails, the page says what to do, and neither page nor log says who."""

import logging
import sqlite3

import pytest
from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.core.handlers.exception import convert_exception_to_response
from django.db import IntegrityError, InterfaceError, InternalError, OperationalError, connection
from django.test import Client
from psycopg import errors

from povertyplan.core.models import LoginTry, User
from povertyplan.core.platform.bad_days import logs, probes
from tests.pages import heading_of, text_of

HX = {"HX-Request": "true"}
NUMBER, NAME = "012345678901", "NGUYỄN THỊ BÍ MẬT"


def raised_from(kind, cause):
    error = kind("…")
    error.__cause__ = cause
    return error


def sqlite_error(name):
    error = sqlite3.OperationalError("…")
    error.sqlite_errorname = name
    return raised_from(OperationalError, error)


GONE, LOCKED = "Hệ thống tạm thời không đọc được dữ liệu", "Hệ thống đang bận ghi dữ liệu khác"
FULL, READ_ONLY = "Máy chủ đã hết chỗ lưu", "Hiện chỉ xem được dữ liệu"
OUTAGES = [
    (raised_from(OperationalError, errors.OperationalError("refused")), GONE, "gone"),
    (raised_from(OperationalError, errors.AdminShutdown("x")), GONE, "gone"),
    (InterfaceError("connection already closed"), GONE, "gone"),
    (sqlite_error("SQLITE_CANTOPEN"), GONE, "gone"),
    (sqlite_error("SQLITE_IOERR_WRITE"), GONE, "gone"),
    (sqlite_error("SQLITE_BUSY"), LOCKED, "locked"),
    (raised_from(OperationalError, errors.LockNotAvailable("x")), LOCKED, "locked"),
    (raised_from(OperationalError, errors.DeadlockDetected("x")), LOCKED, "locked"),
    (sqlite_error("SQLITE_FULL"), FULL, "full"),
    (raised_from(OperationalError, errors.DiskFull("x")), FULL, "full"),
    (sqlite_error("SQLITE_READONLY_DBMOVED"), READ_ONLY, "read-only"),
    (raised_from(InternalError, errors.ReadOnlySqlTransaction("x")), READ_ONLY, "read-only"),
]


def answer(request, error):
    """What the site answers to a request in which this error is raised."""

    def view(request):
        raise error

    return convert_exception_to_response(view)(request)


@pytest.mark.parametrize("is_fragment", [False, True], ids=["page", "fragment"])
@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        *((error, 503, words) for error, words, _word in OUTAGES),
        (SuspiciousOperation("x"), 400, "Không đọc được yêu cầu này"),
        (BadRequest("x"), 400, "Không đọc được yêu cầu này"),
        (RequestDataTooBig("x"), 413, "Nội dung gửi lên quá lớn"),
        (KeyError(NAME), 500, "Hệ thống gặp lỗi"),
    ],
)
def test_each_fault_has_a_page_that_asks_no_database(rf, error, status, words, is_fragment):
    response = answer(rf.get("/", headers=HX if is_fragment else {}), error)

    page = response.content.decode()
    assert (response.status_code, words in page) == (status, True)
    assert NAME not in page
    assert ("data-fault" in page, "<html" in page) == (is_fragment, not is_fragment)
    assert status != 503 or response["Retry-After"]


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        ({"headers": {"host": "la.example"}}, 400),
        ({"method": "POST", "data": {f"o{number}": "1" for number in range(5_001)}}, 413),
        ({"method": "POST", "data": {"note": "x" * 3_000_000}}, 413),
        ({"method": "POST", "data": "x", "content_type": "multipart/form-data"}, 400),
    ],
    ids=["another host", "too many fields", "too large", "broken form"],
)
def test_what_the_framework_refuses_is_a_page_too(db, request_, status):
    method = request_.get("method", "GET").lower()
    sent = {name: value for name, value in request_.items() if name != "method"}

    response = getattr(Client(), method)("/login/", **sent)

    assert response.status_code == status
    assert "chưa có gì được lưu" in heading_of(response)
    assert "Bad Request" not in text_of(response)


@pytest.mark.parametrize("url", ["/todo/", "/khong-co/"])
def test_a_database_that_is_gone_is_said_on_pages_with_a_menu(
    client_of, coordinator, monkeypatch, url
):
    client = client_of(coordinator)
    client.raise_request_exception = False

    def gone(*args, **kwargs):
        raise raised_from(OperationalError, errors.OperationalError("refused"))

    with monkeypatch.context() as without:
        without.setattr(connection, "cursor", gone)
        page, fragment = client.get(url), client.get(url, headers=HX)

    assert heading_of(page) == GONE
    assert "data-fault" in fragment.content.decode()


def test_a_refusal_and_a_missing_page_fit_a_fragment(client_of, administrator):
    client = client_of(administrator)

    for url, status in (("/khong-co/", 404), ("/households/", 403)):
        response = client.get(url, headers=HX)
        assert response.status_code == status
        assert response.content.decode().lstrip().startswith('<div class="notice')


class TestLog:
    @pytest.fixture
    def lines(self):
        """`lines(log)`: what the log says when `log()` writes to it."""

        def written(error=None, message="Việc %s", *args):
            info = (type(error), error, error.__traceback__) if error else None
            record = logging.LogRecord("x", logging.ERROR, "", 1, message, args, info)
            form = "{asctime} {levelname} {request_number} {name}: {message}"
            return logs.PrivateFormatter(form, style="{").format(record)

        return written

    def test_a_line_has_time_level_and_number(self, lines):
        assert lines(None, "Một\nhai").endswith(" ERROR - x: Một\\nhai")

    def test_a_traceback_says_where_and_never_what(self, lines):
        try:
            try:
                raise IntegrityError(f"Key (citizen_id)=({NUMBER}) already exists; {NAME}")
            except IntegrityError as error:
                raise ValueError(f"Không ghi được {NAME}") from error
        except ValueError as error:
            said = lines(error, f"Số {NUMBER}")

        assert NAME not in said
        assert NUMBER not in said
        assert "IntegrityError" in said
        assert "ValueError" in said
        assert "test_bad_days.py" in said


def test_a_number_taken_twice_is_not_in_the_log(ward, coordinator):
    """The database's own sentence names the value; the log names the constraint."""
    try:
        User.objects.create(username=coordinator.username, full_name=NAME)
    except IntegrityError as error:
        said = logs.PrivateFormatter().formatException((type(error), error, error.__traceback__))

    assert coordinator.username not in said
    assert NAME not in said
    if connection.vendor == "postgresql":
        assert "core_user_username_key" in said


def test_the_page_of_a_fault_shows_the_number_that_the_log_carries(client, monkeypatch, caplog):
    client.raise_request_exception = False
    numbers = []
    form = logs.PrivateFormatter("{request_number}", style="{")
    caplog.handler.addFilter(lambda record: numbers.append(form.format(record)[:6]) or True)
    monkeypatch.setattr(probes, "trouble", lambda: {}["x"])

    page = client.get("/healthz").content.decode()

    assert len(numbers[-1]) == logs.NUMBER_LENGTH
    assert f"<strong>{numbers[-1]}</strong>" in page


class TestHealth:
    @pytest.mark.parametrize(("error", "word"), [(error, word) for error, _, word in OUTAGES])
    def test_a_write_that_fails_is_one_word(self, client, db, monkeypatch, error, word):
        def fail(**values):
            raise error

        monkeypatch.setattr(probes.checks, "faults", list)
        monkeypatch.setattr(probes, "_written", {})
        monkeypatch.setattr(LoginTry.objects, "create", fail)

        response = client.get("/healthz")

        assert (response.status_code, response.content.decode()) == (503, word)

    @pytest.mark.parametrize("host", ["10.0.0.7:8000", "127.0.0.1:8000", "may-chu"])
    def test_the_machine_is_answered_under_any_name_and_without_https(
        self, client, db, settings, monkeypatch, host
    ):
        settings.ALLOWED_HOSTS = ["giamngheo.example.vn"]
        settings.SECURE_SSL_REDIRECT = True
        monkeypatch.setattr(probes.checks, "faults", list)
        monkeypatch.setattr(probes, "_written", {})

        response = Client().get("/healthz", headers={"host": host})

        assert (response.status_code, response.content) == (200, b"ok")
        assert not LoginTry.objects.exists()

    def test_other_addresses_are_not_answered_under_any_name(self, client, settings):
        settings.ALLOWED_HOSTS = ["giamngheo.example.vn"]

        assert client.get("/login/", headers={"host": "10.0.0.7"}).status_code == 400


def test_a_screen_of_an_earlier_sign_in_gets_the_token_of_now(coordinator):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(coordinator)
    form = "/settings/periods/lock/"
    stale = {"period": "2022", "csrfmiddlewaretoken": "a" * 64}

    refused = browser.post(form, stale, headers=HX)
    page = refused.content.decode()

    assert refused.status_code == 403
    assert f"nay là {coordinator}" in page
    token = page.partition('data-token="')[2].partition('"')[0]
    again = browser.post(form, stale | {"csrfmiddlewaretoken": token}, headers=HX)
    assert again.status_code != 403


def test_another_site_and_a_stranger_get_no_token(db, coordinator):
    form, browser = "/settings/periods/lock/", Client(enforce_csrf_checks=True)

    assert "data-token" not in browser.post(form, headers=HX).content.decode()
    browser.force_login(coordinator)
    foreign = browser.post(form, headers=HX | {"Origin": "https://example.com"})

    assert (foreign.status_code, "data-token" in foreign.content.decode()) == (403, False)
