"""Money from and to Excel: previewed, all or nothing, the same file twice adds nothing."""

import io
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from povertyplan.core.choices import Role
from povertyplan.core.registers import tables
from povertyplan.core.registers.forms import LONGEST_KEPT
from projects.models import BudgetEntry
from projects.money.resources import BudgetResource
from tests.factories.core import user_with
from tests.factories.projects import (
    BudgetEntryFactory,
    ComponentProjectFactory,
    ProgrammeFactory,
    ProjectUnitFactory,
    WardProjectFactory,
)
from tests.pages import text_of

IMPORT, SAVE = reverse("projects:money_import"), reverse("projects:money_import_save")
HEADINGS = BudgetResource.headings()
GOOD = {
    "Năm ngân sách": 2026,
    "Mã dự án": "2",
    "Nguồn vốn": "ngân sách tỉnh",
    "Loại vốn": "Sự nghiệp, thường xuyên",
    "Nghiệp vụ": "Phân bổ",
    "Số tiền (đồng)": 90_000_000,
    "Ngày": "02/03/2026",
    "Số văn bản": "5/QĐ-UBND",
}


@pytest.fixture
def project(ward):
    return WardProjectFactory(ward=ward, project=ComponentProjectFactory(code="2"))


def workbook(*rows, headings=HEADINGS):
    book = openpyxl.Workbook()
    book.active.append(["Sổ kinh phí"])
    book.active.append(headings)
    for row in rows:
        book.active.append([row.get(heading, "") for heading in headings])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def send(client, content, name="so.xlsx"):
    return client.post(IMPORT, {"file": SimpleUploadedFile(name, content)})


def confirm(client, page):
    form = page.context["confirm"]
    return client.post(SAVE, {name: form[name].value() for name in form.fields})


def test_a_file_is_shown_first_and_written_when_confirmed(project, coordinator, client_of):
    client = client_of(coordinator)

    page = send(client, workbook(GOOD, GOOD | {"Số văn bản": ""}))

    assert "Thêm 2 khoản" in text_of(page)
    assert "1 dòng có cảnh báo" in text_of(page)
    assert not BudgetEntry.objects.exists()
    confirm(client, page)
    assert {entry.amount for entry in BudgetEntry.objects.all()} == {90_000_000}
    assert BudgetEntry.objects.first().first_year == 2026


def test_the_same_file_twice_adds_nothing(project, coordinator, client_of):
    client = client_of(coordinator)
    first = send(client, workbook(GOOD, GOOD))
    confirm(client, first)

    confirm(client, first)
    again = send(client, workbook(GOOD, GOOD))

    assert "2 dòng trong tệp đã có" in text_of(again)
    assert BudgetEntry.objects.count() == 2


def test_what_was_reversed_is_not_written_again_by_its_file(project, coordinator, client_of):
    client = client_of(coordinator)
    confirm(client, send(client, workbook(GOOD)))
    entry = BudgetEntry.objects.get()
    client.post(reverse("projects:entry_reverse", args=[entry.pk]), {"reason": "Ghi nhầm dự án"})

    again = send(client, workbook(GOOD))

    assert "1 dòng trong tệp đã có" in text_of(again)
    assert BudgetEntry.objects.originals().get() == entry


def test_what_was_exported_comes_back_as_known(project, coordinator, client_of):
    client = client_of(coordinator)
    BudgetEntryFactory(ward_project=project, note="=1+1")
    BudgetEntryFactory(ward_project=project, act="adjusted", amount=-5, document_number="")
    BudgetEntryFactory(ward_project=project, act="carried_over", first_year=2025)

    exported = client.get(reverse("projects:money_export"), {"year": 2026})
    page = send(client, exported.content)

    cells = [
        c.value for row in openpyxl.load_workbook(io.BytesIO(exported.content)).active for c in row
    ]
    assert "=1+1" in cells
    assert "3 dòng trong tệp đã có" in text_of(page)
    assert "Không có gì thay đổi" in text_of(page)


