"""Guessing is slow; colleagues and the owner of an account are not locked out."""

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from time import sleep

import pytest
import time_machine
from django.contrib.auth import SESSION_KEY, hashers
from django.core.management import call_command
from django.db import connection
from django.test import Client, RequestFactory
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from povertyplan.core import clock
from povertyplan.core.accounts import known_browsers, throttling
from povertyplan.core.choices import Role
from povertyplan.core.models import LoginTry
from tests.core.phones import KEY, code_of
from tests.factories.core import PASSWORD, UserFactory, user_with
from tests.pages import TRIES_USED_UP, heading_of, text_of

LOGIN = "/login/"
OFFICE = "10.0.0.1"
WRONG = "sai-mat-khau"


@pytest.fixture(autouse=True)
def fast_hashing(settings, caplog):
    """The cost of hashing is not under test; hundreds of guesses are."""
    caplog.set_level(logging.ERROR, "django.request")
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def guess(client, username, password=WRONG, address=OFFICE, **headers):
    return client.post(
        LOGIN,
        {"username": username, "password": password},
        REMOTE_ADDR=address,
        headers=headers or None,
    )


def is_allowed(username, address):
    try:
        throttling.take_a_try(RequestFactory().post(LOGIN, REMOTE_ADDR=address), username)
    except throttling.Locked:
        return False
    return True


def in_minutes(minutes):
    return time_machine.travel(clock.real_now() + timedelta(minutes=minutes), tick=True)


def signs_in(client, user, address=OFFICE):
    guess(client, user.username, PASSWORD, address)
    return client.session.get(SESSION_KEY) == str(user.pk)


def is_locked(response):
    return response.status_code == 429 and heading_of(response) == TRIES_USED_UP


def says_wrong(response):
    return response.status_code == 200 and "mật khẩu chưa đúng" in text_of(response)


def test_five_wrong_tries_lock_the_account_for_that_address(client, coordinator):
    answers = [guess(client, coordinator.username) for _ in range(6)]

    assert all(says_wrong(answer) for answer in answers[:5])
    assert is_locked(answers[5])
    assert not signs_in(client, coordinator)


def test_the_locked_page_says_when_to_try_again(client, coordinator):
    for _ in range(5):
        guess(client, coordinator.username)

    response = guess(client, coordinator.username)

    assert "Thử lại sau 15 phút" in response.content.decode()
    assert 14 * 60 < int(response["Retry-After"]) <= 15 * 60


def test_the_lock_ends_after_its_time_even_when_somebody_goes_on_trying(client, coordinator):
    for _ in range(5):
        guess(client, coordinator.username)
    for minutes in (5, 10, 14):
        with in_minutes(minutes):
            assert is_locked(guess(client, coordinator.username))

    with in_minutes(16):
        assert signs_in(client, coordinator)


def test_twenty_officers_sign_in_while_their_address_guesses_at_others(db, ward):
    victim = user_with(Role.LEADER, ward)
    officers = [user_with(Role.COORDINATOR, ward) for _ in range(20)]
    attacker = Client()
    honest = []

    for round_number, officer in enumerate(officers):
        for number in range(3):
            guess(attacker, victim.username)
            guess(attacker, f"doan{round_number}-{number}")
        honest.append(signs_in(Client(), officer))

    assert honest == [True] * 20


def test_guessing_from_many_addresses_gets_ten_tries_an_hour(coordinator):
    allowed = 0
    for number in range(60):
        response = guess(Client(), coordinator.username, address=f"10.1.0.{number}")
        allowed += response.status_code == 200

    assert allowed == throttling.FROM_STRANGERS.tries == 10


def test_no_hour_has_more_than_twenty_tries_for_an_account(coordinator):
    known = Client()
    assert signs_in(known, coordinator)
    known.post(reverse("core:logout"))
    tries = [(known, OFFICE), *((Client(), f"10.2.0.{number}") for number in range(3))]
    moments = []
    for minutes in range(0, 120, 6):
        with in_minutes(minutes):
            for client, address in tries:
                if guess(client, coordinator.username, address=address).status_code == 200:
                    moments.append(minutes)

    most = max(sum(start <= minute < start + 60 for minute in moments) for start in moments)
    assert 15 <= most <= 20


def test_the_owner_still_enters_from_a_browser_that_knows_the_account(coordinator):
    own = Client()
    assert signs_in(own, coordinator)
    own.post(reverse("core:logout"))
    for number in range(30):
        guess(Client(), coordinator.username)
        guess(Client(), coordinator.username, address=f"10.3.0.{number}")

    assert not signs_in(Client(), coordinator)
    assert signs_in(own, coordinator)


def test_a_forged_or_foreign_cookie_makes_no_browser_known(coordinator, leader):
    own = Client()
    assert signs_in(own, leader)
    for _ in range(5):
        guess(Client(), coordinator.username)
    forged = Client()
    forged.cookies[known_browsers.KNOWN_COOKIE] = "eyIxIjoieCJ9:1x:abc"

    assert is_locked(guess(forged, coordinator.username, PASSWORD))
    own.post(reverse("core:logout"))
    assert is_locked(guess(own, coordinator.username, PASSWORD))


