"""The matrix of a year on screen, a project's wording, and last year taken over."""

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from projects.choices import UnitRole
from projects.models import ProjectUnit, WardProject
from tests.factories.core import UnitFactory, WardFactory
from tests.factories.projects import (
    ComponentProjectFactory,
    ProjectUnitFactory,
    WardProjectFactory,
)
from tests.pages import heading_of, text_of

YEAR = "projects:assignment_year"
EDIT = "projects:project_edit"


@pytest.fixture
def row(ward):
    return WardProjectFactory(ward=ward)


@pytest.fixture
def unit(ward):
    return UnitFactory(ward=ward, name="Phòng Kinh tế")


def line(row, **values):
    prefix = f"p{row.project_id}"
    return {f"{prefix}-{name}": value for name, value in {"seen": row.version, **values}.items()}


def parts(row):
    return {(part.name, part.role) for part in ProjectUnit.objects.filter(ward_project=row)}


def test_matrix_shows_projects_and_units_and_saves_what_is_chosen(
    row, unit, coordinator, client_of
):
    client = client_of(coordinator)
    shown = client.get(reverse(YEAR, args=[2026])).content.decode()
    sent = line(row, **{f"u{unit.pk}": "lead"}, wording="các đơn vị liên quan; các hội")

    answer = client.post(reverse(YEAR, args=[2026]), {"reach": "only", **sent}, follow=True)

    assert row.name in shown
    assert "Phòng Kinh tế" in shown
    assert parts(row) == {
        ("Phòng Kinh tế", UnitRole.LEAD),
        ("các đơn vị liên quan", UnitRole.COORDINATING),
        ("các hội", UnitRole.COORDINATING),
    }
    assert "Đã phân công năm 2026 ở 1 dự án" in text_of(answer)


def test_matrix_sent_back_unchanged_changes_nothing(row, unit, coordinator, client_of):
    ProjectUnitFactory(ward_project=row, unit=unit)
    ProjectUnitFactory(
        ward_project=row, unit=None, wording="các sở", role=UnitRole.GUIDING, year_from=2025
    )
    sent = line(row, **{f"u{unit.pk}": "lead"}, wording="")

    answer = client_of(coordinator).post(
        reverse(YEAR, args=[2026]), {"reach": "on", **sent}, follow=True
    )

    assert "Chưa có gì thay đổi" in text_of(answer)
    assert parts(row) == {("Phòng Kinh tế", UnitRole.LEAD), ("các sở", UnitRole.GUIDING)}


def test_matrix_names_each_fault_and_keeps_what_was_typed(row, unit, coordinator, client_of):
    sent = line(row, **{f"u{unit.pk}": "chief"}, wording="x" * 201)

    answer = client_of(coordinator).post(reverse(YEAR, args=[2026]), {"reach": "", **sent})
    said = text_of(answer)

    assert answer.status_code == 422
    assert said.count(f"{row.project}, Phòng Kinh tế") >= 1
    assert f"{row.project}, Phối hợp, ghi bằng chữ" in said
    assert "x" * 201 in answer.content.decode()
    assert not ProjectUnit.objects.exists()


def test_second_of_two_in_one_matrix_sees_the_newer_and_may_send_again(
    row, unit, coordinator, client_of
):
    client = client_of(coordinator)
    stale = line(row, wording="các hội")
    client.post(
        reverse(YEAR, args=[2026]), {"reach": "only", **line(row, **{f"u{unit.pk}": "lead"})}
    )

    answer = client.post(reverse(YEAR, args=[2026]), {"reach": "only", **stale})
    row.refresh_from_db()
    again = client.post(
        reverse(YEAR, args=[2026]), {"reach": "only", **line(row, wording="các hội")}
    )

    assert answer.status_code == 422
    assert "Người khác vừa lưu: chủ trì Phòng Kinh tế." in text_of(answer)
    assert f'name="p{row.project_id}-seen" value="{row.version}"' in answer.content.decode()
    assert again.status_code == 302
    assert parts(row) == {("các hội", UnitRole.COORDINATING)}


