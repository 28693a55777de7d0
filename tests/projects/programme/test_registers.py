"""Registers of programmes, projects, units and activities: previewed, whole, repeatable."""

import io
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from povertyplan.core.choices import Role
from povertyplan.core.models import AuditEvent
from projects.models import Activity, ComponentProject, Programme, ProjectUnit, WardProject
from tests.factories.core import UnitFactory, user_with
from tests.factories.projects import (
    ActivityFactory,
    ComponentProjectFactory,
    ProgrammeFactory,
    ProjectUnitFactory,
    WardProjectFactory,
)
from tests.pages import text_of
from tests.projects.registers import workbook

NAME = "projects:{}_list_{}"


def page_of(register, view="import"):
    return reverse(NAME.format(register, view))


def send(client, register, *rows, content=None):
    file = SimpleUploadedFile("so.xlsx", content or workbook(*rows))
    return client.post(page_of(register), {"file": file})


def confirm(client, register, page):
    form = page.context["confirm"]
    values = {name: form[name].value() for name in ("table", "seen")}
    return client.post(page_of(register, "import_save"), values)


@pytest.fixture
def project(ward):
    return WardProjectFactory(ward=ward, project=ComponentProjectFactory(code="2"))


@pytest.fixture
def coordinating(coordinator, client_of):
    return client_of(coordinator)


TRAINING = {
    "Năm": 2026,
    "Mã dự án": "2",
    "Hoạt động": "Tập huấn chăn nuôi",
    "Khối lượng": 2,
    "Đơn vị tính": "lớp",
    "Đơn vị thực hiện": "",
    "Hạn hoàn thành": "30/06/2026",
}


def test_activities_are_added_changed_and_known(project, coordinating):
    unit = UnitFactory(ward=project.ward, name="Hội Nông dân")
    page = send(coordinating, "activity", TRAINING)
    assert "Thêm 1 hoạt động" in text_of(page)
    assert not Activity.objects.exists()
    confirm(coordinating, "activity", page)

    changed = TRAINING | {"Khối lượng": 3, "Đơn vị thực hiện": unit.name.upper()}
    page = send(coordinating, "activity", changed, TRAINING | {"Hoạt động": "Cấp con giống"})
    assert "Thêm 1 hoạt động, Sửa 1 hoạt động" in text_of(page)
    confirm(coordinating, "activity", page)
    again = send(coordinating, "activity", changed)

    assert "Không có gì thay đổi" in text_of(again)
    training = Activity.objects.get(name="Tập huấn chăn nuôi")
    assert (training.quantity, training.owner, training.due_on) == (3, unit, date(2026, 6, 30))
    assert Activity.objects.count() == 2
    told = AuditEvent.objects.filter(act__endswith="_activity")
    assert set(told.values_list("source", flat=True)) == {"import"}


def test_what_a_line_leaves_empty_stays(project, coordinating):
    kept = ActivityFactory(ward_project=project, done_on=date(2026, 3, 1), evidence="BB 1")

    empty = dict.fromkeys(TRAINING, "")
    line = empty | {"Năm": 2026, "Mã dự án": "2", "Hoạt động": kept.name}
    page = send(coordinating, "activity", line)

    assert "Không có gì thay đổi" in text_of(page)


def test_every_wrong_activity_is_named(project, coordinating):
    UnitFactory(ward=project.ward, name="Hội Nông dân")
    answer = send(
        coordinating,
        "activity",
        TRAINING,
        TRAINING,
        TRAINING | {"Hoạt động": "A", "Hạn hoàn thành": "30/06/2027"},
        TRAINING | {"Hoạt động": "B", "Khối lượng": 0},
        TRAINING | {"Hoạt động": "C", "Ngày hoàn thành": "21/12/2026"},
    )

    words = text_of(answer)
    assert answer.status_code == 422
    for told in (
        "Dòng 3, cột “Hoạt động”: Hoạt động này đã có ở dòng 2.",
        "Dòng 4, cột “Hạn hoàn thành”: Hạn phải nằm trong năm 2026.",
        "Dòng 5, cột “Khối lượng”: Khối lượng phải lớn hơn 0.",
        "Dòng 6, cột “Ngày hoàn thành”: Ngày hoàn thành không được sau hôm nay.",
    ):
        assert told in words
    assert not Activity.objects.exists()


