"""More than twenty personal numbers in ten minutes: asked again, and told to others."""

from datetime import time

import pytest
from django_otp.plugins.otp_totp.models import TOTPDevice

from households.choices import RevealPurpose
from households.directory.selectors.reveals import MOST_REVEALS
from povertyplan.core import clock
from povertyplan.core.choices import Role
from povertyplan.core.journal.access_log import record_access
from povertyplan.core.models import AccessEvent, AuditEvent
from tests.core.phones import CODE, KEY, code_of
from tests.factories.core import PASSWORD, WardFactory, user_with
from tests.factories.households import HouseholdFactory, MembershipFactory, PersonFactory

NUMBER = "062185001234"
PURPOSE = {"purpose": RevealPurpose.REVIEW.value}


@pytest.fixture
def person(village):
    household = HouseholdFactory(village=village)
    person = PersonFactory(ward=household.ward, full_name="Y Hữu Nam", citizen_id=NUMBER)
    MembershipFactory(household=household, person=person)
    person.address = f"/households/{household.pk}/members/{person.pk}/citizen-id/"
    return person


def open_numbers(person, by, count=MOST_REVEALS, ward=None):
    for _ in range(count):
        record_access(by=by, ward=ward or person.ward, what="Số", obj=person, purpose="Rà soát")


def shows(answer):
    return NUMBER in answer.content.decode()


def test_the_twentieth_is_shown_and_the_next_asks_for_the_password(client_of, coordinator, person):
    open_numbers(person, coordinator, MOST_REVEALS - 1)
    client = client_of(coordinator)
    assert shows(client.post(person.address, PURPOSE))

    refused = client.post(person.address, PURPOSE)

    assert refused.status_code == 422
    assert not shows(refused)
    assert "Nhập mật khẩu của bạn." in refused.content.decode()
    assert AccessEvent.objects.count() == MOST_REVEALS

    assert not shows(client.post(person.address, PURPOSE | {"own_password": "not this one"}))
    assert shows(client.post(person.address, PURPOSE | {"own_password": PASSWORD}))
    assert shows(client.post(person.address, PURPOSE))


def test_the_code_is_asked_where_the_second_factor_is_on(client_of, coordinator, person):
    TOTPDevice.objects.create(user=coordinator, key=KEY, confirmed=True)
    open_numbers(person, coordinator)
    client = client_of(coordinator)
    client.post(CODE, {"code": code_of(KEY, -1)})
    known = PURPOSE | {"own_password": PASSWORD}

    assert not shows(client.post(person.address, known))
    assert shows(client.post(person.address, known | {"present_code": code_of(KEY)}))


def test_after_ten_minutes_nothing_is_asked(client_of, coordinator, person):
    with clock.set_to(clock.today(), time(9, 0)):
        open_numbers(person, coordinator)
    with clock.set_to(clock.today(), time(9, 11)):
        assert shows(client_of(coordinator).post(person.address, PURPOSE))


def test_guesses_of_the_password_are_counted(client_of, coordinator, person):
    open_numbers(person, coordinator)
    client = client_of(coordinator)
    wrong = PURPOSE | {"own_password": "not this one"}
    statuses = [client.post(person.address, wrong).status_code for _ in range(11)]

    assert statuses[-1] == 429


@pytest.fixture
def suspect(coordinator, person, client_of):
    """A coordinator who opened one number too many."""
    open_numbers(person, coordinator)
    client_of(coordinator).post(person.address, PURPOSE | {"own_password": PASSWORD})
    return coordinator


def todo_of(client_of, user):
    return client_of(user).get("/todo/").content.decode()


def test_another_coordinator_is_told(client_of, suspect, leader, administrator, ward):
    other = user_with(Role.COORDINATOR, ward)
    words = f"Hỏi lại {suspect} về số định danh đã mở"

    assert words in todo_of(client_of, other)
    for user in (suspect, leader, administrator):
        assert words not in todo_of(client_of, user)
    entry = AuditEvent.objects.get(act="reveal_number")
    assert client_of(other).get(f"/audit/{entry.pk}/").status_code == 200


def test_without_another_the_leader_and_the_administrator_are_told(
    client_of, suspect, leader, administrator
):
    entry = AuditEvent.objects.get(act="reveal_number")
    for user in (leader, administrator):
        assert f"/audit/{entry.pk}/" in todo_of(client_of, user)
        assert client_of(user).get(f"/audit/{entry.pk}/").status_code == 200


def test_numbers_of_two_wards_are_told_in_both(client_of, coordinator, person):
    there = WardFactory()
    open_numbers(person, coordinator, ward=there)
    client_of(coordinator).post(person.address, PURPOSE | {"own_password": PASSWORD})

    assert {each.ward for each in AuditEvent.objects.filter(act="reveal_number")} == {
        person.ward,
        there,
    }