def test_a_line_of_another_ward_reaches_nothing(row, coordinator, client_of):
    elsewhere = WardProjectFactory(ward=WardFactory())
    foreign = UnitFactory(ward=elsewhere.ward)
    sent = line(elsewhere, **{f"u{foreign.pk}": "lead"}) | line(row, **{f"u{foreign.pk}": "lead"})

    client_of(coordinator).post(reverse(YEAR, args=[2026]), {"reach": "only", **sent})

    assert not ProjectUnit.objects.exists()


def test_ticking_a_project_takes_it_on(ward, unit, coordinator, client_of):
    project = ComponentProjectFactory()
    sent = {f"p{project.pk}-seen": "0", f"p{project.pk}-is_taken_on": "on"}

    client_of(coordinator).post(reverse(YEAR, args=[2026]), {"reach": "only", **sent})

    assert WardProject.objects.get().project == project


@pytest.mark.parametrize("count", [1, 3])
def test_matrix_query_count_does_not_grow(
    ward, coordinator, client_of, count, django_assert_num_queries
):
    for _ in range(count):
        ProjectUnitFactory(ward_project=WardProjectFactory(ward=ward))
    client = client_of(coordinator)

    with django_assert_num_queries(9):
        page = client.get(reverse(YEAR, args=[2026])).content.decode()

    assert page.count('value="lead" selected') == count


def test_copying_last_year_says_what_came_and_who_did_not(ward, coordinator, client_of):
    row = WardProjectFactory(ward=ward, year_from=2024, year_to=2024)
    ProjectUnitFactory(ward_project=row, year_from=2024, year_to=2024)

    answer = client_of(coordinator).post(
        reverse("projects:assignment_copy", args=[2025]), follow=True
    )

    assert f"Đã chép phân công năm 2024 sang năm 2025: {row.project}." in text_of(answer)
    assert WardProject.objects.filter(year_from=2025).exists()


def test_project_is_worded_and_its_page_says_so(row, coordinator, client_of):
    client = client_of(coordinator)
    address = reverse(EDIT, args=[row.pk])
    values = {"version": 1, "local_name": "Sinh kế", "contents": " Tập huấn \n\n Giống "}

    answer = client.post(address, values | {"year_from": "2025", "year_to": "2030"}, follow=True)

    row.refresh_from_db()
    assert (row.local_name, row.contents) == ("Sinh kế", "Tập huấn\nGiống")
    assert heading_of(answer) == f"{row.project}: Sinh kế"


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [
        ("", "2030", "Nhập năm."),
        ("2025", "abc", "Nhập năm bằng bốn chữ số."),
        ("2026", "2025", "Năm cuối không được trước năm đầu."),
        ("2026", "2099", "dài nhất 10 năm"),
        ("1999", "2005", "Nhập năm từ 2016."),
    ],
)
def test_years_that_cannot_be_come_back_with_a_sentence(
    row, coordinator, client_of, first, last, sentence
):
    values = {"version": 1, "year_from": first, "year_to": last, "local_name": "Giữ lại"}

    answer = client_of(coordinator).post(reverse(EDIT, args=[row.pk]), values)

    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert 'value="Giữ lại"' in answer.content.decode()


def test_leaving_a_project_keeps_the_years_before(row, coordinator, client_of):
    client_of(coordinator).post(
        reverse("projects:project_leave", args=[row.pk, 2027]), {"version": 1}
    )

    row.refresh_from_db()
    assert (row.year_from, row.year_to) == (2025, 2026)


def test_database_refuses_a_project_twice_in_one_year(row):
    with pytest.raises(DatabaseError, match="hai lần trong cùng một năm"), transaction.atomic():
        WardProjectFactory(ward=row.ward, project=row.project, year_from=2030, year_to=2031)

    assert WardProject.objects.count() == 1


def test_two_units_that_lead_one_project_are_said(row, unit, coordinator, client_of):
    other = UnitFactory(ward=row.ward)
    leads = {f"u{each.pk}": "lead" for each in (unit, other)}

    sent = {"reach": "only", **line(row, **leads)}
    answer = client_of(coordinator).post(reverse(YEAR, args=[2026]), sent, follow=True)

    assert f"Có hơn một đơn vị chủ trì: {row.project}." in text_of(answer)
