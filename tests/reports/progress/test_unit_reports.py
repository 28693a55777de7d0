"""A unit writes its report, sends it, gets it back and is received."""

import re
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from povertyplan.core import clock
from povertyplan.core.choices import Role
from povertyplan.core.models import PeriodLock
from povertyplan.core.periods.services import lock_period
from povertyplan.core.platform.versions import StaleVersion
from povertyplan.core.units.services import end_unit
from projects.choices import BudgetAct
from reports.models import UnitReport, UnitReportFigure
from reports.progress.unit_reports.differences import FigureReply
from reports.progress.unit_reports.presenters import describe_sent
from reports.progress.unit_reports.selectors.filled import filled_figures
from reports.progress.unit_reports.services.receiving import receive_report, return_report
from reports.progress.unit_reports.services.writing import fill_report, save_report, send_report
from tests.factories.core import GrantFactory, UnitFactory, user_with
from tests.factories.projects import (
    ActivityFactory,
    ActualFactory,
    BudgetEntryFactory,
    IndicatorFactory,
    ProjectUnitFactory,
    TargetFactory,
)
from tests.factories.reports import UnitReportFactory, UnitReportFigureFactory
from tests.pages import NO_RIGHT, NOT_FOUND, heading_of, text_of

TODAY = date(2026, 10, 2)
TEXTS = {"results": "Đã họp thôn.", "difficulties": "Không có", "proposals": "Không có"}


@pytest.fixture(autouse=True)
def day():
    with clock.set_to(TODAY):
        yield


@pytest.fixture
def unit(ward):
    return UnitFactory(ward=ward, name="Phòng Kinh tế")


@pytest.fixture
def officer(ward, unit):
    return user_with(Role.UNIT_REPORTER, ward, unit=unit)


@pytest.fixture
def report(ward, unit):
    return UnitReportFactory(request__ward=ward, unit=unit)


def written(report, officer, **texts):
    """The report with an answered figure and its texts, saved."""
    if report.state == "not_begun":
        report = fill_report(report=report, version=report.version, by=officer)
        UnitReportFigureFactory(report=report, key="indicator-0", label="Số hộ nghèo")
    replies = {figure.pk: FigureReply("agreed") for figure in report.figures.all()}
    return save_report(
        report=report, texts=TEXTS | texts, replies=replies, version=report.version, by=officer
    )


def sent(report, officer, **texts):
    report = written(report, officer, **texts)
    return send_report(report=report, version=report.version, by=officer)


def test_figures_of_the_unit_alone_are_filled_in_as_of_the_day(ward, unit, report):
    own = IndicatorFactory(ward=ward, owner=unit, name="Hộ có nước sạch")
    unknown = IndicatorFactory(ward=ward, owner=unit, name="Hộ có thẻ")
    IndicatorFactory(ward=ward, owner=UnitFactory(ward=ward), name="Của đơn vị khác")
    TargetFactory(indicator=own, year=2026)
    ActualFactory(indicator=own, year=2026, numerator=7, denominator=None, as_of=date(2026, 9, 1))
    ActualFactory(indicator=unknown, year=2026, numerator=9, denominator=None,
                  as_of=date(2026, 10, 1))  # fmt: skip
    lead = ProjectUnitFactory(ward_project__ward=ward, unit=unit)
    for amount, dated in ((5_000_000, date(2026, 8, 1)), (9_000_000, date(2026, 10, 1))):
        BudgetEntryFactory(
            ward_project=lead.ward_project, act=BudgetAct.DISBURSED, amount=amount, dated=dated
        )
    given = {BudgetAct.ALLOCATED: (4_000_000, 2026), BudgetAct.CARRIED_OVER: (2_000_000, 2025)}
    for act, (amount, first_year) in given.items():
        more = {"act": act, "amount": amount, "first_year": first_year, "dated": date(2026, 2, 1)}
        BudgetEntryFactory(ward_project=lead.ward_project, **more)
    ActivityFactory(ward_project=lead.ward_project, owner=unit, name="Tập huấn", due_on=TODAY)

    figures = {each.label: each for each in filled_figures(report.request, unit)}

    assert figures["Hộ có nước sạch"].computed == 7
    assert figures["Hộ có thẻ"].computed is None
    assert "Của đơn vị khác" not in figures
    (money,) = [each for each in figures.values() if each.key.startswith("money")]
    assert (money.computed, money.as_of) == (5_000_000, date(2026, 9, 30))
    assert money.target == "được sử dụng 6.000.000\xa0đồng"
    (activity,) = [each for each in figures.values() if each.key.startswith("activity")]
    assert (activity.computed, activity.source) == (None, "Chưa ghi kết quả hoạt động")


