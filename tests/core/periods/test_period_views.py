"""Locking a year and opening it again, on screen."""

import pytest
from django.urls import reverse

from povertyplan.core.models import AuditEvent, PeriodLock
from povertyplan.core.periods.services import lock_period, release_period
from povertyplan.core.year_parts import YearPart
from tests.factories.core import WardFactory, user_with
from tests.pages import words_of

REASON = "Đính chính tổng số hộ"
WHY = "Đã báo cáo cấp trên"
LIST = reverse("core:period_list")
LOCK = reverse("core:period_lock")


@pytest.fixture
def lock(ward, leader):
    return lock_period(ward=ward, year=2024, reason=WHY, by=leader)


def release_page(lock):
    return reverse("core:period_release", args=[lock.pk])


def test_period_list_shows_who_locked_when_and_why_it_was_opened(client_of, leader, ward, lock):
    release_period(lock=lock, reason=REASON, by=leader)
    lock_period(ward=ward, year=2023, reason=WHY, by=leader)

    text = client_of(leader).get(LIST).content.decode()

    assert text.count("Đã khóa") == 1
    assert text.count("Đang mở") == 5
    assert REASON in text
    assert "Mở khóa" in text


@pytest.mark.parametrize("years", [1, 3])
def test_period_list_needs_no_more_queries_for_more_locks(
    client_of, leader, ward, django_assert_num_queries, years
):
    for year in range(2023, 2023 + years):
        lock_period(ward=ward, year=year, reason=WHY, by=leader)
    client = client_of(leader)
    with django_assert_num_queries(4):
        client.get(LIST)


@pytest.mark.parametrize("fixture", ["coordinator", "leader"])
def test_period_lock_locks_the_year(request, client_of, ward, fixture):
    user = request.getfixturevalue(fixture)

    response = client_of(user).post(LOCK, {"period": "2025", "reason": WHY}, follow=True)

    assert "Đã khóa số liệu năm 2025" in response.content.decode()
    lock = PeriodLock.objects.get()
    assert (lock.ward, lock.part, lock.locked_by) == (ward, YearPart(2025), user)
    assert lock.reason == WHY
    assert AuditEvent.objects.get(act="lock_period").reason == WHY


def test_period_lock_asks_why(client_of, leader):
    response = client_of(leader).post(LOCK, {"period": "2025", "reason": " "})

    assert "Nhập lý do khóa số liệu." in response.content.decode()
    assert not PeriodLock.objects.exists()


@pytest.mark.parametrize(
    ("token", "name"),
    [
        ("2026-01-06", "6 tháng đầu năm 2026"),
        ("2026-01-09", "9 tháng năm 2026"),
        ("2026-07-09", "quý III/2026"),
    ],
)
def test_period_lock_locks_a_part_of_the_running_year(client_of, leader, token, name):
    client = client_of(leader)

    response = client.post(LOCK, {"period": token, "reason": WHY}, follow=True)

    assert f"Đã khóa số liệu {name}." in words_of(response)
    assert f'id="period-{token}"' in response.content.decode()
    assert not PeriodLock.objects.in_force().of_whole_year(2026).exists()


def test_what_a_wider_lock_holds_is_not_offered(client_of, leader, ward):
    lock_period(ward=ward, year=2026, months=(1, 9), reason=WHY, by=leader)

    offered = client_of(leader).get(LOCK).content.decode()

    assert 'value="2026-10-12"' not in offered  # it is not over
    assert not any(f'value="2026-{months}"' in offered for months in ("01-06", "04-06", "01-09"))
    assert 'value="2025-01-09"' in offered


def test_locking_again_after_a_release_keeps_both_in_the_history(client_of, leader, ward, lock):
    release_period(lock=lock, reason=REASON, by=leader)
    lock_period(ward=ward, year=2024, reason="Đã gửi lại số liệu đính chính", by=leader)

    shown = words_of(client_of(leader).get(LIST))

    for words in (f"{leader} khóa: {WHY}", f"{leader} mở khóa: {REASON}", "Đã gửi lại số liệu"):
        assert words in shown


@pytest.mark.parametrize(
    "year", ["", "2026", "1999", "hai", "2025; DROP", "2026-10-12", "2025-02-03"]
)
def test_period_lock_refuses_a_year_not_offered(client_of, leader, year):
    response = client_of(leader).post(LOCK, {"period": year, "reason": WHY})

    assert response.status_code == 422
    assert not PeriodLock.objects.exists()


def test_period_release_opens_the_year_with_its_reason(client_of, leader, lock):
    response = client_of(leader).post(release_page(lock), {"reason": REASON}, follow=True)

    assert "Đã mở khóa số liệu năm 2024" in response.content.decode()
    lock.refresh_from_db()
    assert (lock.released_by, lock.release_reason) == (leader, REASON)
    assert AuditEvent.objects.get(act="release_period").reason == REASON


def test_period_release_without_a_reason_shows_the_error(client_of, leader, lock):
    response = client_of(leader).post(release_page(lock), {"reason": " "})

    assert response.status_code == 422
    lock.refresh_from_db()
    assert lock.released_at is None


def test_period_release_is_not_for_the_coordinator(client_of, coordinator, lock):
    assert client_of(coordinator).post(release_page(lock), {"reason": REASON}).status_code == 403
    lock.refresh_from_db()
    assert lock.released_at is None


def test_period_release_of_another_ward_is_not_there(client_of, lock):
    other_leader = user_with("leader", WardFactory())

    response = client_of(other_leader).post(release_page(lock), {"reason": REASON})

    assert response.status_code == 404
    lock.refresh_from_db()
    assert lock.released_at is None


@pytest.mark.parametrize("fixture", ["observer", "reporter", "village_head", "administrator"])
def test_period_pages_are_closed_to_others(request, client_of, fixture):
    client = client_of(request.getfixturevalue(fixture))

    assert client.get(LIST).status_code == 403
    assert client.post(LOCK, {"period": "2025", "reason": WHY}).status_code == 403
    assert not PeriodLock.objects.exists()


@pytest.mark.parametrize(
    "address",
    [
        "/targets/?year=2024",
        "/forms/tables/1/?year=2024",
        "/money/?year=2024",
        "/dashboard/?year=2024",
    ],
)
def test_a_locked_year_is_told_beside_its_figures(client_of, coordinator, leader, lock, address):
    client = client_of(coordinator)

    told = words_of(client.get(address))
    release_period(lock=lock, reason="Đính chính", by=leader)
    open_again = words_of(client.get(address))

    assert f"Số liệu năm 2024 đã khóa: {leader} khóa lúc" in told
    assert f"Lý do: {WHY}" in told
    assert "mở khóa được, phải ghi lý do" in told
    assert "đã khóa" not in open_again


def test_a_locked_part_is_told_beside_the_figures_of_its_year(client_of, leader, ward):
    lock_period(ward=ward, year=2026, months=(1, 3), reason=WHY, by=leader)
    lock_period(ward=ward, year=2026, months=(1, 9), reason="Báo cáo 9 tháng", by=leader)

    told = words_of(client_of(leader).get("/dashboard/?year=2026"))

    assert "Số liệu 9 tháng năm 2026 đã khóa" in told
    assert "quý I/2026" not in told  # the wider lock says it
