"""The units of a ward: adding, pasting, changing, ending, and who takes over."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from povertyplan.core.choices import Role
from povertyplan.core.models import AuditEvent, Unit, User
from projects.models import ProjectUnit
from reports.choices import DocumentState
from reports.models import Document, DocumentDuty
from tests.factories.core import UnitFactory, UserFactory, user_with
from tests.factories.projects import IndicatorFactory, ProjectUnitFactory, WardProjectFactory
from tests.factories.reports import DocumentFactory
from tests.pages import NO_RIGHT, NOT_FOUND, heading_of, nothing_written, row_landed_on, text_of
from tests.reports.documents import issue

LIST = "/settings/units/"
KEY = "6f3c1a52-3f0e-4b8f-9d59-0a1f6f2f7c11"
END = date(2026, 6, 30)


@pytest.fixture
def window(client_of, administrator):
    return client_of(administrator)


@pytest.fixture
def unit(ward):
    return UnitFactory(ward=ward, name="Phòng Kinh tế", short_name="P. KT", order=1)


def post(window, page, **values):
    return window.post(f"{LIST}{page}", {"key": KEY, "kind": "department"} | values, follow=True)


def test_a_ward_without_units_is_led_to_pasting_them(window, ward):
    page = text_of(window.get(LIST))

    assert "chưa có đơn vị nào" in page
    assert f"{LIST}paste/" in page


def test_a_unit_follows_another(window, ward, unit):
    values = {"short_name": "P. KTHT", "valid_from": "01/07/2026", "predecessor": unit.pk}

    page = post(window, "new/", name="Phòng Kinh tế, Hạ tầng", **values)

    new = Unit.objects.get(short_name="P. KTHT")
    assert (new.ward, new.order, new.valid_from, new.predecessor) == (
        ward,
        2,
        date(2026, 7, 1),
        unit,
    )
    assert "Đã thêm Phòng Kinh tế, Hạ tầng." in text_of(page)
    assert row_landed_on(page) == f"unit-{new.pk}"
    assert AuditEvent.objects.get().summary == (
        "Thêm đơn vị Phòng Kinh tế, Hạ tầng từ ngày 01/07/2026, thay Phòng Kinh tế."
    )


def test_a_pasted_list_is_added_whole(window, ward):
    rows = (
        "STT\tTên đơn vị\tViết tắt\tLoại\tCách giao việc\n"
        "1\tPhòng Văn hóa - Xã hội\tP. VHXH\t\t\n"
        "2\tỦy ban Mặt trận Tổ quốc phường\t\tmặt trận tổ quốc, đoàn thể\tĐề nghị"
    )

    page = post(window, "paste/", rows=rows)

    assert list(Unit.objects.values_list("name", "short_name", "kind", "prefix", "order")) == [
        ("Phòng Văn hóa - Xã hội", "P. VHXH", "department", "", 1),
        ("Ủy ban Mặt trận Tổ quốc phường", "", "front", "Đề nghị", 2),
    ]
    assert "Đã thêm 2 đơn vị." in text_of(page)


def test_a_list_sent_twice_is_added_once(window, ward):
    post(window, "paste/", rows="Phòng A\nPhòng B")
    post(window, "paste/", rows="Phòng A\nPhòng B")

    assert Unit.objects.count() == 2


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ("phòng kinh tế", "Dòng 1: phòng kinh tế đã có trong phường, xã."),
        ("Phòng A\tP. KT", "Dòng 1: P. KT đã có trong phường, xã."),
        ("Phòng A\nPhòng B\tphòng a", "Dòng 2: phòng a đã có ở dòng 1."),
        ("Phòng A\t\tBan", "Dòng 1: loại đơn vị là một trong: Phòng, Công chức"),
        ("Phòng A\t" + "ô" * 41, "Dòng 1: tên viết tắt dài quá 40 ký tự."),
        ("Phòng \u0410", "Dòng 1: tên đầy đủ “Phòng \u0410” có “\u0410” là chữ Kirin"),
        ("Tên\tTrưởng phòng\nPhòng A\tB", "Không nhận ra cột “Trưởng phòng”."),
    ],
)
def test_a_list_with_a_wrong_line_adds_nothing(window, ward, unit, rows, sentence):
    with nothing_written():
        page = post(window, "paste/", rows=rows)

    assert sentence in text_of(page)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"name": "Phòng Kinh tế"}, "Phòng Kinh tế đã có trong phường, xã."),
        ({"name": " "}, "Nhập tên đầy đủ của đơn vị."),
        ({"name": "Phòng A", "kind": ""}, "Chọn loại."),
        ({"name": "Phòng A", "valid_from": "21/11/2026"}, "không được sau ngày hôm nay"),
    ],
)
def test_a_wrong_unit_is_refused(window, ward, unit, values, sentence):
    with nothing_written():
        assert sentence in text_of(post(window, "new/", **values))


def change(window, unit, **values):
    own = {"name": unit.name, "short_name": unit.short_name, "version": unit.version}
    return post(window, f"{unit.pk}/edit/", **(own | {"reason": "Đổi tên"} | values))


def test_a_change_keeps_its_reason_and_the_old_name(window, unit):
    page = change(window, unit, name="Phòng Kinh tế, Hạ tầng", prefix="Đề nghị")

    unit.refresh_from_db()
    assert (unit.name, unit.prefix, unit.order) == ("Phòng Kinh tế, Hạ tầng", "Đề nghị", 1)
    told = "Sửa đơn vị Phòng Kinh tế, Hạ tầng, trước là Phòng Kinh tế. Lý do: Đổi tên"
    assert told in text_of(page)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({}, "Chưa có gì thay đổi."),
        ({"name": "Phòng B"}, "Phòng B đã có trong phường, xã."),
        ({"name": "Phòng C", "reason": " "}, "Nhập lý do, căn cứ."),
        ({"name": ""}, "Nhập tên đầy đủ của đơn vị."),
    ],
)
def test_a_change_that_cannot_be_is_refused(window, ward, unit, values, sentence):
    UnitFactory(ward=ward, name="Phòng B")

    with nothing_written():
        assert sentence in text_of(change(window, unit, **values))


@pytest.fixture
def successor(ward):
    return UnitFactory(ward=ward, name="Phòng Kinh tế, Hạ tầng", order=2)


@pytest.fixture
def used(ward, unit):
    """The unit with a role, a project, an indicator and a duty in a draft and an issued paper."""
    user_with(Role.UNIT_REPORTER, ward, unit=unit, user=UserFactory(full_name="Y Thoa"))
    project = WardProjectFactory(ward=ward, year_from=2025, year_to=2030)
    ProjectUnitFactory(ward_project=project, unit=unit, year_from=2025, year_to=2030)
    IndicatorFactory(ward=ward, owner=unit, name="Số hộ có nhà ở")
    draft = DocumentFactory(ward=ward, subject="Kế hoạch giảm nghèo")
    issued = DocumentFactory(ward=ward, subject="Kế hoạch cũ")
    for document in (draft, issued):
        DocumentDuty.objects.create(document=document, unit=unit, order=1)
    issue(issued, number=12)
    return project


def end(window, unit, **values):
    own = {"version": unit.version, "last_day": "30/06/2026", "reason": "Quyết định số 5"}
    return post(window, f"{unit.pk}/end/", **(own | values))


def test_a_unit_nobody_uses_ends(window, unit):
    page = end(window, unit)

    unit.refresh_from_db()
    assert unit.valid_to == END
    assert row_landed_on(page) == f"unit-{unit.pk}"
    assert "Phòng Kinh tế</a>, đến hết ngày 30/06/2026" in text_of(page)
    shown = text_of(window.get(f"{LIST}{unit.pk}/"))
    assert "Đơn vị Phòng Kinh tế kết thúc, hết ngày 30/06/2026. Lý do: Quyết định số 5" in shown


def test_what_uses_a_unit_is_named_before_it_ends(window, unit, used):
    sentences = (
        "Còn người giữ vai trò của đơn vị này: Y Thoa.",
        f"Phòng Kinh tế được phân công ở dự án thành phần {used.project.code}.",
        "Phòng Kinh tế theo dõi chỉ tiêu: Số hộ có nhà ở.",
        "Phòng Kinh tế có nhiệm vụ trong dự thảo: ",
    )

    for page in (window.get(f"{LIST}{unit.pk}/end/"), end(window, unit)):
        assert [each for each in sentences if each not in text_of(page)] == []
        assert "Kế hoạch cũ" not in text_of(page)
    assert Unit.objects.get(pk=unit.pk).valid_to is None


def test_the_successor_takes_over_what_goes_on(window, unit, used, successor):
    end(window, unit, successor=successor.pk)

    grants = User.objects.get(full_name="Y Thoa").grants.order_by("pk")
    assert [(grant.unit, grant.valid_to) for grant in grants] == [
        (unit, date(2026, 11, 19)),
        (successor, None),
    ]
    rows = ProjectUnit.objects.order_by("year_from")
    assert [(row.unit, row.year_from, row.year_to) for row in rows] == [
        (unit, 2025, 2025),
        (successor, 2026, 2030),
    ]
    assert successor.indicators.get().name == "Số hộ có nhà ở"
    duties = DocumentDuty.objects.values_list("document__subject", "unit__name")
    assert set(duties) == {
        ("Kế hoạch giảm nghèo", successor.name),
        ("Kế hoạch cũ", unit.name),
    }
    assert Unit.objects.get(pk=successor.pk).predecessor == unit


def test_nobody_ends_the_unit_of_their_own_role(window, unit, administrator, successor):
    administrator.grants.update(unit=unit)

    with nothing_written():
        page = text_of(end(window, unit, successor=successor.pk))

    assert "Bạn đang giữ vai trò của Phòng Kinh tế. Nhờ một quản trị viên khác" in page
    assert administrator.grants.get().valid_to is None


@pytest.mark.parametrize(
    ("valid_to", "last_days"),
    [
        (None, [None]),
        # One that is over sooner does not stand for one without an end.
        (date(2026, 12, 31), [date(2026, 12, 31), None]),
    ],
)
def test_who_has_the_role_in_the_successor_gets_no_second_one(
    window, ward, unit, used, successor, valid_to, last_days
):
    holder = User.objects.get(full_name="Y Thoa")
    user_with(Role.UNIT_REPORTER, ward, unit=successor, user=holder, valid_to=valid_to)

    end(window, unit, successor=successor.pk)

    grants = holder.grants.filter(unit=successor).order_by("pk")
    assert [grant.valid_to for grant in grants] == last_days


def test_a_unit_that_ends_with_the_year_keeps_that_year(window, unit, used, successor):
    end(window, unit, successor=successor.pk, last_day="31/12/2025")

    rows = ProjectUnit.objects.order_by("year_from")
    assert [(row.unit, row.year_to) for row in rows] == [(unit, 2025), (successor, 2030)]


@pytest.mark.parametrize(
    ("own", "after"),
    [
        ([("lead", 2024, 2026)], [("lead", 2024, 2030)]),
        ([("lead", 2025, 2026), ("lead", 2028, 2032)], [("lead", 2025, 2032)]),
        ([("lead", 2025, 2030)], [("lead", 2025, 2030)]),
        ([("lead", 2023, 2024)], [("lead", 2023, 2024), ("lead", 2026, 2030)]),
        ([("coordinating", 2027, 2028)], [("lead", 2026, 2030)]),
        (
            [("coordinating", 2024, 2032)],
            [("coordinating", 2024, 2025), ("lead", 2026, 2030), ("coordinating", 2031, 2032)],
        ),
    ],
)
def test_a_successor_stands_once_in_each_year_of_a_project(
    window, unit, used, successor, own, after
):
    assert ProjectUnit.objects.get().role == "lead"
    for role, first, last in own:
        ProjectUnitFactory(
            ward_project=used, unit=successor, role=role, year_from=first, year_to=last
        )

    end(window, unit, successor=successor.pk)

    rows = ProjectUnit.objects.filter(unit=successor).order_by("year_from")
    assert [(row.role, row.year_from, row.year_to) for row in rows] == after


def test_a_successor_that_leads_does_not_begin_to_coordinate(window, unit, used, successor):
    ProjectUnit.objects.update(role="coordinating")
    ProjectUnitFactory(ward_project=used, unit=successor, role="lead", year_from=2025, year_to=2028)

    end(window, unit, successor=successor.pk)

    rows = ProjectUnit.objects.filter(unit=successor).order_by("year_from")
    assert [(row.role, row.year_from, row.year_to) for row in rows] == [
        ("lead", 2025, 2028),
        ("coordinating", 2029, 2030),
    ]


def test_one_draft_with_duties_of_both_is_named(window, unit, used, successor):
    draft = DocumentDuty.objects.get(document__state=DocumentState.DRAFT).document
    DocumentDuty.objects.create(document=draft, unit=successor, order=2)

    with nothing_written():
        page = end(window, unit, successor=successor.pk)

    assert "giao nhiệm vụ cho cả Phòng Kinh tế và Phòng Kinh tế, Hạ tầng" in text_of(page)


def test_a_draft_handed_over_has_another_version(window, unit, used, successor):
    end(window, unit, successor=successor.pk)

    versions = Document.objects.order_by("state").values_list("state", "version")
    assert dict(versions)[DocumentState.DRAFT] == 2
    issued = Document.objects.get(state=DocumentState.ISSUED)
    assert issued.duties.get().unit == unit


def test_a_unit_of_a_document_that_awaits_its_signature_does_not_end(window, unit, used, successor):
    Document.objects.filter(state=DocumentState.DRAFT).update(state=DocumentState.SUBMITTED)

    with nothing_written():
        page = end(window, unit, successor=successor.pk)

    sentence = (
        "Phòng Kinh tế có nhiệm vụ trong văn bản đang trình ký: Kế hoạch Kế hoạch giảm nghèo. "
        "Đề nghị lãnh đạo trả lại văn bản trước khi kết thúc đơn vị."
    )
    assert sentence in text_of(page)
    assert sentence in text_of(window.get(f"{LIST}{unit.pk}/end/"))
    assert Unit.objects.get(pk=unit.pk).valid_to is None


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"last_day": "21/11/2026"}, "Ngày cuối không được sau ngày hôm nay."),
        ({"last_day": "31/12/2019"}, "Phòng Kinh tế có từ ngày 01/01/2020."),
        ({"reason": " "}, "Nhập lý do, căn cứ."),
    ],
)
def test_an_end_that_cannot_be_is_refused(window, unit, values, sentence):
    Unit.objects.filter(pk=unit.pk).update(valid_from=date(2020, 1, 1))

    with nothing_written():
        assert sentence in text_of(end(window, unit, **values))


@pytest.mark.parametrize("role", ["village_head", "leader", "observer", "reporter"])
def test_units_are_closed_to_others(request, client_of, role):
    client = client_of(request.getfixturevalue(role))

    assert heading_of(client.get(LIST)) == NO_RIGHT


def test_a_unit_of_another_ward_is_not_found(client_of, stranger, unit):
    client = client_of(stranger)

    for page in ("", "edit/", "end/"):
        assert heading_of(client.get(f"{LIST}{unit.pk}/{page}")) == NOT_FOUND


@pytest.mark.parametrize("item_count", [1, 3])
def test_the_list_needs_no_more_queries_for_more_units(
    window, ward, unit, item_count, django_assert_num_queries
):
    for _ in range(item_count):
        UnitFactory(ward=ward, predecessor=unit)

    with django_assert_num_queries(4):
        window.get(LIST)


def test_the_database_refuses_dates_out_of_order(ward):
    with pytest.raises(IntegrityError), transaction.atomic():
        UnitFactory(ward=ward, valid_from=END, valid_to=date(2026, 6, 29))
