"""The ledger of supports, one of them, and the ledger as a workbook."""

import io
from datetime import date

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from povertyplan.core.models import AccessEvent
from projects.choices import SupportState
from projects.models import Support
from tests.factories.core import UnitFactory, VillageFactory, WardFactory, user_with
from tests.factories.households import HouseholdFactory, MembershipFactory, PersonFactory
from tests.factories.projects import (
    ProjectUnitFactory,
    SupportFactory,
    SupportKindFactory,
    WardProjectFactory,
)
from tests.pages import NO_RIGHT, NOT_FOUND, heading_of, text_of
from tests.queries import questions

LIST = reverse("projects:support_list")
EXPORT = reverse("projects:support_export")


@pytest.fixture
def hens(db):
    return SupportKindFactory(name="Gà giống")


@pytest.fixture
def household(village):
    return HouseholdFactory(village=village, code="HN-01", head="Y Hữu Nam")


@pytest.fixture
def support(household, hens):
    return SupportFactory(household=household, kind=hens, document="QĐ 12/QĐ-UBND")


def test_support_list_shows_the_year_with_its_totals(support, household, client_of, coordinator):
    SupportFactory(household=household, delivered_on=date(2025, 5, 1), amount=7)

    page = text_of(client_of(coordinator).get(LIST))

    for words in (
        "Y Hữu Nam",
        "HN-01",
        "Gà giống",
        "20 con",
        "2.000.000\u00a0đồng",
        "QĐ 12/QĐ-UBND",
    ):
        assert words in page
    assert "Đã giao: 1 hỗ trợ · 1 hộ · 2.000.000\u00a0đồng" in page
    assert "7\u00a0đồng" in text_of(client_of(coordinator).get(LIST, {"year": "2025"}))


def test_what_is_only_promised_is_summed_apart(support, household, hens, client_of, coordinator):
    SupportFactory(
        household=household,
        kind=SupportKindFactory(name="Bò giống"),
        amount=5_000_000,
        state=SupportState.PROMISED,
        promised_on=date(2026, 1, 5),
        delivered_on=None,
    )
    client = client_of(coordinator)

    page = text_of(client.get(LIST))
    assert "Đã giao: 1 hỗ trợ · 1 hộ · 2.000.000\u00a0đồng" in page
    assert "Đã duyệt, chưa giao: 1 hỗ trợ · 1 hộ · 5.000.000\u00a0đồng" in page

    answer = client.post(EXPORT, {"purpose": "report"})
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet["A1"].value == "Sổ hỗ trợ đã cấp, đã duyệt năm 2026"
    of_household = client.get(reverse("households:household_detail", args=[household.pk]))
    assert "Hỗ trợ đã nhận, đã duyệt" in text_of(of_household)


def test_support_list_says_an_unknown_amount_and_never_zero(household, client_of, coordinator):
    SupportFactory(household=household, amount=None)

    page = text_of(client_of(coordinator).get(LIST))

    assert "1 hỗ trợ chưa có số tiền" in page
    assert "0\u00a0đồng" not in page


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({}, ["Gà giống", "Bò giống", "Dê giống"]),
        ({"state": "promised"}, ["Bò giống"]),
        ({"state": "second"}, ["Dê giống"]),
        ({"state": "withdrawn"}, ["Lợn giống"]),
        ({"state": "acknowledged"}, []),
    ],
)
def test_support_list_filters(support, household, client_of, coordinator, asked, shown):
    SupportFactory(
        household=household,
        kind=SupportKindFactory(name="Bò giống"),
        state=SupportState.PROMISED,
        promised_on=date(2026, 1, 5),
        delivered_on=None,
    )
    SupportFactory(
        household=household, kind=SupportKindFactory(name="Dê giống"), repeat_reason="Hai đợt"
    )
    SupportFactory(
        household=household,
        kind=SupportKindFactory(name="Lợn giống"),
        withdrawn_at="2026-03-11T00:00:00Z",
        withdrawn_by=coordinator,
        withdrawal_reason="Ghi nhầm",
    )

    page = client_of(coordinator).get(LIST, asked).content.decode()

    names = ("Gà giống", "Bò giống", "Dê giống", "Lợn giống")
    found = [name for name in names if page.count(name) > page.count(f">{name}</option>")]
    assert sorted(found) == sorted(shown)
    assert ("Hai đợt" in page) is ("Dê giống" in shown)


def test_support_list_asks_as_much_for_three_as_for_one(support, client_of, coordinator, hens):
    client = client_of(coordinator)
    client.get(LIST)
    _page, one = questions(lambda: client.get(LIST))
    for _ in range(2):
        SupportFactory(
            household=HouseholdFactory(village=VillageFactory(parent=support.ward), head="A B"),
            kind=hens,
            ward_project=WardProjectFactory(ward=support.ward),
        )

    _page, three = questions(lambda: client.get(LIST))

    assert three.total() == one.total()


def test_a_village_head_sees_the_own_village(support, client_of, village_head, ward):
    other = HouseholdFactory(village=VillageFactory(parent=ward), head="Người Khác")
    foreign = SupportFactory(household=other)
    client = client_of(village_head)

    page = client.get(LIST).content.decode()

    assert "Y Hữu Nam" in page
    assert "Người Khác" not in page
    assert "Cấp cho nhiều hộ" not in page
    answer = client.get(reverse("projects:support_detail", args=[foreign.pk]))
    assert heading_of(answer) == NOT_FOUND


