"""The wizard: six addresses, each of which can be left and taken up again."""

import io
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from households.choices import ImportStage
from households.models import (
    EthnicGroup,
    Household,
    ImportBatch,
    ImportFile,
    ImportRow,
    Person,
)
from povertyplan.core import clock
from povertyplan.core.choices import Role
from povertyplan.core.journal import verification
from povertyplan.core.models import AccessEvent, AuditEvent
from tests.factories.core import VillageFactory, user_with
from tests.households.import_steps import LIST, columns_post, send, sheets_post, step
from tests.households.samples import GROUPS, VILLAGES, official_sample
from tests.pages import NO_RIGHT, heading_of


@pytest.fixture
def office(ward, coordinator, client_of):
    """A signed-in coordinator of a ward with the samples' villages."""
    for order, name in enumerate(VILLAGES):
        VillageFactory(parent=ward, name=name, order=order)
    for code, name, aliases in GROUPS:
        EthnicGroup.objects.get_or_create(
            code=code, defaults={"name": name, "aliases": "\n".join(aliases)}
        )
    return client_of(coordinator)


def read_through(client, content: bytes) -> ImportBatch:
    """The first three steps with what was recognised."""
    send(client, content)
    batch = ImportBatch.objects.latest("pk")
    client.post(step("sheets", batch), sheets_post(batch))
    batch.refresh_from_db()
    client.post(step("columns", batch), columns_post(batch))
    batch.refresh_from_db()
    assert batch.stage == ImportStage.READ
    return batch


def test_columns_of_a_known_list_are_offered_as_the_last_time(office):
    content = official_sample(3).content()
    read_through(office, content)
    send(office, content)

    page = office.get(step("columns", ImportBatch.objects.latest("pk"))).content.decode()

    assert "như lần trước" in page


def test_wizard_from_file_to_register_and_back(office):
    sample = official_sample(3)
    right = sample.cells["H8"]
    sample.cells["H8"] = "123"
    batch = read_through(office, sample.content())

    page = office.get(step("rows", batch)).content.decode()
    assert "Số định danh “123” có 3 chữ số" in page
    row = batch.rows.get(number=8)
    office.post(
        step("rows", batch),
        {"act": "cell", "version": batch.version, "row": row.position, "column": "citizen_id",
         "text": right},
    )  # fmt: skip
    batch.refresh_from_db()
    preview = office.get(step("preview", batch))
    assert dict(preview.context["counts"])["Thêm mới"] == batch.rows.count()
    assert not Household.objects.exists()
    written = office.post(step("preview", batch), {"version": batch.version}, follow=True)

    assert Household.objects.count() == 3
    assert Person.objects.filter(citizen_id=right).exists()
    assert "Hoàn tác lần nhập này" in written.content.decode()
    shown = office.get(step("undo", batch))
    told = {"version": batch.version + 1, "token": shown.context["effects"].token}
    office.post(step("undo", batch), told)
    assert not Household.objects.exists()


def test_begun_import_is_offered_again(office):
    batch = read_through(office, official_sample(1).content())

    page = office.get(LIST)

    assert page.context["begun"] == [(batch, None)]
    assert step("rows", batch) in page.content.decode()


def test_refused_file_is_told_on_the_page_and_not_kept(office):
    response = send(office, b"<html>", "a.xls")

    assert response.status_code == 422
    assert "không phải là tệp Excel" in response.content.decode()
    assert not ImportBatch.objects.exists()


def test_no_file_is_told_on_the_page(office):
    response = office.post(LIST, {})

    assert response.status_code == 422
    assert "Chọn tệp danh sách, hoặc dán danh sách vào ô bên dưới." in response.content.decode()


def pasted(content: bytes) -> str:
    """The first sheet of a workbook as Excel puts it on the clipboard."""
    rows = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True)
    return "\r\n".join("\t".join("" if cell is None else str(cell) for cell in row) for row in rows)


def test_pasted_list_goes_the_same_way_as_its_file(office):
    content = official_sample(3).content()
    told = list(read_through(office, content).rows.values("number", "cells", "plan", "state"))

    office.post(LIST, {"pasted": pasted(content)})
    batch = ImportBatch.objects.latest("pk")
    office.post(step("sheets", batch), sheets_post(batch))
    batch.refresh_from_db()
    office.post(step("columns", batch), columns_post(batch))

    assert batch.file_name == "dan-tu-excel.csv"
    assert list(batch.rows.values("number", "cells", "plan", "state")) == told
    report = office.post(step("report", batch))
    assert report["Content-Disposition"] == 'attachment; filename="dan-tu-excel-ket-qua.xlsx"'


