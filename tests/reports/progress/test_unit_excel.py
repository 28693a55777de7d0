"""A unit's figures by Excel: the template filled in, pasted or sent, looked at, written whole."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from povertyplan.core import clock
from povertyplan.core.choices import Role
from povertyplan.core.models import AuditEvent
from povertyplan.core.periods.services import lock_period
from tests.factories.core import UnitFactory, user_with
from tests.factories.reports import UnitReportFactory, UnitReportFigureFactory
from tests.pages import NOT_FOUND, heading_of, text_of

TODAY = date(2026, 10, 2)
HEADINGS = ("Mã dòng", "Nội dung", "Trả lời", "Sửa thành", "Lý do sửa")


@pytest.fixture(autouse=True)
def day():
    with clock.set_to(TODAY):
        yield


@pytest.fixture
def unit(ward):
    return UnitFactory(ward=ward, name="Phòng Kinh tế")


@pytest.fixture
def officer(ward, unit):
    return user_with(Role.UNIT_REPORTER, ward, unit=unit)


@pytest.fixture
def report(ward, unit):
    report = UnitReportFactory(request__ward=ward, unit=unit, state="drafting")
    for key, label, computed in (("i-1", "Số lớp tập huấn", 4), ("i-2", "Số mô hình", 2)):
        UnitReportFigureFactory(report=report, key=key, label=label, computed=computed)
    return report


def page(report, name="import"):
    return reverse(f"reports:unit_report_{name}", args=[report.pk])


def cells(*lines):
    return "\n".join("\t".join(line) for line in (HEADINGS, *lines))


FILLED = (
    ("i-1", "Số lớp tập huấn", "Đồng ý", "", ""),
    ("i-2", "Số mô hình", "Sửa", "3,5", "Thêm một mô hình chưa ghi sổ"),
)


def save(client, report, shown):
    form = shown.context["confirm"].initial
    return client.post(page(report, "import_save"), dict(form), follow=True)


def answers(report):
    return list(report.figures.order_by("key").values_list("answer", "own", "reason"))


def test_pasted_cells_are_shown_and_then_written(client_of, officer, report):
    client = client_of(officer)

    shown = client.post(page(report), {"pasted": cells(*FILLED)})
    assert "Sửa 2 số liệu" in text_of(shown)
    assert "3,5" in text_of(shown)
    assert answers(report) == [("", None, ""), ("", None, "")]
    done = save(client, report, shown)

    assert "Đã ghi tệp: sửa 2 số liệu." in text_of(done)
    assert answers(report) == [
        ("agreed", None, ""), ("own", Decimal("3.5"), "Thêm một mô hình chưa ghi sổ"),
    ]  # fmt: skip
    version = report.version
    report.refresh_from_db()
    assert report.version == version + 1
    assert AuditEvent.objects.filter(act="import_figures").count() == 1


def test_the_template_comes_back_filled_in(client_of, officer, report):
    client = client_of(officer)
    book = openpyxl.load_workbook(io.BytesIO(client.get(page(report, "template")).content))
    sheet = book.worksheets[0]
    headings = next(row for row in sheet.iter_rows() if row[0].value == "Mã dòng")
    columns = {cell.value: cell.column for cell in headings}
    lines = range(headings[0].row + 1, headings[0].row + 3)
    assert [sheet.cell(line, columns["Nội dung"]).value for line in lines] == [
        "Số lớp tập huấn", "Số mô hình",
    ]  # fmt: skip
    for line in lines:
        sheet.cell(line, columns["Trả lời"]).value = "Đồng ý"
    file = io.BytesIO()
    book.save(file)

    shown = client.post(page(report), {"file": SimpleUploadedFile("so.xlsx", file.getvalue())})
    save(client, report, shown)

    assert answers(report) == [("agreed", None, ""), ("agreed", None, "")]
    again = client.post(page(report), {"file": SimpleUploadedFile("so.xlsx", file.getvalue())})
    assert "Không có gì thay đổi" in text_of(again)


def test_every_wrong_line_is_named_and_nothing_is_written(client_of, officer, report):
    wrong = (
        ("i-1", "", "Sửa", "5", ""),
        ("i-2", "", "Sửa", "năm", "Đếm lại"),
        ("i-9", "", "Đồng ý", "", ""),
        ("i-1", "", "Có lẽ", "", ""),
    )

    refused = client_of(officer).post(page(report), {"pasted": cells(*wrong, FILLED[0])})

    assert refused.status_code == 422
    assert set(refused.context["form"].errors) == {"pasted"}
    told = text_of(refused)
    for sentence in (
        "Dòng 2, cột “Lý do sửa”: Nêu lý do sửa số liệu.",
        "Dòng 3, cột “Sửa thành”",
        "Dòng 4, cột “Mã dòng”: Báo cáo này không có dòng số liệu mang mã “i-9”",
        "Dòng 5, cột “Trả lời”: Nhập một trong: Đồng ý; Sửa.",
        "Dòng 6, cột “Mã dòng”: Mã này đã có ở một dòng trên.",
    ):
        assert sentence in told
    assert answers(report) == [("", None, ""), ("", None, "")]


def test_empty_lines_leave_their_figures(client_of, officer, report):
    report.figures.filter(key="i-2").update(answer="agreed")
    client = client_of(officer)

    lines = (FILLED[0], ("i-2", "Số mô hình", "", "", ""))
    save(client, report, client.post(page(report), {"pasted": cells(*lines)}))

    assert answers(report) == [("agreed", None, ""), ("agreed", None, "")]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"pasted": " "}, "Chọn tệp, hoặc dán các ô từ Excel."),
        ({"pasted": "a\tb"}, "Không thấy dòng tiêu đề."),
        ({"pasted": "x" * 200_001}, "Phần dán vào quá dài."),
        ({"pasted": "x", "file": SimpleUploadedFile("so.csv", b"x")}, "không làm cả hai"),
    ],
)
def test_what_is_no_sheet_is_refused_with_a_sentence(client_of, officer, report, given, sentence):
    refused = client_of(officer).post(page(report), given)

    assert refused.status_code == 422
    assert sentence in text_of(refused)


def test_what_was_looked_at_is_not_written_into_another_report(client_of, officer, report, unit):
    other = UnitReportFactory(
        request__ward=report.ward, request__period="half_year", unit=unit, state="drafting"
    )
    client = client_of(officer)
    shown = client.post(page(report), {"pasted": cells(*FILLED)})

    refused = save(client, other, shown)

    assert "Bảng xem trước là của phường, xã khác hoặc của sổ khác." in text_of(refused)
    assert not AuditEvent.objects.filter(act="import_figures").exists()


def test_a_locked_period_takes_no_sheet(client_of, officer, leader, report):
    lock_period(ward=report.ward, year=2026, months=(1, 9), reason="Đã gửi", by=leader)

    refused = client_of(officer).post(page(report), {"pasted": cells(*FILLED)})

    assert "Số liệu 9 tháng năm 2026 đã khóa" in text_of(refused)
    assert answers(report) == [("", None, ""), ("", None, "")]


def test_another_unit_has_no_such_page(client_of, ward, report):
    stranger = user_with(Role.UNIT_REPORTER, ward, unit=UnitFactory(ward=ward))

    assert heading_of(client_of(stranger).get(page(report))) == NOT_FOUND