def test_an_observer_reads_names_but_no_record(support, ward, village, client_of, observer):
    Support.objects.filter(pk=support.pk).update(
        confirmation="Hộ có người ốm", repeat_reason="Bò ốm"
    )
    member = MembershipFactory(household=support.household, person=PersonFactory(ward=ward))
    SupportFactory(household=support.household, person=member.person)
    SupportFactory(
        household=support.household,
        kind=SupportKindFactory(name="Trợ cấp người bệnh", tells_of_health=True),
    )

    page = client_of(observer).get(LIST).content.decode()

    assert "Y Hữu Nam" in page
    assert "Một thành viên của hộ" in page
    for hidden in ("HN-01", member.person.full_name, "Hộ có người ốm", "Bò ốm"):
        assert hidden not in page
    assert "2 hỗ trợ" in page
    assert "Không gồm những hỗ trợ cho biết tình trạng sức khỏe" in page


def test_another_ward_sees_nothing(support, client_of, stranger):
    client = client_of(stranger)

    assert "Y Hữu Nam" not in client.get(LIST).content.decode()
    answer = client.get(reverse("projects:support_detail", args=[support.pk]))
    assert heading_of(answer) == NOT_FOUND


def test_an_administrator_opens_no_ledger(client_of, administrator):
    assert heading_of(client_of(administrator).get(LIST)) == NO_RIGHT


def test_support_withdraw_keeps_the_line_with_its_reason(support, client_of, coordinator):
    client = client_of(coordinator)
    address = reverse("projects:support_withdraw", args=[support.pk])

    without = client.post(address, {"version": 1, "reason": ""})
    answer = client.post(address, {"version": 1, "reason": "Ghi nhầm hộ"}, follow=True)

    assert without.status_code == 422
    page = text_of(answer)
    assert "Lý do: Ghi nhầm hộ" in page
    assert "Y Hữu Nam" not in text_of(client.get(LIST))


def test_of_two_editors_of_a_withdrawal_the_second_is_told(support, client_of, coordinator):
    Support.objects.update(version=2)

    answer = client_of(coordinator).post(
        reverse("projects:support_withdraw", args=[support.pk]),
        {"version": 1, "reason": "Ghi nhầm"},
    )

    assert answer.status_code == 422
    assert "vừa được sửa ở nơi khác" in answer.content.decode()
    assert not Support.objects.get().is_withdrawn


def test_a_unit_withdraws_what_its_project_gave(support, ward, client_of, reporter):
    address = reverse("projects:support_withdraw", args=[support.pk])
    assert heading_of(client_of(reporter).get(address)) == NO_RIGHT

    own = WardProjectFactory(ward=ward)
    ProjectUnitFactory(ward_project=own, unit=reporter.units[0])
    given = SupportFactory(household=support.household, ward_project=own)

    answer = client_of(reporter).get(reverse("projects:support_withdraw", args=[given.pk]))
    assert answer.status_code == 200


def test_support_export_asks_for_the_purpose_and_hands_out_the_filtered_ledger(
    support, household, client_of, leader
):
    SupportFactory(household=household, kind=SupportKindFactory(name="Bò giống"))
    address = f"{EXPORT}?kind={support.kind_id}"
    client = client_of(leader)

    assert client.post(address, {}).status_code == 422
    answer = client.post(address, {"purpose": "report"})

    sheet = load_workbook(io.BytesIO(answer.content)).active
    rows = [row for row in sheet.iter_rows(min_row=7, values_only=True) if any(row)]
    assert [row[:3] for row in rows] == [("10/03/2026", "HN-01", "Y Hữu Nam")]
    assert rows[0][12] == 2_000_000
    assert "Gà giống" in sheet["A3"].value
    assert AccessEvent.objects.get().what.startswith("Hỗ trợ đã cấp: tệp 1 dòng")


def test_support_kinds_says_what_was_not_checked(client_of, observer, hens):
    SupportKindFactory(name="Bò giống", confidence="medium", others="hộ khác")

    page = text_of(client_of(observer).get(reverse("projects:support_kinds")))

    assert page.count("Chưa kiểm chứng") == 1
    assert "Hộ: Hộ nghèo, hộ cận nghèo; hộ khác" in page


def test_the_page_of_a_household_shows_what_it_received(
    support, household, client_of, coordinator, village_head
):
    address = reverse("households:household_detail", args=[household.pk])

    page = text_of(client_of(coordinator).get(address))
    assert "Hỗ trợ đã nhận" in page
    assert "Gà giống" in page
    assert f"/supports/households/{household.pk}/" in page

    as_head = text_of(client_of(village_head).get(address))
    assert "Gà giống" in as_head
    assert f"/supports/households/{household.pk}/" not in as_head


def test_a_unit_of_another_ward_is_no_unit_of_this_one(support, client_of, ward):
    elsewhere = WardFactory()
    stranger = user_with("unit_reporter", elsewhere, unit=UnitFactory(ward=elsewhere))

    answer = client_of(stranger).get(reverse("projects:support_detail", args=[support.pk]))

    assert heading_of(answer) == NOT_FOUND
