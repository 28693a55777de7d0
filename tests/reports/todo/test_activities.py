"""Activities that fall due are work of their unit; late ones of who collects."""

from datetime import timedelta

import pytest

from povertyplan.core.choices import Role
from projects.choices import UnitRole
from reports.todo.tasks import build_todo
from tests.factories.core import UnitFactory, user_with
from tests.factories.projects import ActivityFactory, ProjectUnitFactory, WardProjectFactory
from tests.reports.histories import TODAY


def titles(user):
    groups = build_todo(user=user, today=TODAY)
    return [(group.label, task.title) for group in groups for task in group.tasks]


@pytest.fixture
def row(ward):
    return WardProjectFactory(ward=ward)


@pytest.fixture
def unit(ward):
    return UnitFactory(ward=ward)


@pytest.fixture
def reporter(ward, unit):
    return user_with(Role.UNIT_REPORTER, ward, unit=unit)


def due_in(days, **fields):
    due_on = TODAY + timedelta(days=days)
    return ActivityFactory(year=due_on.year, due_on=due_on, **fields)


def test_a_unit_does_what_falls_due_within_a_week_and_no_more(row, unit, reporter):
    due_in(7, ward_project=row, owner=unit)
    due_in(8, ward_project=row, owner=unit)
    due_in(-1, ward_project=row, owner=unit, done_on=TODAY)

    assert titles(reporter) == [
        ("Trong 7 ngày tới", f"Thực hiện, báo cáo 1 hoạt động của {row.project}")
    ]


def test_what_nobody_owns_is_work_of_the_unit_that_leads(row, unit, reporter):
    due_in(1, ward_project=row)
    before = titles(reporter)
    ProjectUnitFactory(ward_project=row, unit=unit, role=UnitRole.LEAD)

    assert before == []
    assert len(titles(reporter)) == 1


def test_a_unit_that_led_years_ago_has_nothing_to_do(row, unit, reporter):
    due_in(1, ward_project=row)
    lead = ProjectUnitFactory(ward_project=row, unit=unit, role=UnitRole.LEAD)
    lead.year_from, lead.year_to = 2022, 2024
    lead.save()

    assert titles(reporter) == []


def test_late_ones_of_every_unit_are_urged_by_who_collects(row, coordinator):
    due_in(-1, ward_project=row, owner=UnitFactory(ward=row.ward))
    due_in(0, ward_project=row)

    assert titles(coordinator) == [("Quá hạn", f"Đôn đốc 1 hoạt động của {row.project}")]
