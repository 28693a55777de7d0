"""Columns that nobody matched: listed, proposed by their content, dropped only by word."""

import io

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from households.choices import ImportStage
from households.intake.staging.selectors.unused import unused_in
from households.intake.staging.services import change_layouts, read_import, start_import
from households.intake.writing.marking import SUMMARY
from households.intake.writing.workbooks import report_workbook
from households.models import ColumnMapping, Household, ImportBatch, Person
from households.rules.import_sheets import ChosenSheet
from povertyplan.core.journal import verification
from povertyplan.core.models import RowChange
from tests.households.imports import write
from tests.households.samples import VILLAGES

pytestmark = pytest.mark.alike

LIST = reverse("households:import_list")
HEADINGS = "Họ và tên,Quan hệ với chủ hộ,Ngày sinh,Giới tính,Thôn"
NUMBER = "062080000008"
MATCHED = {"member_name": 1, "relation": 2, "birth_date": 3, "sex": 4, "village": 5}


def listed(heading: str, *values: str) -> bytes:
    """A list of heads of household with a sixth column."""
    rows = [
        f"Y Người {letter},Chủ hộ,01/02/1980,Nam,{VILLAGES[0]},{value}"
        for letter, value in zip("ABCDEFGH", values, strict=False)
    ]
    return "\n".join([f"{HEADINGS},{heading}", *rows]).encode()


def begun(office, content: bytes) -> ImportBatch:
    return start_import(ward=office.ward, content=content, name="ds.csv", by=office)


def choose(office, batch, **changes) -> ImportBatch:
    values = {
        "batch": batch, "used": {}, "heading_rows": {}, "version": batch.version, "by": office,
    }  # fmt: skip
    return change_layouts(**values | changes)


def step(name: str, batch: ImportBatch) -> str:
    return reverse(f"households:import_{name}", args=[batch.pk])


def sent(client, content: bytes) -> ImportBatch:
    client.post(LIST, {"file": SimpleUploadedFile("ds.csv", content)})
    return ImportBatch.objects.latest("pk")


def post_columns(client, batch, **changes):
    fields = {f"sheet0-{name}": position for name, position in MATCHED.items()}
    post = {"version": batch.version} | fields
    return client.post(
        step("columns", batch), post | {f"sheet0-{key}": value for key, value in changes.items()}
    )


def test_usual_heading_of_the_number_is_known(office):
    batch = begun(office, listed("Số CCCD/định danh", NUMBER))

    assert batch.layouts[0].columns["citizen_id"] == 6
    assert unused_in(batch) == []


@pytest.mark.parametrize(
    ("heading", "values", "proposal"),
    [
        ("Mã cá nhân", [NUMBER, "062080000009"], "citizen_id"),
        ("Mã cá nhân", ["062 080 000 008", "62080000009"], "citizen_id"),
        ("Tuổi", [NUMBER, "062080000009"], "citizen_id"),
        ("Điện thoại", ["0905123456", "0905123457"], ""),
        ("Loại", ["Hộ nghèo", "Cận nghèo"], "poverty_class"),
        ("Thành phần", ["Xơ-đăng", "Kinh"], "ethnic_group"),
        ("Ngày được công nhận", ["20/11/2025", "20/11/2025"], "decided_on"),
        ("Căn cứ", ["231/QĐ-UBND", "231/QĐ-UBND"], "decision_number"),
        ("Ngày vào Đảng", ["20/11/2025"], ""),
        ("Ghi chú", ["nhà dột", "đi làm xa"], ""),
        ("Ghi chú", ["1", "3"], ""),
        ("", ["nhà dột"], ""),
    ],
)
def test_match_is_proposed_by_content(office, heading, values, proposal):
    batch = begun(office, listed(heading, *values))

    ((column, is_open),) = unused_in(batch)

    assert (column.proposal, column.heading, column.count) == (proposal, heading, len(values))
    assert column.samples == tuple(dict.fromkeys(values))
    assert is_open


@pytest.mark.parametrize("heading", ["Tuổi", "Số nhân khẩu", "Xã"])
def test_column_that_the_register_works_out_itself_is_listed_and_not_asked(office, heading):
    batch = begun(office, listed(heading, "46"))

    assert [is_open for _column, is_open in unused_in(batch)] == [False]


def test_empty_column_and_signatures_are_no_content(office):
    content = listed("Ghi chú", "") + ",,,,,\n,,,,,NGƯỜI LẬP BIỂU\nTổng cộng,,,,,12".encode()

    assert unused_in(begun(office, content)) == []


def test_writing_is_refused_while_a_column_waits(office):
    batch = begun(office, listed("Mã cá nhân", NUMBER))
    batch = read_import(batch=batch, version=batch.version, by=office)

    with pytest.raises(ValidationError, match=r"trang “CSV”, cột F “Mã cá nhân”"):
        write(office, batch)

    assert not Household.objects.exists()
    batch.refresh_from_db()
    assert batch.stage == ImportStage.READ


def test_column_that_loses_its_match_waits_too(office):
    batch = begun(office, listed("CCCD", NUMBER))

    with pytest.raises(ValidationError, match="cột F “CCCD”"):
        choose(office, batch, columns={"CSV": MATCHED})

    assert not ColumnMapping.objects.exists()


def test_list_begun_before_columns_were_looked_at_is_not_written(office):
    batch = begun(office, listed("CCCD", NUMBER))
    batch = read_import(batch=batch, version=batch.version, by=office)
    stored = batch.layouts[0].to_json()
    del stored["open_columns"]
    batch.layouts = [ChosenSheet.from_json(stored)]
    batch.save()

    with pytest.raises(ValidationError, match="Về bước ghép cột rồi đọc lại"):
        write(office, batch)


