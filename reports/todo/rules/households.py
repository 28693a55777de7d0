"""Tasks about households: windows that end, requests that wait."""

from collections.abc import Iterator
from datetime import date, timedelta
from urllib.parse import urlencode

from django.urls import reverse

from households.campaign.requests.selectors import listed_requests
from households.choices import WindowRule
from households.directory.selectors.reveals import told_instead_to, told_to
from households.ledger.selectors.classes import newly_escaped
from households.models import Membership
from households.numbers.selectors import shared_numbers
from povertyplan.core.models import AuditEvent
from povertyplan.core.text import formatting
from reports.todo.context import Task, TodoContext, key_of

WINDOW_NOTICE = timedelta(days=90)


def tasks_for_ending_windows(desk: TodoContext) -> Iterator[Task]:
    """Newly escaped households whose 36 months end within 90 days."""
    ending = [
        escaped
        for escaped in newly_escaped(ward=desk.ward, on=desk.today)
        if escaped.window.ends_on <= desk.today + WINDOW_NOTICE
    ]
    if ending:
        first_day, last_day = ending[0].window.ends_on, ending[-1].window.ends_on
        yield Task(
            title=f"{len(ending)} hộ mới thoát nghèo sắp hết thời hạn 36 tháng",
            reason=f"Thời hạn đến hết ngày {_days(first_day, last_day)}; rà soát chính sách các hộ "
            "đang được hưởng.",
            url=f"{reverse('households:window_list')}?"
            + urlencode({"leaving": WINDOW_NOTICE.days, "rule": WindowRule.PROGRAMME.value}),
            action="Xem danh sách",
            due_on=first_day,
            key=key_of("windows", *((each.household.pk, each.window.ends_on) for each in ending)),
        )


def tasks_for_requests(desk: TodoContext) -> Iterator[Task]:
    """Requests of households that no review has taken in yet."""
    waiting = list(listed_requests(desk.user, ""))
    if waiting:
        yield Task(
            title=f"{len(waiting)} giấy đề nghị rà soát chưa giải quyết",
            reason=f"Nhận sớm nhất ngày {formatting.day(waiting[0].received_on)}; chọn khi mở đợt "
            "rà soát, hoặc ghi lý do không giải quyết.",
            url=reverse("households:request_list"),
            action="Xem giấy đề nghị",
        )


def tasks_to_settle_numbers(desk: TodoContext) -> Iterator[Task]:
    """Personal numbers that another ward has too, until this one has looked at papers."""
    visible = Membership.objects.visible_to(desk.user)
    waiting = [each for each in shared_numbers(desk.ward, visible) if each.checked_on is None]
    if waiting:
        yield Task(
            title=f"{len(waiting)} số định danh cần đối chiếu",
            reason="Phường, xã khác cũng ghi số này; xem giấy tờ rồi ghi kết quả.",
            url=reverse("households:number_list"),
            action="Xem và đối chiếu",
        )


def tasks_about_reveals(desk: TodoContext) -> Iterator[Task]:
    """Somebody else opened many personal numbers within minutes."""
    yield from map(_reveal_task, told_to(desk.user, desk.ward))


def tasks_about_reveals_instead(desk: TodoContext) -> Iterator[Task]:
    """The same where the ward has no other coordinator."""
    yield from map(_reveal_task, told_instead_to(desk.user, desk.ward))


def _reveal_task(event: AuditEvent) -> Task:
    return Task(
        title=f"Hỏi lại {event.actor} về số định danh đã mở",
        reason=f"{event.summary} Lúc {formatting.moment(event.at)}; mục đích: {event.reason}.",
        url=reverse("core:audit_detail", args=[event.pk]),
        action="Xem nhật ký",
        key=key_of("reveal", event.pk),
    )


def _days(first: date, last: date) -> str:
    days = formatting.day(first)
    return days if first == last else f"{days} (hộ sớm nhất), {formatting.day(last)} (hộ muộn nhất)"
