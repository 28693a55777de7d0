"""Tasks after a decision: lists to make, and those that wait to be sent."""

from collections.abc import Iterator

from django.urls import reverse

from povertyplan.core.text import formatting
from projects.handover.selectors.lists import is_handover_due, latest_decision, latest_handover
from projects.models import HandoverList
from reports.todo.context import Detail, Task, TodoContext


def tasks_to_hand_over(desk: TodoContext) -> Iterator[Task]:
    """A decision without lists, and every list until it is sent; three queries."""
    decision, latest = latest_decision(desk.ward), latest_handover(desk.ward)
    address = reverse("projects:handover_list")
    if is_handover_due(latest, decision):
        yield Task(
            title=f"Lập danh sách chuyển giao sau {decision}",
            reason="Báo cho bảo hiểm xã hội, trường, ngân hàng và nơi chi trả những thay đổi.",
            url=address,
            action="Lập danh sách",
        )
    visible = HandoverList.objects.visible_to(desk.user).filter(ward=desk.ward)
    waiting = list(visible.pending().select_related("kind"))
    if waiting:
        yield Task(
            title=f"{len(waiting)} danh sách chuyển giao chưa gửi",
            reason="Danh sách đã lập, chưa ghi ngày gửi cho nơi nhận.",
            url=address,
            action="Xem danh sách",
            details=tuple(_detail(each) for each in waiting),
        )


def _detail(waiting: HandoverList) -> Detail:
    return Detail(
        label=str(waiting),
        url=reverse("projects:handover_detail", args=[waiting.pk]),
        note=f"{formatting.number(waiting.change_count)} thay đổi",
    )