def test_twenty_wrong_lines_are_all_named(project, coordinating):
    answer = send(
        coordinating, "activity", *[TRAINING | {"Đơn vị thực hiện": f"Hội {n}"} for n in range(20)]
    )

    words = text_of(answer)
    assert all(f"Dòng {line}, cột “Đơn vị thực hiện”" in words for line in range(2, 22))


def test_a_unit_is_refused_line_by_line_what_another_leads(project, reporter, client_of):
    ProjectUnitFactory(ward_project=project, unit=reporter.grants.get().unit)
    WardProjectFactory(ward=project.ward, project=ComponentProjectFactory(code="7"))
    client = client_of(reporter)

    answer = send(client, "activity", TRAINING, TRAINING | {"Mã dự án": "7"})
    assert "Dòng 3, cột “Mã dự án”: Hoạt động này do đơn vị khác phụ trách." in text_of(answer)
    assert "Dòng 2" not in text_of(answer)
    confirm(client, "activity", send(client, "activity", TRAINING))

    assert Activity.objects.get().ward_project == project


def test_a_preview_that_would_come_to_something_else_is_shown_again(project, coordinating):
    activity = ActivityFactory(
        ward_project=project, name="Tập huấn chăn nuôi", quantity=5, quantity_unit="lớp"
    )
    page = send(coordinating, "activity", TRAINING)
    Activity.objects.filter(pk=activity.pk).update(quantity=9, version=2)

    answer = confirm(coordinating, "activity", page)

    assert answer.status_code == 422
    assert "vừa thay đổi" in text_of(answer)
    assert "9 → 2" in text_of(answer)
    activity.refresh_from_db()
    assert activity.quantity == 9
    confirm(coordinating, "activity", answer)
    activity.refresh_from_db()
    assert activity.quantity == 2


def test_a_preview_sent_twice_writes_once(project, coordinating):
    page = send(coordinating, "activity", TRAINING)

    confirm(coordinating, "activity", page)
    second = confirm(coordinating, "activity", page)

    assert second.status_code == 302
    assert Activity.objects.count() == 1


def exported(client, register, **query):
    arguments = [query.pop("pk")] if "pk" in query else []
    return client.get(reverse(NAME.format(register, "export"), args=arguments), query).content


def test_what_is_exported_comes_back_as_known(project, coordinating):
    project.contents = "Một nội dung; có dấu\nHai nội dung"
    project.objective = "Dòng một\nDòng hai"
    project.save()
    ActivityFactory(
        ward_project=project,
        done_on=date(2026, 3, 1),
        done_quantity=1,
        owner=UnitFactory(ward=project.ward),
    )
    ProjectUnitFactory(ward_project=project)
    ProjectUnitFactory(ward_project=project, unit=None, wording="các đơn vị", role="coordinating")

    for register in ("activity", "ward_project", "assignment"):
        content = exported(coordinating, register, year=2026)
        page = send(coordinating, register, content=content)
        assert "Không có gì thay đổi" in text_of(page), register


def test_activities_of_one_name_come_back_each_as_itself(project, coordinating):
    late = ActivityFactory(ward_project=project, name="Tập huấn", due_on=date(2026, 9, 30))
    early = ActivityFactory(ward_project=project, name="Tập huấn", due_on=date(2026, 3, 31))
    lines = [
        {"Năm": 2026, "Mã dự án": project.project.code, "Hoạt động": "Tập huấn"} | more
        for more in (
            {"Hạn hoàn thành": "31/03/2026"},
            {"Hạn hoàn thành": "30/09/2026", "Khối lượng": 2, "Đơn vị tính": "lớp"},
        )
    ]

    confirm(coordinating, "activity", send(coordinating, "activity", *lines))
    more = send(coordinating, "activity", *lines, lines[0])

    for row in (late, early):
        row.refresh_from_db()
    assert (early.quantity, late.quantity) == (None, 2)
    assert (early.due_on, late.due_on) == (date(2026, 3, 31), date(2026, 9, 30))
    assert Activity.objects.count() == 2
    assert "Dòng 4, cột “Hoạt động”: Hoạt động này đã có ở dòng 2." in text_of(more)


