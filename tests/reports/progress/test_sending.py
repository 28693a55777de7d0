"""Reports that a ward writes alone: when they were sent, and how late."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from povertyplan.core import clock
from reports.models import SentReport
from reports.progress.calendar.selectors import due_lines
from reports.progress.calendar.services.sending import Sending, find_due, record_sending
from reports.todo.tasks import build_todo
from tests.factories.reports import ReportingRuleFactory, ReportRequestFactory
from tests.pages import NOT_FOUND, heading_of, text_of, words_of


@pytest.fixture(autouse=True)
def day():
    with clock.set_to(date(2026, 6, 20)):
        yield


@pytest.fixture
def rule(ward):
    """Monthly, from February to September by day 5."""
    return ReportingRuleFactory(
        name="Rà soát thường xuyên",
        period="month",
        due_day=5,
        due_month=None,
        months_after=1,
        is_before=False,
        last_number=8,
        of_units=False,
    )


def page(rule, number=5, year=2026):
    return reverse("reports:due_sent", args=[rule.pk, year, number])


def lines_of(rule):
    return due_lines([rule], 2026, [], SentReport.objects.all())


def test_a_month_is_sent_in_time_late_or_missing(ward, rule, coordinator, client_of):
    client = client_of(coordinator)
    for number, sent_on in ((1, "05/02/2026"), (2, "09/03/2026")):
        answer = client.post(page(rule, number), {"version": 0, "sent_on": sent_on})
        assert answer.status_code == 302

    late = [line.late for line in lines_of(rule)]

    # January in time, February 4 days late; of March to May nothing is known.
    assert late == [0, 4, 76, 46, 15, 0, 0, 0]
    shown = words_of(client.get(reverse("reports:report_calendar") + "?year=2026"))
    assert "Đã gửi 09/03/2026 chậm 4 ngày" in shown
    assert "Quá hạn 15 ngày" in shown


def test_it_is_a_task_until_it_is_recorded(ward, rule, coordinator, client_of):
    def told():
        groups = build_todo(user=coordinator, today=clock.today())
        return [
            (task.title, [detail.label for detail in task.details])
            for group in groups
            for task in group.tasks
        ]

    april, may = (f"Rà soát thường xuyên, Tháng {number}/2026" for number in ("04", "05"))
    march = "Rà soát thường xuyên, Tháng 03/2026"
    assert told() == [("Gửi 3 báo cáo đến hạn, quá hạn", [march, april, may])]
    client = client_of(coordinator)
    for number in (3, 4, 5):
        client.post(page(rule, number), {"version": 0, "sent_on": "18/06/2026"})
    assert told() == []


def test_a_period_nobody_opened_is_a_task_and_one_that_is_open_is_none(ward, coordinator):
    ReportingRuleFactory(period="half_year", due_day=10, due_month=6, is_before=True)

    def titles():
        groups = build_todo(user=coordinator, today=clock.today())
        return [task.title for group in groups for task in group.tasks]

    assert titles() == ["Gửi 1 báo cáo đến hạn, quá hạn"]
    ReportRequestFactory(
        ward=ward,
        period="half_year",
        last_day=date(2026, 6, 30),
        data_on=date(2026, 5, 31),
        due_on=date(2026, 6, 25),
    )
    assert titles() == []


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"sent_on": "21/06/2026"}, "Ngày gửi không được sau hôm nay, 20/06/2026."),
        (
            {"sent_on": "30/04/2026"},
            "Ngày gửi không được trước kỳ báo cáo, bắt đầu ngày 01/05/2026.",
        ),
        ({"sent_on": ""}, "Ngày gửi"),
        ({"sent_on": "18/06/2026", "document_number": "9" * 61}, "60"),
        ({"sent_on": "18/06/2026", "version": "3"}, "Người khác vừa ghi"),
        ({"sent_on": "18/06/2026", "version": "-1"}, ""),
    ],
)
def test_what_cannot_be_is_said(ward, rule, coordinator, client_of, typed, sentence):
    refused = client_of(coordinator).post(page(rule), {"version": 0, **typed})

    assert refused.status_code == 422
    assert sentence in text_of(refused)
    assert not SentReport.objects.exists()


def test_it_is_corrected_and_taken_back(ward, rule, coordinator, client_of):
    client = client_of(coordinator)
    client.post(page(rule), {"version": 0, "sent_on": "18/06/2026"})
    client.post(page(rule), {"version": 1, "sent_on": "17/06/2026", "document_number": "12/BC"})
    sent = SentReport.objects.get()
    assert (sent.sent_on, sent.document_number) == (date(2026, 6, 17), "12/BC")

    stale = client.post(page(rule), {"version": 1, "remove": "1"})
    assert stale.status_code == 422
    client.post(page(rule), {"version": sent.version, "remove": "1"})
    assert not SentReport.objects.exists()


def test_only_the_ward_s_own_reports_of_its_periods(ward, rule, coordinator, leader, client_of):
    of_units = ReportingRuleFactory()
    client = client_of(coordinator)

    assert heading_of(client.get(page(rule, number=9))) == NOT_FOUND
    assert heading_of(client.get(page(of_units, number=1))) == NOT_FOUND
    due = find_due(rule, 2026, 5)
    with pytest.raises(PermissionDenied):
        record_sending(
            ward=ward, rule=rule, due=due, sending=Sending(date(2026, 6, 18)), version=0, by=leader
        )
