"""The calendar on screen: rules, dues, opening a period."""

from datetime import date

import pytest
from django.core.management import call_command
from django.urls import reverse

from povertyplan.core import clock
from povertyplan.core.choices import Role
from povertyplan.core.models import PeriodLock
from reports.models import ReportingRule, ReportRequest, UnitReport
from tests.factories.core import UnitFactory, UserFactory, user_with
from tests.factories.reports import ReportingRuleFactory, ReportRequestFactory, UnitReportFactory
from tests.pages import NO_RIGHT, heading_of, text_of

KEY = "6f3c1a52-3f0e-4b8f-9d59-0a1f6f2f7c21"
TODAY = date(2026, 9, 28)


@pytest.fixture(autouse=True)
def day():
    with clock.set_to(TODAY):
        yield


@pytest.fixture
def unit(ward):
    return UnitFactory(ward=ward, name="Phòng Kinh tế")


def typed(unit, **more):
    return {
        "key": KEY,
        "period": "nine_months-1",
        "data_on": "30/09/2026",
        "due_on": "05/10/2026",
        "units": [unit.pk],
        **more,
    }


def test_calendar_shows_dues_with_their_days_and_what_is_not_verified(coordinator, client_of):
    ReportingRuleFactory(name="Báo cáo 6 tháng", period="half_year", due_month=6)
    ReportingRuleFactory(name="Báo cáo 9 tháng", period="nine_months", due_day=None,
                         due_month=None, confidence="low")  # fmt: skip

    shown = text_of(client_of(coordinator).get(reverse("reports:report_calendar")))

    for words in ("Báo cáo 6 tháng", "09/06/2026", "đến 31/05/2026, ước cả kỳ", "chưa quy định",
                  "Chưa kiểm chứng", "Mở kỳ"):  # fmt: skip
        assert words in shown


def test_coordinator_opens_a_period_once_for_chosen_units(unit, coordinator, client_of):
    UnitFactory(ward=unit.ward, name="Trạm Y tế")
    client = client_of(coordinator)

    for _ in range(2):
        answer = client.post(reverse("reports:period_new", args=[2026]), typed(unit), follow=True)

    assert "Đã mở kỳ báo cáo 9 tháng năm 2026" in text_of(answer)
    assert [row.unit for row in UnitReport.objects.all()] == [unit]
    shown = text_of(client.get(reverse("reports:report_calendar")))
    assert "Phòng Kinh tế" in shown
    assert "Trạm Y tế" not in shown


def test_a_due_fills_the_form_in(unit, coordinator, client_of):
    rule = ReportingRuleFactory(period="year")
    address = reverse("reports:period_new", args=[2026])

    shown = text_of(client_of(coordinator).get(f"{address}?rule={rule.pk}&due=year-1"))

    assert 'value="31/10/2026"' in shown
    assert 'value="09/11/2026"' in shown


def closed(unit):
    unit.valid_to = date(2026, 6, 30)
    unit.save()


def lock_year(unit):
    PeriodLock.objects.create(
        ward=unit.ward, year=2026, locked_at=clock.now(), locked_by=UserFactory()
    )


def lock_nine_months(unit):
    lock_year(unit)
    PeriodLock.objects.update(
        released_at=clock.now(), released_by=UserFactory(), release_reason="Sửa sai"
    )
    PeriodLock.objects.create(
        ward=unit.ward, year=2026, last_month=9, locked_at=clock.now(), locked_by=UserFactory()
    )


@pytest.mark.parametrize(
    ("more", "before", "sentence"),
    [
        ({"due_on": "31/12/2025"}, None, "Hạn gửi không được trước kỳ báo cáo"),
        ({"data_on": "01/10/2026"}, None, "Ngày số liệu phải trong kỳ báo cáo"),
        ({"units": []}, None, "Chọn ít nhất một đơn vị, hoặc một thôn, tổ dân phố."),
        ({}, closed, "Chọn trong danh sách."),
        ({"period": "on_request-1"}, None, "Nêu nội dung yêu cầu báo cáo."),
        ({}, lock_year, "Số liệu năm 2026 đã khóa"),
        ({}, lock_nine_months, "Số liệu 9 tháng năm 2026 đã khóa"),
        ({}, lambda unit: ReportRequestFactory(ward=unit.ward), "Kỳ 9 tháng năm 2026 đã mở"),
    ],
)
def test_a_period_that_cannot_be_opened(more, before, sentence, unit, coordinator, client_of):
    if before:
        before(unit)
    there = ReportRequest.objects.count()

    answer = client_of(coordinator).post(
        reverse("reports:period_new", args=[2026]), typed(unit, note="Gửi kèm biểu", **more)
    )

    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert "Gửi kèm biểu" in text_of(answer)
    assert ReportRequest.objects.count() == there


def test_requests_beside_the_calendar_are_numbered(unit, coordinator, client_of):
    client = client_of(coordinator)
    for number in "12":
        more = {"period": "on_request-1", "subject": "Mưa lũ", "key": KEY[:-1] + number}
        client.post(reverse("reports:period_new", args=[2026]), typed(unit, **more))

    assert [row.number for row in ReportRequest.objects.order_by("pk")] == [1, 2]


def test_a_request_beside_the_calendar_is_named_as_in_a_sentence(unit, coordinator, client_of):
    more = {"period": "on_request-1", "subject": "UBND tỉnh hỏi về mưa lũ"}

    page = client_of(coordinator).post(
        reverse("reports:period_new", args=[2026]), typed(unit, **more), follow=True
    )

    assert "Báo cáo theo yêu cầu số 1 năm 2026: UBND tỉnh hỏi về mưa lũ" in text_of(page)
    request = ReportRequest.objects.get()
    assert not request.takes_estimates
    assert not request.asks_figures


