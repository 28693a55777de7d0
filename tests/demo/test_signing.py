"""The demonstration has a report of the year before that is signed and frozen."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction

from povertyplan.core import clock
from povertyplan.demo.documents import invent_signed_plan, invent_signed_report
from reports.choices import ReportPeriod
from reports.models import Document
from reports.printing.stored_tree import unpack_tree
from reports.progress.unit_reports.services.receiving import receive_report
from reports.progress.unit_reports.services.writing import fill_report, save_report, send_report
from tests.factories.reports import ReportRequestFactory, UnitReportFactory
from tests.reports.histories import ward_with_results

TEXTS = {"results": "Đã họp 24 thôn.", "difficulties": "Đường khó đi.", "proposals": "Sớm hơn."}


@pytest.fixture
def asked(ward, coordinator, reporter):
    """The year 2025, with the report of one unit received."""
    call_command("load_reference", verbosity=0)
    with clock.set_to(date(2025, 11, 9)):
        year = {"first_day": date(2025, 1, 1), "last_day": date(2025, 12, 31)}
        days = {"data_on": date(2025, 10, 31), "due_on": date(2025, 11, 9)}
        request = ReportRequestFactory(
            ward=ward, period=ReportPeriod.YEAR, year=2025, asks_figures=False, **year, **days
        )
        report = UnitReportFactory(request=request, unit=reporter.units[0])
        for act, more in (
            (fill_report, {"by": reporter}),
            (save_report, {"texts": TEXTS, "replies": {}, "by": reporter}),
            (send_report, {"by": reporter}),
            (receive_report, {"by": coordinator}),
        ):
            act(report=report, version=report.version, **more)
            report.refresh_from_db()
    return request


def test_the_year_before_is_signed_with_the_words_of_its_units(
    ward, coordinator, leader, reporter, asked, monkeypatch
):
    monkeypatch.setattr("reports.plans.snapshots.render_pdf", lambda built: b"%PDF")

    signed = invent_signed_report(ward=ward, officer=coordinator, leader=leader)

    asked.refresh_from_db()
    assert asked.document == signed
    assert (signed.issued_on, signed.submitted_by, signed.issued_by) == (
        date(2025, 11, 14), coordinator, leader,
    )  # fmt: skip
    kept = str(unpack_tree(signed.snapshot.content.tree))
    assert all(f"{reporter.units[0]}: {text}" in kept for text in TEXTS.values())
    with pytest.raises(DatabaseError), transaction.atomic():
        Document.objects.filter(pk=signed.pk).update(subject="Khác")


def test_the_plan_of_the_year_is_signed_with_its_number(ward, coordinator, leader, monkeypatch):
    call_command("load_reference", verbosity=0)
    ward_with_results(ward)
    monkeypatch.setattr("reports.plans.snapshots.render_pdf", lambda built: b"%PDF")

    signed = invent_signed_plan(ward=ward, officer=coordinator, leader=leader)

    assert (signed.kind, signed.number, signed.issued_on) == ("plan", 12, date(2026, 1, 20))
    assert (signed.year_from, signed.year_to) == (2026, 2026)
    assert (signed.submitted_by, signed.issued_by) == (coordinator, leader)
    assert "giảm nghèo bền vững năm 2026" in str(unpack_tree(signed.snapshot.content.tree))
    with pytest.raises(DatabaseError), transaction.atomic():
        Document.objects.filter(pk=signed.pk).update(subject="Khác")