def test_only_what_was_confirmed_is_remembered(office):
    content = listed("Ghi chú", "nhà dột")
    batch = begun(office, content)
    choose(office, batch, columns={"CSV": MATCHED}, set_aside={"CSV": [6]})

    again = begun(office, content)
    numbers = begun(office, listed("Ghi chú", NUMBER))

    assert [is_open for _column, is_open in unused_in(again)] == [False]
    assert again.layouts[0].confirmed_on is not None
    ((column, is_open),) = unused_in(numbers)
    assert (column.proposal, is_open) == ("citizen_id", True)


def test_column_that_was_empty_the_last_time_is_asked_for(office):
    choose(office, begun(office, listed("Mã cá nhân", "")), columns={"CSV": MATCHED})

    ((column, is_open),) = unused_in(begun(office, listed("Mã cá nhân", NUMBER)))

    assert (column.proposal, is_open) == ("citizen_id", True)


def test_heading_row_chosen_anew_asks_anew(office):
    batch = begun(office, listed("Ghi chú", "nhà dột"))
    batch = choose(office, batch, columns={"CSV": MATCHED}, set_aside={"CSV": [6]})

    batch = choose(office, batch, heading_rows={"CSV": 2})

    assert all(is_open for _column, is_open in unused_in(batch))


@pytest.mark.parametrize("name", ["sheets", "columns", "rows", "preview"])
def test_every_step_lists_the_column_with_samples(client_of, office, name):
    batch = begun(office, listed("Mã cá nhân", NUMBER))
    read_import(batch=batch, version=batch.version, by=office)

    page = client_of(office).get(step(name, batch)).content.decode()

    assert "F “Mã cá nhân”" in page
    assert NUMBER in page


def test_page_offers_the_match_and_reads_by_it(client_of, office):
    client = client_of(office)
    batch = sent(client, listed("Mã cá nhân", NUMBER))

    page = client.get(step("columns", batch)).content.decode()
    assert '<option value="citizen_id" selected>' in page
    post_columns(client, batch, use_6="citizen_id")
    batch.refresh_from_db()

    assert batch.layouts[0].columns["citizen_id"] == 6
    client.post(step("preview", batch), {"version": batch.version})
    assert Person.objects.get().citizen_id == NUMBER


@pytest.mark.parametrize(
    ("posted", "sentence"),
    [
        ({}, "có nội dung ở 1 dòng: chọn dùng làm gì"),
        ({"use_6": ""}, "có nội dung ở 1 dòng: chọn dùng làm gì"),
        ({"use_6": "sex"}, "“Giới tính” đã ghép với cột khác."),
        ({"use_6": "ward"}, "Chọn trong danh sách."),
        ({"use_6": "-", "use_7": "-", "sex": ""}, "có nội dung ở 1 dòng: chọn dùng làm gì"),
    ],
    ids=["nothing", "not chosen", "taken", "unknown", "another column unmatched"],
)
def test_answer_that_would_lose_a_column_is_refused(client_of, office, posted, sentence):
    client = client_of(office)
    batch = sent(client, listed("Ghi chú", "nhà dột"))

    response = post_columns(client, batch, **posted)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    batch.refresh_from_db()
    assert batch.stage == ImportStage.CHOSEN
    assert not ColumnMapping.objects.exists()


def test_preview_refuses_in_words_and_writes_nothing(client_of, office):
    batch = begun(office, listed("Ghi chú", "nhà dột"))
    batch = read_import(batch=batch, version=batch.version, by=office)

    response = client_of(office).post(step("preview", batch), {"version": batch.version})

    assert response.status_code == 422
    assert "chưa xác nhận “Không dùng”" in response.content.decode()
    assert not Household.objects.exists()


def test_marked_workbook_names_the_column(office):
    batch = begun(office, listed("Ghi chú", "nhà dột"))
    batch = read_import(batch=batch, version=batch.version, by=office)

    book = openpyxl.load_workbook(io.BytesIO(report_workbook(batch)))

    last = [cell.value for cell in list(book[SUMMARY].rows)[-1]]
    assert last[2:6] == [
        "Cột F “Ghi chú”", "Chưa ghép", "nhà dột", "Cột có nội dung ở 1 dòng, không đọc.",
    ]  # fmt: skip


def test_samples_stay_out_of_the_history(office):
    batch = begun(office, listed("Mã cá nhân", NUMBER))
    choose(office, batch, columns={"CSV": MATCHED}, set_aside={"CSV": [6]})

    assert not any(NUMBER in str((change.old, change.new)) for change in RowChange.objects.all())
    assert verification.verify().faults == ()


def test_command_names_the_column_and_writes_when_it_is_set_aside(office, tmp_path):
    file = tmp_path / "ds.csv"
    file.write_bytes(listed("Ghi chú", "nhà dột"))
    options = ["import_households", file, "--ward", office.ward.code, "--commit"]
    options += ["--report", tmp_path / "ket-qua.xlsx"]
    told = io.StringIO()

    with pytest.raises(CommandError, match="cột F “Ghi chú”"):
        call_command(*options, stderr=told)
    with pytest.raises(CommandError, match="Không có cột chưa ghép nào tên Chú ý"):
        call_command(*options, "--set-aside", "Chú ý", stderr=told)
    assert not Household.objects.exists()
    call_command(*options, "--set-aside", "Ghi chú", stdout=told, stderr=told)

    assert "cột F “Ghi chú”: 1 dòng, không dùng." in told.getvalue()
    assert Household.objects.count() == 1
