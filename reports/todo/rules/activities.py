"""Tasks of units and of who collects: activities that are due or late."""

from collections.abc import Iterator, Sequence

from django.urls import reverse

from projects.models import Activity
from projects.programme.selectors.activities import open_activities, open_activities_of_units
from reports.todo.context import Detail, Task, TodoContext

SHOWN = 20


def tasks_to_do_activities(desk: TodoContext) -> Iterator[Task]:
    """Those of a reporter's units, a line each project."""
    rows = open_activities_of_units(ward=desk.ward, viewer=desk.user, until=desk.due_soon)
    return _tasks(rows, "Thực hiện, báo cáo")


def tasks_to_urge_activities(desk: TodoContext) -> Iterator[Task]:
    """The late ones of the whole ward, for who collects."""
    return _tasks(open_activities(ward=desk.ward, until=desk.yesterday), "Đôn đốc")


def _tasks(rows: Sequence[Activity], verb: str) -> Iterator[Task]:
    for ward_project in dict.fromkeys(row.ward_project for row in rows):
        own = [row for row in rows if row.ward_project == ward_project]
        year = max(row.year for row in own)
        address = reverse("projects:project_detail", args=[ward_project.project_id])
        yield Task(
            title=f"{verb} {len(own)} hoạt động của {ward_project.project}",
            reason="Sắp đến hạn hoặc đã quá hạn mà chưa ghi ngày hoàn thành.",
            url=f"{address}?year={year}#activities",
            action="Xem hoạt động",
            due_on=min(row.due_on for row in own if row.due_on),
            details=tuple(_detail(row) for row in own[:SHOWN]),
        )


def _detail(row: Activity) -> Detail:
    return Detail(
        label=row.name,
        url=reverse("projects:activity_report", args=[row.pk]),
        note=row.owner.name if row.owner else "",
    )
