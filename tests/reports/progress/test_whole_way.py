"""From the request to the issued report, by the pages, with three people; and what is refused."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from povertyplan.core import clock
from povertyplan.core.choices import Role
from povertyplan.core.models import PeriodLock
from reports.models import Document, ReportRequest, UnitReport, UnitReportSending
from reports.progress.consolidation.services import begin_consolidation
from tests.factories.core import UnitFactory, UserFactory, user_with
from tests.factories.projects import IndicatorFactory, TargetFactory
from tests.factories.reports import UnitReportFactory
from tests.pages import words_of

KEY = "6f3c1a52-3f0e-4b8f-9d59-0a1f6f2f7c31"
TEXTS = {"results": "Đã họp 24 thôn.", "difficulties": "Không", "proposals": "Không"}
SIGNED = {
    "number": "31",
    "issued_on": "05/10/2026",
    "authority": "TM. ỦY BAN NHÂN DÂN",
    "signer_title": "CHỦ TỊCH",
    "signer_name": "Trần Thị Ủy",
}


@pytest.fixture(autouse=True)
def day(settings):
    settings.DEMO = False
    with clock.set_to(date(2026, 10, 5)):
        yield


@pytest.fixture
def unit(ward):
    return UnitFactory(ward=ward, name="Phòng Kinh tế")


def page(view, record):
    return reverse(f"reports:{view}", args=[record.pk])


def version_of(record):
    record.refresh_from_db()
    return {"version": record.version}


def test_three_people_bring_a_report_from_its_request_to_its_issue(
    ward, unit, coordinator, leader, client, monkeypatch
):
    monkeypatch.setattr("reports.plans.snapshots.render_pdf", lambda built: b"%PDF")
    officer = user_with(Role.UNIT_REPORTER, ward, unit=unit)

    client.force_login(coordinator)
    asked = {"period": "nine_months-1", "data_on": "30/09/2026", "due_on": "05/10/2026"}
    opened = {"key": KEY, **asked, "units": [unit.pk], "asks_figures": "on"}
    client.post(reverse("reports:period_new", args=[2026]), opened)
    report, period = UnitReport.objects.get(), ReportRequest.objects.get()

    for results in ("Chưa viết xong.", TEXTS["results"]):
        client.force_login(officer)
        if results == "Chưa viết xong.":
            client.post(page("unit_report_fill", report), version_of(report))
        written = {**TEXTS, "results": results, "check": "1"}
        client.post(page("unit_report_write", report), written | version_of(report))
        client.post(page("unit_report_check", report), version_of(report))
        client.force_login(coordinator)
        if results == "Chưa viết xong.":
            back = {"results": "Viết cho xong."} | version_of(report)
            client.post(page("unit_report_return", report), back)
    client.post(page("unit_report_receive", report), version_of(report))
    client.post(page("period_consolidate", period), version_of(period))
    client.post(page("period_consolidate", period), {"part": "results"})
    document = Document.objects.get()
    client.post(page("document_submit", document), version_of(document))

    client.force_login(leader)
    client.post(page("document_issue", document), SIGNED | version_of(document))

    document.refresh_from_db()
    assert (document.is_issued, document.number) == (True, 31)
    shown = words_of(client.get(page("report_detail", document)))
    assert "Phòng Kinh tế: Đã họp 24 thôn." in shown
    assert "(chưa có số liệu) hộ nghèo" in shown  # nobody has decided a list yet
    assert client.get(page("report_pdf", document)).content == b"%PDF"


def test_an_outline_can_be_chosen_and_no_other(ward, unit, coordinator, client_of):
    period = received(ward, unit)
    client = client_of(coordinator)
    address = page("period_consolidate", period)
    shown = words_of(client.get(address))
    assert "Mẫu số 01, Phụ lục II Thông tư số 10/2022/TT-BLĐTBXH" in shown
    assert "Chưa kiểm chứng" in shown
    wrong = client.post(address, {"outline": "year", **version_of(period)})

    client.post(address, {"outline": "evaluation", **version_of(period)})

    assert wrong.status_code == 422
    assert Document.objects.get().subject.startswith("đánh giá thực hiện")


def test_a_locked_year_is_not_consolidated(ward, unit, coordinator):
    period = received(ward, unit)
    PeriodLock.objects.create(ward=ward, year=2026, locked_at=clock.now(), locked_by=UserFactory())

    with pytest.raises(ValidationError, match="2026"):
        begin_consolidation(request=period, version=period.version, by=coordinator)


def test_the_tables_of_a_report_come_as_a_workbook(ward, unit, coordinator, client_of, stranger):
    period = received(ward, unit)
    TargetFactory(indicator=IndicatorFactory(ward=ward), year=2026, low=12)
    document = begin_consolidation(request=period, version=period.version, by=coordinator)

    answer = client_of(coordinator).get(page("report_xlsx", document))

    assert answer["Content-Disposition"].endswith('.xlsx"')
    assert answer.content[:2] == b"PK"
    refused = client_of(stranger).get(page("report_xlsx", document))
    assert "Content-Disposition" not in refused


def received(ward, unit):
    """A period of which the report of a unit was received."""
    report = UnitReportFactory(request__ward=ward, unit=unit, **TEXTS)
    at = clock.now()
    UnitReportSending.objects.create(
        report=report, number=1, sent_by=UserFactory(), sent_at=at, content={}
    )
    UnitReport.objects.update(state="received", sent_at=at, received_at=at)
    return report.request
