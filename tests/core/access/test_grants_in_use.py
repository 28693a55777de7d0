"""Which of several roles a request sees and writes with, and which ward a page is about."""

import pytest

from povertyplan.core.choices import Role
from povertyplan.core.models import PeriodLock
from tests.factories.core import GrantFactory, WardFactory, user_with
from tests.pages import NOT_FOUND, heading_of
from tests.pages import text_of as text

pytestmark = pytest.mark.django_db

PERIODS, LOCK = "/settings/periods/", "/settings/periods/lock/"
DASHBOARD = "/dashboard/"
LOCKED = {"period": "2024", "reason": "Đã báo cáo cấp trên"}


@pytest.fixture
def other_ward():
    return WardFactory(name="Phường Ngọc Bay")


@pytest.fixture
def in_both(ward, other_ward):
    """Coordinator in two wards."""
    user = user_with(Role.COORDINATOR, ward)
    GrantFactory(user=user, role=Role.COORDINATOR, area=other_ward)
    return user


@pytest.mark.parametrize("is_observer_first", [True, False], ids=["observer first", "last"])
def test_a_page_is_about_the_ward_whose_role_opens_it(
    client_of, ward, other_ward, is_observer_first
):
    held = [(Role.OBSERVER, ward), (Role.COORDINATOR, other_ward)]
    (role, area), second = held if is_observer_first else reversed(held)
    user = user_with(role, area)
    GrantFactory(user=user, role=second[0], area=second[1])

    response = client_of(user).get(PERIODS)

    assert response.status_code == 200
    assert "Phường Ngọc Bay" in text(response)
    assert "Phường Đăk Cấm" not in text(response)


def test_a_page_of_one_ward_leads_to_an_address_that_names_it(client_of, in_both, ward):
    response = client_of(in_both).get(f"{DASHBOARD}?year=2025")

    assert (response.status_code, response.url) == (302, f"{DASHBOARD}?year=2025&ward={ward.pk}")


def test_the_ward_named_last_comes_first(client_of, in_both, other_ward):
    client = client_of(in_both)
    client.get(f"{DASHBOARD}?ward={other_ward.pk}")

    response = client.get(DASHBOARD)

    assert response.url == f"{DASHBOARD}?ward={other_ward.pk}"


def test_the_ward_can_be_changed_at_the_head_of_the_page(client_of, in_both, ward, other_ward):
    page = text(client_of(in_both).get(f"{DASHBOARD}?year=2025&ward={ward.pk}"))

    assert f'href="?year=2025&amp;ward={ward.pk}" aria-current="page">Phường Đăk Cấm' in page
    assert f'href="?year=2025&amp;ward={other_ward.pk}">Phường Ngọc Bay' in page


def test_a_post_goes_to_the_ward_that_its_page_named(client_of, in_both, other_ward):
    client_of(in_both).post(f"{LOCK}?ward={other_ward.pk}", LOCKED)

    assert [lock.ward for lock in PeriodLock.objects.all()] == [other_ward]


def test_a_post_that_names_none_of_several_wards_is_refused(client_of, in_both):
    response = client_of(in_both).post(LOCK, LOCKED)

    assert response.status_code == 403
    assert "chọn phường, xã" in text(response)
    assert not PeriodLock.objects.exists()


def test_a_ward_without_a_role_that_opens_the_page_is_not_there(client_of, ward, other_ward):
    user = user_with(Role.OBSERVER, ward)
    GrantFactory(user=user, role=Role.COORDINATOR, area=other_ward)

    assert heading_of(client_of(user).get(f"{PERIODS}?ward={ward.pk}")) == NOT_FOUND


def test_one_ward_needs_no_name(client_of, coordinator):
    assert heading_of(client_of(coordinator).get(PERIODS)) == "Khóa số liệu"
