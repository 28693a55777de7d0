"""What the superior level asks: recorded with its document, revised, set against the ward's own."""

from datetime import date

import openpyxl
import pytest
from django.urls import reverse

from povertyplan.core.periods.services import lock_period
from povertyplan.core.platform.versions import FORGED_VERSION
from reports.models import AssignedTarget
from tests.factories.projects import IndicatorFactory, TargetFactory
from tests.factories.reports import AssignedTargetFactory
from tests.pages import text_of

YEAR = reverse("reports:assigned_year", args=[2026])
LIST = reverse("reports:target_list")
DOCUMENT = {"issuer": "UBND tỉnh", "document": "Quyết định 15/QĐ-UBND", "issued_on": "05/01/2026"}


@pytest.fixture
def poor(ward):
    return IndicatorFactory(ward=ward, name="Số hộ nghèo", query="poor_households")


@pytest.fixture
def keeping(coordinator, client_of):
    return client_of(coordinator)


def line(indicator, **values):
    stated = {"seen": "", "operator": "", "low": "", "high": "", "note": "", **values}
    return {f"i{indicator.pk}-{name}": value for name, value in stated.items()}


def test_a_document_is_recorded_and_revised_with_a_reason(poor, keeping):
    assert YEAR in keeping.get(LIST, {"year": 2026}).content.decode()
    keeping.post(YEAR, DOCUMENT | line(poor, operator="level", low="12"))
    first = AssignedTarget.objects.get()
    assert (first.low, first.issuer, first.issued_on) == (12, "UBND tỉnh", date(2026, 1, 5))
    page = text_of(keeping.get(LIST, {"year": 2026}))
    assert "còn 12\u00a0hộ (Quyết định 15/QĐ-UBND ngày 05/01/2026 của UBND tỉnh)" in page

    changed = DOCUMENT | line(poor, operator="level", low="10", seen=first.pk)
    refused = keeping.post(YEAR, changed)
    assert "Nêu lý do điều chỉnh chỉ tiêu cấp trên giao." in text_of(refused)
    keeping.post(YEAR, changed | {"reason": "Quyết định thay thế"})

    newer = AssignedTarget.objects.in_force().get()
    assert (newer.low, newer.supersedes, newer.reason) == (10, first, "Quyết định thay thế")


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"issuer": ""}, "Ghi cơ quan giao, số và ngày văn bản"),
        ({"issued_on": "21/11/2029"}, "Ngày văn bản không được sau hôm nay."),
    ],
)
def test_what_is_missing_is_named_and_nothing_is_saved(poor, keeping, values, sentence):
    answer = keeping.post(YEAR, DOCUMENT | values | line(poor, operator="level", low="12"))

    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert not AssignedTarget.objects.exists()


def test_figures_that_cannot_be_are_named(poor, keeping):
    rate = IndicatorFactory(ward=poor.ward, name="Tỷ lệ", measure="percent", measure_unit="%")
    sent = line(poor, operator="range", low="9", high="6")
    sent |= line(rate, operator="at_least", low="101")

    words = text_of(keeping.post(YEAR, DOCUMENT | sent))

    assert "Số cuối của khoảng không được nhỏ hơn số đầu." in words
    assert "Tỷ lệ không được quá 100%." in words
    assert not AssignedTarget.objects.exists()


def test_who_comes_second_sees_it_and_may_still_revise(poor, keeping):
    sent = DOCUMENT | line(poor, operator="level", low="9") | {"reason": "Văn bản mới"}
    theirs = AssignedTargetFactory(indicator=poor)

    answer = keeping.post(YEAR, sent)

    assert answer.status_code == 422
    assert AssignedTarget.objects.in_force().get() == theirs
    keeping.post(YEAR, sent | {f"i{poor.pk}-seen": theirs.pk})
    assert AssignedTarget.objects.in_force().get().low == 9


@pytest.mark.parametrize("view", ["assigned_year", "target_year"])
def test_a_target_that_nobody_set_cannot_have_been_seen(poor, keeping, view):
    address = reverse(f"reports:{view}", args=[2026])
    sent = DOCUMENT | line(poor, operator="level", low="9", seen="7") | {"reason": "Văn bản mới"}

    answer = keeping.post(address, sent)

    assert answer.status_code == 422
    assert FORGED_VERSION in text_of(answer)
    assert not AssignedTarget.objects.exists()


@pytest.mark.parametrize(
    ("own", "told"),
    [
        (
            {"operator": "level", "low": 15},
            "phường, xã giao còn 15\u00a0hộ, chưa bằng mức cấp trên",
        ),
        ({"operator": "level", "low": 12}, ""),
        ({"operator": "level", "low": 9}, ""),
        ({"operator": "below", "low": 13}, ""),
        ({"operator": "below", "low": 14}, "phường, xã giao dưới 14\u00a0hộ, chưa bằng"),
    ],
)
def test_a_target_that_asks_less_than_the_superior_is_told(poor, keeping, own, told):
    TargetFactory(indicator=poor, year=2026, **own)
    AssignedTargetFactory(indicator=poor, operator="level", low=12)

    words = text_of(keeping.get(LIST, {"year": 2026}))

    assert ("chưa bằng mức cấp trên giao" in words) == bool(told)
    assert told in words


def test_more_is_asked_of_what_rises_and_a_target_that_is_not_set_is_told(poor, keeping):
    insured = IndicatorFactory(
        ward=poor.ward, name="Người có thẻ", measure="percent", measure_unit="%", direction="up"
    )
    TargetFactory(indicator=insured, year=2026, operator="at_least", low=95)
    AssignedTargetFactory(indicator=insured, operator="at_least", low=98)
    AssignedTargetFactory(indicator=poor)

    words = text_of(keeping.get(LIST, {"year": 2026}))

    assert "Người có thẻ năm 2026: phường, xã giao" in words
    assert "Số hộ nghèo năm 2026: cấp trên giao còn 12\u00a0hộ, phường, xã chưa giao" in words


def test_the_document_stands_in_the_file(poor, keeping, tmp_path):
    TargetFactory(indicator=poor, year=2026, operator="level", low=12)
    AssignedTargetFactory(indicator=poor)

    content = keeping.get(reverse("reports:target_file", args=["xlsx"]), {"year": 2026}).content
    path = tmp_path / "chi-tieu.xlsx"
    path.write_bytes(content)
    cells = [cell.value for row in openpyxl.load_workbook(path).active.iter_rows() for cell in row]

    assert any("Quyết định số 15/QĐ-UBND ngày 05/01/2026" in str(cell) for cell in cells)


def test_a_locked_year_takes_no_document(ward, poor, leader, keeping):
    lock_period(ward=ward, year=2025, reason="Đã báo cáo cấp trên", by=leader)
    address = reverse("reports:assigned_year", args=[2025])

    assert "Mở khóa số liệu trước khi sửa." in text_of(keeping.get(address))
    keeping.post(address, DOCUMENT | line(poor, operator="level", low="12"))
    assert not AssignedTarget.objects.exists()
