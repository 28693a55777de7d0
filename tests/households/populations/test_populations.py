"""Totals of households and persons: recorded one by one or pasted, corrected, never made up."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from households.models import AreaYear
from povertyplan.core.models import Area
from povertyplan.core.periods.services import lock_period
from tests.factories.core import VillageFactory
from tests.factories.households import AreaYearFactory
from tests.pages import NO_RIGHT, NOT_FOUND, heading_of, nothing_written, row_landed_on, text_of

LIST = "/settings/populations/"
KEY = "6f3c1a52-3f0e-4b8f-9d59-0a1f6f2f7c11"
DAY, SOURCE = date(2025, 12, 31), "Công an phường"


@pytest.fixture
def window(client_of, administrator):
    return client_of(administrator)


@pytest.fixture
def villages(ward):
    return [VillageFactory(parent=ward, name=f"Thôn {n}", code=f"0{n}", order=n) for n in (1, 2, 3)]


def post(window, page, **values):
    shown = {"key": KEY, "on": "31/12/2025", "origin": SOURCE}
    return window.post(f"{LIST}{page}", shown | values, follow=True)


def stored():
    rows = AreaYear.objects.order_by("area__path")
    return [(row.area.name, row.on, row.households, row.persons, row.source) for row in rows]


def test_a_ward_without_villages_is_led_to_them(window, ward):
    page = text_of(window.get(LIST))

    assert "Thêm thôn trước" in page
    assert "chưa có số liệu" in page


def test_a_pasted_list_is_recorded_with_what_is_unknown_left_out(window, ward, villages):
    rows = (
        "STT\tTên thôn\tSố hộ\tNhân khẩu\n1\tthôn 1\t1.234\t4 936\n"
        "2\t02\t310\t\n3\tThôn 3\t\t\n\tTổng cộng\t1.900\t7.600"
    )

    page = post(window, "paste/", rows=rows)

    assert stored() == [
        ("Phường Đăk Cấm", DAY, 1900, 7600, SOURCE),
        ("Thôn 1", DAY, 1234, 4936, SOURCE),
        ("Thôn 2", DAY, 310, None, SOURCE),
    ]
    assert "Đã ghi tổng số của 3 địa bàn. Chưa có số liệu: Thôn 3." in text_of(page)


def test_one_total_is_recorded_and_seen(window, villages):
    page = post(window, "new/", area=villages[0].pk, households="120", persons="")

    assert stored() == [("Thôn 1", DAY, 120, None, SOURCE)]
    assert row_landed_on(page) == f"areayear-{AreaYear.objects.get().pk}"
    assert heading_of(page) == "Tổng số hộ, nhân khẩu: Thôn 1"
    told = (
        "Ghi tổng số của Thôn 1 ngày 31/12/2025: 120 hộ, chưa rõ số nhân khẩu, theo Công an phường."
    )
    assert told in text_of(page)


def test_the_same_list_again_records_nothing_twice(window, ward, villages):
    post(window, "paste/", rows="Thôn 1\t100\t400")
    again = "6f3c1a52-3f0e-4b8f-9d59-0a1f6f2f7c12"

    post(window, "paste/", rows="Thôn 1\t100\t400\nThôn 2\t50\t200", key=again)

    assert [row[0] for row in stored()] == ["Thôn 1", "Thôn 2"]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ("Thôn 1\t100\t400\nThôn 9\t5\t9", "Dòng 2: không có thôn “Thôn 9” vào ngày này."),
        ("Thôn 1\t0\t0", "Dòng 1: số hộ không thể là 0. Chưa có số liệu thì để trống."),
        ("Thôn 1\t\t400", "Dòng 1: thiếu số hộ."),
        ("Thôn 1\t100\t99", "Dòng 1: số nhân khẩu ít hơn số hộ (99, 100)."),
        ("Thôn 1\t1,5\t99", "Dòng 1: số hộ “1,5” không phải là số nguyên."),
        ("Thôn 1\t100\nThôn 1\t100", "Dòng 2: Thôn 1 đã có ở dòng 1."),
        ("Thôn 2\t60\t300", "Dòng 1: Thôn 2 ngày 31/12/2025 đã ghi 50 hộ, 200 nhân khẩu."),
        (
            "Thôn 1\t100\t400\t101\t401",
            "Dòng 1: số hộ dân tộc thiểu số nhiều hơn tổng số (101, 100).",
        ),
        ("Thôn 1\t100\t400\t9\t401", "số nhân khẩu dân tộc thiểu số nhiều hơn tổng số (401, 400)"),
        ("Thôn 1\t100\t400\tx", "Dòng 1: số hộ dân tộc thiểu số “x” không phải là số nguyên."),
        ("Thôn 1\t\t", "Chưa có số liệu nào để ghi."),
        ("Tên\tSố hộ nghèo\nThôn 1\t5", "Không nhận ra cột “Số hộ nghèo”."),
    ],
)
def test_a_list_with_a_wrong_line_records_nothing(window, ward, villages, rows, sentence):
    AreaYearFactory(ward=ward, area=villages[1], on=DAY, households=50, persons=200)

    with nothing_written():
        page = post(window, "paste/", rows=rows)

    assert sentence in text_of(page)
    assert rows.splitlines()[0].split("\t")[0] in page.content.decode()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"on": "21/11/2026"}, "Ngày của số liệu không được sau ngày hôm nay."),
        ({"origin": " "}, "Nhập nguồn số liệu."),
        ({"households": "0"}, "Số hộ không thể là 0."),
        ({"households": ""}, "Nhập số nguyên từ 0 trở lên."),
        ({"area": ""}, "Chọn địa bàn."),
        ({"on": "31/12/2019"}, "Thôn 1 có từ ngày 01/01/2020."),
    ],
)
def test_a_wrong_total_is_refused(window, villages, values, sentence):
    Area.objects.filter(pk=villages[0].pk).update(valid_from=date(2020, 1, 1))
    own = {"area": villages[0].pk, "households": "120", "persons": "480"}

    with nothing_written():
        assert sentence in text_of(post(window, "new/", **(own | values)))


def test_the_figures_of_a_locked_year_stay(window, ward, villages, coordinator):
    total = AreaYearFactory(ward=ward, area=villages[0], on=DAY, households=50, persons=200)
    lock_period(ward=ward, year=2025, reason="Đã báo cáo cấp trên", by=coordinator)
    reason = {"version": 1, "reason": "Ghi nhầm"}

    with nothing_written():
        for page, values in (
            ("paste/", {"rows": "Thôn 2\t10\t40"}),
            (f"{total.pk}/edit/", {"households": "60", "origin": SOURCE, **reason}),
            (f"{total.pk}/remove/", reason),
        ):
            assert "Số liệu năm 2025 đã khóa" in text_of(post(window, page, **values))


@pytest.fixture
def total(ward, villages):
    return AreaYearFactory(
        ward=ward, area=villages[0], on=DAY, households=50, persons=200, source=SOURCE
    )


def test_a_correction_keeps_the_old_figures_and_the_reason(window, total):
    values = {"version": 1, "households": "60", "persons": "240", "reason": "Đếm lại"}

    page = post(window, f"{total.pk}/edit/", **values)

    assert stored() == [("Thôn 1", DAY, 60, 240, SOURCE)]
    assert row_landed_on(page) == f"areayear-{total.pk}"
    told = (
        "Sửa tổng số của Thôn 1 ngày 31/12/2025: 50 hộ, 200 nhân khẩu thành 60 hộ, 240 nhân khẩu, "
        "theo Công an phường. Lý do: Đếm lại"
    )
    assert told in text_of(page)


def test_a_total_is_taken_back_with_a_reason(window, total):
    assert "Nhập lý do." in text_of(post(window, f"{total.pk}/remove/", version=1))
    page = post(window, f"{total.pk}/remove/", version=1, reason="Ghi nhầm thôn")

    assert stored() == []
    assert "Chưa có số liệu nào của địa bàn này." in text_of(page)
    assert "50 hộ, 200 nhân khẩu. Lý do: Ghi nhầm thôn" in text_of(page)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({}, "Chưa có gì thay đổi."),
        ({"households": "0"}, "Số hộ không thể là 0."),
        ({"persons": "49"}, "Số nhân khẩu ít hơn số hộ (49, 50)."),
        ({"minority_households": "51"}, "Số hộ dân tộc thiểu số nhiều hơn tổng số (51, 50)."),
        ({"households": "60", "reason": ""}, "Nhập lý do."),
    ],
)
def test_a_correction_that_cannot_be_is_refused(window, total, values, sentence):
    own = {"version": 1, "households": "50", "persons": "200", "reason": "Đếm lại"}

    with nothing_written():
        assert sentence in text_of(post(window, f"{total.pk}/edit/", **(own | values)))


@pytest.mark.parametrize("role", ["village_head", "leader", "observer", "reporter"])
def test_totals_are_closed_to_others(request, client_of, role):
    client = client_of(request.getfixturevalue(role))

    assert heading_of(client.get(LIST)) == NO_RIGHT


def test_totals_of_another_ward_are_not_found(client_of, stranger, total):
    client = client_of(stranger)

    for page in (f"{total.pk}/edit/", f"{total.pk}/remove/", f"area/{total.area_id}/"):
        assert heading_of(client.get(f"{LIST}{page}")) == NOT_FOUND


@pytest.mark.parametrize("item_count", [1, 3])
def test_the_list_needs_no_more_queries_for_more_villages(
    window, ward, item_count, django_assert_num_queries
):
    for _ in range(item_count):
        AreaYearFactory(ward=ward, area=VillageFactory(parent=ward))

    with django_assert_num_queries(6):
        window.get(LIST)


@pytest.mark.parametrize(
    "wrong",
    [
        {"households": 0, "persons": 0},
        {"minority_households": 7848},
        {"minority_persons": 29_001},
    ],
)
def test_the_database_knows_no_area_without_households_and_no_part_above_the_whole(ward, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        AreaYearFactory(ward=ward, area=ward, **wrong)


def test_ethnic_minorities_are_pasted_and_what_is_unknown_stays_so(window, ward, villages):
    rows = (
        "Tên thôn\tSố hộ\tNhân khẩu\tHộ DTTS\tKhẩu DTTS\n"
        "Thôn 1\t100\t400\t80\t330\nThôn 2\t50\t200\t\t\nThôn 3\t40\t\t0\t"
    )

    post(window, "paste/", rows=rows)

    parts = AreaYear.objects.order_by("area__path").values_list(
        "minority_households", "minority_persons"
    )
    assert list(parts) == [(80, 330), (None, None), (0, None)]
    page = text_of(window.get(LIST))
    assert "80 hộ, 330 nhân khẩu" in page
    assert "0 hộ, – nhân khẩu" in page
