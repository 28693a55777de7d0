"""An issued plan beside what became of it: page, paper, workbook."""

import io
from datetime import date

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from povertyplan.core import clock
from povertyplan.core.choices import Role
from reports.choices import BlockKind, UnitReportState
from reports.models import DocumentDuty, DutyItem, UnitReport, UnitReportSending
from tests.factories.core import UnitFactory, UserFactory, user_with
from tests.factories.projects import ActivityFactory, ActualFactory, IndicatorFactory, TargetFactory
from tests.factories.reports import (
    DocumentFactory,
    ReportingRuleFactory,
    ReportRequestFactory,
    UnitReportFactory,
    UnitReportFigureFactory,
)
from tests.pages import heading_of, words_of
from tests.reports.documents import block, issue

TODAY = date(2026, 9, 28)


@pytest.fixture(autouse=True)
def day():
    with clock.set_to(TODAY):
        yield


@pytest.fixture
def unit(ward):
    return UnitFactory(ward=ward, name="Phòng Kinh tế")


@pytest.fixture
def indicator(ward, unit):
    return IndicatorFactory(
        ward=ward, owner=unit, name="Lao động được đào tạo", measure_unit="người"
    )


@pytest.fixture
def plan(ward, unit, indicator):
    document = DocumentFactory(ward=ward, year_from=2026, year_to=2026)
    block(document, BlockKind.TARGETS, years=[2026])
    first = TargetFactory(indicator=indicator, year=2026, low=40)
    duty = DocumentDuty.objects.create(document=document, unit=unit, order=1)
    task = DutyItem.objects.create(duty=duty, order=1, text="Mở lớp đào tạo nghề")
    activity = ActivityFactory(
        ward=ward, year=2026, owner=unit, name="Mở lớp nghề", due_on=date(2026, 9, 1)
    )
    task.projects.add(activity.ward_project.project)
    issue(document)
    TargetFactory(
        indicator=indicator, year=2026, low=30, supersedes=first, reason="Bão làm dừng lớp"
    )
    return document


def url_of(plan, *more):
    return reverse("reports:plan_result_file" if more else "reports:plan_result_detail",
                   args=[plan.pk, *more])  # fmt: skip


def sent_report(ward, unit, indicator):
    period = ReportRequestFactory(ward=ward)
    report = UnitReportFactory(request=period, unit=unit, results="Đã mở hai lớp.")
    UnitReportFigureFactory(report=report, key=f"indicator-{indicator.pk}", computed=14)
    now = clock.now()
    UnitReportSending.objects.create(
        report=report, number=1, sent_by=UserFactory(), sent_at=now, content={}
    )
    UnitReport.objects.update(state=UnitReportState.RECEIVED, sent_at=now, received_at=now)


def test_page_puts_print_revision_narrative_and_next_report_side_by_side(
    plan, unit, indicator, coordinator, client_of
):
    sent_report(plan.ward, unit, indicator)

    shown = words_of(client_of(coordinator).get(url_of(plan)))

    for words in ("Lao động được đào tạo còn 40 người", "Điều chỉnh: 30 người (Bão làm dừng lớp)",
                  "Phòng Kinh tế", "Đã mở hai lớp.", "14 (sơ bộ); Chưa có số chính thức",
                  "Báo cáo tới: 9 tháng năm 2026, hạn 05/10/2026",
                  "0/1 hoạt động đã xong, 1 quá hạn"):  # fmt: skip
        assert words in shown


def test_a_figure_nobody_gave_is_not_zero(plan, coordinator, client_of):
    shown = words_of(client_of(coordinator).get(url_of(plan)))

    assert "1 chỉ tiêu: 1 chưa có số liệu" in shown
    assert "không còn báo cáo nào phải lập" in shown


def test_progress_has_a_column_of_its_own_beside_the_judgement(
    plan, indicator, coordinator, client_of
):
    indicator.baseline = 90
    indicator.save()
    ActualFactory(indicator=indicator, year=2026, numerator=45, denominator=None,
                  as_of=date(2026, 9, 1))  # fmt: skip

    shown = words_of(client_of(coordinator).get(url_of(plan)))
    client = client_of(coordinator)
    sheet = load_workbook(io.BytesIO(client.get(url_of(plan, 2026, "xlsx")).content)).active
    cells = [[str(cell.value) for cell in row] for row in sheet]

    assert "Tiến độ so với gốc Đánh giá" in shown
    assert "75,0%" in shown  # 90 to 45 of the way from 90 to 30
    (head,) = [row for row in cells if "Tiến độ so với gốc" in row]
    (row,) = [row for row in cells if "Lao động được đào tạo" in row]
    assert row[head.index("Tiến độ so với gốc")] == "75,0%"