def test_pasted_list_keeps_its_columns_below_a_title_with_commas(office):
    text = "Danh sách hộ nghèo, cận nghèo, năm 2026, phường\n\tHọ và tên\tGiới tính\n\tY Nam\tNam"

    office.post(LIST, {"pasted": text})

    (layout,) = ImportBatch.objects.get().layouts
    assert (layout.heading_row, layout.columns["sex"]) == (2, 3)


@pytest.mark.parametrize(
    ("post", "field", "sentence"),
    [
        ({"pasted": "Y Nam\tNam\t1980"}, "pasted", "Không tìm thấy danh sách nào trong tệp"),
        ({"pasted": "  \n\t"}, "file", "Chọn tệp danh sách, hoặc dán"),
        ({"pasted": "x" * 800_001}, "pasted", "dài 800001 ký tự, tối đa 800000"),
        ({"pasted": "Họ và tên", "file": SimpleUploadedFile("a.csv", b"x")}, "pasted", "một cách"),
    ],
    ids=["no headings", "nothing", "too long", "both"],
)
def test_refused_paste_is_told_and_stays_in_its_field(office, post, field, sentence):
    response = office.post(LIST, post)

    assert response.status_code == 422
    assert sentence in response.context["form"].errors[field][0]
    assert response.context["form"]["pasted"].value() == post["pasted"]
    assert not ImportBatch.objects.exists()


def test_same_column_for_two_things_is_refused(office):
    send(office, official_sample(1).content())
    batch = ImportBatch.objects.get()
    post = columns_post(batch) | {"sheet0-sex": batch.layouts[0].columns["citizen_id"]}

    response = office.post(step("columns", batch), post)

    assert response.status_code == 422
    assert "Cột này đã chọn cho" in response.content.decode()
    assert not batch.rows.exists()


def test_group_is_fixed_on_the_page(office):
    sample = official_sample(3)
    for cell in [cell for cell in sample.cells if cell[0] == "O" and cell[1:].isdigit()]:
        sample.cells[cell] = "Xơ Đanh"
    batch = read_through(office, sample.content())
    page = office.get(step("rows", batch))
    (group,) = page.context["groups"]
    assert f"Áp dụng cho cả {group.count} dòng" in page.content.decode()

    office.post(
        step("rows", batch),
        {"act": "group", "version": batch.version, "column": group.column, "code": group.code,
         "raw": group.raw, "text": "Xơ-đăng"},
    )  # fmt: skip

    assert office.get(step("rows", batch)).context["groups"] == []


@pytest.mark.parametrize(
    "post",
    [
        {},
        {"act": "nothing"},
        {"act": "cell"},
        {"act": "cell", "row": 0, "column": "sex", "text": "Nam"},
        {"act": "cell", "version": "x", "row": 0, "column": "sex", "text": "Nam"},
        {"act": "cell", "version": 99, "row": 0, "column": "sex", "text": "Nữ"},
        {"act": "cell", "version": 3, "row": 0, "column": "ward", "text": "1"},
        {"act": "decide", "version": 3, "row": 0, "decision": "all"},
        {"act": "undo", "version": 3},
        {"act": "undo", "version": 3, "number": 1},
        {"act": "undo", "version": 3, "number": 2**70},
    ],
)
def test_bad_post_changes_nothing_and_says_so(office, post):
    batch = read_through(office, official_sample(1).content())
    before = list(batch.rows.values())

    response = office.post(step("rows", batch), post)

    assert response.status_code == 422
    assert [message.level_tag for message in response.context["messages"]] == ["error"]
    assert list(batch.rows.values()) == before


def test_report_is_handed_out_and_written_down(office):
    batch = read_through(office, official_sample(1).content())

    response = office.post(step("report", batch))

    assert response["Content-Disposition"] == 'attachment; filename="danh-sach-ket-qua.xlsx"'
    assert len(openpyxl.load_workbook(io.BytesIO(response.content)).sheetnames) == 2
    assert AccessEvent.objects.get().purpose == "Đối chiếu kết quả nhập từ tệp"


def test_template_is_recognised_when_it_comes_back(office):
    content = office.get(reverse("households:import_template")).content

    send(office, content)

    assert ImportBatch.objects.get().layouts[0].kind == "members"