def test_a_new_password_makes_the_browser_unknown(coordinator):
    own = Client()
    assert signs_in(own, coordinator)
    own.post(reverse("core:logout"))
    coordinator.set_password("năm quả khế chua lắm")
    coordinator.save()
    for _ in range(5):
        guess(Client(), coordinator.username)

    assert is_locked(guess(own, coordinator.username, "năm quả khế chua lắm"))


def test_forged_forwarded_addresses_gain_nothing(client, coordinator):
    answers = [
        guess(client, coordinator.username, **{"X-Forwarded-For": f"9.9.9.{n}"}) for n in range(20)
    ]

    assert all(says_wrong(answer) for answer in answers[:5])
    assert all(is_locked(answer) for answer in answers[5:])


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        pytest.param(0, "9.9.9.9", "10.0.0.1", id="no proxy: the header is the client's own"),
        pytest.param(1, "9.9.9.9, 8.8.8.8", "8.8.8.8", id="one proxy: what it appended"),
        pytest.param(2, "9.9.9.9, 8.8.8.8, 7.7.7.7", "8.8.8.8", id="two proxies"),
        pytest.param(2, "9.9.9.9", "10.0.0.1", id="fewer than the proxies: not through them"),
        pytest.param(1, "", "10.0.0.1", id="no header"),
    ],
)
def test_client_address_trusts_only_our_proxies(settings, proxies, forwarded, expected):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR=OFFICE, headers={"X-Forwarded-For": forwarded})

    assert throttling.client_address(request) == expected


def test_without_the_throttle_every_guess_would_be_answered(client, coordinator, monkeypatch):
    monkeypatch.setattr(throttling, "take_a_try", lambda request, username: None)

    assert all(says_wrong(guess(client, coordinator.username)) for _ in range(40))


def test_a_right_password_is_not_counted_and_tries_are_forgotten_after_an_hour(coordinator):
    for _ in range(12):
        assert signs_in(Client(), coordinator)
    guess(Client(), coordinator.username)
    assert LoginTry.objects.count() == 1

    with in_minutes(61):
        guess(Client(), UserFactory().username)
        assert LoginTry.objects.count() == 1


@pytest.mark.parametrize("rounds", [pytest.param(50), pytest.param(1_000, marks=pytest.mark.long)])
def test_each_of_ten_accounts_gets_ten_tries_however_often_one_guesses(db, rounds):
    """The volume of guesses at the function that decides, before any password is hashed."""
    accounts = [UserFactory().username for _ in range(10)]
    allowed = dict.fromkeys(accounts, 0)

    for number in range(rounds):
        for account in accounts:
            allowed[account] += is_allowed(account, f"10.4.{number % 7}.{number % 200}")

    assert set(allowed.values()) == {10}


def all_at_once(tries):
    """How many of `tries` simultaneous tries for one account are allowed."""
    UserFactory(username="lanhdao")

    def one(number):
        together.wait()
        try:
            return is_allowed("lanhdao", f"10.5.0.{number}")
        finally:
            connection.close()

    together = Barrier(tries)
    with ThreadPoolExecutor(tries) as pool:
        return sum(pool.map(one, range(tries)))


def test_tries_of_one_moment_are_counted_one_after_the_other(transactional_db):
    assert all_at_once(20) == throttling.FROM_STRANGERS.tries


def test_without_waiting_for_each_other_more_tries_would_slip_through(
    transactional_db, monkeypatch
):
    """Only PostgreSQL lets writers in side by side; there every one may see the same count."""
    counted = throttling._free_at

    def count_slowly(*arguments):
        found = counted(*arguments)
        sleep(0.2)
        return found

    monkeypatch.setattr(throttling, "_free_at", count_slowly)
    monkeypatch.setattr(throttling, "_one_at_a_time", lambda username: None)

    allowed = all_at_once(16)

    assert allowed == 10 if connection.vendor == "sqlite" else allowed > 10


def test_an_administrator_of_the_server_lifts_the_lock(client, coordinator, leader, capsys):
    for user in (coordinator, leader):
        for _ in range(6):
            guess(client, user.username)

    call_command("unlock_login", coordinator.username)

    assert capsys.readouterr().out == f"5 tries of {coordinator.username} are forgotten.\n"
    assert not signs_in(Client(), leader)
    assert signs_in(Client(), coordinator)


def wrong_change(client):
    new = "bốn chậu xương rồng khô"
    values = {"old_password": WRONG, "new_password1": new, "new_password2": new}
    return client.post("/account/password/", values, REMOTE_ADDR=OFFICE)


def says_wrong_old_password(response):
    return response.status_code == 200 and "Mật khẩu đang dùng chưa đúng" in text_of(response)


def right_change(client):
    new = "bốn chậu xương rồng khô"
    values = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    return client.post("/account/password/", values, REMOTE_ADDR=OFFICE)


