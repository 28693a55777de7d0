"""Tasks about needs: households that nobody has asked yet."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.urls import reverse

from households.choices import NeedState
from households.models import Household
from households.needs.selectors.lists import households_not_asked
from povertyplan.core.areas import WARD
from povertyplan.core.text import formatting
from reports.todo.context import Task, TodoContext


def tasks_to_ask_needs(desk: TodoContext) -> Iterator[Task]:
    """Poor, near-poor and newly escaped households that the user sees and nobody asked."""
    visible = Household.objects.visible_to(desk.user).filter(ward=desk.ward)
    waiting = households_not_asked(visible, desk.ward, desk.today)
    if waiting:
        asked: dict[str, object] = {"state": NeedState.NOT_ASKED.value}
        if not desk.is_only:
            asked[WARD] = desk.ward.pk
        yield Task(
            title=f"{formatting.number(len(waiting))} hộ chưa hỏi nhu cầu",
            reason="Hộ trong danh sách nhu cầu chưa được hỏi cần hỗ trợ gì.",
            url=f"{reverse('households:need_list')}?{urlencode(asked)}",
            action="Xem và ghi nhu cầu",
        )
