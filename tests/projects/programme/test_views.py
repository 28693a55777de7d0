"""The list of component projects and the page of one."""

import pytest
from django.urls import reverse

from povertyplan.core.models import Unit
from projects.choices import UnitRole
from tests.factories.core import UnitFactory, WardFactory
from tests.factories.projects import (
    ComponentProjectFactory,
    ProjectUnitFactory,
    WardProjectFactory,
)
from tests.pages import NO_RIGHT, NOT_FOUND, heading_of

LIST = "projects:project_list"
DETAIL = "projects:project_detail"


def unit_of(ward, name):
    return Unit.objects.filter(ward=ward, name=name).first() or UnitFactory(ward=ward, name=name)


def carried_out(ward, **fields):
    """A project of the ward with a lead and a coordinating unit."""
    ward_project = WardProjectFactory(ward=ward, **fields)
    for name, role in (
        ("Phòng Kinh tế", UnitRole.LEAD),
        ("Phòng Văn hóa", UnitRole.COORDINATING),
    ):
        ProjectUnitFactory(ward_project=ward_project, unit=unit_of(ward, name), role=role)
    return ward_project


def test_project_list_shows_names_and_units_of_the_year(ward, coordinator, client_of):
    carried_out(ward, local_name="Sinh kế của phường")
    ComponentProjectFactory(code="1", for_wards=False)

    page = client_of(coordinator).get(reverse(LIST)).content.decode()

    assert "Sinh kế của phường" in page
    assert "Phòng Kinh tế" in page
    assert "Phòng Văn hóa" in page
    assert page.count("Không áp dụng cho phường, xã") == 1


def test_project_list_of_a_year_before_the_plan_names_no_unit(ward, coordinator, client_of):
    carried_out(ward)

    page = client_of(coordinator).get(reverse(LIST), {"year": "2024"}).content.decode()

    assert "Dự án, chính sách năm 2024" in page
    assert "Phòng Kinh tế" not in page


def test_project_list_without_a_programme_says_so(coordinator, client_of):
    page = client_of(coordinator).get(reverse(LIST)).content.decode()

    assert "Chưa có chương trình nào" in page


@pytest.mark.parametrize(
    "year", ["abc", "19", "99999", "²⁰²⁶", "2026 ", "020260", "02026", "2" * 5000]
)
def test_project_list_with_a_bad_year_is_not_found(coordinator, client_of, year):
    assert heading_of(client_of(coordinator).get(reverse(LIST), {"year": year})) == NOT_FOUND


def test_project_list_is_closed_to_the_administrator(administrator, client_of):
    assert heading_of(client_of(administrator).get(reverse(LIST))) == NO_RIGHT


@pytest.mark.parametrize("count", [1, 3])
def test_project_list_query_count_does_not_grow(
    ward, coordinator, client_of, count, django_assert_num_queries
):
    for _ in range(count):
        carried_out(ward)
    client = client_of(coordinator)

    with django_assert_num_queries(8):
        page = client.get(reverse(LIST)).content.decode()

    assert page.count("Phòng Kinh tế") == count


def test_project_detail_shows_what_the_ward_does(ward, village_head, client_of):
    project = carried_out(
        ward,
        objective="Tạo việc làm.",
        beneficiaries="Hộ nghèo.",
        contents="Mô hình nuôi bò\nTập huấn",
    ).project

    page = client_of(village_head).get(reverse(DETAIL, args=[project.pk])).content.decode()

    for text in ("Tạo việc làm.", "Hộ nghèo.", "Mô hình nuôi bò", "Tập huấn", "Phòng Kinh tế"):
        assert text in page


def test_project_detail_without_content_says_what_is_missing(coordinator, client_of):
    project = ComponentProjectFactory(code="7")

    page = client_of(coordinator).get(reverse(DETAIL, args=[project.pk])).content.decode()

    assert "chưa ghi mục tiêu" in page
    assert "Chưa phân công cơ quan chủ trì." in page


def test_project_detail_hides_what_another_ward_does(stranger, ward, client_of):
    project = carried_out(ward, objective="Bí mật của phường").project

    page = client_of(stranger).get(reverse(DETAIL, args=[project.pk])).content.decode()

    assert project.official_name in page
    assert "Bí mật của phường" not in page
    assert "Phòng Kinh tế" not in page


def test_project_detail_of_a_missing_project_is_not_found(coordinator, client_of):
    assert heading_of(client_of(coordinator).get(reverse(DETAIL, args=[987654]))) == NOT_FOUND


def test_project_pages_escape_what_people_typed(ward, coordinator, client_of):
    project = carried_out(ward, contents="<script>alert(1)</script>").project

    page = client_of(coordinator).get(reverse(DETAIL, args=[project.pk])).content.decode()

    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page


def test_project_list_of_another_ward_is_never_reached(stranger, client_of):
    carried_out(WardFactory(), local_name="Tên của phường khác")

    page = client_of(stranger).get(reverse(LIST)).content.decode()

    assert "Tên của phường khác" not in page


def test_project_list_says_why_an_ended_programme_goes_on(ward, coordinator, client_of):
    carried_out(ward)
    client = client_of(coordinator)

    after = " ".join(client.get(reverse(LIST), {"year": "2026"}).content.decode().split())
    within = client.get(reverse(LIST), {"year": "2025"}).content.decode()

    assert "Chương trình đã kết thúc thời gian thực hiện ngày 31/12/2025." in after
    assert "kế hoạch giai đoạn 2025-2030" in after
    assert "Chương trình đã kết thúc" not in within


def test_project_not_for_wards_shows_no_empty_parts(coordinator, client_of):
    project = ComponentProjectFactory(code="1", for_wards=False)

    page = client_of(coordinator).get(reverse(DETAIL, args=[project.pk])).content.decode()

    assert "không áp dụng cho phường, xã" in page
    assert "Chưa phân công" not in page