def test_the_old_password_is_guessed_as_slowly_as_at_the_door(client_of, coordinator):
    client = client_of(coordinator)

    answers = [wrong_change(client) for _ in range(6)]

    assert all(says_wrong_old_password(answer) for answer in answers[:5])
    assert is_locked(answers[5])
    assert is_locked(right_change(client))
    coordinator.refresh_from_db()
    assert coordinator.check_password(PASSWORD)
    assert not signs_in(Client(), coordinator)


def test_a_right_old_password_costs_no_try(client_of, coordinator):
    client = client_of(coordinator)

    assert right_change(client).status_code == 302
    assert not LoginTry.objects.exists()


def test_without_the_count_the_old_password_could_be_guessed_for_ever(
    client_of, coordinator, monkeypatch
):
    monkeypatch.setattr(
        throttling, "has_password", lambda request, user, text: user.check_password(text)
    )
    client = client_of(coordinator)

    assert all(says_wrong_old_password(wrong_change(client)) for _ in range(12))


@pytest.fixture
def hashes(monkeypatch):
    """How often a password has been looked at."""
    counted = []
    verify = hashers.MD5PasswordHasher.encode

    def encode(hasher, password, salt, *rest):
        counted.append(password)
        return verify(hasher, password, salt, *rest)

    monkeypatch.setattr(hashers.MD5PasswordHasher, "encode", encode)
    return counted


def test_of_invented_names_only_a_few_are_looked_at(client, coordinator, hashes):
    hashes.clear()
    answers = []
    for seconds in range(0, 60, 2):
        with in_minutes(seconds / 60):
            answers.append(guess(client, f"bia-dat-{seconds}"))

    assert all(says_wrong(answer) for answer in answers)
    assert len(hashes) == throttling.INVENTED_FROM_ONE_ADDRESS.tries == LoginTry.objects.count()
    assert signs_in(client, coordinator)
    with in_minutes(3):
        guess(Client(), "bia-dat-moi")
    assert LoginTry.objects.filter(username="bia-dat-moi").exists()


def test_invented_names_from_many_addresses_are_few_as_well(db, hashes):
    with time_machine.travel(clock.real_now(), tick=False):
        for number in range(20):
            guess(Client(), f"bia-dat-{number}", address=f"10.5.0.{number}")

    assert len(hashes) == throttling.INVENTED.tries


def test_a_name_that_exists_and_one_that_does_not_answer_alike(coordinator, hashes):
    for name in (coordinator.username, "bia-dat"):
        before = len(hashes)
        answers = []
        for number in range(6):
            with in_minutes(number / 10):
                answers.append(guess(Client(), name))

        assert [says_wrong(answer) for answer in answers[:5]] == [True] * 5
        assert is_locked(answers[5])
        assert len(hashes) - before == 5


def test_a_used_up_name_is_answered_without_looking_or_writing(coordinator, hashes):
    for number in range(30):
        guess(Client(), coordinator.username, address=f"10.6.0.{number}")
    before = len(hashes), LoginTry.objects.count()

    assert is_locked(guess(Client(), coordinator.username, PASSWORD, "10.6.1.1"))

    assert (len(hashes), LoginTry.objects.count()) == before


@pytest.fixture
def flooded(coordinator):
    """An account with a second factor, whose name others have used up."""
    TOTPDevice.objects.create(user=coordinator, key=KEY)
    for number in range(12):
        guess(Client(), coordinator.username, address=f"10.7.0.{number}")
    return coordinator


def enter(client, user, code, password=PASSWORD, address="10.9.9.9"):
    values = {"username": user.username, "password": password, "code": code}
    return client.post(LOGIN, values, REMOTE_ADDR=address)


def test_an_owner_with_password_and_code_enters_from_a_new_browser(client, flooded):
    page = guess(client, flooded.username, PASSWORD, "10.9.9.9")
    assert is_locked(page)
    assert 'name="code"' in page.content.decode()

    assert enter(client, flooded, code_of(KEY)).url == "/"

    assert heading_of(client.get("/account/password/")) == "Đổi mật khẩu"


@pytest.mark.parametrize("code", ["000000", ""], ids=["wrong code", "no code"])
def test_nobody_enters_a_used_up_name_without_its_code(client, flooded, hashes, code):
    hashes.clear()

    assert is_locked(enter(client, flooded, code))
    assert not hashes
    assert SESSION_KEY not in client.session


def test_a_right_code_without_the_password_opens_nothing_and_is_not_used_up(client, flooded):
    assert is_locked(enter(client, flooded, code_of(KEY), WRONG))
    assert enter(client, flooded, code_of(KEY)).url == "/"


def test_guessing_codes_for_a_used_up_name_is_slow_and_keeps_no_owner_out(client, flooded):
    tried = sum(
        'class="error-summary"'
        in enter(Client(), flooded, "000000", address=place).content.decode()
        for place in ["10.8.0.1"] * 9
    )

    assert tried == throttling.WITH_CODE_FROM_ONE_ADDRESS.tries
    assert enter(client, flooded, code_of(KEY)).url == "/"
