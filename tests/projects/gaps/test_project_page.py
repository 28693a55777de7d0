"""The page of a project: its money beside whom it is for, who asked and who received."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from households.choices import PovertyClass
from projects.choices import SupportState
from tests.factories.core import VillageFactory
from tests.factories.households import (
    HouseholdFactory,
    NeedFactory,
    NeedKindFactory,
    StatusFactory,
)
from tests.factories.projects import (
    BudgetEntryFactory,
    SupportFactory,
    SupportKindFactory,
    WardProjectFactory,
)
from tests.pages import words_of

MILLION = 1_000_000


@pytest.fixture
def project(ward):
    return WardProjectFactory(ward=ward, year_from=2026, year_to=2026)


@pytest.fixture
def kind(project):
    kind = SupportKindFactory(name="Gà giống")
    kind.projects.add(project.project)
    return kind


def homes(ward, *classes):
    village = VillageFactory(parent=ward)
    found = [HouseholdFactory(village=village) for _ in classes]
    for household, poverty_class in zip(found, classes, strict=True):
        StatusFactory(household=household, poverty_class=poverty_class)
    return found


def shown(client, project):
    address = reverse("projects:project_detail", args=[project.project_id])
    return words_of(client.get(address, {"year": 2026}))


def test_the_page_sets_money_supports_and_need_beside_each_other(
    ward, project, kind, coordinator, client_of
):
    poor, near, _ = homes(ward, PovertyClass.POOR, PovertyClass.NEAR_POOR, PovertyClass.NOT_POOR)
    need = NeedKindFactory()
    kind.needs.add(need)
    NeedFactory(household=near, kind=need)
    SupportFactory(household=poor, kind=kind, ward_project=project, amount=2 * MILLION)
    for act, amount in (("need", 12), ("allocated", 9), ("disbursed", 5)):
        BudgetEntryFactory(
            ward_project=project, act=act, amount=amount * MILLION, document_number="7/QĐ-UBND"
        )

    page = shown(client_of(coordinator), project)

    assert "2 hộ thuộc diện (hộ nghèo 1, hộ cận nghèo 1), trong đó 2 hộ đủ điều kiện" in page
    assert "chưa hỏi nhu cầu 1 hộ" in page
    assert (
        "Sổ hỗ trợ ghi 2.000.000 đồng; giải ngân 5.000.000 đồng. Chênh lệch 3.000.000 đồng." in page
    )
    assert "Gà giống hộ 2 1 1 2.000.000" in page
    assert "12.000.000 chưa có số liệu 9.000.000 5.000.000" in page.replace("–", "chưa có số liệu")
    assert "7/QĐ-UBND" in page


def test_a_kind_that_names_another_project_is_counted_where_it_was_given(
    ward, project, coordinator, client_of
):
    poor, _ = homes(ward, PovertyClass.POOR, PovertyClass.POOR)
    other = SupportKindFactory(name="Bò giống")
    SupportFactory(household=poor, kind=other, ward_project=project)

    page = shown(client_of(coordinator), project)

    assert "2 hộ thuộc diện (hộ nghèo 2), trong đó 2 hộ đủ điều kiện" in page
    assert "Bò giống hộ 2 0 1 2.000.000" in page


def test_what_is_not_known_is_not_nothing(project, kind, coordinator, client_of):
    page = shown(client_of(coordinator), project)

    assert "Giải ngân chưa có số liệu; sổ hỗ trợ chưa ghi số tiền nào" in page
    assert "Chênh lệch" not in page


def test_a_promise_is_not_received(ward, project, kind, coordinator, client_of):
    (poor,) = homes(ward, PovertyClass.POOR)
    SupportFactory(
        household=poor,
        kind=kind,
        ward_project=project,
        state=SupportState.PROMISED,
        promised_on=date(2026, 3, 1),
        delivered_on=None,
    )

    page = shown(client_of(coordinator), project)

    assert "Đã nhận: 0 hộ" in page
    assert "Gà giống hộ 1 0 0 chưa giao 1 –" in page


def test_who_does_not_read_needs_sees_no_count_of_them(ward, project, kind, observer, client_of):
    homes(ward, PovertyClass.POOR)

    page = shown(client_of(observer), project)

    assert "Đối tượng và hỗ trợ năm 2026" in page
    assert "hộ thuộc diện" not in page


def test_a_kind_that_tells_of_health_is_not_named_to_a_unit(
    ward, project, kind, reporter, client_of
):
    hidden = SupportKindFactory(name="Xe lăn", tells_of_health=True)
    hidden.projects.add(project.project)

    page = shown(client_of(reporter), project)

    assert "Xe lăn" not in page
    assert "Không gồm loại hỗ trợ cho biết tình trạng sức khỏe" in page


def test_more_households_take_no_more_queries(ward, project, kind, coordinator, client_of):
    client = client_of(coordinator)

    def reads():
        with CaptureQueriesContext(connection) as queries:
            shown(client, project)
        return len(queries)

    homes(ward, PovertyClass.POOR)
    reads()
    few = reads()
    homes(ward, *([PovertyClass.POOR] * 5))
    assert reads() == few


def test_the_history_of_a_project_is_on_its_page(project, coordinator, observer, client_of):
    address = reverse("projects:project_edit", args=[project.pk])
    values = {"year_from": "2026", "year_to": "2026", "objective": "Thu nhập tăng"}
    client_of(coordinator).post(address, values | {"version": project.version})

    assert "Thu nhập tăng" in shown(client_of(coordinator), project)
    assert "Lịch sử" in shown(client_of(coordinator), project)
    assert "Lịch sử" not in shown(client_of(observer), project)
