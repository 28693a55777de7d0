"""The sheet that who received a support signs."""

import io
from datetime import date

import openpyxl
import pytest
from django.urls import reverse

from povertyplan.core.models import AccessEvent
from tests.factories.core import VillageFactory
from tests.factories.households import HouseholdFactory
from tests.factories.projects import SupportFactory, SupportKindFactory
from tests.pages import text_of

SHEET = reverse("reports:receipt_sheet")
FILE = reverse("reports:receipt_file", args=["xlsx"])


@pytest.fixture
def support(ward):
    village = VillageFactory(parent=ward, name="Thôn Mẫu")
    household = HouseholdFactory(village=village, code="HN-01", head="Y Hữu Nam")
    head = household.memberships.get(is_head=True).person
    head.citizen_id = "999200000001"
    head.save()
    return SupportFactory(household=household, kind=SupportKindFactory(name="Gà giống"))


def cells(answer):
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    return [str(cell.value) for row in book.active for cell in row if cell.value is not None]


def test_a_sheet_has_what_the_circular_asks_for(support, coordinator, client_of):
    answer = client_of(coordinator).post(f"{FILE}?year=2026")

    said = cells(answer)
    for word in ("Y Hữu Nam", "999200000001", "Gà giống", "Ký nhận hoặc điểm chỉ"):
        assert word in said
    assert any("Thôn Mẫu" in word for word in said)
    assert AccessEvent.objects.get().what.startswith("Bảng kê ký nhận hỗ trợ: hỗ trợ năm 2026; 1")


def test_a_unit_has_the_sheet_without_personal_numbers(support, reporter, client_of):
    client = client_of(reporter)

    said = cells(client.post(f"{FILE}?year=2026"))

    assert "Số định danh cá nhân để trống" in text_of(client.get(SHEET, {"year": 2026}))
    assert "Y Hữu Nam" in said
    assert "999200000001" not in said


def test_a_sheet_is_of_a_time_and_says_what_is_wrong_with_it(support, coordinator, client_of):
    SupportFactory(household=support.household, delivered_on=date(2026, 5, 1))
    client = client_of(coordinator)

    page = client.get(SHEET, {"year": 2026, "first": "01/04/2026", "last": "30/06/2026"})
    wrong = client.get(SHEET, {"year": 2026, "first": "01/06/2026", "last": "30/04/2026"})

    assert "Bảng kê có 1 dòng" in text_of(page)
    assert wrong.status_code == 200
    assert "Ngày sau không được trước ngày đầu." in text_of(wrong)
    assert client.post(f"{FILE}?year=2024").status_code == 302