def test_every_fault_is_named_with_its_row_and_column(project, coordinator, client_of):
    wrong = [
        GOOD | {"Mã dự án": "9"},
        GOOD | {"Nguồn vốn": "Ngân hàng", "Số tiền (đồng)": 1.5},
        GOOD | {"Ngày": "31/02/2026"},
        GOOD | {"Số tiền (đồng)": -5, "Ngày": "21/11/2026"},
    ]

    answer = send(client_of(coordinator), workbook(GOOD, *wrong))

    words = text_of(answer)
    assert answer.status_code == 422
    for place in (
        "Dòng 4, cột “Mã dự án”",
        "Dòng 5, cột “Nguồn vốn”",
        "Dòng 5, cột “Số tiền (đồng)”",
        "Dòng 6, cột “Ngày”",
        "Dòng 7, cột “Số tiền (đồng)”: Nhập số tiền lớn hơn 0.",
        "Dòng 7, cột “Ngày”: Ngày này chưa đến.",
    ):
        assert place in words
    assert "Dòng 3" not in words


@pytest.mark.parametrize(
    ("column", "cell"),
    [("Mã dự án", 1.1), ("Mã dự án", date(2026, 1, 3)), ("Số văn bản", date(2026, 12, 5))],
)
def test_a_code_that_excel_made_a_number_is_named(project, coordinator, client_of, column, cell):
    WardProjectFactory(ward=project.ward, project=ComponentProjectFactory(code="1.1"))

    answer = send(client_of(coordinator), workbook(GOOD, GOOD | {column: cell}))

    assert answer.status_code == 422
    assert f"Dòng 4, cột “{column}”: Excel đã đổi mã" in text_of(answer)


def test_a_whole_number_is_a_code_as_it_was_typed(project, coordinator, client_of):
    assert "Thêm 1 khoản" in text_of(send(client_of(coordinator), workbook(GOOD | {"Mã dự án": 2})))


def test_empty_cells_of_codes_take_text(project, coordinator, client_of):
    answer = client_of(coordinator).get(reverse("projects:money_template"))

    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    (top,) = (row for row in sheet if row[0].value == HEADINGS[0])
    wide = [each for each in sheet.column_dimensions.values() if each.number_format == "@"]
    places = {place for each in wide for place in range(each.min, each.max + 1)}
    assert {cell.value for cell in top if cell.column in places} == set(BudgetResource.codes)


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("", "Thiếu bảng xem trước."),
        ("x" * (LONGEST_KEPT + 1), "Bảng xem trước quá lớn."),
        ("khác", "Bảng xem trước bị thay đổi"),
    ],
)
def test_a_preview_that_cannot_be_read_says_why(coordinator, client_of, table, words):
    answer = client_of(coordinator).post(SAVE, {"table": table})

    assert answer.status_code == 422
    assert words in text_of(answer)


def test_a_preview_that_is_too_old_says_so(project, coordinator, client_of, monkeypatch):
    client = client_of(coordinator)
    page = send(client, workbook(GOOD))
    monkeypatch.setattr(tables, "KEPT_SECONDS", -1)

    assert "đã quá một ngày" in text_of(confirm(client, page))


def test_twenty_wrong_rows_are_all_named(project, coordinator, client_of):
    answer = send(client_of(coordinator), workbook(*[GOOD | {"Mã dự án": "9"}] * 20))

    assert all(f"Dòng {line}, cột" in text_of(answer) for line in range(3, 23))


def test_a_unit_sends_the_export_of_all_back_and_adds_its_own(project, reporter, client_of):
    """What others wrote is there already, and no act of the unit."""
    BudgetEntryFactory(ward_project__ward=project.ward, ward_project__project__code="7")
    ProjectUnitFactory(ward_project=project, unit=reporter.grants.get().unit)
    client = client_of(reporter)
    exported = client.get(reverse("projects:money_export"), {"year": 2026})

    page = send(client, exported.content)

    assert "1 dòng trong tệp đã có" in text_of(page)


