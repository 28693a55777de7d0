"""What the page says after a line was put away."""

from reports.todo.context import Task

GONE = "Việc này đã thay đổi hoặc không còn trong danh sách. Xem lại danh sách."


def describe_finished(task: Task) -> str:
    return f"Đã cất việc “{task.title}”. Việc hiện lại khi nội dung của nó thay đổi."
