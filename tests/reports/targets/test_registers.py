"""Targets and reported figures in Excel: previewed, whole, repeatable, revised with a reason."""

import io
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from povertyplan.core.choices import Role
from povertyplan.core.models import AuditEvent
from povertyplan.core.periods.services import lock_period
from projects.models import Actual, Target
from tests.factories.core import UnitFactory, user_with
from tests.factories.projects import ActualFactory, IndicatorFactory, TargetFactory
from tests.pages import text_of
from tests.projects.registers import workbook

NAME = "reports:{}_register_{}"
LINE = {
    "Mã chỉ tiêu": "HN",
    "Năm": 2026,
    "Ràng buộc": "Còn",
    "Giá trị": 12,
    "Đến": "",
    "Ràng buộc của tỷ lệ": "Dưới",
    "Tỷ lệ (%)": "0,15",
    "Cấp giao, văn bản giao": "Quyết định 15/QĐ-UBND",
    "Lý do điều chỉnh": "",
}
FIGURE = {
    "Mã chỉ tiêu": "BH",
    "Năm": 2026,
    "Kỳ": "",
    "Kết quả, số đạt": 40,
    "Tổng số": 45,
    "Số liệu đến ngày": "30/09/2026",
}


def send(client, register, *rows, content=None):
    file = SimpleUploadedFile("so.xlsx", content or workbook(*rows))
    return client.post(reverse(NAME.format(register, "import")), {"file": file})


def confirm(client, register, page):
    form = page.context["confirm"]
    values = {name: form[name].value() for name in ("table", "seen")}
    return client.post(reverse(NAME.format(register, "import_save")), values)


def write(client, register, *rows, content=None):
    return confirm(client, register, send(client, register, *rows, content=content))


@pytest.fixture
def poor(ward):
    return IndicatorFactory(ward=ward, code="HN", name="Số hộ nghèo", query="poor_households")


@pytest.fixture
def insured(ward):
    indicator = IndicatorFactory(
        ward=ward, code="BH", name="Người có bảo hiểm y tế", measure="percent", measure_unit="%"
    )
    TargetFactory(indicator=indicator, year=2026, operator="at_least", low=98)
    return indicator


@pytest.fixture
def keeping(coordinator, client_of):
    return client_of(coordinator)


def test_targets_are_set_known_again_and_revised_with_a_reason(poor, keeping):
    write(keeping, "target", LINE)
    first = Target.objects.get()
    assert (first.low, first.rate_operator, str(first.rate)) == (12, "below", "0.15")
    assert first.assigned_by == "Quyết định 15/QĐ-UBND"

    assert "Không có gì thay đổi" in text_of(send(keeping, "target", LINE))
    changed = LINE | {"Giá trị": 10}
    refused = send(keeping, "target", changed)
    assert "Dòng 2, cột “Lý do điều chỉnh”: Nêu lý do điều chỉnh chỉ tiêu." in text_of(refused)

    page = send(keeping, "target", changed | {"Lý do điều chỉnh": "Tỉnh giao lại"})
    assert "còn 12\u00a0hộ, tỷ lệ dưới 0,15% (Quyết định 15/QĐ-UBND) → còn 10" in text_of(page)
    confirm(keeping, "target", page)

    newer = Target.objects.in_force().get()
    assert (newer.low, newer.supersedes, newer.reason) == (10, first, "Tỉnh giao lại")
    told = AuditEvent.objects.filter(act__in=("set_targets", "revise_target"))
    assert set(told.values_list("source", flat=True)) == {"import"}


def test_the_export_sent_back_changes_nothing(poor, insured, keeping):
    TargetFactory(indicator=poor, year=2025, operator="reduce_year", low="1.5", note="theo KH 12")
    content = keeping.get(reverse(NAME.format("target", "export")), {"year": 2026}).content

    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    lines = [row[0].value for row in sheet.iter_rows() if row[0].value in ("HN", "BH")]
    assert sorted(lines) == ["BH", "HN", "HN"]  # 2025, and an open line for 2026
    assert "Không có gì thay đổi" in text_of(send(keeping, "target", content=content))


def test_every_wrong_target_is_named_and_none_is_written(poor, insured, keeping):
    answer = send(
        keeping,
        "target",
        LINE,
        LINE,
        LINE | {"Năm": 2027, "Ràng buộc": "Từ … đến …", "Giá trị": 9, "Đến": 6},
        LINE | {"Năm": 2028, "Giá trị": -5},
        LINE | {"Năm": 2029, "Tỷ lệ (%)": "101"},
        LINE | {"Năm": 2080},
        LINE | {"Năm": 2030, "Mã chỉ tiêu": "XX"},
        LINE | {"Năm": 2031, "Ràng buộc": "chắc chắn"},
        LINE | {"Năm": 2026, "Mã chỉ tiêu": "BH", "Lý do điều chỉnh": "x"},
    )

    words = text_of(answer)
    assert answer.status_code == 422
    for told in (
        "Dòng 3, cột “Mã chỉ tiêu”: Chỉ tiêu này của năm 2026 đã có ở dòng 2.",
        "Dòng 4, cột “Đến”: Số cuối của khoảng không được nhỏ hơn số đầu.",
        "Dòng 5, cột “Giá trị”: Nhập một số từ 0 trở lên",
        "Dòng 6, cột “Tỷ lệ (%)”: Tỷ lệ không được quá 100%.",
        "Dòng 7, cột “Năm”: Chỉ giao được chỉ tiêu của năm từ 2016 đến 2036.",
        "Dòng 8, cột “Mã chỉ tiêu”: Không có chỉ tiêu mã “XX”.",
        "Dòng 9, cột “Ràng buộc”: Không hiểu ràng buộc “chắc chắn”.",
        "Dòng 10, cột “Ràng buộc của tỷ lệ”: Chỉ tiêu này đã là tỷ lệ",
    ):
        assert told in words
    assert Target.objects.count() == 1


