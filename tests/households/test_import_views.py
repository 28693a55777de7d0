"""The wizard: six addresses, each of which can be left and taken up again."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from households.choices import ImportStage
from households.models import EthnicGroup, Household, ImportBatch, Person
from povertyplan.core.choices import Role
from povertyplan.core.models import AccessEvent
from tests.factories.core import VillageFactory, user_with
from tests.households.sheets.samples import GROUPS, VILLAGES, official_sample

LIST = reverse("households:import_list")


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


def step(name: str, batch: ImportBatch) -> str:
    return reverse(f"households:import_{name}", args=[batch.pk])


def send(client, content: bytes, name: str = "Danh sách.xlsx"):
    return client.post(LIST, {"file": SimpleUploadedFile(name, content)})


def sheets_post(batch) -> dict:
    post = {"version": batch.version}
    for position, layout in enumerate(batch.layouts):
        if layout["used"]:
            post[f"sheet{position}-used"] = "on"
        post[f"sheet{position}-heading_row"] = layout["heading_row"]
    return post


def columns_post(batch) -> dict:
    post = {"version": batch.version}
    for position, layout in enumerate(batch.layouts):
        for column, at in layout["columns"].items():
            post[f"sheet{position}-{column}"] = at
    return post


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
    office.post(step("undo", batch))
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
    assert "Chọn tệp danh sách." in response.content.decode()


def test_same_column_for_two_things_is_refused(office):
    send(office, official_sample(1).content())
    batch = ImportBatch.objects.get()
    post = columns_post(batch) | {"sheet0-sex": batch.layouts[0]["columns"]["citizen_id"]}

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

    assert ImportBatch.objects.get().layouts[0]["kind"] == "members"


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
    assert client_of(user_with(role, ward)).get(LIST).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_rows_page_costs_the_same_for_any_number(office, count, django_assert_num_queries):
    sample = official_sample(count)
    for cell in [cell for cell in sample.cells if cell[0] == "G" and cell[1:].isdigit()]:
        sample.cells[cell] = "?"
    batch = read_through(office, sample.content())
    office.get(step("rows", batch))

    with django_assert_num_queries(10):
        office.get(step("rows", batch))