def test_a_preview_warns_of_what_the_page_would_ask(project, coordinator, client_of):
    spent = GOOD | {"Nghiệp vụ": "Giải ngân", "Số tiền (đồng)": 90_000_001}

    page = send(client_of(coordinator), workbook(GOOD, spent, GOOD))

    shown = text_of(page)
    assert "2 dòng có cảnh báo" in shown
    assert "vượt" in shown
    assert "Đã có một khoản cùng nguồn, nghiệp vụ, ngày và số tiền này." in shown


def test_a_unit_imports_only_what_it_leads(project, reporter, client_of):
    other = WardProjectFactory(ward=project.ward, project=ComponentProjectFactory(code="7"))
    ProjectUnitFactory(ward_project=project, unit=reporter.grants.get().unit)
    client = client_of(reporter)

    answer = send(client, workbook(GOOD, GOOD | {"Mã dự án": other.project.code}))

    assert "Dòng 4, cột “Mã dự án”: Kinh phí của dự án này do đơn vị chủ trì ghi." in text_of(
        answer
    )
    confirm(client, send(client, workbook(GOOD)))
    assert BudgetEntry.objects.get().ward_project == project


def test_a_code_of_two_programmes_has_to_name_one(project, coordinator, client_of):
    merged = ComponentProjectFactory(code="2", programme=ProgrammeFactory(code="CTMTQG-2026"))
    WardProjectFactory(ward=project.ward, project=merged)
    client = client_of(coordinator)

    assert "CTMTQG-2026; GNBV-2021-2025" in text_of(send(client, workbook(GOOD)))
    confirm(client, send(client, workbook(GOOD | {"Chương trình": "CTMTQG-2026"})))
    assert BudgetEntry.objects.get().ward_project.project == merged


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"PK\x03\x04 no workbook", "so.xlsx", ""),
        (b"%PDF-1.7", "so.pdf", ""),
        (workbook(GOOD, headings=["Một", "Hai"]), "so.xlsx", "Không thấy dòng tiêu đề."),
        (workbook(GOOD, headings=HEADINGS[:8]), "so.xlsx", "thiếu cột: Số văn bản."),
        (workbook(GOOD, headings=[*HEADINGS, "Cột lạ"]), "so.xlsx", "không dùng được: Cột lạ"),
        (workbook(), "so.xlsx", "không có dòng số liệu nào"),
    ],
)
def test_files_that_are_no_register_are_refused(
    project, coordinator, client_of, content, name, words
):
    answer = send(client_of(coordinator), content, name)

    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]
    assert words in text_of(answer)


def test_a_preview_of_another_ward_is_not_written(project, coordinator, client_of):
    other = WardProjectFactory(project=project.project).ward
    page = send(client_of(user_with(Role.COORDINATOR, other)), workbook(GOOD))

    answer = confirm(client_of(coordinator), page)

    assert answer.status_code == 422
    assert "của phường, xã khác" in text_of(answer)
    assert not BudgetEntry.objects.exists()


def test_a_preview_that_no_longer_fits_is_refused_whole(project, coordinator, client_of):
    client = client_of(coordinator)
    page = send(client, workbook(GOOD, GOOD | {"Số văn bản": "6/QĐ-UBND"}))
    type(project).objects.filter(pk=project.pk).update(year_to=2025)

    answer = confirm(client, page)

    assert answer.status_code == 422
    assert "Dòng 3, cột “Mã dự án”" in text_of(answer)
    assert not BudgetEntry.objects.exists()


def test_the_template_has_every_column_and_the_words_it_takes(project, coordinator, client_of):
    answer = client_of(coordinator).get(reverse("projects:money_template"))

    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    first, second = ([c.value for row in sheet for c in row] for sheet in book.worksheets)
    assert set(HEADINGS) <= set(first)
    assert {"2", "Giải ngân", "Ngân sách trung ương"} <= set(second)