def test_an_export_of_activities_is_what_the_page_lists(project, reporter, client_of):
    unit = reporter.grants.get().unit
    ActivityFactory(ward_project=project, name="Của đơn vị khác")
    ActivityFactory(ward_project=project, name="Của tôi", owner=unit)
    other = WardProjectFactory(ward=project.ward, project=ComponentProjectFactory(code="7"))
    ActivityFactory(ward_project=other, name="Dự án bảy")
    client = client_of(reporter)

    def names(**query):
        sheet = openpyxl.load_workbook(io.BytesIO(exported(client, "activity", **query))).active
        return {cell.value for row in sheet for cell in row if cell.value}

    assert {"Của tôi", "Của đơn vị khác", "Dự án bảy"} <= names(year=2026)
    assert not {"Của đơn vị khác", "Dự án bảy"} & names(year=2026, mine=1)
    assert not {"Của tôi"} & names(year=2026, project=other.project_id)


PART = {"Năm": 2026, "Mã dự án": "2", "Đơn vị": "Hội Nông dân", "Vai trò": "Chủ trì"}


def test_a_file_of_parts_replaces_those_of_its_projects(project, coordinating):
    UnitFactory(ward=project.ward, name="Hội Nông dân", short_name="HND")
    before = ProjectUnitFactory(ward_project=project)

    page = send(
        coordinating,
        "assignment",
        PART | {"Đơn vị": "hnd"},
        PART | {"Đơn vị": "", "Đơn vị khác, ghi bằng chữ": "các đoàn thể", "Vai trò": "Phối hợp"},
    )

    assert f"Thay cho phân công hiện có: chủ trì {before.unit}" in text_of(page)
    confirm(coordinating, "assignment", page)
    rows = ProjectUnit.objects.in_year(2026).filter(ward_project=project)
    assert {row.name for row in rows} == {"Hội Nông dân", "các đoàn thể"}
    assert ProjectUnit.objects.in_year(2027).get(ward_project=project).unit == before.unit


def test_a_unit_that_ended_leads_nothing(project, coordinating):
    UnitFactory(ward=project.ward, name="Hội Nông dân", valid_to=date(2025, 6, 30))

    answer = send(
        coordinating,
        "assignment",
        PART,
        PART | {"Đơn vị": "", "Đơn vị khác, ghi bằng chữ": "các đoàn thể"},
        PART | {"Đơn vị": ""},
        PART | {"Đơn vị": "", "Đơn vị khác, ghi bằng chữ": "hội", "Năm": 2098},
    )

    for told in (
        "Dòng 2, cột “Đơn vị”: Dự án 2: Hội Nông dân không hoạt động trong năm 2026.",
        "Dòng 3, cột “Đơn vị khác, ghi bằng chữ”: Dự án 2: đơn vị chủ trì phải chọn trong danh",
        "Dòng 4, cột “Đơn vị”: Ghi một trong hai cột",
        "Dòng 5, cột “Năm”: Năm 2098 quá xa năm nay để phân công.",
    ):
        assert told in text_of(answer)
    assert not ProjectUnit.objects.exists()


def test_a_project_that_a_file_of_parts_takes_on_is_told(project, coordinating):
    UnitFactory(ward=project.ward, name="Hội Nông dân")
    ComponentProjectFactory(code="3.1", programme=project.project.programme)

    page = send(coordinating, "assignment", PART | {"Mã dự án": "3.1"})

    assert "chưa thực hiện dự án này trong năm 2026" in text_of(page)