def test_a_locked_year_takes_no_file(ward, poor, coordinator, keeping):
    lock_period(ward=ward, year=2025, reason="Đã báo cáo cấp trên", by=coordinator)

    answer = send(keeping, "target", LINE | {"Năm": 2025})

    assert "Dòng 2: Số liệu năm 2025 đã khóa" in text_of(answer)


def test_who_revises_meanwhile_is_shown_before_writing(poor, keeping):
    page = send(keeping, "target", LINE)
    TargetFactory(indicator=poor, year=2026, operator="level", low=11)

    answer = confirm(keeping, "target", page)

    assert answer.status_code == 422
    assert Target.objects.get().low == 11


def test_figures_are_reported_known_again_and_replaced(insured, keeping):
    write(keeping, "actual", FIGURE)
    reported = Actual.objects.get()
    assert (reported.numerator, reported.denominator) == (40, 45)
    assert reported.as_of == date(2026, 9, 30)

    assert "Không có gì thay đổi" in text_of(send(keeping, "actual", FIGURE))
    write(keeping, "actual", FIGURE | {"Kết quả, số đạt": 41})

    reported.refresh_from_db()
    assert (reported.numerator, reported.version) == (41, 2)
    event = AuditEvent.objects.filter(act="report_actual").latest("pk")
    assert (event.source, "40/45" in event.summary) == ("import", True)


def test_what_a_unit_exports_lists_its_open_periods_and_comes_back(ward, client_of):
    unit = UnitFactory(ward=ward)
    own = IndicatorFactory(ward=ward, code="A", name="Người được tư vấn", owner=unit)
    own.period = "quarter"
    own.save()
    for indicator in (own, IndicatorFactory(ward=ward, code="B", name="Lớp tập huấn")):
        TargetFactory(indicator=indicator, year=2026)
    ActualFactory(indicator=own, year=2026, period=1, numerator=7, as_of=date(2026, 3, 31))
    reporter = client_of(user_with(Role.UNIT_REPORTER, ward, unit=unit))

    content = reporter.get(reverse(NAME.format("actual", "export")), {"year": 2026}).content
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    found = [(r[0].value, r[4].value, r[5].value) for r in sheet.iter_rows() if r[3].value == 2026]

    assert found == [("A", 1, 7), ("A", 2, None), ("A", 3, None), ("A", 4, None)]
    assert "Không có gì thay đổi" in text_of(send(reporter, "actual", content=content))


def test_every_wrong_figure_is_named(ward, insured, client_of):
    counted = IndicatorFactory(ward=ward, code="TH", name="Lớp tập huấn", owner=None)
    TargetFactory(indicator=counted, year=2026)
    unit = UnitFactory(ward=ward)
    insured.owner = unit
    insured.save()
    reporter = client_of(user_with(Role.UNIT_REPORTER, ward, unit=unit))

    answer = send(
        reporter,
        "actual",
        FIGURE | {"Kết quả, số đạt": 46},
        FIGURE | {"Năm": 2027},
        FIGURE | {"Năm": 2025},
        FIGURE | {"Kỳ": 3},
        FIGURE | {"Kỳ": 2, "Số liệu đến ngày": ""},
        FIGURE | {"Mã chỉ tiêu": "TH", "Tổng số": ""},
    )

    words = text_of(answer)
    for told in (
        "Dòng 2, cột “Kết quả, số đạt”: Số đạt không được lớn hơn tổng số.",
        "Dòng 3, cột “Năm”: Năm 2027 chưa đến.",
        "Dòng 4, cột “Năm”: Năm 2025 không giao chỉ tiêu này.",
        "Dòng 5, cột “Kỳ”: Ghi kỳ từ 1 đến 1.",
        "Dòng 6, cột “Số liệu đến ngày”: Nhập ngày của số liệu.",
        "Dòng 7, cột “Mã chỉ tiêu”: Chỉ tiêu do đơn vị khác theo dõi.",
    ):
        assert told in words
    assert not Actual.objects.exists()


def test_who_only_reads_finds_the_export_and_no_way_in(ward, poor, client_of):
    page = client_of(user_with(Role.LEADER, ward)).get(reverse("reports:target_list"))

    words = page.content.decode()
    assert reverse(NAME.format("target", "export")) in words
    assert reverse(NAME.format("target", "import")) not in words
    assert reverse(NAME.format("actual", "export")) not in words
