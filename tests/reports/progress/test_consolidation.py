"""The ward's report from those of its units."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from povertyplan.core import clock
from povertyplan.core.choices import Role
from projects.choices import BudgetAct
from reports.choices import ReportPart
from reports.models import Document, ReportRequest, UnitReport
from reports.plans.blocks import DocumentData
from reports.plans.builder import build_document, build_with_links
from reports.plans.plan_facts import findings
from reports.plans.services import submit_document
from reports.printing import tree
from reports.progress.consolidation.services import begin_consolidation, take_in_text
from reports.progress.unit_reports.services.receiving import receive_report
from reports.progress.unit_reports.services.writing import fill_report, save_report, send_report
from tests.factories.core import UnitFactory, user_with
from tests.factories.projects import (
    ActualFactory,
    BudgetEntryFactory,
    IndicatorFactory,
    TargetFactory,
    WardProjectFactory,
)
from tests.factories.reports import UnitReportFactory, UnitReportFigureFactory
from tests.pages import text_of
from tests.reports.documents import printed

TEXTS = {"results": "Họp 24 thôn.\nCấp 20 thẻ.", "difficulties": "Mưa lũ.", "proposals": "Không"}


@pytest.fixture(autouse=True)
def day():
    with clock.set_to(date(2026, 10, 2)):
        yield


@pytest.fixture
def period(ward, coordinator):
    """One unit received, another that has not written."""
    report = UnitReportFactory(
        request__ward=ward, unit=UnitFactory(ward=ward, name="Phòng Kinh tế", order=1)
    )
    UnitReportFactory(
        request=report.request, unit=UnitFactory(ward=ward, name="Trạm Y tế", order=2)
    )
    officer = user_with(Role.UNIT_REPORTER, ward, unit=report.unit)
    report = fill_report(report=report, version=1, by=officer)
    report = save_report(report=report, texts=TEXTS, replies={}, version=report.version, by=officer)
    hand_in(report, officer, coordinator)
    return report.request


def hand_in(report, officer, coordinator):
    report = send_report(report=report, version=report.version, by=officer)
    receive_report(report=report, version=report.version, by=coordinator)


def received(period):
    rows = UnitReport.objects.select_related("request__document", "unit", "ward")
    return rows.get(request=period, state="received")


def words_of(document):
    built = build_document(document)
    return "\n".join(
        tree.plain(block.text) if hasattr(block, "text") else str(block) for block in built.body
    )


def test_draft_takes_in_the_words_and_names_who_is_missing(period, coordinator, client_of):
    client, address = (
        client_of(coordinator),
        reverse("reports:period_consolidate", args=[period.pk]),
    )
    begun = client.post(address, {"version": period.version}, follow=True)
    take = reverse("reports:report_take_in", args=[received(period).pk])
    for _ in range(2):
        again = client.post(take, {"part": "results"}, follow=True)

    document = Document.objects.get()
    said = words_of(document)
    assert "Trạm Y tế" in text_of(begun)
    assert "Chưa có báo cáo được tiếp nhận của: Trạm Y tế." in said
    assert said.count("Phòng Kinh tế: Họp 24 thôn.") == 1
    assert "Cấp 20 thẻ." in said
    assert "đã ở trong dự thảo" in text_of(again)
    assert (document.kind, document.data_on) == ("report", date(2026, 9, 30))
    assert "9 tháng năm 2026" in document.subject
    assert submit_document(document=document, version=document.version, by=coordinator)


def test_money_counts_up_to_the_day_of_the_data(ward, period, coordinator):
    project = WardProjectFactory(ward=ward)
    for amount, dated in ((5_000_000, date(2026, 8, 1)), (9_000_000, date(2026, 10, 1))):
        BudgetEntryFactory(
            ward_project=project, act=BudgetAct.DISBURSED, amount=amount, dated=dated
        )

    document = begin_consolidation(request=period, version=period.version, by=coordinator)

    assert "'5,0'" in words_of(document)
    assert "14,0" not in words_of(document)


def test_two_consolidations_make_one_draft(period, coordinator, client_of):
    begin_consolidation(request=period, version=period.version, by=coordinator)

    with pytest.raises(ValidationError, match="đã được lập"):
        begin_consolidation(request=period, version=period.version, by=coordinator)
    answer = client_of(coordinator).post(
        reverse("reports:period_consolidate", args=[period.pk]), {"version": period.version}
    )

    assert answer.status_code == 422
    assert Document.objects.count() == 1


def test_nothing_is_consolidated_of_nothing_or_by_a_unit(ward, period, coordinator):
    empty = UnitReportFactory(request__ward=ward, request__period="year").request
    officer = user_with(Role.UNIT_REPORTER, ward, unit=received(period).unit)
    missing = UnitReport.objects.select_related("request", "ward").exclude(state="received")

    with pytest.raises(ValidationError, match="Chưa tiếp nhận"):
        begin_consolidation(request=empty, version=1, by=coordinator)
    with pytest.raises(PermissionDenied):
        begin_consolidation(request=period, version=1, by=officer)
    with pytest.raises(ValidationError, match="Lập dự thảo"):
        take_in_text(report=received(period), part=ReportPart.RESULTS, by=coordinator)
    begin_consolidation(request=period, version=period.version, by=coordinator)
    with pytest.raises(ValidationError, match="chưa được tiếp nhận"):
        take_in_text(report=missing.get(request=period), part=ReportPart.RESULTS, by=coordinator)
    assert ReportRequest.objects.exclude(document=None).count() == 1


def test_a_submitted_draft_takes_nothing_in(period, coordinator):
    document = begin_consolidation(request=period, version=period.version, by=coordinator)
    submit_document(document=document, version=document.version, by=coordinator)

    with pytest.raises(ValidationError, match="trình ký"):
        take_in_text(report=received(period), part=ReportPart.RESULTS, by=coordinator)


def test_figures_of_units_stand_in_the_draft_marked_and_never_as_official(
    ward, coordinator, django_assert_max_num_queries
):
    known, estimated, unknown, official = IndicatorFactory.create_batch(4, ward=ward)
    for each in (known, estimated, unknown, official):
        TargetFactory(indicator=each, year=2026)
    for of, value, day in ((official, 7, date(2026, 9, 1)), (known, 99, date(2026, 10, 1))):
        ActualFactory(indicator=of, year=2026, numerator=value, denominator=None, as_of=day)
    unit = UnitFactory(ward=ward, name="Phòng Kinh tế")
    report = UnitReportFactory(request__ward=ward, unit=unit, state="drafting", **TEXTS)
    other = UnitReportFactory(request=report.request, state="drafting")
    moved = {"computed": 8, "answer": "own", "own": 6, "reason": "một hộ chuyển đi"}
    for of, own, more in (
        (report, known, {"computed": 14}),
        (report, estimated, {"computed": None, "estimate": 21}),
        (report, unknown, {"computed": None}),
        (report, official, moved),
        (other, unknown, {"computed": 55}),
    ):
        answered = {"answer": "agreed", "label": own.name} | more
        UnitReportFigureFactory(report=of, key=f"indicator-{own.pk}", **answered)
    hand_in(report, user_with(Role.UNIT_REPORTER, ward, unit=unit), coordinator)
    document = begin_consolidation(request=report.request, version=1, by=coordinator)

    built = build_with_links(document)
    results, units = (part for part in built.tree.body if isinstance(part, tree.Table))
    cells = {row[1]: printed(row)[3:] for row in results.rows}
    rows = {row[1]: printed(row)[2:] for row in units.rows[1:]}
    assert [cells[each.name][1] for each in (known, estimated, unknown, official)] == [
        "14 (sơ bộ)", "ước cả kỳ 21", "Chưa có số liệu", "7",
    ]  # fmt: skip
    assert cells[known.name][2] == "Chưa có số chính thức"
    assert f"Phòng Kinh tế ({known.name}; {estimated.name})" in tree.plain(results.note)
    assert printed(units.rows[0]) == ["Phòng Kinh tế"]
    assert rows[official.name][1] == "6 hộ"
    assert rows[official.name][3] == "số có sẵn 8 hộ; một hộ chuyển đi"
    assert rows[unknown.name][1] == "chưa có số liệu"
    said = [each.message for each in findings(document, built)]
    assert f"Bảng kết quả thực hiện chỉ tiêu: chưa có số liệu của {unknown.name}." in said
    assert f"Báo cáo của Phòng Kinh tế: chưa có số liệu của {unknown.name}." in said
    with django_assert_max_num_queries(2):
        assert {each.report.unit for each in DocumentData(document).reported} == {unit}


def test_report_on_request_has_its_subject_and_no_tables(ward, coordinator):
    unit = UnitFactory(ward=ward)
    IndicatorFactory(ward=ward, owner=unit)
    report = UnitReportFactory(
        request__ward=ward,
        request__period="on_request",
        request__subject="thiệt hại sau mưa lũ",
        request__asks_figures=False,
        unit=unit,
    )
    officer = user_with(Role.UNIT_REPORTER, ward, unit=unit)
    report = fill_report(report=report, version=1, by=officer)
    report = save_report(report=report, texts=TEXTS, replies={}, version=report.version, by=officer)
    hand_in(report, officer, coordinator)

    document = begin_consolidation(request=report.request, version=1, by=coordinator)

    assert not report.figures.exists()
    assert document.subject == "thiệt hại sau mưa lũ"
    kinds = set(document.blocks.values_list("kind", flat=True))
    assert kinds == {"paragraph", "heading", "unit_reports"}


def test_a_whole_part_is_taken_in_once_without_those_who_say_nothing(
    ward, period, coordinator, client_of
):
    for name, said in (("Văn phòng", "Thiếu người."), ("Mặt trận", "Không có.")):
        unit = UnitFactory(ward=ward, name=name, order=5)
        report = UnitReportFactory(
            request=period, unit=unit, state="drafting", **TEXTS | {"difficulties": said}
        )
        hand_in(report, user_with(Role.UNIT_REPORTER, ward, unit=unit), coordinator)
    document = begin_consolidation(request=period, version=period.version, by=coordinator)
    client = client_of(coordinator)
    address = reverse("reports:period_consolidate", args=[period.pk])

    taken = client.post(address, {"part": "difficulties"}, follow=True)
    again = client.post(address, {"part": "difficulties"}, follow=True)
    unknown = client.post(address, {"part": "rumours"}, follow=True)

    said = words_of(document)
    assert said.index("Phòng Kinh tế: Mưa lũ.") < said.index("Văn phòng: Thiếu người.")
    assert "Mặt trận: Không có" not in said
    assert "Đã đưa lời văn vào dự thảo: Phòng Kinh tế; Văn phòng." in text_of(taken)
    assert "Không còn lời văn nào" in text_of(again)
    assert "Chọn phần trong danh sách." in text_of(unknown)
