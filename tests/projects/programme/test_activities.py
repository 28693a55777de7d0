"""Activities of a project on screen, and the work of a unit."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from povertyplan.core.choices import Role
from povertyplan.core.models import AuditEvent
from povertyplan.core.periods.services import lock_period
from projects.choices import UnitRole
from projects.models import Activity
from projects.programme.selectors.activities import open_activities, open_activities_of_units
from projects.programme.services.activities import ActivityInput, change_activity
from tests.factories.core import UnitFactory, WardFactory, user_with
from tests.factories.projects import ActivityFactory, ProjectUnitFactory, WardProjectFactory
from tests.pages import NO_RIGHT, NOT_FOUND, heading_of, text_of

KEY = "6f3c1a52-3f0e-4b8f-9d59-0a1f6f2f7c11"
TYPED = {
    "key": KEY,
    "name": "Tập huấn chăn nuôi",
    "quantity": "2",
    "quantity_unit": "lớp",
    "due_on": "30/06/2026",
}


@pytest.fixture
def row(ward):
    return WardProjectFactory(ward=ward)


@pytest.fixture
def unit(ward):
    return UnitFactory(ward=ward, name="Phòng Kinh tế")


@pytest.fixture
def reporter(ward, unit):
    return user_with(Role.UNIT_REPORTER, ward, unit=unit)


@pytest.fixture
def activity(row, unit):
    return ActivityFactory(ward_project=row, owner=unit)


def page(view, *args):
    return reverse(f"projects:{view}", args=args)


def test_coordinator_plans_an_activity_and_the_project_shows_it(row, unit, coordinator, client_of):
    answer = client_of(coordinator).post(
        page("activity_new", row.pk, 2026), TYPED | {"owner": unit.pk}, follow=True
    )

    shown = text_of(answer)
    for text in ("Đã lưu hoạt động: Tập huấn chăn nuôi.", "Phòng Kinh tế", "30/06/2026", "Quá hạn"):
        assert text in shown


def test_a_form_sent_twice_makes_one_activity(row, coordinator, client_of):
    client = client_of(coordinator)

    for _ in range(2):
        client.post(page("activity_new", row.pk, 2026), TYPED)

    assert Activity.objects.count() == 1


def test_faults_come_all_at_once_and_keep_what_was_typed(row, coordinator, client_of):
    foreign = UnitFactory(ward=WardFactory())
    answer = client_of(coordinator).post(
        page("activity_new", row.pk, 2026),
        TYPED | {"name": "", "quantity": "-2", "due_on": "30/02/2026", "owner": foreign.pk},
    )

    said = text_of(answer)
    assert answer.status_code == 422
    for sentence in ("Nhập tên hoạt động.", "30/02/2026", "Chọn trong danh sách.", "lớp"):
        assert sentence in said
    assert not Activity.objects.exists()


def test_what_the_rules_refuse_is_said_at_its_field(row, coordinator, client_of):
    answer = client_of(coordinator).post(
        page("activity_new", row.pk, 2026), TYPED | {"quantity_unit": "", "due_on": "01/01/2027"}
    )

    said = text_of(answer)
    assert "Hạn phải nằm trong năm 2026." in said
    assert "Nhập đơn vị tính của khối lượng." in said


def test_the_unit_of_an_activity_reports_it_and_cannot_change_it(activity, reporter, client_of):
    client = client_of(reporter)

    answer = client.post(
        page("activity_report", activity.pk),
        {"version": 1, "done_on": "20/06/2026", "evidence": "Báo cáo số 12/BC"},
        follow=True,
    )

    activity.refresh_from_db()
    assert activity.done_on == date(2026, 6, 20)
    assert "Hoàn thành" in text_of(answer)
    assert "Ngày hoàn thành – → 20/06/2026" in AuditEvent.objects.latest("pk").summary
    assert heading_of(client.get(page("activity_edit", activity.pk))) == NO_RIGHT


def test_the_unit_that_leads_a_project_plans_its_activities(row, unit, reporter, client_of):
    client = client_of(reporter)
    before = client.get(page("activity_new", row.pk, 2026))
    ProjectUnitFactory(ward_project=row, unit=unit, role=UnitRole.LEAD)

    client.post(page("activity_new", row.pk, 2026), TYPED)

    assert heading_of(before) == NO_RIGHT
    assert Activity.objects.get().name == "Tập huấn chăn nuôi"


def test_second_of_two_editors_sees_that_somebody_saved(activity, coordinator, client_of):
    client = client_of(coordinator)
    values = {"name": "Mới", "version": 1}
    client.post(page("activity_edit", activity.pk), values)

    answer = client.post(page("activity_edit", activity.pk), values | {"name": "Mới hơn"})

    assert answer.status_code == 422
    assert "vừa được sửa ở nơi khác" in text_of(answer)
    assert Activity.objects.get().name == "Mới"


def test_removing_asks_for_a_reason_and_the_journal_keeps_it(activity, coordinator, client_of):
    client = client_of(coordinator)
    refused = client.post(page("activity_remove", activity.pk), {"version": 1, "reason": " "})

    client.post(page("activity_remove", activity.pk), {"version": 1, "reason": "Hết vốn"})

    assert "Nêu lý do bỏ hoạt động." in text_of(refused)
    assert not Activity.objects.exists()
    assert AuditEvent.objects.latest("pk").reason == "Hết vốn"


def test_an_activity_of_another_ward_is_not_found(activity, stranger, client_of):
    for view in ("activity_edit", "activity_report", "activity_remove"):
        assert heading_of(client_of(stranger).get(page(view, activity.pk))) == NOT_FOUND


def test_a_year_in_which_the_project_does_not_run_is_not_found(row, coordinator, client_of):
    assert heading_of(client_of(coordinator).get(page("activity_new", row.pk, 2031))) == NOT_FOUND


def test_own_work_shows_what_a_unit_leads_helps_with_and_has_to_do(
    ward, row, unit, activity, reporter, client_of
):
    ProjectUnitFactory(ward_project=row, unit=unit, role=UnitRole.COORDINATING)
    others = ActivityFactory(ward_project=WardProjectFactory(ward=ward))

    shown = text_of(client_of(reporter).get(page("unit_work"), {"year": "2026"}))

    assert activity.name in shown
    assert row.name in shown
    assert "Phối hợp" in shown
    assert others.name not in shown


@pytest.mark.parametrize("count", [1, 3])
def test_own_work_query_count_does_not_grow(
    ward, unit, reporter, client_of, count, django_assert_num_queries
):
    for _ in range(count):
        row = WardProjectFactory(ward=ward)
        ProjectUnitFactory(ward_project=row, unit=unit)
        ActivityFactory(ward_project=row, owner=unit)
    client = client_of(reporter)

    with django_assert_num_queries(7):
        shown = client.get(page("unit_work"), {"year": "2026"}).content.decode()

    assert shown.count('id="activity-') == count


def test_a_unit_does_not_move_the_day_it_was_given(row, unit, reporter, coordinator, client_of):
    activity = ActivityFactory(ward_project=row, due_on=date(2026, 6, 30))
    ProjectUnitFactory(ward_project=row, unit=unit, role=UnitRole.LEAD)
    later = TYPED | {"version": activity.version, "due_on": "31/12/2026"}
    edit = page("activity_edit", activity.pk)

    client_of(reporter).post(edit, later)

    activity.refresh_from_db()
    assert (activity.name, activity.due_on) == (TYPED["name"], date(2026, 6, 30))
    with pytest.raises(ValidationError, match="Hạn đã định"):
        change_activity(
            activity=activity,
            details=ActivityInput("Tập huấn", due_on=date(2026, 12, 31)),
            version=activity.version,
            by=reporter,
        )
    client_of(coordinator).post(edit, later | {"version": activity.version})
    activity.refresh_from_db()
    assert activity.due_on == date(2026, 12, 31)


def test_a_part_done_stays_open(row, unit, reporter):
    half = {"quantity": 2, "quantity_unit": "lớp", "done_quantity": 1}
    ended = date(2026, 3, 31)
    activity = ActivityFactory(ward_project=row, owner=unit, due_on=ended, done_on=ended, **half)

    assert open_activities(ward=row.ward, until=ended) == [activity]
    assert open_activities_of_units(ward=row.ward, viewer=reporter, until=ended) == [activity]


def test_activities_of_a_locked_year_stand_still(row, coordinator, client_of):
    activity = ActivityFactory(ward_project=row, year=2025, due_on=None)
    lock_period(ward=row.ward, year=2025, reason="Đã báo cáo cấp trên", by=coordinator)
    before = list(Activity.objects.values())
    client = client_of(coordinator)
    sent = {"version": activity.version, "done_on": "30/06/2025", "reason": "Không làm nữa."}

    for address in (
        page("activity_new", row.pk, 2025),
        *(page(f"activity_{act}", activity.pk) for act in ("edit", "report", "remove")),
    ):
        answer = client.post(address, TYPED | {"due_on": "30/06/2025"} | sent)
        assert "Số liệu năm 2025 đã khóa" in text_of(answer), address

    assert list(Activity.objects.values()) == before