def test_projects_are_taken_on_and_worded(ward, coordinating):
    part = ComponentProjectFactory(code="3.1")
    ComponentProjectFactory(code="4", for_wards=False)
    row = {
        "Mã dự án": "3.1",
        "Từ năm": 2025,
        "Đến năm": 2030,
        "Tên gọi tại địa phương": "Phát triển nông nghiệp",
        "Nội dung": "Mô hình | Tập huấn",
    }

    assert "Dự án này không áp dụng cho phường, xã" in text_of(
        send(coordinating, "ward_project", row, row | {"Mã dự án": "4"})
    )
    confirm(coordinating, "ward_project", send(coordinating, "ward_project", row))
    changed = row | {"Tên gọi tại địa phương": "Nông nghiệp"}
    confirm(coordinating, "ward_project", send(coordinating, "ward_project", changed))

    taken = WardProject.objects.get(ward=ward)
    assert (taken.project, taken.name) == (part, "Nông nghiệp")
    assert taken.contents == "Mô hình\nTập huấn"


@pytest.fixture
def keeping(ward, client_of):
    return client_of(user_with(Role.ADMINISTRATOR, ward))


def test_programmes_and_their_parts_come_from_files(keeping):
    programme = {
        "Loại": "Chương trình mục tiêu quốc gia",
        "Mã": "MOI-2026",
        "Tên chương trình": "Chương trình thử",
        "Tên các cấp": "Hợp phần; Nội dung",
        "Từ ngày": "01/01/2026",
    }
    parts = [
        {"Chương trình": "MOI-2026", "Mã": "1.1", "Tên chính thức": ""},
        {"Chương trình": "MOI-2026", "Mã": "1", "Tên chính thức": "Hợp phần một"},
    ]  # fmt: skip

    unnamed = send(keeping, "programme", programme | {"Mã": ""})
    assert "Dòng 2, cột “Mã”: Nhập mã." in text_of(unnamed)
    confirm(keeping, "programme", send(keeping, "programme", programme))
    wrong = send(keeping, "part", {"Chương trình": "X", "Mã": "1", "Tên chính thức": ""}, parts[0])
    assert "Dòng 2, cột “Chương trình”: Không có chương trình mã “X”." in text_of(wrong)
    assert "Dòng 3, cột “Mã”: Không có phần mã “1”" in text_of(wrong)
    confirm(keeping, "part", send(keeping, "part", *parts))

    made = Programme.objects.get(code="MOI-2026")
    assert made.levels == ["Hợp phần", "Nội dung"]
    assert list(made.projects.order_by("order").values_list("code", "label")) == [
        ("1", "Hợp phần"),
        ("1.1", "Nội dung"),
    ]
    for register, query in (("programme", {}), ("part", {"pk": made.pk})):
        page = send(keeping, register, content=exported(keeping, register, **query))
        assert "Không có gì thay đổi" in text_of(page)
    longer = programme | {"Đến ngày": "31/12/2035"}
    confirm(keeping, "programme", send(keeping, "programme", longer))
    made.refresh_from_db()
    assert made.valid_to == date(2035, 12, 31)


def test_programmes_that_other_wards_read_are_not_imported(project, keeping):
    WardProjectFactory(project=project.project)  # of another ward

    answer = send(
        keeping,
        "programme",
        {
            "Loại": "Chính sách chung",
            "Mã": "A",
            "Tên chương trình": "B",
            "Tên các cấp": "Nhóm",
            "Từ ngày": "01/01/2026",
        },
    )

    assert "dùng chung cho cả phường, xã khác" in text_of(answer)
    assert not ComponentProject.objects.exclude(pk=project.project_id).exists()
    assert ProgrammeFactory._meta.model.objects.count() == 1


@pytest.mark.parametrize("register", ["activity", "ward_project", "assignment"])
def test_a_template_has_the_columns_that_an_import_reads(project, coordinating, register):
    content = coordinating.get(page_of(register, "template")).content

    assert "không có dòng số liệu nào" in text_of(send(coordinating, register, content=content))
    words = openpyxl.load_workbook(io.BytesIO(content)).worksheets[1]
    listed = list(words.iter_rows(min_row=3, max_col=3, values_only=True))
    assert listed[0] == ("Chương trình", "Mã dự án", "Tên dự án (để tra mã)")
    assert (project.project.programme.code, "2", project.project.name) in listed