@pytest.mark.parametrize("rows", [1, 4])
def test_filling_in_takes_as_many_queries_for_many(
    rows, ward, unit, report, django_assert_max_num_queries
):
    for indicator in IndicatorFactory.create_batch(rows, ward=ward, owner=unit):
        TargetFactory(indicator=indicator, year=2026)
    for lead in ProjectUnitFactory.create_batch(rows, ward_project__ward=ward, unit=unit):
        ActivityFactory(ward_project=lead.ward_project, owner=unit)

    with django_assert_max_num_queries(17):
        filled_figures(report.request, unit)


def test_data_taken_again_ask_only_about_what_changed(ward, unit, report, officer):
    same, other = IndicatorFactory.create_batch(2, ward=ward, owner=unit)
    actual = ActualFactory(
        indicator=other, year=2026, numerator=7, denominator=None, as_of=date(2026, 9, 1)
    )
    report = written(report, officer)
    actual.numerator = 8
    actual.save()

    fill_report(report=report, version=report.version, by=officer)

    answers = dict(report.figures.values_list("key", "answer"))
    assert answers == {f"indicator-{same.pk}": "agreed", f"indicator-{other.pk}": ""}


def test_report_of_six_indicators_takes_at_most_twelve_acts(ward, unit, report, officer, client_of):
    """Begin, six answers, three texts, one button to check and one to send."""
    IndicatorFactory.create_batch(6, ward=ward, owner=unit)
    client, address = client_of(officer), reverse("reports:unit_report_write", args=[report.pk])
    acts = 1
    client.post(reverse("reports:unit_report_fill", args=[report.pk]), {"version": 1})
    page = client.get(address)
    names = set(re.findall(r'name="(\d+-answer)"', page.content.decode()))
    filled = dict.fromkeys(names, "agreed") | TEXTS
    acts += len(filled)
    version = page.context["report"].version
    client.post(address, filled | {"version": version, "check": "1"})
    acts += 1
    check = client.get(reverse("reports:unit_report_check", args=[report.pk]))
    assert "6 hộ" not in text_of(check)
    client.post(check.request["PATH_INFO"], {"version": check.context["report"].version})
    acts += 1

    report.refresh_from_db()
    assert report.state == "sent"
    assert acts <= 12


def test_partial_report_is_saved_and_not_sent(report, officer, client_of):
    report = written(report, officer, difficulties="")
    client = client_of(officer)

    page = text_of(client.get(reverse("reports:unit_report_write", args=[report.pk])))
    answer = client.post(
        reverse("reports:unit_report_check", args=[report.pk]), {"version": report.version}
    )

    assert "3/4" in page
    assert answer.status_code == 422
    assert "Khó khăn, vướng mắc: chưa viết" in text_of(answer)


def test_faults_come_together_and_keep_what_was_typed(report, officer, client_of):
    report = written(report, officer)
    first = report.figures.get()
    second = UnitReportFigureFactory(report=report)

    answer = client_of(officer).post(
        reverse("reports:unit_report_write", args=[report.pk]),
        TEXTS | {
            "version": report.version, "results": "Viết dở",
            f"{first.pk}-answer": "own", f"{second.pk}-own": "-3",
        },
    )  # fmt: skip

    said = text_of(answer)
    assert answer.status_code == 422
    assert "Nhập một số từ 0 trở lên" in said
    assert "Viết dở" in said
    assert UnitReport.objects.get().results == TEXTS["results"]


