"""Roles: how they are given and how they end."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from povertyplan.core.accounts import services as accounts
from povertyplan.core.choices import Role
from povertyplan.core.models import AuditEvent, RowChange
from tests.core.administration import KEYS, TODAY, give, role, sign_in
from tests.factories.core import PASSWORD, GrantFactory, UnitFactory
from tests.pages import NO_RIGHT, heading_of

REGISTER = "Hộ gia đình"


def test_a_role_is_given_and_tells_the_journal(client_of, administrator, officer, ward):
    unit = UnitFactory(ward=ward, name="Phòng Kinh tế")

    grant = give(
        officer,
        role(ward, Role.UNIT_REPORTER, unit=unit, valid_to=date(2027, 1, 31)),
        administrator,
    )

    assert (grant.granted_by, grant.unit, grant.valid_to) == (
        administrator,
        unit,
        date(2027, 1, 31),
    )
    summary = AuditEvent.objects.get(act="grant_role").summary
    assert "Cán bộ đơn vị" in summary
    assert "từ 20/11/2026 đến 31/01/2027" in summary


def test_a_form_sent_twice_gives_one_role(administrator, officer, ward):
    first = accounts.grant_role(
        user=officer, new_role=role(ward), version=1, key=KEYS[0], by=administrator
    )
    again = accounts.grant_role(
        user=officer, new_role=role(ward), version=1, key=KEYS[0], by=administrator
    )

    assert first == again
    assert officer.grants.count() == 2


def test_a_role_is_not_held_twice_at_a_time(administrator, officer, ward):
    give(officer, role(ward, valid_to=date(2026, 12, 31)), administrator)

    with pytest.raises(ValidationError, match="đã có vai trò"):
        give(officer, role(ward, valid_from=date(2026, 12, 31)), administrator, KEYS[1])
    give(officer, role(ward, valid_from=date(2027, 1, 1)), administrator, KEYS[2])


def test_in_a_village_only_reviews_are_entered(administrator, officer, village):
    with pytest.raises(ValidationError, match="Rà soát viên"):
        give(officer, role(village, Role.LEADER), administrator)


@pytest.mark.parametrize(
    ("last_day", "is_in"),
    [(date(2026, 11, 19), False), (date(2026, 11, 20), True)],
    ids=["yesterday", "today"],
)
def test_an_ended_role_is_gone_at_the_next_request(administrator, officer, last_day, is_in):
    client = sign_in(officer, PASSWORD)
    assert heading_of(client.get("/households/")) == REGISTER

    accounts.end_role(
        grant=officer.grants.get(), last_day=last_day, version=officer.version, by=administrator
    )

    assert heading_of(client.get("/households/")) == (REGISTER if is_in else NO_RIGHT)


def test_a_role_that_never_began_is_taken_back(administrator, officer, ward):
    grant = give(officer, role(ward), administrator)
    officer.refresh_from_db()

    accounts.end_role(
        grant=grant, last_day=date(2026, 11, 19), version=officer.version, by=administrator
    )

    assert officer.grants.count() == 1
    deleted = RowChange.objects.get(table="core_rolegrant", operation="delete")
    assert deleted.actor == administrator.username


def test_an_ended_role_does_not_end_again_or_later(administrator, officer, ward):
    over = GrantFactory(user=officer, area=ward, valid_to=date(2026, 11, 1))
    ending = GrantFactory(user=officer, area=ward, valid_to=date(2026, 12, 1))

    for grant, day in ((over, TODAY), (ending, date(2026, 12, 2)), (ending, date(2026, 11, 18))):
        with pytest.raises(ValidationError):
            accounts.end_role(grant=grant, last_day=day, version=1, by=administrator)
