"""The list of villages: adding one, pasting many, correcting, ending, and what each says."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from households.choices import EventKind
from households.register.services.village_list import NewVillage, add_villages, end_village
from povertyplan.core.choices import Role
from povertyplan.core.models import Area, AuditEvent
from tests.factories.core import UserFactory, VillageFactory, user_with
from tests.factories.households import (
    AreaYearFactory,
    CampaignFactory,
    CampaignVillageFactory,
    HouseholdEventFactory,
    HouseholdFactory,
    ReviewRequestFactory,
)
from tests.pages import NOT_FOUND, heading_of, nothing_written, row_landed_on, text_of

LIST = "/settings/villages/"
KEY = "6f3c1a52-3f0e-4b8f-9d59-0a1f6f2f7c11"
OTHER_KEY = "6f3c1a52-3f0e-4b8f-9d59-0a1f6f2f7c12"


@pytest.fixture
def window(client_of, administrator):
    return client_of(administrator)


def post(window, page, **values):
    return window.post(f"{LIST}{page}", {"key": KEY, "setting": "rural"} | values, follow=True)


def listed(ward):
    return [
        (village.code, village.name, village.setting, village.order)
        for village in Area.objects.villages_of(ward)
    ]


def test_an_empty_ward_is_led_to_pasting_its_list(window):
    page = text_of(window.get(LIST))

    assert "chưa có thôn, tổ dân phố nào" in page
    assert f"{LIST}paste/" in page


def test_a_village_follows_the_last_one(window, ward):
    VillageFactory(parent=ward, name="Thôn 1", code="07", order=3, setting="urban")

    page = post(window, "new/", name="Thôn 2")

    assert listed(ward)[1:] == [("08", "Thôn 2", "rural", 4)]
    assert "Đã thêm Thôn 2." in text_of(page)
    new = Area.objects.get(name="Thôn 2")
    assert row_landed_on(page) == f"area-{new.pk}"
    assert new.path == f"{ward.path}{new.pk}/"
    assert AuditEvent.objects.get().summary == "Thêm Thôn 2 (mã 08, nông thôn)."


def test_a_pasted_list_is_added_whole(window, ward):
    rows = (
        "STT\tTên thôn\tMã\tKhu vực\n"
        "1\tThôn Kon Rờ Bàng\t\tNông thôn\n2\tTổ dân phố 1\t11\tĐô thị\n3\tTổ dân phố 2\t\t"
    )

    page = post(window, "paste/", rows=rows, valid_from="01/07/2025")

    assert listed(ward) == [
        ("12", "Thôn Kon Rờ Bàng", "rural", 1),
        ("11", "Tổ dân phố 1", "urban", 2),
        ("13", "Tổ dân phố 2", "rural", 3),
    ]
    assert "Đã thêm 3 thôn, tổ dân phố." in text_of(page)
    assert {each.valid_from for each in Area.objects.villages_of(ward)} == {date(2025, 7, 1)}


def test_a_list_sent_twice_is_added_once(window, ward):
    post(window, "paste/", rows="Thôn 1\nThôn 2")
    post(window, "paste/", rows="Thôn 1\nThôn 2")

    assert [name for _, name, _, _ in listed(ward)] == ["Thôn 1", "Thôn 2"]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ("Thôn 2\nthôn 1", "Dòng 2: thôn 1 đã có trong phường, xã."),
        ("Thôn 2\nThôn 3\nTHÔN 2", "Dòng 3: THÔN 2 đã có ở dòng 1."),
        ("Thôn 2\t01", "Dòng 1: mã 01 đã có trong phường, xã."),
        ("Thôn 2\t\tmiền núi", "Dòng 1: khu vực ghi “nông thôn” hoặc “thành thị”."),
        ("1\tThôn 2", "Dòng 1: tên “1” không có chữ nào."),
        ("Thôn \u0412inh", "Dòng 1: tên “Thôn \u0412inh” có “\u0412” là chữ Kirin"),
        ("Thôn 2\t{2}", "Dòng 1: mã “{2}” có ký hiệu “{”."),
        ("Thôn 2\t\t\tđầu", "Dòng 1: thứ tự “đầu” không phải là số."),
        ("Tên\tTrưởng thôn\nThôn 2\tA", "Không nhận ra cột “Trưởng thôn”."),
        ("Thôn 2\n" + "ô" * 121, "Dòng 2: tên dài quá 120 ký tự."),
        ("", "Dán danh sách vào ô này."),
    ],
)
def test_a_list_with_a_wrong_line_adds_nothing(window, ward, rows, sentence):
    VillageFactory(parent=ward, name="Thôn 1", code="01")

    page = post(window, "paste/", rows=rows)

    assert sentence in text_of(page)
    assert rows.splitlines()[-1:] == [] or rows.splitlines()[-1] in page.content.decode()
    assert Area.objects.villages_of(ward).count() == 1


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"name": "Thôn 1"}, "Thôn 1 đã có trong phường, xã."),
        ({"name": "12"}, "Tên “12” không có chữ nào."),
        ({"name": "Thôn 2", "valid_from": "21/11/2026"}, "không được sau ngày hôm nay"),
        ({"name": "Thôn 2", "setting": ""}, "Chọn khu vực."),
    ],
)
def test_a_wrong_village_is_refused(window, ward, values, sentence):
    VillageFactory(parent=ward, name="Thôn 1", code="01")

    assert sentence in text_of(post(window, "new/", **values))
    assert Area.objects.villages_of(ward).count() == 1


def test_the_name_of_a_village_that_ended_can_be_used_again(ward, administrator):
    VillageFactory(parent=ward, name="Thôn 1", valid_to=date(2025, 6, 30))

    add_villages(
        ward=ward,
        villages=[NewVillage("Thôn 1", "rural")],
        valid_from=date(2025, 7, 1),
        key=KEY,
        by=administrator,
    )

    assert Area.objects.villages_of(ward).get().name == "Thôn 1"


def test_the_code_of_a_village_that_ended_is_not_given_again(ward, administrator):
    VillageFactory(parent=ward, code="07", valid_to=date(2025, 6, 30))

    add_villages(
        ward=ward,
        villages=[NewVillage("Thôn 1", "rural"), NewVillage("Thôn 2", "rural")],
        valid_from=date(2025, 7, 1),
        key=KEY,
        by=administrator,
    )

    assert [code for code, *_ in listed(ward)] == ["08", "09"]


@pytest.fixture
def lone(ward):
    return VillageFactory(parent=ward, name="Thôn 1", code="01", setting="rural", order=1)


def change(window, village, **values):
    own = {"code": "01", "setting": "rural", "order": "1", "reason": "Đính chính"}
    own |= {"version": village.version}
    return window.post(f"{LIST}{village.pk}/edit/", own | values, follow=True)


def test_a_correction_is_kept_with_its_reason(window, lone):
    page = change(window, lone, code="07", setting="urban", order="3")

    lone.refresh_from_db()
    assert (lone.code, lone.setting, lone.order) == ("07", "urban", 3)
    assert heading_of(page) == "Thôn 1"
    assert "Sửa Thôn 1: mã 07, khu vực thành thị, thứ tự 3. Lý do: Đính chính" in text_of(page)


def test_the_setting_stays_while_a_review_runs(window, lone, ward):
    campaign = CampaignFactory(ward=ward)
    CampaignVillageFactory(campaign=campaign, village=lone)

    page = change(window, lone, setting="urban")

    assert f"{campaign} chưa được công nhận. Đổi khu vực sau" in text_of(page)
    assert Area.objects.get(pk=lone.pk).setting == "rural"


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({}, "Chưa có gì thay đổi."),
        ({"code": "02"}, "Mã 02 đã có trong"),
        ({"code": " "}, "Nhập mã thôn, tổ dân phố."),
        ({"order": "đầu"}, "Nhập số nguyên từ 0 trở lên."),
        ({"order": "2", "reason": ""}, "Nhập lý do, căn cứ."),
    ],
)
def test_a_correction_that_cannot_be_is_refused(window, lone, ward, values, sentence):
    VillageFactory(parent=ward, code="02")

    assert sentence in text_of(change(window, lone, **values))
    assert Area.objects.get(pk=lone.pk).version == lone.version


def end(window, village, **values):
    own = {"version": village.version, "last_day": "19/11/2026", "reason": "Quyết định số 5"}
    return window.post(f"{LIST}{village.pk}/end/", own | values, follow=True)


def test_a_village_nobody_uses_ends(window, lone, ward):
    page = end(window, lone)

    lone.refresh_from_db()
    assert lone.valid_to == date(2026, 11, 19)
    assert row_landed_on(page) == f"area-{lone.pk}"
    assert "Thôn 1</a>, đến hết ngày 19/11/2026" in text_of(page)
    shown = window.get(f"{LIST}{lone.pk}/")
    assert "Thôn 1 kết thúc, hết ngày 19/11/2026. Lý do: Quyết định số 5" in text_of(shown)
    assert heading_of(window.get(f"{LIST}{lone.pk}/edit/")) == NOT_FOUND


def test_what_uses_a_village_is_named_before_it_ends(window, lone, ward):
    HouseholdFactory(village=lone)
    HouseholdFactory(village=lone, closed_on=date(2026, 1, 1), closing_reason="moved_out")
    campaign = CampaignFactory(ward=ward)
    CampaignVillageFactory(campaign=campaign, village=lone)
    ReviewRequestFactory(village=lone)
    user_with(Role.ENTRY_OFFICER, lone, user=UserFactory(full_name="A Blong"))
    sentences = (
        "Thôn 1 còn 1 hộ trong sổ.",
        f"Thôn 1 đang trong {campaign}, chưa được công nhận.",
        "Thôn 1 còn 1 giấy đề nghị chưa giải quyết.",
        "Còn người giữ vai trò ở Thôn 1: A Blong.",
    )

    for page in (window.get(f"{LIST}{lone.pk}/end/"), end(window, lone)):
        assert [each for each in sentences if each not in text_of(page)] == []
    assert Area.objects.get(pk=lone.pk).valid_to is None


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"last_day": "21/11/2026"}, "Ngày cuối không được sau ngày hôm nay."),
        ({"last_day": "31/12/2019"}, "Thôn 1 có từ ngày 01/01/2020."),
        ({"reason": " "}, "Nhập lý do, căn cứ."),
    ],
)
def test_an_end_that_cannot_be_is_refused(window, lone, values, sentence):
    Area.objects.filter(pk=lone.pk).update(valid_from=date(2020, 1, 1))

    with nothing_written():
        assert sentence in text_of(end(window, lone, **values))


@pytest.fixture
def left(lone, ward):
    """The village where one household closed, one went away, and a total was counted."""
    HouseholdFactory(village=lone, closed_on=date(2026, 3, 2), closing_reason="moved_out")
    HouseholdEventFactory(
        household=HouseholdFactory(village=VillageFactory(parent=ward)),
        kind=EventKind.VILLAGE_CHANGED,
        person=None,
        from_village=lone,
        happened_on=date(2026, 5, 2),
    )
    AreaYearFactory(ward=ward, area=lone, on=date(2026, 6, 30))
    return lone


@pytest.mark.parametrize(
    ("last_day", "sentences"),
    [
        (
            "30/04/2026",
            [
                "Thôn 1 còn hộ đến hết ngày 01/05/2026. Ngày cuối không được trước ngày này.",
                "Thôn 1 có tổng số hộ ngày 30/06/2026. Ngày cuối không được trước ngày này.",
            ],
        ),
        ("29/06/2026", ["Thôn 1 có tổng số hộ ngày 30/06/2026."]),
    ],
)
def test_a_village_does_not_end_before_what_is_kept_of_it(window, left, last_day, sentences):
    with nothing_written():
        page = text_of(end(window, left, last_day=last_day))

    assert [each for each in sentences if each not in page] == []


def test_a_household_that_closed_later_keeps_its_village(window, lone):
    HouseholdFactory(village=lone, closed_on=date(2026, 3, 2), closing_reason="moved_out")

    with nothing_written():
        page = end(window, lone, last_day="28/02/2026")
    assert "Thôn 1 còn hộ đến hết ngày 01/03/2026." in text_of(page)

    end(window, lone, last_day="01/03/2026")
    assert Area.objects.get(pk=lone.pk).valid_to == date(2026, 3, 1)


def test_a_village_ends_with_the_last_day_kept_of_it(window, left):
    end(window, left, last_day="30/06/2026")

    assert Area.objects.get(pk=left.pk).valid_to == date(2026, 6, 30)


def test_a_village_of_another_ward_is_not_found(client_of, stranger, lone):
    client = client_of(stranger)

    for page in ("", "edit/", "end/"):
        assert heading_of(client.get(f"{LIST}{lone.pk}/{page}")) == NOT_FOUND


@pytest.mark.parametrize("item_count", [1, 3])
def test_the_list_needs_no_more_queries_for_more_villages(
    window, ward, item_count, django_assert_num_queries
):
    former = VillageFactory(parent=ward, valid_to=date(2025, 6, 30))
    for _ in range(item_count):
        VillageFactory(parent=ward).predecessors.add(former)

    with django_assert_num_queries(5):
        window.get(LIST)


def test_the_database_refuses_two_villages_of_one_name(lone, ward):
    with pytest.raises(IntegrityError), transaction.atomic():
        VillageFactory(parent=ward, name="Thôn 1")


def test_a_service_ends_no_village_with_households(lone, administrator):
    HouseholdFactory(village=lone)

    with pytest.raises(ValidationError, match="còn 1 hộ trong sổ"):
        end_village(
            village=lone,
            last_day=date(2026, 11, 19),
            reason="Ghi nhầm",
            version=1,
            by=administrator,
        )
