"""The to-do list (việc cần làm): tasks that follow from the data and end when the data changes.

Nobody types a task. Each rule reads one kind of fact and gives the lines for one role.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from povertyplan.core.choices import Role
from povertyplan.core.models import FinishedTask, User
from reports.todo.context import SOON, Task, TodoContext
from reports.todo.rules.accounts import tasks_about_ending_roles, tasks_about_silent_units
from reports.todo.rules.activities import tasks_to_do_activities, tasks_to_urge_activities
from reports.todo.rules.documents import (
    tasks_about_changed_figures,
    tasks_to_check_drafts,
    tasks_to_comment,
    tasks_to_settle_proposals,
    tasks_to_sign,
    tasks_to_write_sections,
)
from reports.todo.rules.handovers import tasks_to_hand_over
from reports.todo.rules.households import (
    tasks_about_reveals,
    tasks_about_reveals_instead,
    tasks_for_ending_windows,
    tasks_for_requests,
    tasks_to_settle_numbers,
)
from reports.todo.rules.needs import tasks_to_ask_needs
from reports.todo.rules.pledges import tasks_about_pledges
from reports.todo.rules.populations import tasks_to_update_totals
from reports.todo.rules.progress import (
    tasks_about_dues,
    tasks_about_unit_reports,
    tasks_to_write_reports,
    tasks_to_write_village_parts,
)
from reports.todo.rules.publicity import tasks_to_publish
from reports.todo.rules.reviews import (
    tasks_awaiting_approval,
    tasks_awaiting_cancellation,
    tasks_to_approve,
    tasks_to_correct,
    tasks_to_decide_cancellation,
    tasks_to_enter,
    tasks_to_finish,
    tasks_to_settle,
    tasks_to_submit,
)
from reports.todo.rules.supervision import (
    tasks_to_answer_findings,
    tasks_to_urge_answers,
    tasks_to_watch_findings,
)
from reports.todo.rules.targets import tasks_to_collect, tasks_to_report
from reports.todo.rules.watching import tasks_to_read, tasks_to_watch_review
from reports.todo.rules.worker import tasks_about_worker


@dataclass(frozen=True)
class TaskGroup:
    label: str
    tasks: tuple[Task, ...]


@dataclass(frozen=True)
class Todo:
    """What a user has to do, and what of it was put away."""

    groups: list[TaskGroup]
    finished: tuple[Task, ...]

    def find(self, key: str) -> Task | None:
        """The line with a key, put away or not."""
        there = (*self.finished, *(task for group in self.groups for task in group.tasks))
        return next((task for task in there if key and task.key == key), None)


def build_todo(*, user: User, today: date) -> list[TaskGroup]:
    """The tasks of a user's roles, overdue first; groups without a task are left out."""
    return read_todo(user=user, today=today).groups


def read_todo(*, user: User, today: date) -> Todo:
    """The same with what was put away."""
    tasks = [desk.sign(task) for desk, rule in _desks(user, today) for task in rule(desk)]
    tasks.sort(key=lambda task: (task.due_on or date.max, task.title))
    rows = FinishedTask.objects.filter(user=user, key__in=[each.key for each in tasks if each.key])
    keys = set(rows.values_list("key", flat=True))
    standing = [task for task in tasks if task.key not in keys]
    finished = tuple(task for task in tasks if task.key in keys)
    return Todo(_grouped(standing, today), finished)


def _grouped(tasks: list[Task], today: date) -> list[TaskGroup]:
    labels = ("Quá hạn", "Trong 7 ngày tới", "Sắp tới", "Không có hạn", "Chờ người khác")
    groups = [
        TaskGroup(label, tuple(task for task in tasks if _label_of(task, today) == label))
        for label in labels
    ]
    return [group for group in groups if group.tasks]


def _desks(user: User, today: date) -> Iterator[tuple[TodoContext, "TaskRule"]]:
    """The rules of each role, at the desk of somebody with this role alone, ward by ward."""
    for ward in user.wards:
        here = user.grants_around(ward)
        for role in sorted({grant.role for grant in here}):
            held = [grant for grant in here if grant.role == role]
            desk = TodoContext(user.narrowed_to(held), ward, today, is_only=len(user.wards) == 1)
            yield from ((desk, rule) for rule in RULES.get(role, ()))


def _label_of(task: Task, today: date) -> str:
    if task.waits_for_others:
        return "Chờ người khác"
    if task.due_on is None:
        return "Không có hạn"
    if task.due_on < today:
        return "Quá hạn"
    return "Trong 7 ngày tới" if task.due_on <= today + SOON else "Sắp tới"


TaskRule = Callable[[TodoContext], Iterable[Task]]

RULES: dict[str, tuple[TaskRule, ...]] = {
    Role.COORDINATOR: (
        tasks_to_finish,
        tasks_to_settle,
        tasks_to_submit,
        tasks_to_correct,
        tasks_awaiting_approval,
        tasks_awaiting_cancellation,
        tasks_to_hand_over,
        tasks_to_publish,
        tasks_for_requests,
        tasks_to_ask_needs,
        tasks_about_pledges,
        tasks_for_ending_windows,
        tasks_to_check_drafts,
        tasks_to_settle_proposals,
        tasks_about_changed_figures,
        tasks_to_collect,
        tasks_to_urge_activities,
        tasks_about_dues,
        tasks_about_unit_reports,
        tasks_to_urge_answers,
        tasks_about_reveals,
        tasks_to_settle_numbers,
        tasks_to_update_totals,
    ),
    Role.ENTRY_OFFICER: (
        tasks_to_enter,
        tasks_to_ask_needs,
        tasks_about_pledges,
        tasks_to_write_village_parts,
    ),
    Role.UNIT_REPORTER: (
        tasks_to_report,
        tasks_to_do_activities,
        tasks_to_comment,
        tasks_to_write_sections,
        tasks_to_write_reports,
        tasks_to_answer_findings,
    ),
    Role.LEADER: (
        tasks_to_approve,
        tasks_to_decide_cancellation,
        tasks_to_sign,
        tasks_about_reveals_instead,
    ),
    Role.OBSERVER: (tasks_to_watch_review, tasks_to_read, tasks_to_watch_findings),
    Role.ADMINISTRATOR: (
        tasks_about_reveals_instead,
        tasks_about_ending_roles,
        tasks_about_silent_units,
        tasks_to_update_totals,
        tasks_about_worker,
    ),
}
