"""The pages of pledges: registering, helping, visiting, withdrawing, the list and its files."""

import io
from datetime import date

import openpyxl
import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from households.choices import PovertyClass
from households.models import EscapePledge, HelperVisit, HouseholdHelper
from povertyplan.core.choices import Role
from povertyplan.core.models import AuditEvent
from tests.factories.core import VillageFactory, WardFactory, user_with
from tests.factories.households import (
    HelperFactory,
    HouseholdFactory,
    PledgeFactory,
    StatusFactory,
    VisitFactory,
)
from tests.pages import NOT_FOUND, heading_of, words_of
from tests.queries import questions
from tests.reports.histories import recognised

LIST = reverse("households:pledge_list")
KEY = "0d6f1c9e-6a1e-4c5b-9a55-1f3b7a1c2d3e"
PLEDGED = {
    "key": KEY,
    "year": "2026",
    "pledged_on": "02/11/2026",
    "commitment": "Nuôi thêm hai con bò\nCho con đi học nghề",
    "request": "Vay vốn",
}
HELPER = {
    "key": KEY,
    "name": "Lê Thị Hoa",
    "organisation": "Hội Nông dân",
    "task": "Hướng dẫn chăn nuôi",
    "from_on": "02/11/2026",
}
VISIT = {
    "key": "7c0b1a52-91d4-4f0e-8f5e-2a6d4c3b9e10",
    "visited_on": "10/11/2026",
    "note": "Đã làm chuồng",
}


def new(household):
    return reverse("households:pledge_new", args=[household.pk])


def page_of(view, row):
    return reverse(f"households:{view}", args=[row.pk])


def test_a_household_registers_once_and_its_page_says_so(household, client_of, coordinator):
    client = client_of(coordinator)

    answer = client.post(new(household), PLEDGED)
    client.post(new(household), PLEDGED)

    pledge = EscapePledge.objects.get()
    assert pledge.from_class == PovertyClass.POOR
    assert pledge.commitment.splitlines() == ["Nuôi thêm hai con bò", "Cho con đi học nghề"]
    assert "Chưa có kết quả rà soát" in words_of(client.get(answer.url))
    page = words_of(client.get(reverse("households:household_detail", args=[household.pk])))
    assert "người giúp đỡ: chưa có; chưa được thăm." in page
    assert "1 hộ đăng ký · 1 hộ chưa có người giúp đỡ" in words_of(client.get(LIST))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"year": "2040"}, "Năm phấn đấu phải từ 2026 đến 2031"),
        ({"pledged_on": "01/01/2027"}, "không được sau ngày hôm nay"),
        ({"pledged_on": "30/02/2026"}, "Nhập ngày theo dạng"),
        ({"commitment": " "}, "Nhập việc hộ cam kết"),
        ({"commitment": "x" * 2001}, "2000"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    household, client_of, coordinator, wrong, said
):
    answer = client_of(coordinator).post(new(household), PLEDGED | wrong)

    assert answer.status_code == 422
    assert said in words_of(answer)
    assert "Vay vốn</textarea>" in answer.content.decode()
    assert not EscapePledge.objects.exists()


def test_a_household_on_no_list_and_a_second_pledge_are_refused(
    pledge, village, client_of, coordinator
):
    client = client_of(coordinator)
    other = HouseholdFactory(village=village)
    StatusFactory(household=other, poverty_class=PovertyClass.NOT_POOR)

    assert "không đăng ký được" in words_of(client.post(new(other), PLEDGED))
    again = client.post(new(pledge.household), PLEDGED)
    assert "Hộ đã đăng ký thoát nghèo trong năm 2026, ngày 02/03/2026." in words_of(again)


def test_two_who_change_a_pledge_see_each_other(pledge, client_of, coordinator):
    client = client_of(coordinator)
    address = page_of("pledge_edit", pledge)
    form = PLEDGED | {"version": "1", "pledged_on": "02/03/2026"}
    client.post(address, form | {"commitment": "Nuôi dê"})

    late = client.post(address, form | {"commitment": "Nuôi ong"})

    assert late.status_code == 422
    assert "vừa được sửa ở nơi khác" in words_of(late)
    assert EscapePledge.objects.get().commitment == "Nuôi dê"


