"""The part of a village: asked, written on the phone, sent, sent back, taken into the report."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from povertyplan.core import clock
from povertyplan.core.choices import Role
from povertyplan.core.models import AuditEvent
from reports.models import ReportRequest, UnitReport
from reports.progress.calendar.dues import PeriodDraft
from reports.progress.calendar.services.periods import ask_more_units, open_period
from reports.progress.unit_reports.services.receiving import receive_report
from reports.progress.unit_reports.services.villages import (
    record_village_part,
    send_village_part,
)
from reports.todo.tasks import build_todo
from tests.factories.core import UnitFactory, VillageFactory, WardFactory, user_with
from tests.factories.reports import ReportRequestFactory, UnitReportFactory
from tests.pages import NO_RIGHT, NOT_FOUND, heading_of, text_of, words_of

TODAY = date(2026, 10, 2)
KEYS = ("6f3c1a52-3f0e-4b8f-9d59-0a1f6f2f7c31", "6f3c1a52-3f0e-4b8f-9d59-0a1f6f2f7c32")
DRAFT = PeriodDraft("nine_months", 2026, 1, date(2026, 9, 30), date(2026, 10, 5))
TEXTS = {"results": "Đã họp thôn 2 lần.", "difficulties": "Đường lầy.", "proposals": "Không có"}


@pytest.fixture(autouse=True)
def day():
    with clock.set_to(TODAY):
        yield


@pytest.fixture
def villages(ward):
    return [VillageFactory(parent=ward, name=f"Thôn {n}", order=n) for n in (1, 2)]


@pytest.fixture
def head(villages):
    return user_with(Role.ENTRY_OFFICER, villages[0])


@pytest.fixture
def part(ward, villages):
    return UnitReportFactory(
        request__ward=ward, request__asks_figures=True, unit=None, village=villages[0]
    )


def page(part):
    return reverse("reports:village_part", args=[part.pk])


def version_of(part):
    part.refresh_from_db()
    return {"version": part.version}


def titles_of(user):
    return [task.title for group in build_todo(user=user, today=TODAY) for task in group.tasks]


def test_a_period_asks_all_villages_or_some_beside_units(ward, villages, coordinator, client_of):
    unit = UnitFactory(ward=ward)
    asked = {"data_on": "30/09/2026", "due_on": "05/10/2026", "units": [unit.pk]}
    client = client_of(coordinator)
    address = reverse("reports:period_new", args=[2026])

    client.post(address, {"key": KEYS[0], "period": "nine_months-1", "all_villages": "on", **asked})
    client.post(
        address,
        {"key": KEYS[1], "period": "month-9", **asked, "villages": [villages[1].pk], "units": []},
    )

    nine, month = (ReportRequest.objects.get(period=name) for name in ("nine_months", "month"))
    assert {row.author for row in nine.unit_reports.all()} == {unit, *villages}
    assert [row.author for row in month.unit_reports.all()] == [villages[1]]
    shown = words_of(client.get(reverse("reports:report_calendar")))
    assert shown.index(unit.name) < shown.index("Thôn 1") < shown.index("Thôn 2")


def test_nobody_asked_is_refused_and_what_is_not_of_the_ward(ward, coordinator, client_of):
    foreign = VillageFactory(parent=WardFactory())
    asked = {"key": KEYS[0], "period": "nine_months-1"}
    asked |= {"data_on": "30/09/2026", "due_on": "05/10/2026"}
    client, address = client_of(coordinator), reverse("reports:period_new", args=[2026])

    nobody = client.post(address, asked)
    other = client.post(address, {**asked, "villages": [foreign.pk]})

    assert "Chọn ít nhất một đơn vị, hoặc một thôn, tổ dân phố." in text_of(nobody)
    assert (nobody.status_code, other.status_code) == (422, 422)
    assert not ReportRequest.objects.exists()


def test_the_head_finds_writes_and_sends_it_in_one_step(part, head, client_of):
    assert titles_of(head) == ["Thôn 1: báo cáo 9 tháng năm 2026"]
    client = client_of(head)
    shown = client.get(page(part))
    assert heading_of(shown) == "Báo cáo 9 tháng năm 2026"

    client.post(page(part), {**TEXTS, **version_of(part), "send": "1"})

    part.refresh_from_db()
    assert (part.state, part.sent_by) == ("sent", head)
    assert part.sendings.get().content["texts"]["results"] == TEXTS["results"]
    (waiting,) = build_todo(user=head, today=TODAY)
    assert (waiting.label, waiting.tasks[0].reason) == ("Chờ người khác", "Đã gửi.")
    assert "Đã họp thôn 2 lần." in words_of(client.get(page(part)))


def test_an_empty_part_is_not_sent_and_nothing_typed_is_lost(part, head, client_of):
    client = client_of(head)
    typed = {**TEXTS, "difficulties": "", "proposals": " "}

    refused = client.post(page(part), {**typed, **version_of(part), "send": "1"})

    assert refused.status_code == 422
    for label in ("Khó khăn, vướng mắc", "Đề xuất, kiến nghị"):
        assert f"{label}: chưa viết; không có gì để báo cáo thì ghi “Không có”." in text_of(refused)
    assert "Đã họp thôn 2 lần." in text_of(refused)
    part.refresh_from_db()
    assert (part.state, part.results) == ("not_begun", "")

    client.post(page(part), {**typed, **version_of(part), "save": "1"})
    part.refresh_from_db()
    assert (part.state, part.results) == ("drafting", TEXTS["results"])


def test_a_village_without_an_account_is_told_where_it_is_asked(
    ward, villages, head, coordinator, client_of
):
    page = text_of(client_of(coordinator).get(reverse("reports:period_new", args=[2026])))

    assert "Thôn 2 (chưa có tài khoản)" in page
    assert "Thôn 1 (chưa có tài khoản)" not in page
    assert "Thôn chưa có tài khoản không thấy yêu cầu" in page


def test_the_coordinator_writes_it_down_and_it_says_so(part, coordinator, client_of):
    client = client_of(coordinator)
    period = reverse("reports:period_detail", args=[part.request_id])
    record = reverse("reports:village_part_record", args=[part.pk])
    assert record in client.get(period).content.decode()

    unsaid = client.post(record, {**TEXTS, **version_of(part)})
    whole = {**TEXTS, "told_by": "Trưởng thôn, qua điện thoại", **version_of(part)}
    client.post(record, whole)

    assert unsaid.status_code == 422
    assert "Ghi ai ở thôn, tổ dân phố đã cung cấp" in text_of(unsaid)
    part.refresh_from_db()
    assert (part.state, part.sent_by, part.received_by) == ("received", None, coordinator)
    assert part.sendings.get().content["texts"]["results"] == TEXTS["results"]
    shown = words_of(client.get(reverse("reports:unit_report_detail", args=[part.pk])))
    assert "ghi thay lúc" in shown
    assert "theo: Trưởng thôn, qua điện thoại" in shown
    assert AuditEvent.objects.filter(summary__contains="ghi thay theo lời Trưởng thôn").exists()


def test_others_and_what_was_sent_are_not_written_down(part, head, leader, coordinator):
    given = {"texts": TEXTS, "told_by": "Trưởng thôn"}
    for other in (head, leader):
        with pytest.raises(PermissionDenied):
            record_village_part(report=part, **given, **version_of(part), by=other)
    send_village_part(report=part, texts=TEXTS, **version_of(part), by=head)

    with pytest.raises(ValidationError, match="chờ tiếp nhận"):
        record_village_part(report=part, **given, **version_of(part), by=coordinator)


def test_it_comes_back_with_a_reason_and_stands_beside_the_units(
    ward, part, head, coordinator, client_of
):
    client_of(head).post(page(part), {**TEXTS, **version_of(part), "send": "1"})
    back = {"results": "Nêu số hộ dự họp.", **version_of(part)}
    client_of(coordinator).post(reverse("reports:unit_report_return", args=[part.pk]), back)

    assert "Trả lại: Nêu số hộ dự họp." in words_of(client_of(head).get(page(part)))
    again = {**TEXTS, "results": "Đã họp 2 lần, 40 hộ.", **version_of(part), "send": "1"}
    client_of(head).post(page(part), again)
    office = client_of(coordinator)
    seen = words_of(office.get(reverse("reports:unit_report_detail", args=[part.pk])))
    assert "Khác so với lần gửi trước" in seen
    receive_report(report=part, version=version_of(part)["version"], by=coordinator)
    unit = UnitReportFactory(request=part.request, unit__name="Phòng Kinh tế")
    desk = reverse("reports:period_consolidate", args=[part.request_id])
    office.post(desk, {"version": ReportRequest.objects.get().version})
    office.post(desk, {"part": "results"})

    shown = words_of(office.get(desk))
    assert "Thôn 1 Đã họp 2 lần, 40 hộ. Đã đưa vào" in shown
    document = ReportRequest.objects.get().document
    texts = list(document.blocks.values_list("text", flat=True))
    assert "Thôn 1: Đã họp 2 lần, 40 hộ." in texts
    printed = words_of(office.get(reverse("reports:report_detail", args=[document.pk])))
    assert "tổng hợp từ báo cáo của: Thôn 1." in printed
    assert f"Chưa có báo cáo được tiếp nhận của: {unit.unit.name}." in printed


def test_what_the_village_wrote_before_is_offered(ward, part, head, client_of):
    days = {"last_day": date(2026, 3, 31), "data_on": date(2026, 3, 31)}
    before = UnitReportFactory(
        request=ReportRequestFactory(ward=ward, period="quarter", **days),
        unit=None,
        village=part.village,
    )
    client_of(head).post(page(before), {**TEXTS, **version_of(before), "send": "1"})

    reused = client_of(head).post(page(part), {**version_of(part), "reuse": "results"})

    assert "Đã họp thôn 2 lần." in reused.context["form"]["results"].value()
    part.refresh_from_db()
    assert part.results == ""


def test_other_villages_other_roles_and_other_wards_have_no_such_page(
    ward, part, villages, coordinator, client_of
):
    neighbour = user_with(Role.ENTRY_OFFICER, villages[1])
    stranger = user_with(Role.ENTRY_OFFICER, VillageFactory(parent=WardFactory()))

    assert heading_of(client_of(neighbour).get(page(part))) == NOT_FOUND
    assert heading_of(client_of(stranger).get(page(part))) == NOT_FOUND
    assert heading_of(client_of(coordinator).get(page(part))) == NO_RIGHT
    assert part not in UnitReport.objects.visible_to(neighbour)
    assert titles_of(neighbour) == []
    officer = user_with(Role.UNIT_REPORTER, ward, unit=UnitFactory(ward=ward))
    assert part not in UnitReport.objects.visible_to(officer)


def test_a_second_editor_sees_the_newer_text(part, head, client_of):
    client, version = client_of(head), version_of(part)
    client.post(page(part), {**TEXTS, **version, "save": "1"})

    late = client.post(page(part), {**TEXTS, "results": "Khác.", **version, "save": "1"})

    assert late.status_code == 422
    assert "Đã họp thôn 2 lần." in words_of(late)
    assert UnitReport.objects.get().results == TEXTS["results"]


def test_a_village_that_ended_sends_no_more(part, head, client_of):
    part.village.valid_to = date(2026, 9, 1)
    part.village.save()

    refused = client_of(head).post(page(part), {**TEXTS, **version_of(part), "send": "1"})

    assert "Thôn 1 đã kết thúc hoạt động, không gửi báo cáo được." in text_of(refused)
    assert UnitReport.objects.get().state == "not_begun"


def test_villages_are_added_to_an_open_period_once(ward, villages, coordinator):
    unit = UnitFactory(ward=ward)
    opened = open_period(ward=ward, draft=DRAFT, units=[unit], key=None, by=coordinator)
    ask_more_units(request=opened, units=[], villages=villages, by=coordinator)
    with pytest.raises(ValidationError, match="ít nhất"):
        ask_more_units(request=opened, units=[], villages=villages, by=coordinator)

    assert opened.unit_reports.filter(village__in=villages).count() == 2


def test_the_database_wants_one_author_of_the_same_ward(part):
    unit = UnitFactory(ward=part.ward)
    foreign = VillageFactory(parent=WardFactory())
    for values in ({"unit": unit}, {"village": None}, {"village": foreign}):
        with pytest.raises(DatabaseError), transaction.atomic():
            UnitReport.objects.filter(pk=part.pk).update(**values)


def test_the_list_takes_as_many_queries_for_many(part, villages, head, client_of):
    client, address = client_of(head), reverse("reports:village_part_list")

    def count():
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        return len(seen)

    one = count()
    for number in (1, 2, 3):
        UnitReportFactory(
            request__ward=part.ward,
            request__period="quarter",
            request__number=number,
            unit=None,
            village=villages[0],
        )
    assert count() == one


def test_what_is_too_long_and_what_is_missing_are_told_together(part, head, client_of):
    typed = {"results": "", "difficulties": "x" * 10_001, "proposals": "Không có", "send": "1"}

    refused = text_of(client_of(head).post(page(part), {**typed, **version_of(part)}))

    assert "Viết tối đa 10.000 ký tự." in refused
    assert "Kết quả: chưa viết" in refused