def test_second_editor_sees_what_the_first_saved(report, officer, client_of):
    report = written(report, officer)
    seen = report.version
    save_report(
        report=report, texts=TEXTS | {"results": "Bản của người thứ nhất."}, replies={},
        version=seen, by=officer,
    )  # fmt: skip
    mine = {"version": seen, "results": "Bản của tôi."}
    figure = report.figures.get()

    answer = client_of(officer).post(
        reverse("reports:unit_report_write", args=[report.pk]),
        TEXTS | mine | {f"{figure.pk}-answer": "agreed"},
    )

    said = text_of(answer)
    assert answer.status_code == 422
    assert "Bản của người thứ nhất." in said
    assert "Bản của tôi." in said
    assert UnitReport.objects.get().results == "Bản của người thứ nhất."


def test_text_of_the_period_before_is_offered_and_taken(ward, unit, report, officer, client_of):
    before = UnitReportFactory(
        request__ward=ward, request__period="half_year", request__last_day=date(2026, 6, 30),
        request__data_on=date(2026, 6, 30), unit=unit,
    )  # fmt: skip
    sent(before, officer, results="Lời văn 6 tháng.")
    report = fill_report(report=report, version=report.version, by=officer)
    address = reverse("reports:unit_report_write", args=[report.pk])

    page = client_of(officer).post(
        address, {"version": report.version, "reuse": "results", "proposals": "Giữ nguyên."}
    )

    assert page.context["form"]["results"].value() == "Lời văn 6 tháng."
    assert "Giữ nguyên." in text_of(page)
    assert UnitReport.objects.get(pk=report.pk).results == ""


def test_report_comes_back_at_its_part_and_shows_what_changed(
    report, officer, coordinator, client_of
):
    report = sent(report, officer)
    client = client_of(coordinator)
    address = reverse("reports:unit_report_return", args=[report.pk])
    refused = client.post(address, {"version": report.version})
    client.post(address, {"version": report.version, "results": "Nêu số hộ."})
    page = text_of(client_of(officer).get(reverse("reports:unit_report_write", args=[report.pk])))
    report.refresh_from_db()
    sent(report, officer, results="Đã họp thôn, 24 hộ.")

    shown = text_of(
        client_of(coordinator).get(reverse("reports:unit_report_detail", args=[report.pk]))
    )

    assert "Nêu lý do ở ít nhất một phần." in text_of(refused)
    assert "Trả lại: Nêu số hộ." in page
    assert "Khác so với lần gửi trước" in shown
    assert "Đã họp thôn, 24 hộ." in shown


