"""Tasks about the program itself, for administrators."""

from collections.abc import Iterator

from django.urls import reverse

from povertyplan.core.platform.jobs import worker_silent_since
from povertyplan.core.text import formatting
from reports.todo.context import Task, TodoContext


def tasks_about_worker(desk: TodoContext) -> Iterator[Task]:
    """Long work waits, and nothing does it."""
    if since := worker_silent_since():
        yield Task(
            title="Bộ xử lý nền không nhận việc",
            reason=f"Việc chạy nền chờ từ {formatting.moment(since)}; báo người giữ máy chủ.",
            url=reverse("core:settings_list"),
            action="Xem",
        )
