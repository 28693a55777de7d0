"""The 36-month book, its anchors and its pages."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from households.choices import ClosingReason, MovementCause, PovertyClass, WindowRule
from households.models import Household, HouseholdStatus
from households.windows.selectors import BookFilter, window_book
from households.windows.services import set_anchor
from povertyplan.core.choices import Role
from povertyplan.core.models import AccessEvent, AuditEvent
from povertyplan.core.platform.versions import StaleVersion
from tests.factories.core import GrantFactory, UnitFactory, VillageFactory
from tests.factories.households import HouseholdFactory
from tests.households.histories import household_with
from tests.pages import NO_RIGHT, NOT_FOUND, heading_of, text_of

POOR, NEAR_POOR, NOT_POOR = PovertyClass.POOR, PovertyClass.NEAR_POOR, PovertyClass.NOT_POOR
TODAY = date(2026, 11, 20)
LONG_AGO = date(2020, 1, 1)


def book(ward, on=TODAY, **asked):
    return window_book(
        households=Household.objects.filter(ward=ward), on=on, asked=BookFilter(**asked)
    )


def test_book_tells_the_last_day_under_both_rules(ward, village):
    escaped = household_with(village, (POOR, LONG_AGO), (NOT_POOR, date(2023, 12, 15)))

    (line,) = book(ward)

    assert line.household == escaped
    assert line.programme.window.ends_on == line.credit.window.ends_on == date(2026, 12, 15)
    assert line.programme.days_left == 25
    assert line.is_open


def test_near_poor_household_is_in_the_window_of_the_programme_only(ward, village):
    household_with(village, (POOR, LONG_AGO), (NEAR_POOR, date(2024, 12, 15)))

    (line,) = book(ward)

    assert line.programme.window.ends_on == date(2027, 12, 15)
    assert line.credit is None
    assert book(ward, rule=WindowRule.CREDIT) == []


def test_window_is_in_the_book_on_its_last_day_and_not_after(ward, village):
    household_with(village, (POOR, LONG_AGO), (NOT_POOR, date(2023, 12, 15)))

    assert len(book(ward, on=date(2026, 12, 15))) == 1
    assert book(ward, on=date(2026, 12, 16)) == []


def test_household_that_fell_back_ended_early(ward, village):
    household_with(
        village, (POOR, LONG_AGO), (NOT_POOR, date(2024, 12, 15)), (POOR, date(2025, 12, 15))
    )

    (line,) = book(ward)

    assert not line.is_open
    assert line.programme.ended_early
    assert line.programme.window.closed_on == date(2025, 12, 15)
    assert line.lost_by.cause == MovementCause.FELL_BACK
    assert book(ward, leaving=180) == []
    assert len(book(ward, ended_early=True)) == 1


def test_household_out_of_the_register_ended_early(ward, village):
    gone = household_with(village, (POOR, LONG_AGO), (NOT_POOR, date(2024, 12, 15)))
    Household.objects.filter(pk=gone.pk).update(
        closed_on=date(2026, 3, 1), closing_reason=ClosingReason.MOVED_OUT
    )

    (line,) = book(ward)

    assert line.programme.window.closed_on == date(2026, 3, 1)
    assert not line.is_open


@pytest.mark.parametrize(
    ("escaped_on", "leaving"),
    [(date(2023, 12, 1), 30), (date(2024, 1, 31), 90), (date(2024, 4, 30), 180)],
)
def test_book_is_cut_to_those_who_leave_soon(ward, village, escaped_on, leaving):
    household_with(village, (POOR, LONG_AGO), (NOT_POOR, escaped_on))
    household_with(village, (POOR, LONG_AGO), (NOT_POOR, date(2025, 12, 15)))

    assert len(book(ward, leaving=leaving)) == 1
    assert len(book(ward)) == 2


@pytest.fixture
def escape(village):
    household = household_with(village, (POOR, LONG_AGO), (NOT_POOR, date(2024, 12, 15)))
    return household.statuses.get(ends_on=None)


def test_anchor_moves_the_window_and_leaves_its_reason(ward, escape, coordinator):
    set_anchor(
        status=escape, anchor_on=date(2025, 1, 1), was=None, reason="Theo QĐ 9", by=coordinator
    )

    (line,) = book(ward)
    event = AuditEvent.objects.get(act="set_anchor")
    assert line.programme.window.ends_on == date(2028, 1, 1)
    assert event.reason == "Theo QĐ 9"
    assert "15/12/2024" in event.summary
    assert "01/01/2025" in event.summary


def test_anchor_is_taken_back(escape, coordinator):
    day = date(2025, 1, 1)
    set_anchor(status=escape, anchor_on=day, was=None, reason="Theo QĐ 9", by=coordinator)
    set_anchor(status=escape, anchor_on=None, was=day, reason="Ghi nhầm", by=coordinator)

    escape.refresh_from_db()
    assert escape.anchor_on is None


@pytest.mark.parametrize(
    ("anchor_on", "reason", "field"),
    [
        (date(2025, 1, 1), "  ", "reason"),
        (date(2023, 12, 14), "Lý do", "anchor_on"),
        (date(2025, 12, 16), "Lý do", "anchor_on"),
        (None, "Lý do", "anchor_on"),
    ],
)
def test_anchor_is_refused(escape, coordinator, anchor_on, reason, field):
    with pytest.raises(ValidationError) as refused:
        set_anchor(status=escape, anchor_on=anchor_on, was=None, reason=reason, by=coordinator)

    assert field in refused.value.message_dict
    assert not AuditEvent.objects.filter(act="set_anchor").exists()


def test_anchor_of_a_spell_that_opens_no_window_is_refused(escape, coordinator):
    first = HouseholdStatus.objects.get(household=escape.household, poverty_class=POOR)

    with pytest.raises(ValidationError):
        set_anchor(
            status=first, anchor_on=date(2020, 2, 1), was=None, reason="Lý do", by=coordinator
        )


def test_anchor_changed_meanwhile_is_stale(escape, coordinator):
    set_anchor(
        status=escape, anchor_on=date(2025, 1, 1), was=None, reason="Mốc đầu", by=coordinator
    )

    with pytest.raises(StaleVersion):
        set_anchor(
            status=escape, anchor_on=date(2025, 2, 1), was=None, reason="Mốc sau", by=coordinator
        )


@pytest.mark.parametrize("count", [1, 3])
def test_book_page_query_count(
    client_of, coordinator, village, count, django_assert_max_num_queries
):
    client = client_of(coordinator)
    for _ in range(count):
        household_with(village, (POOR, LONG_AGO), (NOT_POOR, date(2024, 12, 15)))

    with django_assert_max_num_queries(9):
        page = client.get(reverse("households:window_list"))

    assert page.content.decode().count("còn") >= count
    assert page.status_code == 200


def test_book_page_shows_a_stranger_nothing(client_of, stranger, escape):
    page = client_of(stranger).get(reverse("households:window_list"))

    assert escape.household.code not in page.content.decode()


def test_book_page_is_closed_to_observers(client_of, observer, escape):
    assert heading_of(client_of(observer).get(reverse("households:window_list"))) == NO_RIGHT


def test_village_head_sees_the_own_village_only(client_of, village_head, ward, escape):
    other = household_with(
        VillageFactory(parent=ward), (POOR, LONG_AGO), (NOT_POOR, date(2024, 12, 15))
    )

    text = client_of(village_head).get(reverse("households:window_list")).content.decode()

    assert escape.household.code in text
    assert other.code not in text


def test_anchor_page_saves(client_of, coordinator, escape):
    address = reverse("households:window_anchor", args=[escape.pk])

    answer = client_of(coordinator).post(
        address, {"anchor_on": "01/01/2025", "reason": "Theo QĐ 9", "was": ""}
    )

    escape.refresh_from_db()
    assert answer.status_code == 302
    assert escape.anchor_on == date(2025, 1, 1)


def test_anchor_page_refuses_without_reason(client_of, coordinator, escape):
    address = reverse("households:window_anchor", args=[escape.pk])

    answer = client_of(coordinator).post(address, {"anchor_on": "01/01/2025"})

    escape.refresh_from_db()
    assert answer.status_code == 422
    assert "Nhập lý do" in answer.content.decode()
    assert escape.anchor_on is None


def test_anchor_page_is_not_found_for_strangers(client_of, stranger, escape):
    address = reverse("households:window_anchor", args=[escape.pk])

    assert heading_of(client_of(stranger).get(address)) == NOT_FOUND


def test_book_is_taken_away_for_a_purpose(client_of, coordinator, escape):
    client = client_of(coordinator)
    address = reverse("households:window_export")

    refused = client.post(address)
    answer = client.post(address, {"purpose": "report"})

    assert refused.status_code == 422
    assert answer["Content-Type"].endswith("sheet")
    assert AccessEvent.objects.count() == 1


def test_wrong_filters_are_named_and_do_not_filter(client_of, coordinator, escape):
    page = client_of(coordinator).get(reverse("households:window_list"), {"leaving": "31"})

    text = page.content.decode()
    assert "Chọn 30, 90 hoặc 180 ngày." in text
    assert escape.household.code in text


def test_household_never_poor_is_not_in_the_book(ward, village):
    household_with(village, (NOT_POOR, LONG_AGO))
    HouseholdFactory(village=village)

    assert book(ward) == []


def test_book_leads_to_anchors_only_where_they_may_be_moved(client_of, escape, coordinator):
    """Coordinator of one ward, reporter of another: the book shows both, to change or to read."""
    read = household_with(VillageFactory(), (POOR, LONG_AGO), (NOT_POOR, date(2024, 12, 15)))
    GrantFactory(
        user=coordinator, role=Role.UNIT_REPORTER, area=read.ward, unit=UnitFactory(ward=read.ward)
    )

    page = text_of(client_of(coordinator).get(reverse("households:window_list")))

    assert read.code in page
    assert f"mốc tính của {escape.household.code}" in page
    assert f"mốc tính của {read.code}" not in page
