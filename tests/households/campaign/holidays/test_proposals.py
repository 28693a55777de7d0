"""Days off that are proposed for a year, and confirmed by an officer with their document."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from households.campaign.holidays.forms import proposed_name
from households.campaign.holidays.selectors import ProposedDay, proposed_days
from households.campaign.holidays.services import add_holidays, confirm_proposed_days
from households.models import Holiday
from povertyplan.core.models import AuditEvent

PAGE = "/settings/holidays/proposed/"
REFERENCE = "Thông báo số 12/TB-UBND ngày 02/11/2026"
NATIONAL = ((1, 1), (4, 30), (5, 1), (9, 2))
TET = ProposedDay(date(2026, 2, 17), "Tết Nguyên đán")


@pytest.fixture(autouse=True)
def _national(db):
    for month, day in NATIONAL:
        Holiday.objects.create(month=month, day=day, name="Ngày nghỉ chung")


def own():
    return Holiday.objects.filter(ward__isnull=False)


@pytest.mark.parametrize(
    ("year", "off", "worked"),
    [
        pytest.param(
            2026,
            ["16/2", "17/2", "18/2", "19/2", "20/2", "27/4", "31/8", "1/9", "24/11"],
            ["22/8"],
            id="2026",
        ),
        pytest.param(
            2027, ["4/2", "5/2", "8/2", "9/2", "10/2", "16/4", "3/5", "3/9", "24/11"], [], id="2027"
        ),
    ],
)
def test_days_of_a_year_are_proposed_without_national_days_and_weekends(ward, year, off, worked):
    days = proposed_days(ward, year)

    def told(is_worked):
        return [f"{day.on.day}/{day.on.month}" for day in days if day.is_worked is is_worked]

    assert (told(False), told(True)) == (off, worked)
    assert {day.on.year for day in days} == {year}


def test_names_are_vietnamese(ward):
    names = [proposed_name(day) for day in proposed_days(ward, 2026)]

    assert names[:2] == ["Giao thừa Tết Nguyên đán", "Tết Nguyên đán"]
    assert "Ngày Giỗ Tổ Hùng Vương (nghỉ bù)" in names


def test_a_stored_day_is_not_proposed_again_another_wards_day_is(ward, coordinator, stranger):
    add_holidays(ward=ward, name="Tết", first=date(2026, 2, 16), by=coordinator)

    assert date(2026, 2, 16) not in [day.on for day in proposed_days(ward, 2026)]
    assert date(2026, 2, 16) in [day.on for day in proposed_days(stranger.ward, 2026)]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        pytest.param({"days": []}, "Chọn ít nhất một ngày", id="none"),
        pytest.param({"legal_reference": " "}, "Nhập căn cứ", id="no document"),
        pytest.param({"days": [TET, ProposedDay(date(2026, 9, 2), "x")]}, "Đã có", id="listed"),
        pytest.param({"days": [ProposedDay(TET.on, " ")]}, "để trắng", id="no name"),
    ],
)
def test_what_is_not_confirmed_whole_is_refused_whole(ward, coordinator, changes, message):
    given = {"days": [TET], "legal_reference": REFERENCE, **changes}

    with pytest.raises(ValidationError, match=message):
        confirm_proposed_days(ward=ward, by=coordinator, **given)

    assert not own().exists()


@pytest.mark.parametrize("role", ["coordinator", "administrator"])
def test_the_page_stores_what_is_ticked_under_the_name_given(client_of, role, request):
    client = client_of(request.getfixturevalue(role))
    page = client.get(PAGE, {"year": "2026"}).content.decode()
    assert "checked" not in page
    assert not own().exists()

    typed = {
        "take_2026-02-17": "on",
        "name_2026-02-17": "Mùng 1 Tết",
        "take_2026-08-22": "on",
        "name_2026-08-22": "Làm bù",
        "name_2026-02-18": "Mùng 2 Tết",
        "legal_reference": REFERENCE,
    }
    page = client.post(f"{PAGE}?year=2026", typed, follow=True).content.decode()

    assert "Đã thêm 2 ngày." in page
    assert "Xem 8 ngày được đề xuất" in page
    assert [(row.name, row.is_worked, row.legal_reference) for row in own()] == [
        ("Mùng 1 Tết", False, REFERENCE),
        ("Làm bù", True, REFERENCE),
    ]
    event = AuditEvent.objects.get(act="confirm_proposed_days")
    assert "17/02/2026 Mùng 1 Tết; 22/08/2026 Làm bù" in event.summary


def test_every_error_shows_at_once_and_what_was_typed_stays(client_of, coordinator):
    client = client_of(coordinator)

    answer = client.post(
        f"{PAGE}?year=2026",
        {"take_2026-02-17": "on", "name_2026-02-17": " ", "name_2026-02-18": "Mùng hai"},
    )
    page = answer.content.decode()

    assert answer.status_code == 422
    assert "Có 2 lỗi cần sửa" in page
    assert "Nhập tên ngày 17/02/2026." in page
    assert 'value="Mùng hai"' in page
    assert not own().exists()


def test_days_that_are_not_proposed_are_not_taken(client_of, coordinator):
    """A national day, a working day, no day at all: none has a field."""
    typed = {"legal_reference": REFERENCE}
    for day in ("2026-09-02", "2026-02-23", "2027-02-04", "x"):
        typed |= {f"take_{day}": "on", f"name_{day}": "Nghỉ"}

    answer = client_of(coordinator).post(f"{PAGE}?year=2026", typed)

    assert answer.status_code == 422
    assert "Chọn ít nhất một ngày." in answer.content.decode()
    assert not own().exists()


@pytest.mark.parametrize("role", ["leader", "village_head", "observer", "reporter"])
def test_the_page_is_closed_to_others(client_of, role, request):
    client = client_of(request.getfixturevalue(role))

    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, {"legal_reference": REFERENCE}).status_code == 403
    assert not own().exists()
