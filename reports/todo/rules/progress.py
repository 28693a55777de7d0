"""Tasks of units and of who collects: progress reports to write, to receive, still missing."""

from collections.abc import Iterator, Sequence

from django.urls import reverse

from povertyplan.core.text import formatting
from reports.choices import UnitReportState
from reports.models import UnitReport
from reports.progress.calendar.services.periods import name_request
from reports.progress.unit_reports.selectors.reports import open_reports
from reports.todo.context import Detail, Task, TodoContext

TO_WRITE = (UnitReportState.NOT_BEGUN, UnitReportState.DRAFTING, UnitReportState.RETURNED)
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


def tasks_about_unit_reports(desk: TodoContext) -> Iterator[Task]:
    """For who collects, a line a period: what units sent, and what is due and was not sent."""
    rows = open_reports(desk.user, (*TO_WRITE, UnitReportState.SENT), desk.ward)
    sent = [row for row in rows if row.state == UnitReportState.SENT]
    late = [row for row in rows if row not in sent and row.request.due_on <= desk.today]
    for period, reports in _by_period(sent):
        yield _task(period, reports, "Tiếp nhận", "Đơn vị đã gửi, chờ tiếp nhận hoặc trả lại.")
    for period, reports in _by_period(late):
        yield _task(period, reports, "Đôn đốc", "Đến hạn hoặc quá hạn mà đơn vị chưa gửi.")


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
                label=row.unit.name,
                url=reverse("reports:unit_report_detail", args=[row.pk]),
                note=row.get_state_display(),
            )
            for row in reports
        ),
    )