def test_figures_are_always_asked_in_the_calendar_and_on_request_when_chosen(
    unit, coordinator, client_of
):
    client = client_of(coordinator)
    asked = {"period": "on_request-1", "subject": "Mưa lũ", "asks_figures": "on"}
    client.post(reverse("reports:period_new", args=[2026]), typed(unit))
    client.post(
        reverse("reports:period_new", args=[2026]), typed(unit, key=KEY[:-1] + "2", **asked)
    )

    assert [row.asks_figures for row in ReportRequest.objects.all()] == [True, True]


def test_only_reports_of_units_are_opened_and_the_next_one_is_chosen(unit, coordinator, client_of):
    past = ReportingRuleFactory(period="half_year", due_month=6)
    own = ReportingRuleFactory(period="nine_months", due_month=10)
    other = ReportingRuleFactory(period="nine_months", due_month=11)
    wards = ReportingRuleFactory(period="nine_months", due_month=10, due_day=1, of_units=False)
    client = client_of(coordinator)
    form = client.get(reverse("reports:period_new", args=[2026])).context["form"]
    opened = ReportRequestFactory(ward=unit.ward, rule=own)

    dues = client.get(reverse("reports:report_calendar"))

    assert (form.initial["rule"], form.initial["period"]) == (own, "nine_months-1")
    lines = {line.rule: line for line in dues.context["dues"]}
    assert [lines[rule].request for rule in (past, own, other, wards)] == [
        None, opened, opened, None,
    ]  # fmt: skip
    shown = text_of(dues)
    assert shown.count("Mở kỳ") == shown.count(f"rule={past.pk}&amp;")
    for words in ("Đã mở", "Chung kỳ đã mở", "Ghi đã gửi"):
        assert shown.count(words) == 1


def test_no_period_is_chosen_where_none_is_due(unit, coordinator, client_of):
    form = client_of(coordinator).get(reverse("reports:period_new", args=[2026])).context["form"]

    assert form["period"].value() is None
    assert form.fields["period"].choices[0][0] == ""


def test_ward_adds_and_changes_a_rule_of_its_own(coordinator, client_of):
    client = client_of(coordinator)
    rule = {
        "key": KEY, "name": "Báo cáo quý", "period": "quarter", "due_day": "5",
        "months_after": "1", "recipient": "Phòng Kinh tế", "legal_reference": "Kế hoạch số 5",
        "confidence": "high",
    }  # fmt: skip
    client.post(reverse("reports:rule_new"), rule)
    added = ReportingRule.objects.get()
    address = reverse("reports:rule_edit", args=[added.pk])

    refused = client.post(address, rule | {"version": 1, "due_month": "6"})
    client.post(address, rule | {"version": 1, "due_day": "10"})

    added.refresh_from_db()
    assert "Báo cáo tháng, quý không nhập tháng" in text_of(refused)
    assert (added.ward, added.due_day) == (coordinator.ward, 10)
    assert "05/4/2026" not in text_of(client.get(reverse("reports:report_calendar")))


def test_shared_rules_are_loaded_and_not_changed_on_screen(coordinator, client_of):
    call_command("load_reference", verbosity=0)
    shared = ReportingRule.objects.get(code="tien-do-nam")

    answer = client_of(coordinator).get(reverse("reports:rule_edit", args=[shared.pk]))

    assert answer.status_code == 404
    assert (shared.due_day, shared.due_month) == (10, 11)  # of one real plan
    assert not shared.is_checked
    assert ReportingRule.objects.get(code="giam-sat-nam").is_before


def test_further_units_are_asked_for_an_open_period(unit, coordinator, client_of):
    report = UnitReportFactory(request__ward=unit.ward)
    address = reverse("reports:period_units", args=[report.request_id])

    client_of(coordinator).post(address, {"units": [unit.pk]})
    again = client_of(coordinator).post(address, {"units": [unit.pk]})

    assert report.request.unit_reports.count() == 2
    assert again.status_code == 422


@pytest.mark.parametrize("rows", [1, 3])
def test_a_unit_sees_its_own_row_with_as_many_queries(
    rows, ward, unit, client_of, django_assert_max_num_queries
):
    request = ReportRequestFactory(ward=ward)
    UnitReportFactory(request=request, unit=unit)
    UnitReportFactory.create_batch(rows, request=request)
    client = client_of(user_with(Role.UNIT_REPORTER, ward, unit=unit))
    client.get(reverse("reports:report_calendar"))

    with django_assert_max_num_queries(14):
        shown = client.get(reverse("reports:report_calendar"))

    assert shown.context["matrix"].lines[0].author == unit
    assert len(shown.context["matrix"].lines) == 1
    assert heading_of(client.get(reverse("reports:period_new", args=[2026]))) == NO_RIGHT


def test_what_is_missing_is_told_beside_what_cannot_be_read(unit, coordinator, client_of):
    asked = {"key": KEY, "period": "on_request-1", "data_on": "31/02/2026", "due_on": ""}

    shown = text_of(client_of(coordinator).post(reverse("reports:period_new", args=[2026]), asked))

    assert "Nêu nội dung yêu cầu báo cáo." in shown
    assert "Chọn ít nhất một đơn vị, hoặc một thôn, tổ dân phố." in shown
    assert shown.count("Nhập ngày") >= 1
