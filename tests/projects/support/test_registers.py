"""Supports from and to Excel: lines by the rules of one by one, the same file twice nothing."""

import io
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from povertyplan.core.models import AuditEvent
from projects.choices import SupportRecipient
from projects.models import Support
from projects.support.services.steps import withdraw_support
from tests.factories.core import VillageFactory
from tests.factories.households import (
    HouseholdFactory,
    MembershipFactory,
    PersonFactory,
    StatusFactory,
)
from tests.factories.projects import (
    ComponentProjectFactory,
    ProjectUnitFactory,
    SupportFactory,
    SupportKindFactory,
    WardProjectFactory,
)
from tests.pages import text_of
from tests.projects.registers import workbook

IMPORT = reverse("projects:support_register_import")
SAVE = reverse("projects:support_register_import_save")


@pytest.fixture
def hens(db):
    return SupportKindFactory(name="Gà giống")


@pytest.fixture
def poor(ward, hens):
    household = HouseholdFactory(village=VillageFactory(parent=ward), code="HN-01", head="Y Hữu")
    StatusFactory(household=household)
    return household


@pytest.fixture
def coordinating(coordinator, client_of):
    return client_of(coordinator)


LINE = {
    "Ngày": "10/03/2026",
    "Mã hộ": "HN-01",
    "Người nhận": "",
    "Nhóm hộ, tổ hợp tác": "",
    "Mã dự án": "",
    "Loại hỗ trợ": "Gà giống",
    "Số lượng": 20,
    "Số tiền (đồng)": 2_000_000,
    "Văn bản, chứng từ": "QĐ 12",
    "Tình trạng": "Đã giao",
    "Căn cứ xác nhận": "",
    "Lý do hỗ trợ lần nữa": "",
}


def send(client, *rows, content=None):
    file = SimpleUploadedFile("so.xlsx", content or workbook(*rows))
    return client.post(IMPORT, {"file": file})


def confirm(client, page):
    form = page.context["confirm"]
    return client.post(SAVE, {name: form[name].value() for name in ("table", "seen")})


def test_a_file_is_shown_then_written_once(poor, coordinating):
    other = HouseholdFactory(village=poor.village, code="HN-02")
    StatusFactory(household=other)
    rows = [LINE, LINE | {"Mã hộ": "hn-02"}]

    page = send(coordinating, *rows)
    assert "Thêm 2 hỗ trợ" in text_of(page)
    assert not Support.objects.exists()
    confirm(coordinating, page)
    assert confirm(coordinating, page).status_code == 302
    again = send(coordinating, *rows)

    assert "Không có gì thay đổi" in text_of(again)
    assert {each.household.code for each in Support.objects.all()} == {"HN-01", "HN-02"}
    told = AuditEvent.objects.filter(act="import_supports")
    assert told.count() == 2
    assert set(told.values_list("token", flat=True)) == {told[0].token}


def test_who_is_named_twice_in_a_file_needs_a_reason(poor, coordinating):
    answer = send(coordinating, LINE, LINE)

    assert answer.status_code == 422
    assert "Dòng 3, cột “Lý do hỗ trợ lần nữa”: Đã nhận hỗ trợ cùng loại" in text_of(answer)
    assert "Dòng 2" not in text_of(answer)
    again = LINE | {"Lý do hỗ trợ lần nữa": "Dịch làm chết đàn gà"}
    page = send(coordinating, LINE, again)
    assert "Hỗ trợ lần nữa trong kỳ. Lý do đã nêu: Dịch làm chết đàn gà" in text_of(page)


def test_who_is_not_sure_to_be_eligible_needs_a_ground(ward, hens, coordinating):
    HouseholdFactory(village=VillageFactory(parent=ward), code="HN-01")

    answer = send(coordinating, LINE)
    assert "Dòng 2, cột “Căn cứ xác nhận”: Chưa chắc đủ điều kiện" in text_of(answer)
    page = send(coordinating, LINE | {"Căn cứ xác nhận": "Biên bản họp thôn"})

    assert "Căn cứ đã nêu: Biên bản họp thôn" in text_of(page)
    assert page.context["preview"].warned == 1