@pytest.mark.parametrize("act", ["pledge_edit", "pledge_withdraw"])
def test_a_pledge_whose_result_is_known_stays(household, client_of, coordinator, act):
    pledge = PledgeFactory(household=household, year=2025, pledged_on=date(2025, 3, 2))
    recognised(household.ward, 2025, decided_on=date(2025, 12, 15))
    client = client_of(coordinator)
    ended = {"on": "01/11/2026", "reason": "Xin thôi"}

    answer = client.post(page_of(act, pledge), PLEDGED | ended | {"version": "1", "year": "2025"})

    assert "Đã có kết quả rà soát năm 2025 (chưa thoát)" in words_of(answer)
    shown = words_of(client.get(page_of("pledge_detail", pledge)))
    assert "Thôi đăng ký" not in shown
    pledge.refresh_from_db()
    assert (pledge.version, pledge.withdrawn_on) == (1, None)


def test_somebody_helps_and_visits_and_the_list_says_who(pledge, client_of, coordinator):
    client = client_of(coordinator)
    client.post(page_of("helper_new", pledge), HELPER)
    helper = HouseholdHelper.objects.get()

    client.post(page_of("visit_new", pledge), VISIT | {"helper": str(helper.pk)})

    page = words_of(client.get(LIST))
    assert "0 hộ chưa có người giúp đỡ" in page
    assert "0 hộ chưa được thăm trong 90 ngày qua" in page
    assert "Lê Thị Hoa Hội Nông dân Đặng Thị Ủy 10/11/2026" in page
    assert "Đã làm chuồng" in words_of(client.get(page_of("pledge_detail", pledge)))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"organisation": "Chi bộ tổ 2"}, "Không ghi đảng viên"),
        ({"task": "Đảng viên phụ trách hộ"}, "Không ghi đảng viên"),
        ({"organisation": ""}, "Chọn đơn vị, hoặc nhập cơ quan"),
        ({"name": "Lê Thị <b>"}, "không phải là họ tên"),
        ({"from_on": "01/01/2027"}, "giúp đỡ trong thời gian này"),
    ],
)
def test_a_helper_is_named_without_the_party(pledge, client_of, coordinator, wrong, said):
    answer = client_of(coordinator).post(page_of("helper_new", pledge), HELPER | wrong)

    assert answer.status_code == 422
    assert said in words_of(answer)
    assert not HouseholdHelper.objects.exists()


def test_a_visit_names_nobody_of_the_party_and_no_helper_to_come(pledge, client_of, coordinator):
    helper = HelperFactory(pledge=pledge, from_on=date(2026, 11, 15))
    wrong = {"note": "Đảng viên phụ trách hộ đã đến", "helper": str(helper.pk)}

    answer = client_of(coordinator).post(page_of("visit_new", pledge), VISIT | wrong)

    assert answer.status_code == 422
    assert "Không ghi đảng viên" in words_of(answer)
    assert "Người này giúp hộ từ ngày 15/11/2026." in words_of(answer)


def test_all_that_is_wrong_is_said_at_once(pledge, client_of, coordinator):
    client = client_of(coordinator)
    wrong = VISIT | {"visited_on": "31/12/2026", "note": " "}
    end = {"version": "1", "on": "01/01/2020", "reason": ""}

    visited = words_of(client.post(page_of("visit_new", pledge), wrong))
    ended = words_of(client.post(page_of("pledge_withdraw", pledge), end))

    assert "Ngày thăm không được sau ngày hôm nay." in visited
    assert "Nhập ghi nhận của lần thăm." in visited
    assert "kết thúc phải từ ngày này" in ended
    assert "Nhập lý do." in ended


def test_days_of_a_pledge_are_not_moved_behind_what_was_recorded(pledge, client_of, coordinator):
    VisitFactory(pledge=pledge, visited_on=date(2026, 5, 4))
    client = client_of(coordinator)

    moved = client.post(page_of("pledge_edit", pledge), PLEDGED | {"version": "1"})
    end = {"version": "1", "on": "03/05/2026", "reason": "Hộ chuyển nghề"}
    ended = client.post(page_of("pledge_withdraw", pledge), end)

    assert "lần thăm ngày 04/05/2026; đăng ký không được sau ngày đó" in words_of(moved)
    assert "lần thăm ngày 04/05/2026; thôi đăng ký không được trước ngày đó" in words_of(ended)
    assert EscapePledge.objects.get().version == 1


def test_a_visit_by_mistake_is_withdrawn_and_not_counted(pledge, client_of, coordinator):
    visit = VisitFactory(pledge=pledge)
    client = client_of(coordinator)

    without = client.post(page_of("visit_withdraw", visit), {"version": "1", "reason": ""})
    client.post(page_of("visit_withdraw", visit), {"version": "1", "reason": "Nhầm hộ"})

    assert "Nhập lý do" in words_of(without)
    assert "Đã hủy: Nhầm hộ" in words_of(client.get(page_of("pledge_detail", pledge)))
    assert "1 hộ chưa được thăm" in words_of(client.get(LIST))
    again = client.post(page_of("visit_withdraw", visit), {"version": "2", "reason": "Ghi nhầm"})
    assert "Lần thăm này đã hủy" in words_of(again)