def test_received_report_is_frozen(report, officer, coordinator, client_of):
    report = sent(report, officer)
    client_of(coordinator).post(
        reverse("reports:unit_report_receive", args=[report.pk]), {"version": report.version}
    )
    report.refresh_from_db()

    assert report.state == "received"
    with pytest.raises(ValidationError, match="đã tiếp nhận"):
        save_report(report=report, texts=TEXTS, replies={}, version=report.version, by=officer)
    for change in (
        lambda: UnitReport.objects.update(results="Khác"),
        lambda: UnitReportFigure.objects.update(label="Khác"),
        lambda: UnitReportFigureFactory(report=report),
        lambda: report.sendings.update(content={}),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_sender_does_not_receive(ward, report, unit, officer):
    both = user_with(Role.UNIT_REPORTER, ward, unit=unit)
    GrantFactory(user=both, role=Role.COORDINATOR, area=ward)
    report = sent(report, both)

    with pytest.raises(ValidationError, match="không được tự tiếp nhận"):
        receive_report(report=report, version=report.version, by=both)
    with pytest.raises(DatabaseError), transaction.atomic():
        UnitReport.objects.filter(pk=report.pk).update(
            state="received", received_at=clock.now(), received_by=both
        )


def locked_year(report):
    PeriodLock.objects.create(
        ward=report.ward, year=2026, locked_at=clock.now(), locked_by=report.request.opened_by
    )


def locked_part(months):
    def lock(report):
        lock_period(
            ward=report.ward, year=2026, months=months, reason="Đã gửi", by=report.request.opened_by
        )

    return lock


def closed_unit(report):
    report.unit.valid_to = date(2026, 9, 30)
    report.unit.save()


@pytest.mark.parametrize(
    ("happen", "sentence"),
    [
        (locked_year, "Số liệu năm 2026 đã khóa"),
        (locked_part((1, 9)), "Số liệu 9 tháng năm 2026 đã khóa"),
        (closed_unit, "đã kết thúc hoạt động"),
    ],
)
def test_nothing_is_written_of_a_locked_year_or_by_a_closed_unit(happen, sentence, report, officer):
    report = written(report, officer)
    happen(report)

    with pytest.raises(ValidationError, match=sentence):
        send_report(report=report, version=report.version, by=officer)


def test_a_lock_of_a_shorter_part_leaves_the_report_open(report, officer):
    report = written(report, officer)
    locked_part((1, 6))(report)

    assert send_report(report=report, version=report.version, by=officer).state == "sent"


def test_the_lock_of_its_period_is_told_on_the_report(report, officer, client_of):
    locked_part((1, 9))(report)

    told = text_of(client_of(officer).get(reverse("reports:unit_report_detail", args=[report.pk])))

    assert "Số liệu 9 tháng năm 2026 đã khóa" in told


def test_estimates_end_with_the_period(report, officer):
    report = written(report, officer)
    figure = report.figures.get()

    with pytest.raises(ValidationError) as refused:
        save_report(
            report=report, texts=TEXTS, replies={figure.pk: FigureReply("agreed", estimate=90)},
            version=report.version, by=officer,
        )  # fmt: skip

    assert "số ước" in refused.value.messages[0]


def test_an_estimate_posted_after_the_period_is_refused_with_a_sentence(report, officer, client_of):
    report = written(report, officer)
    figure = report.figures.get()
    page = client_of(officer).post(
        reverse("reports:unit_report_write", args=[report.pk]),
        {**TEXTS, "version": report.version, f"{figure.pk}-estimate": "90"},
    )

    assert page.status_code == 422
    assert "Số hộ nghèo: kỳ báo cáo đã hết nên không ghi số ước" in text_of(page)
    figure.refresh_from_db()
    assert figure.estimate is None


def test_versions_and_rights_are_asked(ward, report, officer, coordinator, client_of):
    other = user_with(Role.UNIT_REPORTER, ward, unit=UnitFactory(ward=ward))
    report = written(report, officer)

    with pytest.raises(StaleVersion):
        send_report(report=report, version=report.version - 1, by=officer)
    with pytest.raises(PermissionDenied):
        send_report(report=report, version=report.version, by=coordinator)
    with pytest.raises(PermissionDenied):
        return_report(report=report, reasons={"results": "Vì thiếu"}, version=1, by=officer)
    with pytest.raises(ValidationError, match="không chờ tiếp nhận"):
        receive_report(report=report, version=report.version, by=coordinator)
    page = reverse("reports:unit_report_detail", args=[report.pk])
    assert heading_of(client_of(other).get(page)) == NOT_FOUND
    write = reverse("reports:unit_report_write", args=[report.pk])
    assert heading_of(client_of(coordinator).get(write)) == NO_RIGHT


def test_tasks_name_what_to_write_to_receive_and_to_urge(
    ward, report, officer, coordinator, client_of
):
    before = text_of(client_of(officer).get(reverse("reports:todo")))
    sent(report, officer)
    UnitReportFactory(request=report.request, unit=UnitFactory(ward=ward, name="Trạm Y tế"))

    with clock.set_to(date(2026, 10, 6)):
        after = text_of(client_of(coordinator).get(reverse("reports:todo")))

    assert "Gửi báo cáo 9 tháng năm 2026" in before
    assert "Tiếp nhận 1 báo cáo 9 tháng năm 2026" in after
    assert "Đôn đốc 1 báo cáo 9 tháng năm 2026" in after


def test_successor_goes_on_with_what_was_not_sent(ward, unit, report, administrator):
    successor = UnitFactory(ward=ward, name="Phòng Văn hóa")

    end_unit(
        unit=unit,
        last_day=TODAY,
        successor=successor,
        reason="Sáp nhập",
        version=unit.version,
        by=administrator,
    )

    report.refresh_from_db()
    assert report.unit == successor


def test_what_was_sent_keeps_the_capitals_of_its_unit(db):
    report = UnitReportFactory(unit__name="Văn phòng HĐND và UBND")

    assert describe_sent(report).endswith("của Văn phòng HĐND và UBND.")


def test_one_button_agrees_to_all_figures_and_keeps_what_was_typed(report, officer, client_of):
    report = fill_report(report=report, version=1, by=officer)
    first, own, bad = UnitReportFigureFactory.create_batch(3, report=report)
    client, address = client_of(officer), reverse("reports:unit_report_write", args=[report.pk])
    typed = TEXTS | {"version": report.version, "agree": "1", f"{own.pk}-own": "9"}

    refused = client.post(address, typed)
    client.post(address, typed | {f"{own.pk}-reason": "đếm lại"})

    assert refused.status_code == 422
    assert "Đã họp thôn." in text_of(refused)
    assert 'value="9"' in refused.content.decode()
    assert refused.context["form"][f"{bad.pk}-answer"].value() == "agreed"
    answers = {row.pk: row.answer for row in report.figures.all()}
    assert answers == {first.pk: "agreed", own.pk: "own", bad.pk: "agreed"}
    report.refresh_from_db()
    assert report.results == "Đã họp thôn."


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE reports_unitreport SET results = 'khác' WHERE id = {r}", "Báo cáo đã gửi"),
        ("UPDATE reports_unitreport SET sent_by_id = NULL WHERE id = {r}", "Báo cáo đã gửi"),
        ("DELETE FROM reports_unitreport WHERE id = {r}", "Báo cáo đã gửi"),
        ("UPDATE reports_unitreportfigure SET own = 9 WHERE report_id = {r}", "Báo cáo đã gửi"),
        ("DELETE FROM reports_unitreportfigure WHERE report_id = {r}", "Báo cáo đã gửi"),
        ("UPDATE reports_reportrequest SET data_on = first_day WHERE id = {q}", "Đã có đơn vị"),
    ],
)
def test_the_database_keeps_what_was_sent_and_what_it_answers(
    report, officer, ward, statement, words
):
    UnitReportFigureFactory(report=report, answer="agreed")
    saved = written(report, officer)
    sent = send_report(report=saved, version=saved.version, by=officer)

    with pytest.raises(DatabaseError, match=words), transaction.atomic():
        connection.cursor().execute(statement.format(r=sent.pk, q=sent.request_id))


def test_what_came_back_is_written_again_and_a_due_day_may_move(report, officer, ward):
    saved = written(report, officer)
    sent = send_report(report=saved, version=saved.version, by=officer)
    type(sent.request).objects.filter(pk=sent.request_id).update(note="Gia hạn")
    collector = user_with(Role.COORDINATOR, ward)
    back = return_report(
        report=sent, reasons={"results": "Thiếu số liệu"}, version=sent.version, by=collector
    )

    assert written(back, officer, results="Đã họp hai thôn.").results == "Đã họp hai thôn."
