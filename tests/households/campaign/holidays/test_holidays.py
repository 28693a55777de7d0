"""The ward's days without work: added by day or in a row, removed, counted by the postings."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from households.campaign.holidays.selectors import holiday_years, listed_holidays
from households.campaign.holidays.services import LONGEST, add_holidays, remove_holiday
from households.campaign.opening.forms import proposal
from households.campaign.procedure.selectors.steps import last_posting_day
from households.choices import CampaignKind
from households.models import Holiday
from povertyplan.core import clock
from povertyplan.core.models import AuditEvent
from tests.factories.households import CampaignFactory, ProcedureFactory
from tests.pages import NO_RIGHT, NOT_FOUND, heading_of, nothing_written
from tests.pages import text_of as text

LIST, NEW = "/settings/holidays/", "/settings/holidays/new/"
TET = date(2026, 2, 16)
OFF = {"kind": "off", "name": "Nghỉ bù"}
SATURDAY = date(2026, 11, 21)
DECISION = "Thông báo số 12/TB-UBND ngày 02/11/2026"


@pytest.fixture(autouse=True)
def _today():
    with clock.set_to(date(2026, 11, 20)):
        yield


@pytest.fixture
def national(db):
    return Holiday.objects.create(month=9, day=2, name="Quốc khánh")


def add(ward, by, first=TET, last=None, name="Tết Nguyên đán"):
    return add_holidays(ward=ward, name=name, first=first, last=last, by=by)


def test_days_in_a_row_are_added_one_by_one(ward, coordinator):
    added = add(ward, coordinator, last=date(2026, 2, 20))

    assert [(row.month, row.day) for row in added] == [(2, day) for day in range(16, 21)]
    event = AuditEvent.objects.get(act="add_holidays")
    assert "từ 16/02/2026 đến 20/02/2026: Tết Nguyên đán" in event.summary


def test_days_over_the_end_of_a_year_belong_to_their_years(ward, coordinator):
    added = add(ward, coordinator, first=date(2026, 12, 31), last=date(2027, 1, 2))

    assert [row.year for row in added] == [2026, 2027, 2027]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        pytest.param({"name": " "}, "name", id="no name"),
        pytest.param({"last": date(2026, 2, 15)}, "last", id="the last before the first"),
        pytest.param({"last": date(2026, 3, 3)}, "last", id="too many"),
        pytest.param({"first": date(2026, 9, 1), "last": date(2026, 9, 3)}, "first", id="known"),
    ],
)
def test_faulty_days_are_refused_whole(ward, coordinator, national, changes, field):
    with pytest.raises(ValidationError) as refused:
        add(ward, coordinator, **changes)

    assert list(refused.value.error_dict) == [field]
    assert list(Holiday.objects.all()) == [national]


def test_the_longest_row_is_taken(ward, coordinator):
    assert len(add(ward, coordinator, last=date(2026, 3, 2))) == LONGEST


def test_same_day_of_another_year_or_ward_is_taken(ward, coordinator, stranger):
    add(ward, coordinator)
    add(ward, coordinator, first=date(2027, 2, 16))
    add(stranger.ward, stranger)

    assert Holiday.objects.count() == 3
    with pytest.raises(ValidationError, match=r"Đã có trong danh sách: 16/02/2026 \(ngày nghỉ\)"):
        add(ward, coordinator)


def test_a_posting_hangs_longer_over_a_new_holiday(ward, coordinator):
    campaign = CampaignFactory(ward=ward, procedure=ProcedureFactory())
    friday = date(2026, 11, 20)
    assert last_posting_day(campaign, friday) == date(2026, 11, 25)

    (holiday,) = add(ward, coordinator, first=date(2026, 11, 24), name="Nghỉ bù")
    assert last_posting_day(campaign, friday) == date(2026, 11, 26)

    remove_holiday(holiday=holiday, by=coordinator)
    assert last_posting_day(campaign, friday) == date(2026, 11, 25)
    assert "gỡ ngày nghỉ 24/11/2026" in AuditEvent.objects.get(act="remove_holiday").summary


def swap(ward, by, first=SATURDAY, **changes):
    values = {"name": "Làm bù", "is_worked": True, "legal_reference": DECISION, **changes}
    return add_holidays(ward=ward, first=first, by=by, **values)


def test_a_posting_counts_a_saturday_that_is_worked(ward, coordinator):
    campaign = CampaignFactory(ward=ward, procedure=ProcedureFactory())
    friday = date(2026, 11, 20)

    (worked,) = swap(ward, coordinator)
    assert last_posting_day(campaign, friday) == date(2026, 11, 24)
    assert "thêm ngày làm bù 21/11/2026: Làm bù" in AuditEvent.objects.get().summary

    # The day it is swapped with is off: the posting ends as in a plain week.
    add(ward, coordinator, first=date(2026, 11, 23), name="Nghỉ hoán đổi")
    assert last_posting_day(campaign, friday) == date(2026, 11, 25)

    remove_holiday(holiday=worked, by=coordinator)
    assert last_posting_day(campaign, friday) == date(2026, 11, 26)
    assert "gỡ ngày làm bù 21/11/2026" in AuditEvent.objects.get(act="remove_holiday").summary


def test_the_regular_review_counts_a_saturday_that_is_worked(ward, coordinator):
    ProcedureFactory()
    plain = proposal(ward, CampaignKind.REGULAR, {})["closes_on"]

    swap(ward, coordinator)

    assert plain == date(2026, 12, 11)
    assert proposal(ward, CampaignKind.REGULAR, {})["closes_on"] == date(2026, 12, 10)


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        pytest.param(
            {"legal_reference": " "},
            {"legal_reference": ["Nhập văn bản quyết định ngày làm bù."]},
            id="no decision",
        ),
        pytest.param(
            {"first": date(2026, 11, 20), "last": date(2026, 11, 23)},
            {
                "first": [
                    "Ngày làm bù phải là thứ bảy, chủ nhật; đã là ngày làm việc: "
                    "20/11/2026, 23/11/2026."
                ]
            },
            id="not in the weekend",
        ),
        pytest.param(
            {"first": date(2028, 9, 2)},
            {"first": ["Đã có trong danh sách: 02/09/2028 (ngày nghỉ)."]},
            id="a national day off",
        ),
    ],
)
def test_faulty_days_to_work_are_refused_whole(ward, coordinator, national, changes, faults):
    with pytest.raises(ValidationError) as refused:
        swap(ward, coordinator, **changes)

    assert refused.value.message_dict == faults
    assert list(Holiday.objects.all()) == [national]


def test_one_day_is_off_or_worked_not_both(ward, coordinator):
    swap(ward, coordinator)

    with pytest.raises(ValidationError, match=r"21/11/2026 \(ngày làm bù\)"):
        add(ward, coordinator, first=SATURDAY)


@pytest.mark.parametrize("changes", [{"legal_reference": ""}, {"ward": None, "year": None}])
def test_the_database_refuses_a_worked_day_without_decision_or_ward(ward, changes):
    values = {"ward": ward, "year": 2026, "legal_reference": DECISION, **changes}

    with pytest.raises(IntegrityError, match="holiday_worked_by_a_decision"):
        Holiday.objects.create(month=11, day=21, name="Làm bù", is_worked=True, **values)


def test_the_pages_add_and_remove_a_worked_day(client_of, coordinator):
    client = client_of(coordinator)
    typed = {"kind": "worked", "name": "Làm bù", "first": "21/11/2026", "last": ""}

    refused = client.post(NEW, typed)
    assert refused.status_code == 422
    assert "Nhập văn bản quyết định ngày làm bù." in text(refused)
    assert 'value="21/11/2026"' in text(refused)

    page = text(client.post(NEW, typed | {"legal_reference": DECISION}, follow=True))
    assert DECISION in page
    assert "Làm bù</span>" in page

    worked = Holiday.objects.get()
    page = text(client.get(f"{LIST}{worked.pk}/remove/"))
    assert "Gỡ ngày làm bù Làm bù (21/11) năm 2026" in page
    assert "lại là ngày nghỉ cuối tuần" in page


def test_national_day_is_not_removed(national, coordinator, client_of):
    with pytest.raises(ValidationError, match="cả nước"):
        remove_holiday(holiday=national, by=coordinator)

    assert client_of(coordinator).post(f"{LIST}{national.pk}/remove/").status_code == 404
    assert Holiday.objects.exists()


def test_list_of_a_year_holds_national_days_and_the_wards(ward, coordinator, national, stranger):
    add(ward, coordinator)
    add(ward, coordinator, first=date(2027, 2, 6))
    add(stranger.ward, stranger, first=date(2026, 3, 3))
    Holiday.objects.create(month=2, day=29, name="Chỉ có năm nhuận")

    assert [listed.on for listed in listed_holidays(ward, 2026)] == [TET, date(2026, 9, 2)]
    assert holiday_years(ward, clock.today()) == [2027, 2026]


@pytest.mark.parametrize("role", ["coordinator", "administrator"])
def test_the_pages_add_and_remove(client_of, role, national, request):
    client = client_of(request.getfixturevalue(role))

    page = text(client.post(NEW, {**OFF, "first": "2/9/2027", "last": ""}, follow=True))
    assert "Đã có trong danh sách: 02/09/2027 (ngày nghỉ)." in page
    page = text(client.post(NEW, {**OFF, "first": "3/9/2027"}, follow=True))
    assert "Ngày nghỉ, ngày làm bù năm 2027" in page
    assert "03/09/2027" in page

    holiday = Holiday.objects.get(ward__isnull=False)
    assert "03/9" in text(client.get(f"{LIST}{holiday.pk}/remove/"))
    page = text(client.post(f"{LIST}{holiday.pk}/remove/", follow=True))
    assert "03/09/2027" not in page
    assert "Quốc khánh" in page


def test_every_error_shows_at_once_and_what_was_typed_stays(client_of, coordinator):
    answer = client_of(coordinator).post(
        NEW, {"kind": "worked", "name": "", "first": "31/2/2026", "last": "x"}
    )

    assert answer.status_code == 422
    assert "Có 4 lỗi cần sửa" in text(answer)
    assert 'value="31/2/2026"' in text(answer)


@pytest.mark.parametrize("role", ["leader", "village_head", "observer", "reporter"])
def test_the_pages_are_closed_to_others(client_of, role, request):
    client = client_of(request.getfixturevalue(role))

    assert heading_of(client.get(LIST)) == NO_RIGHT
    with nothing_written():
        assert heading_of(client.post(NEW, {"name": "x", "first": "3/9/2027"})) == NO_RIGHT


def test_holiday_of_another_ward_does_not_exist(client_of, coordinator, stranger):
    (holiday,) = add(stranger.ward, stranger)

    with nothing_written():
        assert heading_of(client_of(coordinator).post(f"{LIST}{holiday.pk}/remove/")) == NOT_FOUND


def test_query_count_does_not_grow(client_of, ward, coordinator):
    client = client_of(coordinator)
    counts = []
    for first, last in ((4, 4), (5, 6)):
        add(ward, coordinator, first=date(2026, 5, first), last=date(2026, 5, last))
        with CaptureQueriesContext(connection) as queries:
            page = text(client.get(LIST))
        counts.append((page.count("/remove/"), len(queries)))

    assert counts[0][1] == counts[1][1]
    assert [shown for shown, _ in counts] == [1, 3]