def test_a_late_report_is_still_the_next_one_with_the_day_its_units_were_given(
    plan, coordinator, client_of
):
    rule = ReportingRuleFactory(ward=plan.ward, period="nine_months", due_month=11, of_units=True)
    ReportRequestFactory(
        ward=plan.ward, rule=rule, data_on=date(2026, 8, 31), due_on=date(2026, 9, 20)
    )

    shown = words_of(client_of(coordinator).get(url_of(plan)))

    assert "Báo cáo tới: 9 tháng năm 2026, hạn 20/09/2026" in shown
    assert "20/09/2026 " + rule.name in shown
    assert "Quá hạn" in shown


def test_a_period_without_a_day_is_not_yet_to_come_once_it_is_over(plan, coordinator, client_of):
    ReportingRuleFactory(ward=plan.ward, period="quarter", due_day=None, of_units=True)

    page = client_of(coordinator).get(url_of(plan))

    states = [each.state for each, _name in page.context["reports"]]
    assert states == ["no_day", "no_day", "to_come", "to_come"]
    assert "Báo cáo tới: quý III/2026, chưa quy định hạn" in words_of(page)


def test_a_target_given_after_the_signature_is_not_said_to_be_printed(
    plan, unit, coordinator, client_of
):
    TargetFactory(indicator=IndicatorFactory(ward=plan.ward, name="Nhà mới"), year=2026, low=3)

    assert "Bản đã ký không ghi" in words_of(client_of(coordinator).get(url_of(plan)))


@pytest.mark.parametrize("who", ["reporter", "observer", "leader"])
def test_other_readers_see_it_and_the_list_leads_to_it(plan, who, client_of, request):
    client = client_of(request.getfixturevalue(who))

    assert url_of(plan) in client.get(reverse("reports:plan_result_list")).content.decode()
    assert "2026" in heading_of(client.get(url_of(plan)))
    assert url_of(plan) in client.get(reverse("reports:plan_detail", args=[plan.pk])).text


def test_drafts_other_wards_and_other_years_are_not_found(plan, coordinator, stranger, client_of):
    draft = DocumentFactory(ward=plan.ward)
    client = client_of(coordinator)

    for address in (
        url_of(draft),
        f"{url_of(plan)}?year=2027",
        url_of(plan, 2027, "xlsx"),
        url_of(plan, 2026, "exe"),
    ):
        assert heading_of(client.get(address)) == "Không tìm thấy trang này"
    assert "Lao động được đào tạo" not in client_of(stranger).get(url_of(plan)).text


def test_who_keeps_two_wards_opens_the_plan_of_each(plan, coordinator, client_of):
    other = DocumentFactory(year_from=2026, year_to=2026)
    block(other, BlockKind.TARGETS, years=[2026])
    issue(other)
    both = user_with(Role.OBSERVER, plan.ward)
    both.grants.create(
        role=Role.OBSERVER, area=other.ward, valid_from=date(2026, 1, 1), granted_by=coordinator
    )

    client = client_of(both)

    for each in (plan, other):
        assert reverse("reports:plan_detail", args=[each.pk]) in client.get(url_of(each)).text


def test_workbook_has_the_words_of_the_page(plan, unit, indicator, coordinator, client_of):
    sent_report(plan.ward, unit, indicator)

    answer = client_of(coordinator).get(url_of(plan, 2026, "xlsx"))

    assert answer["Content-Disposition"].endswith('-ke-hoach-2026-giam-ngheo-ben-vung.xlsx"')
    assert answer.content[:2] == b"PK"


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow_with_targets(
    plan, unit, count, coordinator, client_of, django_assert_max_num_queries
):
    for number in range(count):
        indicator = IndicatorFactory(ward=plan.ward, owner=unit, name=f"Chỉ tiêu {number}")
        TargetFactory(indicator=indicator, year=2026, low=number + 1)
    client = client_of(coordinator)
    client.get(url_of(plan))

    with django_assert_max_num_queries(45):
        client.get(url_of(plan))