def test_written_import_shows_its_result_at_every_step(office):
    batch = read_through(office, official_sample(1).content())
    office.post(step("preview", batch), {"version": batch.version})

    for name in ("sheets", "columns", "rows", "preview"):
        assert office.get(step(name, batch)).url == step("result", batch)


@pytest.mark.parametrize("name", ["sheets", "columns", "rows", "preview", "result"])
def test_stranger_finds_no_step(office, client_of, stranger, name):
    batch = read_through(office, official_sample(1).content())

    assert client_of(stranger).get(step(name, batch)).status_code == 404


@pytest.mark.parametrize("name", ["undo", "report"])
def test_stranger_can_do_nothing(office, client_of, stranger, name):
    batch = read_through(office, official_sample(1).content())

    assert client_of(stranger).post(step(name, batch)).status_code == 404
    assert not AccessEvent.objects.exists()


@pytest.mark.parametrize(
    "role", [Role.LEADER, Role.ENTRY_OFFICER, Role.OBSERVER, Role.ADMINISTRATOR]
)
def test_other_roles_may_not_import(office, client_of, ward, role):
    assert heading_of(client_of(user_with(role, ward)).get(LIST)) == NO_RIGHT


@pytest.mark.parametrize("count", [1, 3])
def test_rows_page_costs_the_same_for_any_number(office, count, django_assert_num_queries):
    sample = official_sample(count)
    for cell in [cell for cell in sample.cells if cell[0] == "G" and cell[1:].isdigit()]:
        sample.cells[cell] = "?"
    batch = read_through(office, sample.content())
    office.get(step("rows", batch))

    with django_assert_num_queries(14):
        office.get(step("rows", batch))


def test_result_leads_to_the_households_that_were_just_written(office, client_of, ward, stranger):
    read = read_through(office, official_sample(3).content())
    office.post(step("preview", read), {"version": read.version})
    sample = official_sample(5)
    sample.cells["D8"] = sample.cells["C8"] = f"{sample.cells['D8']} Niê"
    batch = read_through(office, sample.content())
    office.post(step("preview", batch), {"version": batch.version})
    address = f"{reverse('households:household_list')}?imported={batch.pk}"

    assert address in office.get(step("result", batch)).content.decode()
    page = office.get(address)

    listed = {row.household.pk for row in page.context["rows"]}
    new = set(batch.rows.filter(outcome="created").values_list("household", flat=True))
    changed = set(batch.rows.filter(outcome="updated").values_list("household", flat=True))
    assert len(new) == 2
    assert listed == new | changed
    assert len(listed) == 3
    assert "Ghi từ tệp Danh sách.xlsx" in page.content.decode()
    for other in (stranger, user_with(Role.LEADER, ward)):
        assert "Ghi từ tệp" not in client_of(other).get(address).content.decode()


def abandon(batch: ImportBatch, days: float) -> None:
    moment = clock.now() - timedelta(days=days)
    ImportBatch.objects.filter(pk=batch.pk).update(created_at=moment)


def test_import_left_lying_is_deleted_with_all_it_says_of_people(office, ward):
    content = official_sample(1).content()
    old, chosen = read_through(office, content), read_through(office, content)
    written = read_through(office, content)
    office.post(step("preview", written), {"version": written.version})
    for batch in (old, written):
        abandon(batch, 30.01)
    abandon(chosen, 29.99)

    send(office, content)

    assert not ImportBatch.objects.filter(pk=old.pk).exists()
    assert ImportBatch.objects.filter(pk__in=[chosen.pk, written.pk]).count() == 2
    for model in (ImportRow, ImportFile):
        assert set(model.objects.values_list("batch", flat=True)) >= {chosen.pk, written.pk}
        assert not model.objects.filter(batch=old.pk).exists()
    event = AuditEvent.objects.get(act="discard_imports")
    assert (event.actor, event.ward, event.object_id) == (None, ward, old.pk)
    assert verification.verify().faults == ()


@pytest.mark.parametrize("name", ["sheets", "columns", "rows", "preview", "result"])
def test_import_left_lying_is_offered_no_more(office, name):
    batch = read_through(office, official_sample(1).content())
    abandon(batch, 30.01)

    assert office.get(step(name, batch)).status_code == 404
    assert list(office.get(LIST).context["begun"]) == []


def test_discard_imports_by_command(office, capsys):
    abandon(read_through(office, official_sample(1).content()), 31)

    call_command("discard_imports")
    call_command("discard_imports")

    assert capsys.readouterr().out == "Đã xóa 1 lần nhập dở.\nĐã xóa 0 lần nhập dở.\n"
    assert not ImportBatch.objects.exists()