def test_every_kind_of_wrong_line_is_named(poor, hens, coordinating):
    elsewhere = HouseholdFactory(code="HX-09")
    StatusFactory(household=elsewhere)
    StatusFactory(
        household=HouseholdFactory(
            village=poor.village,
            code="HN-03",
            closed_on=date(2026, 2, 1),
            closing_reason="moved_out",
        )
    )
    wrong = {
        "Dòng 2, cột “Mã hộ”: Không có hộ nào mang mã “HX-09”": {"Mã hộ": "HX-09"},
        "Dòng 3, cột “Số tiền (đồng)”: Nhập số đồng nguyên": {"Số tiền (đồng)": 1.5},
        "Dòng 4, cột “Số lượng”: Nhập một số từ 0 trở lên": {"Số lượng": -3},
        "Dòng 5, cột “Loại hỗ trợ”: Không có loại hỗ trợ “Bò”": {"Loại hỗ trợ": "Bò"},
        "Dòng 6, cột “Người nhận”: Hộ HN-01 không có thành viên": {"Người nhận": "Ai đó"},
        "Dòng 7, cột “Mã hộ”: Ghi mã hộ, hoặc tên nhóm": {"Nhóm hộ, tổ hợp tác": "Tổ hợp tác Bắp"},
        "Dòng 8, cột “Ngày ký nhận”: Nhập ngày ký nhận.": {"Tình trạng": "Đã ký nhận"},
        "Dòng 9, cột “Mã dự án”: Phường, xã không thực hiện dự án mã “8”": {"Mã dự án": "8"},
    }
    refused = {
        "Dòng 10, cột “Ngày”: Ngày này chưa đến.": {"Ngày": "21/12/2026"},
        "Dòng 11, cột “Ngày”: Loại hỗ trợ này có hiệu lực từ": {"Ngày": "10/03/2021"},
        "Dòng 12, cột “Số lượng”: Số lượng phải lớn hơn 0.": {"Số lượng": 0},
        "hộ đã ra khỏi sổ vào ngày này": {"Mã hộ": "HN-03"},
        "Dòng 14, cột “Số lượng”: Nhập số lượng": {"Số lượng": "", "Số tiền (đồng)": ""},
    }

    answer = send(coordinating, *(LINE | each for each in (*wrong.values(), *refused.values())))

    assert [told for told in (*wrong, *refused) if told not in text_of(answer)] == []
    assert not Support.objects.exists()


def test_a_person_who_died_before_the_day_receives_nothing(poor, coordinating):
    SupportKindFactory(name="Học nghề", recipient=SupportRecipient.PERSON)
    gone = PersonFactory(ward=poor.ward, full_name="Y Lan")
    MembershipFactory(
        household=poor, person=gone, joined_on=poor.opened_on, left_on=date(2026, 1, 5),
    )  # fmt: skip
    line = LINE | {"Loại hỗ trợ": "Học nghề", "Người nhận": "y lan"}

    answer = send(coordinating, line, line | {"Người nhận": ""})

    assert "Dòng 2, cột “Mã hộ”" in text_of(answer)
    assert "không phải thành viên của hộ vào ngày này" in text_of(answer)
    assert "Dòng 3, cột “Mã hộ”" in text_of(answer)
    assert "cấp cho từng người" in text_of(answer)


def test_twenty_wrong_lines_are_all_named(poor, coordinating):
    answer = send(coordinating, *[LINE | {"Ngày": "21/12/2026"}] * 20)

    assert all(f"Dòng {line}, cột “Ngày”" in text_of(answer) for line in range(2, 22))


def test_a_unit_gives_only_from_projects_that_it_leads(poor, ward, reporter, client_of):
    mine = WardProjectFactory(ward=ward, project=ComponentProjectFactory(code="2"))
    WardProjectFactory(ward=ward, project=ComponentProjectFactory(code="7"))
    ProjectUnitFactory(ward_project=mine, unit=reporter.grants.get().unit)
    client = client_of(reporter)
    other = LINE | {"Mã dự án": "7", "Ngày": "11/03/2026"}

    answer = send(client, LINE | {"Mã dự án": "2"}, other, LINE | {"Ngày": "12/03/2026"})

    words = text_of(answer)
    assert "Dòng 3, cột “Mã dự án”: Bạn không ghi được hỗ trợ này" in words
    assert "Dòng 4, cột “Mã dự án”: Bạn không ghi được hỗ trợ này" in words
    assert "Dòng 2, cột “Mã dự án”" not in words
    confirm(client, send(client, LINE | {"Mã dự án": "2"}))
    assert Support.objects.get().ward_project == mine


