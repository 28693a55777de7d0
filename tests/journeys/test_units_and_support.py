"""A unit's officer from the log-in to a delivered batch; the matrix of a new year by keys."""

from datetime import date

import pytest

from projects.choices import SupportState, UnitRole
from projects.models import ProjectUnit, Support
from tests.factories.core import UnitFactory
from tests.factories.households import HouseholdFactory, StatusFactory
from tests.factories.projects import (
    ComponentProjectFactory,
    ProgrammeFactory,
    ProjectUnitFactory,
    SupportKindFactory,
    WardProjectFactory,
)
from tests.journeys.steps.signing_in import given_signed_in

pytestmark = pytest.mark.browser
OFFICERS_YEAR, NEXT_YEAR = 2026, 2027


@pytest.fixture
def project(transactional_db, ward):
    programme = ProgrammeFactory(code="MAU-2035", valid_to=date(2035, 12, 31))
    return WardProjectFactory(
        ward=ward, project=ComponentProjectFactory(code="2", programme=programme)
    )


def test_a_units_officer_delivers_a_batch(window_of, project, village, reporter):
    unit = reporter.grants.get().unit
    ProjectUnitFactory(ward_project=project, unit=unit)
    kind = SupportKindFactory(name="Gà giống")
    kind.projects.add(project.project)
    for number in range(3):
        household = HouseholdFactory(village=village, code=f"HN-{number}", head=f"Y Mẫu {number}")
        StatusFactory(household=household)
    officer = given_signed_in(window_of(reporter.username))

    officer.open(f"/my-unit/?year={OFFICERS_YEAR}")
    assert unit.name in officer.page.inner_text("body")
    officer.open("/supports/")
    officer.press("Cấp cho nhiều hộ")
    officer.page.select_option("[name=kind]", label="Gà giống")
    officer.page.fill("[name=on]", "10/11/2026")
    officer.press("Lập danh sách")
    for box in officer.page.locator("[name=chosen]").all()[:2]:
        box.check()
    officer.page.check(f"[name=state][value={SupportState.PROMISED.value}]")
    officer.page.fill("[name=quantity]", "20")
    officer.press("Ghi cho những đối tượng đã chọn")
    assert "Đã ghi 2 hỗ trợ" in officer.page.inner_text("body")

    officer.press("Ghi đã giao")
    for box in officer.page.locator("[name$=chosen]").all():
        box.check()
    officer.page.fill("[name=on]", "12/11/2026")
    officer.press("Ghi đã giao")

    assert "Đã ghi 2 hỗ trợ đã giao" in officer.page.inner_text("body")
    states = Support.objects.values_list("state", "ward_project", "kind")
    assert list(states) == [(SupportState.DELIVERED, project.pk, kind.pk)] * 2


def test_the_matrix_of_a_new_year_is_filled_by_keys(open_page, project, coordinator):
    first = UnitFactory(ward=project.ward, name="Phòng Kinh tế", short_name="KT")
    second = UnitFactory(ward=project.ward, name="Hội Nông dân", short_name="HND")
    ProjectUnitFactory(ward_project=project, unit=first, year_to=OFFICERS_YEAR)

    page = open_page(f"/projects/years/{NEXT_YEAR}/", coordinator)
    page.get_by_role("button", name=f"Chép phân công năm {OFFICERS_YEAR}").click()
    page.wait_for_url("**/projects/?year=2027")
    page.goto(page.url.replace("/projects/?year=2027", f"/projects/years/{NEXT_YEAR}/"))
    page.focus(f"[name=p{project.project_id}-u{second.pk}]")
    page.keyboard.type("P")
    page.get_by_role("button", name=f"Lưu phân công năm {NEXT_YEAR}").click()
    page.wait_for_url("**/projects/?year=2027")

    parts = ProjectUnit.objects.in_year(NEXT_YEAR).filter(ward_project=project)
    assert set(parts.values_list("unit", "role")) == {
        (first.pk, UnitRole.LEAD),
        (second.pk, UnitRole.COORDINATING),
    }