def test_who_withdraws_loses_the_helpers_too_and_may_register_again(pledge, client_of, coordinator):
    helper = HelperFactory(pledge=pledge)
    client = client_of(coordinator)
    end = {"version": "1", "on": "10/11/2026", "reason": "Hộ chuyển nghề"}

    client.post(page_of("pledge_withdraw", pledge), end)

    helper.refresh_from_db()
    assert helper.ended_on == date(2026, 11, 10)
    late = client.post(page_of("pledge_edit", pledge), PLEDGED | {"version": "2"})
    assert "không sửa được nữa" in words_of(late)
    assert "0 hộ đăng ký" in words_of(client.get(LIST))
    assert client.post(new(pledge.household), PLEDGED).status_code == 302
    assert AuditEvent.objects.filter(reason="Hộ chuyển nghề").exists()


def test_the_file_has_what_the_list_has_and_asks_for_the_purpose(pledge, client_of, coordinator):
    HelperFactory(pledge=pledge, name="Lê Thị Hoa")
    client = client_of(coordinator)
    address = reverse("households:pledge_export")

    assert client.post(address).status_code == 422
    answer = client.post(address, {"purpose": "report"})

    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    row = [cell.value for cell in sheet[6]]
    assert row[1] == "Đặng Thị Ủy"
    assert "Lê Thị Hoa (Hội Nông dân): Hướng dẫn chăn nuôi" in row


def test_other_wards_and_observers_do_not_get_in(pledge, client_of, coordinator):
    elsewhere = HouseholdFactory(village=VillageFactory(parent=WardFactory()))
    theirs = PledgeFactory(household=elsewhere)
    client = client_of(coordinator)
    for view in ("pledge_detail", "pledge_edit", "helper_new", "visit_new", "pledge_withdraw"):
        assert heading_of(client.get(page_of(view, theirs))) == NOT_FOUND
    observer = client_of(user_with(Role.OBSERVER, pledge.ward))
    assert observer.get(LIST).status_code == 403
    assert observer.get(page_of("pledge_detail", pledge)).status_code == 403


def test_a_unit_visits_and_does_not_change_the_pledge(pledge, client_of, reporter):
    client = client_of(reporter)

    assert client.post(page_of("visit_new", pledge), VISIT).status_code == 302
    assert HelperVisit.objects.get().note == "Đã làm chuồng"
    assert client.post(page_of("pledge_edit", pledge), PLEDGED).status_code == 403
    assert client.get(page_of("helper_new", pledge)).status_code == 403


def test_queries_do_not_grow_with_the_list(village, client_of, coordinator):
    client = client_of(coordinator)

    def grow(count):
        for _ in range(count):
            household = HouseholdFactory(village=village)
            StatusFactory(household=household)
            HelperFactory(pledge=PledgeFactory(household=household))
        _answer, asked = questions(lambda: client.get(LIST))
        return asked.total()

    grow(1)

    assert grow(0) == grow(2)


def test_the_database_keeps_what_has_ended_and_one_ward_together(pledge):
    visit = VisitFactory(pledge=pledge, withdrawal_reason="Ghi nhầm")
    elsewhere = PledgeFactory(
        household=HouseholdFactory(village=VillageFactory(parent=WardFactory()))
    )

    with pytest.raises(DatabaseError), transaction.atomic():
        HelperVisit.objects.filter(pk=visit.pk).update(note="Khác")
    with pytest.raises(DatabaseError), transaction.atomic():
        HelperFactory(pledge=elsewhere, ward=pledge.ward)
    with pytest.raises(DatabaseError), transaction.atomic():
        VisitFactory(pledge=pledge, helper=HelperFactory(pledge=elsewhere))
    with pytest.raises(DatabaseError), transaction.atomic():
        PledgeFactory(household=pledge.household)


@pytest.mark.parametrize("ending", ["pdf", "docx"])
def test_the_paper_of_a_household_is_made(pledge, client_of, coordinator, ending):
    HelperFactory(pledge=pledge, name="Lê Thị Hoa")
    address = reverse("reports:pledge_paper", args=[pledge.pk, ending])

    answer = client_of(coordinator).post(address)

    assert answer.status_code == 200
    assert len(answer.content) > 2_000