def test_groups_and_signatures_come_from_a_file(poor, coordinating):
    group = LINE | {
        "Mã hộ": "",
        "Nhóm hộ, tổ hợp tác": "Tổ hợp tác Bắp",
        "Căn cứ xác nhận": "Đã họp tổ",
    }
    signed = LINE | {"Tình trạng": "Đã ký nhận", "Ngày ký nhận": "12/03/2026"}

    confirm(coordinating, send(coordinating, group, signed))

    assert Support.objects.get(household=None).group_name == "Tổ hợp tác Bắp"
    assert Support.objects.get(household=poor).acknowledged_on == date(2026, 3, 12)


def test_what_is_exported_comes_back_as_known(poor, hens, coordinating):
    kind = SupportKindFactory(name="Học nghề", recipient=SupportRecipient.PERSON)
    twins = [
        PersonFactory(
            ward=poor.ward, full_name="Y Lan", birth_date=date(2000, 1, day), birth_precision="day"
        )
        for day in (1, 2)
    ]
    for twin in twins:
        MembershipFactory(household=poor, person=twin, joined_on=poor.opened_on)
    SupportFactory(household=poor, kind=kind, person=twins[1], amount=None, quantity=1)
    SupportFactory(household=poor, kind=hens, source="provincial", document="12/QĐ-UBND")
    SupportFactory(household=None, ward=poor.ward, kind=hens, group_name="Tổ hợp tác Bắp")
    SupportFactory(
        household=poor, kind=SupportKindFactory(name="Bò"), state="promised",
        delivered_on=None, promised_on=date(2026, 2, 1),
    )  # fmt: skip

    address = f"{reverse('projects:support_export')}?year=2026"
    content = coordinating.post(address, {"purpose": "report"}).content
    page = send(coordinating, content=content)

    assert "Không có gì thay đổi" in text_of(page)
    assert "4 dòng trong tệp đã có" in text_of(page)
    rows = list(openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))
    assert any("02/01/2000" in row for row in rows)


def test_a_file_from_before_the_next_step_changes_nothing(poor, hens, coordinating):
    again = LINE | {"Lý do hỗ trợ lần nữa": "Dịch làm chết đàn gà"}
    promised = again | {"Ngày": "01/03/2026", "Tình trạng": "Đã duyệt, chưa giao"}
    confirm(coordinating, send(coordinating, LINE, again, promised))
    given = {"state": "acknowledged", "acknowledged_on": date(2026, 3, 12), "document": "BB 7"}
    Support.objects.filter(state="delivered").update(**given)
    later = {"state": "delivered", "delivered_on": date(2026, 3, 20)}
    Support.objects.filter(state="promised").update(**later)

    page = send(coordinating, LINE, again, promised)

    assert "3 dòng trong tệp đã có" in text_of(page)
    assert "Thêm 1 hỗ trợ" in text_of(send(coordinating, LINE, again, promised, again))


def test_what_was_withdrawn_comes_again_with_a_warning(poor, hens, coordinating, coordinator):
    confirm(coordinating, send(coordinating, LINE))
    support = Support.objects.get()
    withdraw_support(support=support, reason="Ghi nhầm hộ", version=1, by=coordinator)

    page = send(coordinating, LINE)

    assert "Sổ có hỗ trợ như dòng này đã thu hồi" in text_of(page)


def test_a_file_may_leave_out_every_column_that_it_may(poor, coordinating):
    needed = ("Ngày", "Mã hộ", "Loại hỗ trợ", "Tình trạng", "Số tiền (đồng)")

    page = send(coordinating, {name: LINE[name] for name in needed})

    assert "Thêm 1 hỗ trợ" in text_of(page)


def test_many_alike_are_written_with_few_questions(
    poor, coordinating, django_assert_max_num_queries
):
    for number in range(2, 12):
        StatusFactory(household=HouseholdFactory(village=poor.village, code=f"HN-{number:02}"))
    rows = [LINE | {"Mã hộ": f"HN-{number:02}"} for number in range(1, 12)]

    with django_assert_max_num_queries(150):
        page = send(coordinating, *rows)

    assert page.context["preview"].count == 11
