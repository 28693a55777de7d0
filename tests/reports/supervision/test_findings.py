"""Findings of supervision: pinned by observers, answered by units, never lost."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from povertyplan.core import clock
from povertyplan.core.choices import Role
from povertyplan.core.units.services import end_unit
from povertyplan.core.units.uses import uses_of
from reports.models import SupervisionFinding
from reports.todo.tasks import build_todo
from tests.factories.core import UnitFactory, UserFactory, WardFactory, user_with
from tests.factories.households import HouseholdFactory
from tests.factories.projects import IndicatorFactory
from tests.factories.reports import SupervisionFindingFactory
from tests.pages import nothing_written, words_of

TODAY = date(2026, 9, 28)
KEY = "6f3c1a52-3f0e-4b8f-9d59-0a1f6f2f7c29"
NEW, LIST = "/supervision/new/", "/supervision/"


@pytest.fixture(autouse=True)
def day():
    with clock.set_to(TODAY):
        yield


@pytest.fixture
def household(village):
    return HouseholdFactory(village=village, code="TDP1-007")


@pytest.fixture
def finding(ward, reporter, observer):
    return SupervisionFindingFactory(ward=ward, unit=reporter.units[0], recorded_by=observer)


def typed(unit, **more):
    return {
        "key": KEY,
        "household_code": "TDP1-007",
        "year": "2026",
        "found_on": "27/09/2026",
        "text": "Hộ chưa nhận gạo hỗ trợ.",
        "unit": unit.pk,
        "reply_by": "10/10/2026",
        **more,
    }


def url_of(finding, act=""):
    return reverse(f"reports:finding_{act or 'detail'}", args=[finding.pk])


def titles(user):
    groups = build_todo(user=user, today=clock.today())
    return [task.title for group in groups for task in group.tasks]


def test_the_lines_of_a_finding_stay_lines(household, reporter, observer, client_of):
    client_of(observer).post(
        NEW, typed(reporter.units[0], text="Hộ chưa nhận gạo.\r\nĐề nghị cấp.")
    )

    assert SupervisionFinding.objects.get().text == "Hộ chưa nhận gạo.\nĐề nghị cấp."


def test_observer_pins_once_and_it_becomes_the_units_task(
    household, reporter, observer, coordinator, client_of
):
    client = client_of(observer)
    page = words_of(client.get(f"{NEW}?household={household.pk}"))
    assert "Ghim vào đúng một đối tượng" in page

    for _ in range(2):
        answer = client.post(NEW, typed(reporter.units[0]), follow=True)

    assert "Hộ mã TDP1-007, Tổ dân phố 1" in words_of(answer)
    made = SupervisionFinding.objects.get()
    assert titles(reporter) == ["Trả lời kiến nghị giám sát: Hộ mã TDP1-007, Tổ dân phố 1"]
    assert "Chờ trả lời 1 kiến nghị giám sát" in titles(observer)
    with clock.set_to(date(2026, 10, 11)):
        assert "Đôn đốc trả lời 1 kiến nghị giám sát" in titles(coordinator)
    household_page = reverse("households:household_detail", args=[household.pk])
    assert made.text in words_of(client.get(household_page))


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"household_code": ""}, "Chọn đúng một đối tượng"),
        ({"household_code": "X"}, "Không có hộ nào mang mã này"),
        ({"found_on": "29/09/2026"}, "Ngày giám sát không được sau hôm nay."),
        ({"reply_by": "27/09/2026"}, "Hạn trả lời không được trước hôm nay."),
        ({"reply_by": "10/10/2028"}, "Hạn trả lời cách ngày giám sát không quá một năm."),
        ({"text": "  "}, "Nhập nội dung phát hiện, kiến nghị."),
        ({"unit": ""}, "Chọn đơn vị trả lời."),
        ({"year": "abc"}, "Năm"),
    ],
)
def test_bad_input_is_said_and_what_was_typed_stays(
    household, reporter, observer, client_of, wrong, sentence
):
    client = client_of(observer)
    with nothing_written():
        answer = client.post(NEW, typed(reporter.units[0]) | wrong)

    assert answer.status_code == 422
    assert sentence in words_of(answer)
    assert wrong.get("text") is not None or "Hộ chưa nhận gạo" in answer.text


def test_things_of_other_wards_and_ended_units_cannot_be_chosen(
    household, reporter, observer, client_of
):
    unit = reporter.units[0]
    unit.valid_to = date(2026, 6, 30)
    unit.save()
    foreign = {"household_code": "", "indicator": IndicatorFactory().pk}
    answers = [client_of(observer).post(NEW, typed(unit, **more)) for more in ({}, foreign)]

    assert [answer.status_code for answer in answers] == [422, 422]
    assert not SupervisionFinding.objects.exists()


def test_unit_answers_once_and_the_observer_reads_it(finding, reporter, observer, client_of):
    client = client_of(reporter)
    answer = {"version": finding.version, "answer": "Đã cấp bù ngày 28/9."}
    empty = client.post(url_of(finding, "answer"), {**answer, "answer": " "})
    assert (empty.status_code, "Nhập nội dung trả lời." in words_of(empty)) == (422, True)

    client.post(url_of(finding, "answer"), answer)
    again = client.post(url_of(finding, "answer"), {"version": 2, "answer": "Khác"})

    assert "Kiến nghị này đã được trả lời." in words_of(again)
    assert "Đọc trả lời của 1 kiến nghị giám sát" in titles(observer)
    assert not any("kiến nghị" in title for title in titles(reporter))
    assert "Đã cấp bù ngày 28/9." in words_of(client_of(observer).get(url_of(finding)))


def test_an_answered_finding_is_withdrawn_with_a_reason_and_stays(
    finding, reporter, observer, client_of
):
    client_of(reporter).post(url_of(finding, "answer"), {"version": 1, "answer": "Đã sửa."})
    client = client_of(observer)
    assert client.post(url_of(finding, "withdraw"), {"version": 2}).status_code == 422

    client.post(url_of(finding, "withdraw"), {"version": 2, "reason": "Nhầm hộ."})

    shown = words_of(client.get(url_of(finding)))
    assert all(words in shown for words in ("Đã rút", "Nhầm hộ.", "Đã sửa."))


def test_database_keeps_what_was_found_and_answered(finding, reporter):
    rows = SupervisionFinding.objects.filter(pk=finding.pk)
    answered = {"answer": "Đã sửa.", "answered_at": clock.now(), "answered_on": TODAY}
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(answered_by=finding.recorded_by, **answered)
    rows.update(answered_by=reporter, **answered)
    for change in ({"text": "Khác"}, {"answer": "Khác"}, {"unit": UnitFactory(ward=finding.ward)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.delete()


def test_rights_of_each_role(finding, ward, coordinator, leader, village_head, client_of):
    other_unit = user_with(Role.UNIT_REPORTER, ward, unit=UnitFactory(ward=ward))
    for user, detail, answer, new in (
        (coordinator, 200, 200, 403),
        (leader, 200, 403, 403),
        (other_unit, 404, 404, 403),
        (village_head, 403, 403, 403),
        (user_with(Role.OBSERVER, WardFactory()), 404, 403, 200),
        (finding.recorded_by, 200, 403, 200),
    ):
        client = client_of(user)
        pages = (url_of(finding), url_of(finding, "answer"), NEW)
        assert [client.get(url).status_code for url in pages] == [detail, answer, new]
        assert (finding.text in client.get(url_of(finding)).text) == (detail == 200)


def test_who_keeps_two_wards_sees_the_findings_of_each_where_they_are(finding, observer, client_of):
    other = SupervisionFindingFactory()
    observer.grants.create(
        role=Role.OBSERVER, area=other.ward, valid_from=date(2026, 1, 1), granted_by=UserFactory()
    )
    client = client_of(observer)
    shown = words_of(client.get(LIST, {"ward": other.ward_id}))

    assert other.indicator.name in shown
    assert finding.indicator.name not in shown


def test_a_unit_that_ends_hands_what_waits_to_its_successor(finding, ward, administrator):
    successor = UnitFactory(ward=ward)
    assert any("1 kiến nghị giám sát chưa trả lời" in said for said in uses_of(finding.unit, TODAY))

    given = {"successor": successor, "reason": "Sáp nhập", "version": finding.unit.version}
    end_unit(unit=finding.unit, last_day=TODAY, by=administrator, **given)

    finding.refresh_from_db()
    assert finding.unit == successor


@pytest.mark.parametrize("count", [1, 3])
def test_list_and_annex_hold_all_with_as_many_queries(
    ward, observer, client_of, count, django_assert_max_num_queries
):
    for number in range(count):
        SupervisionFindingFactory(ward=ward, text=f"Phát hiện số {number}")
    client = client_of(observer)
    client.get(LIST)

    with django_assert_max_num_queries(14):
        shown = words_of(client.get(LIST))

    assert all(f"Phát hiện số {number}" in shown for number in range(count))
    assert client.get("/supervision/2026/annex/xlsx/").content[:2] == b"PK"
    assert client.get("/supervision/2026/annex/exe/").status_code == 404
