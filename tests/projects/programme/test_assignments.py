"""Who does what in a year's projects: the service behind the matrix."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from povertyplan.core.models import AuditEvent
from povertyplan.core.periods.services import lock_period
from povertyplan.core.platform.versions import StaleVersion
from projects.choices import UnitRole
from projects.models import ProjectUnit, WardProject
from projects.programme.services.assignments import (
    ProjectLine,
    assign_units,
    copy_assignments,
    parts_of,
)
from projects.programme.services.ward_projects import (
    WardProjectInput,
    change_project,
    leave_project,
    take_on_project,
)
from tests.factories.core import UnitFactory, WardFactory
from tests.factories.projects import (
    ActivityFactory,
    ComponentProjectFactory,
    ProgrammeFactory,
    ProjectUnitFactory,
    WardProjectFactory,
)

LEAD, COORDINATING = UnitRole.LEAD.value, UnitRole.COORDINATING.value


def assign(ward, by, *lines, year=2026, **values):
    return assign_units(ward=ward, year=year, lines=lines, by=by, **values)


def line_of(row, *parts):
    return ProjectLine(row.project, seen=row.version, parts=parts)


def spells(row):
    """(name, role, first year, last year) of each part."""
    rows = ProjectUnit.objects.filter(ward_project=row)
    return {(part.name, part.role, part.year_from, part.year_to) for part in rows}


def test_assigning_one_year_leaves_the_other_years_alone(ward, coordinator):
    row = WardProjectFactory(ward=ward)
    before = ProjectUnitFactory(ward_project=row).unit
    after = UnitFactory(ward=ward)

    (saved,) = assign(ward, coordinator, line_of(row, (after.pk, LEAD)))

    assert spells(row) == {
        (before.name, LEAD, 2025, 2025),
        (after.name, LEAD, 2026, 2026),
        (before.name, LEAD, 2027, 2030),
    }
    assert saved.version == 2
    assert after.name in AuditEvent.objects.latest("pk").summary


def test_assigning_to_the_end_holds_for_the_rest_of_the_term(ward, coordinator):
    row = WardProjectFactory(ward=ward)
    before = ProjectUnitFactory(ward_project=row).unit
    after = UnitFactory(ward=ward)

    assign(ward, coordinator, line_of(row, (after.pk, LEAD)), is_to_end=True)

    assert spells(row) == {(before.name, LEAD, 2025, 2025), (after.name, LEAD, 2026, 2030)}


def test_nobody_has_a_part_after_the_last_year_of_a_unit(ward, coordinator):
    row = WardProjectFactory(ward=ward)
    ending = UnitFactory(ward=ward, valid_to=date(2027, 6, 30))
    stays = UnitFactory(ward=ward)
    line = line_of(row, (ending.pk, LEAD), (stays.pk, COORDINATING))

    assign(ward, coordinator, line, is_to_end=True)

    assert spells(row) == {
        (ending.name, LEAD, 2026, 2027),
        (stays.name, COORDINATING, 2026, 2030),
    }


def test_copying_tells_who_has_the_year_open(ward, coordinator):
    own = WardProjectFactory(ward=ward)
    before = ProjectUnitFactory(ward_project=own, year_to=2025).unit
    programme = own.project.programme
    programme.funds_until = date(2026, 12, 31)
    programme.save()
    stale = line_of(own)

    copy_assignments(ward=ward, year=2026, by=coordinator)

    assert spells(own) == {(before.name, LEAD, 2025, 2026)}
    with pytest.raises(StaleVersion):
        assign(ward, coordinator, stale)


def test_assigning_a_project_not_carried_out_takes_it_on_for_the_year(ward, coordinator):
    project, unit = ComponentProjectFactory(), UnitFactory(ward=ward)

    assign(ward, coordinator, ProjectLine(project, seen=0, parts=((unit.pk, LEAD),)))

    taken = WardProject.objects.get(project=project)
    assert (taken.ward, taken.year_from, taken.year_to) == (ward, 2026, 2026)
    assert parts_of(taken, 2026) == [(unit.pk, LEAD)]


def test_words_may_stand_for_units_that_coordinate(ward, coordinator):
    row = WardProjectFactory(ward=ward)

    assign(ward, coordinator, line_of(row, ("các đơn vị liên quan", COORDINATING)))

    assert spells(row) == {("các đơn vị liên quan", COORDINATING, 2026, 2026)}


def test_lines_that_say_what_is_so_already_change_nothing(ward, coordinator):
    row = WardProjectFactory(ward=ward)
    unit = ProjectUnitFactory(ward_project=row).unit
    idle = ProjectLine(ComponentProjectFactory(), seen=0)

    assert assign(ward, coordinator, line_of(row, (unit.pk, LEAD)), idle) == []
    assert WardProject.objects.count() == 1


def test_every_line_that_cannot_be_is_named_and_nothing_is_saved(ward, coordinator):
    rows = [WardProjectFactory(ward=ward) for _ in range(4)]
    foreign = UnitFactory(ward=WardFactory())
    ended = UnitFactory(ward=ward, name="Phòng cũ", valid_to=date(2025, 6, 30))
    good = UnitFactory(ward=ward)
    closed = ComponentProjectFactory(for_wards=False)

    with pytest.raises(ValidationError) as refused:
        assign(
            ward,
            coordinator,
            line_of(rows[0], (foreign.pk, LEAD)),
            line_of(rows[1], (ended.pk, LEAD)),
            line_of(rows[2], ("các đơn vị", LEAD)),
            line_of(rows[3], (good.pk, LEAD)),
            ProjectLine(closed, seen=0, is_taken_on=True),
        )

    assert refused.value.messages == [
        f"{rows[0].project}: đơn vị đã chọn không phải của phường, xã này.",
        f"{rows[1].project}: Phòng cũ không hoạt động trong năm 2026.",
        f"{rows[2].project}: đơn vị chủ trì phải chọn trong danh sách đơn vị.",
        f"{closed}: không áp dụng cho phường, xã.",
    ]
    assert not ProjectUnit.objects.exists()


def test_who_assigns_second_is_refused_and_sees_the_newer(ward, coordinator):
    row = WardProjectFactory(ward=ward)
    stale = line_of(row, (UnitFactory(ward=ward).pk, LEAD))
    first = UnitFactory(ward=ward)
    assign(ward, coordinator, line_of(row, (first.pk, LEAD)))

    with pytest.raises(StaleVersion) as refused:
        assign(ward, coordinator, stale)

    assert refused.value.current == row
    assert spells(row) == {(first.name, LEAD, 2026, 2026)}


def test_copying_takes_over_wording_and_the_units_that_are_still_there(ward, coordinator):
    with_funds = ProgrammeFactory(code="mới", funds_until=date(2026, 12, 31))
    project = ComponentProjectFactory(programme=with_funds)
    row = WardProjectFactory(ward=ward, project=project, year_to=2025, objective="Tạo việc làm.")
    stays = ProjectUnitFactory(ward_project=row, year_to=2025).unit
    gone = UnitFactory(ward=ward, valid_to=date(2025, 6, 30))
    ProjectUnitFactory(ward_project=row, unit=gone, role=COORDINATING, year_to=2025)

    copied = copy_assignments(ward=ward, year=2026, by=coordinator)

    taken = WardProject.objects.get(year_from=2026)
    assert taken.objective == "Tạo việc làm."
    assert parts_of(taken, 2026) == [(stays.pk, LEAD)]
    assert copied.projects == (row.project,)
    assert copied.left_out == (gone,)


def test_copying_leaves_what_the_year_has_and_programmes_whose_money_ended(ward, coordinator):
    has = WardProjectFactory(ward=ward)
    ProjectUnitFactory(ward_project=has)
    over = ProgrammeFactory(code="cũ", funds_until=None)
    project = ComponentProjectFactory(programme=over)
    ended = WardProjectFactory(ward=ward, project=project, year_to=2025)
    ProjectUnitFactory(ward_project=ended, year_to=2025)

    with pytest.raises(ValidationError, match=f"chỉ còn {project} mà năm 2026 chưa có"):
        copy_assignments(ward=ward, year=2026, by=coordinator)
    ended.delete()
    with pytest.raises(ValidationError, match="Năm 2025 không có phân công nào"):
        copy_assignments(ward=ward, year=2026, by=coordinator)

    assert WardProject.objects.count() == 1


def test_a_project_is_not_taken_on_twice_for_one_year(ward, coordinator):
    row = WardProjectFactory(ward=ward)

    with pytest.raises(ValidationError) as refused:
        take_on_project(
            ward=ward, project=row.project, details=WardProjectInput(2030, 2031), by=coordinator
        )

    assert "giai đoạn 2025-2030" in refused.value.message_dict["year_from"][0]


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [(2026, 2025, "year_to"), (2026, 2036, "year_to"), (2019, 2026, "year_from")],
)
def test_years_that_cannot_be_are_refused_at_their_field(ward, coordinator, first, last, field):
    project = ComponentProjectFactory()

    with pytest.raises(ValidationError) as refused:
        take_on_project(
            ward=ward, project=project, details=WardProjectInput(first, last), by=coordinator
        )

    assert list(refused.value.message_dict) == [field]


def test_fewer_years_of_a_project_cut_those_of_its_units(ward, coordinator):
    row = WardProjectFactory(ward=ward)
    unit = ProjectUnitFactory(ward_project=row).unit

    change_project(
        ward_project=row, details=WardProjectInput(2026, 2028), version=1, by=coordinator
    )

    assert spells(row) == {(unit.name, LEAD, 2026, 2028)}
    assert "Từ năm 2025 → 2026" in AuditEvent.objects.latest("pk").summary


def test_leaving_a_project_ends_it_before_the_year(ward, coordinator):
    row = WardProjectFactory(ward=ward)
    unit = ProjectUnitFactory(ward_project=row).unit

    leave_project(ward_project=row, year=2027, version=1, by=coordinator)

    row.refresh_from_db()
    assert row.year_to == 2026
    assert spells(row) == {(unit.name, LEAD, 2025, 2026)}


@pytest.mark.parametrize("last", [2025, 2026])
def test_years_in_which_something_was_planned_do_not_go(ward, coordinator, last):
    row = WardProjectFactory(ward=ward)
    ActivityFactory(ward_project=row, year=2027)

    shorter = WardProjectInput(2025, last)

    with pytest.raises(ValidationError, match="của năm 2027"):
        leave_project(ward_project=row, year=last + 1, version=1, by=coordinator)
    with pytest.raises(ValidationError, match="của năm 2027"):
        change_project(ward_project=row, details=shorter, version=1, by=coordinator)

    row.refresh_from_db()
    assert (row.year_to, row.version) == (2030, 1)


def test_leaving_a_project_in_its_first_year_removes_it(ward, coordinator):
    row = WardProjectFactory(ward=ward)

    leave_project(ward_project=row, year=2025, version=1, by=coordinator)

    assert not WardProject.objects.exists()
    assert AuditEvent.objects.latest("pk").ward == ward


def test_to_the_end_also_fills_years_that_still_say_something_else(ward, coordinator):
    row = WardProjectFactory(ward=ward)
    unit = UnitFactory(ward=ward)
    assign(ward, coordinator, line_of(row, (unit.pk, LEAD)))
    row.refresh_from_db()

    (saved,) = assign(ward, coordinator, line_of(row, (unit.pk, LEAD)), is_to_end=True)

    assert spells(row) == {(unit.name, LEAD, 2026, row.year_to)}
    saved.refresh_from_db()
    assert not assign(ward, coordinator, line_of(saved, (unit.pk, LEAD)), is_to_end=True)


def test_a_locked_year_keeps_its_assignment(ward, coordinator):
    row = WardProjectFactory(ward=ward)
    unit = UnitFactory(ward=ward)
    lock_period(ward=ward, year=2025, reason="Đã báo cáo cấp trên", by=coordinator)

    for change in (
        lambda: assign(ward, coordinator, line_of(row, (unit.pk, LEAD)), year=2025),
        lambda: copy_assignments(ward=ward, year=2025, by=coordinator),
    ):
        with pytest.raises(ValidationError, match="Số liệu năm 2025 đã khóa"):
            change()

    assert spells(row) == set()
