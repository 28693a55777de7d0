"""Tasks of publishing: what is due within a week or was missed."""

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse

from projects.publicity.selectors.plan import (
    PlannedPublication,
    publication_plan,
    publication_rules,
)
from reports.todo.context import Detail, Task, TodoContext

# What happened longer ago is history, to be found in the plan of its year.
LOOKS_BACK = timedelta(days=366)
SHOWN = 20


def tasks_to_publish(desk: TodoContext) -> Iterator[Task]:
    """One line for all, with the first that is due."""
    begin = desk.today - LOOKS_BACK
    plan = publication_plan(desk.ward, begin, desk.today, publication_rules())
    waiting = [each for each in plan if each.is_open and each.due_on <= desk.due_soon]
    if waiting:
        first = waiting[0]
        yield Task(
            title=f"Công khai {len(waiting)} nội dung đến hạn, quá hạn",
            reason=f"Sớm nhất: {first.rule} ({first.occasion.label}).",
            url=f"{reverse('projects:publicity_plan')}?year={first.occasion.happened_on.year}",
            action="Xem kế hoạch",
            due_on=first.due_on,
            details=tuple(_detail(each) for each in waiting[:SHOWN]),
        )


def _detail(planned: PlannedPublication) -> Detail:
    year = planned.occasion.happened_on.year
    address = [year, planned.rule.pk, planned.occasion.key]
    return Detail(
        label=f"{planned.rule}: {planned.occasion.label}",
        url=reverse("projects:publication_new", args=address),
        note=planned.rule.get_place_display(),
    )
