"""Tasks of units, villages and who collects: reports to write, to receive, still missing."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from django.urls import reverse

from povertyplan.core import clock
from povertyplan.core.text import formatting
from reports.choices import HANDED_IN, UnitReportState
from reports.models import UnitReport
from reports.progress.calendar.dues import PeriodDue, period_name
from reports.progress.calendar.selectors import dues_around
from reports.progress.calendar.services.periods import name_request
from reports.progress.unit_reports.selectors.reports import open_reports
from reports.todo.context import Detail, Task, TodoContext, key_of

TO_WRITE = (UnitReportState.NOT_BEGUN, UnitReportState.DRAFTING, UnitReportState.RETURNED)
SHOWN = timedelta(days=30)  # how long who wrote a part sees that it was received
ASKED_OF_VILLAGE = "Viết ba phần: kết quả, khó khăn, đề xuất; mỗi phần vài dòng."
LOOKS_BACK = timedelta(days=90)  # an older due is history, to be found in the calendar
URGED = "Đến hạn hoặc quá hạn mà đơn vị chưa gửi."
RETURNED = "Bị trả lại: xem lý do ở từng phần, làm lại rồi gửi."
ASKED = "Số liệu lấy sẵn đến ngày {day}; đồng ý hoặc sửa, viết ba phần lời văn rồi gửi."


def tasks_to_write_reports(desk: TodoContext) -> Iterator[Task]:
    """The reports of a reporter's units that are not sent, a line each."""
    for report in open_reports(desk.user, TO_WRITE, desk.ward):
        asked = report.request
        is_back = report.state == UnitReportState.RETURNED
        yield Task(
            title=f"Gửi báo cáo {name_request(asked)}",
            reason=RETURNED if is_back else ASKED.format(day=formatting.day(asked.data_on)),
            url=reverse("reports:unit_report_write", args=[report.pk]),
            action="Sửa và gửi lại" if is_back else "Soạn báo cáo",
            due_on=asked.due_on,
        )


def tasks_to_write_village_parts(desk: TodoContext) -> Iterator[Task]:
    """For a head of a village: the parts that are asked, those sent, those received lately."""
    for report in open_reports(desk.user, UnitReportState.values, desk.ward):
        if report.village is None or _is_over(report, desk.today):
            continue
        is_back = report.state == UnitReportState.RETURNED
        waits = report.state in HANDED_IN
        state = report.get_state_display()
        yield Task(
            title=f"{report.village}: báo cáo {name_request(report.request)}",
            reason=f"{state}." if waits else RETURNED if is_back else ASKED_OF_VILLAGE,
            url=reverse("reports:village_part", args=[report.pk]),
            action="Xem" if waits else "Sửa và gửi lại" if is_back else "Viết báo cáo",
            due_on=report.request.due_on,
            waits_for_others=waits,
        )


def _is_over(report: UnitReport, today: date) -> bool:
    """Whether it was received long enough ago to leave the list."""
    return report.received_at is not None and clock.day_of(report.received_at) < today - SHOWN


def tasks_about_unit_reports(desk: TodoContext) -> Iterator[Task]:
    """For who collects, a line a period: what units sent, and what is due and was not sent."""
    rows = open_reports(desk.user, (*TO_WRITE, UnitReportState.SENT), desk.ward)
    sent = [row for row in rows if row.state == UnitReportState.SENT]
    late = [row for row in rows if row not in sent and row.request.due_on <= desk.today]
    for period, reports in _by_period(sent):
        yield _task(period, reports, "Tiếp nhận", "Đơn vị đã gửi, chờ tiếp nhận hoặc trả lại.")
    for period, reports in _by_period(late):
        # Who collects cannot send for a unit: the line goes once they have urged it.
        key = key_of("late", period.pk, *((each.pk, each.state) for each in reports))
        yield replace(_task(period, reports, "Đôn đốc", URGED), key=key)


def tasks_about_dues(desk: TodoContext) -> Iterator[Task]:
    """Of the dues of the coming week and of those missed, what nobody sent or asked for yet."""
    found = dues_around(desk.user, desk.ward, desk.today - LOOKS_BACK, desk.due_soon)
    waiting = [line for line in found if line.is_open]
    if not waiting:
        return
    address = reverse("reports:report_calendar")
    yield Task(
        title=f"Gửi {len(waiting)} báo cáo đến hạn, quá hạn",
        reason="Gửi xong thì ghi ngày gửi; báo cáo cần đơn vị thì mở kỳ.",
        url=f"{address}?year={waiting[0].due.year}#dues",
        action="Xem lịch báo cáo",
        due_on=waiting[0].due.due_on,
        details=tuple(
            Detail(
                label=f"{line.rule}, {period_name(*_of(line.due))}",
                url=f"{address}?year={line.due.year}#dues",
                note=f"hạn {formatting.day(line.due.due_on)}",
            )
            for line in waiting
            if line.due.due_on
        ),
    )


def _of(due: PeriodDue) -> tuple[str, int, int]:
    return due.period, due.year, due.number


def _by_period(rows: Sequence[UnitReport]):
    periods = dict.fromkeys(row.request for row in rows)
    return [(period, [row for row in rows if row.request == period]) for period in periods]


def _task(period, reports: Sequence[UnitReport], verb: str, reason: str) -> Task:
    return Task(
        title=f"{verb} {len(reports)} báo cáo {name_request(period)}",
        reason=reason,
        url=reverse("reports:period_detail", args=[period.pk]),
        action="Xem kỳ báo cáo",
        due_on=period.due_on,
        details=tuple(
            Detail(
                label=row.author.name,
                url=reverse("reports:unit_report_detail", args=[row.pk]),
                note=row.get_state_display(),
            )
            for row in reports
        ),
    )
