"""Findings of supervision: a unit answers them, the coordinator urges, the observer waits."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.urls import reverse
from django.utils.http import urlencode

from povertyplan.core.areas import WARD
from povertyplan.core.text import formatting
from projects.programme.selectors.rights import units_of
from reports.models import SupervisionFinding
from reports.supervision.presenters import describe_subject
from reports.supervision.selectors import findings_of
from reports.todo.context import Detail, Task, TodoContext, key_of
from reports.todo.rules.watching import NEW

FIND_REASON = (
    "Ghim phát hiện vào một hộ, số liệu, lần niêm yết hoặc dự án; đơn vị được hỏi phải trả lời."
)


def tasks_to_answer_findings(desk: TodoContext) -> Iterator[Task]:
    """What a reporter's units have to answer, a line each."""
    for finding in _open(desk).filter(unit__in=units_of(desk.user, desk.ward)):
        yield Task(
            title=f"Trả lời kiến nghị giám sát: {describe_subject(finding)}",
            reason=f"Giám sát ngày {formatting.day(finding.found_on)}.",
            url=reverse("reports:finding_answer", args=[finding.pk]),
            action="Trả lời",
            due_on=finding.reply_by,
        )


def tasks_to_urge_answers(desk: TodoContext) -> Iterator[Task]:
    """For who keeps the programme: what is late, in one line."""
    late = list(_open(desk).filter(reply_by__lt=desk.today))
    if late:
        yield _folded(desk, "Đôn đốc trả lời", "Đơn vị chưa trả lời khi đã quá hạn.", late)


def tasks_to_watch_findings(desk: TodoContext) -> Iterator[Task]:
    """For an observer: what was answered lately, what waits, and that there is something to do."""
    own = findings_of(desk.user).filter(ward=desk.ward, recorded_by=desk.user).standing()
    since = desk.today - NEW
    answered = list(own.filter(answered_on__gte=since).order_by("-answered_on", "pk"))
    waiting = list(own.open().order_by("reply_by", "pk"))
    if answered:
        key = key_of("answered", *((each.pk, each.version) for each in answered))
        folded = _folded(desk, "Đọc trả lời của", "Đơn vị đã trả lời trong 30 ngày qua.", answered)
        yield replace(folded, key=key)
    if waiting:
        yield _folded(desk, "Chờ trả lời", "Đơn vị chưa trả lời.", waiting, waits_for_others=True)
    yield Task(
        title="Ghi kiến nghị giám sát",
        reason=FIND_REASON,
        url=_address(desk, "reports:finding_new"),
        action="Ghi kiến nghị",
        key=key_of("find", desk.ward.pk, desk.today.year),
    )


def _open(desk: TodoContext):
    rows = findings_of(desk.user).filter(ward=desk.ward).open()
    return rows.order_by("reply_by", "pk")


def _address(desk: TodoContext, view: str) -> str:
    """A page of the ward, named where its reader works in several."""
    return reverse(view) if desk.is_only else f"{reverse(view)}?{urlencode({WARD: desk.ward.pk})}"


def _folded(
    desk: TodoContext,
    verb: str,
    reason: str,
    findings: Sequence[SupervisionFinding],
    *,
    waits_for_others: bool = False,
) -> Task:
    return Task(
        title=f"{verb} {len(findings)} kiến nghị giám sát",
        reason=reason,
        url=_address(desk, "reports:finding_list"),
        action="Xem kiến nghị",
        due_on=min((each.reply_by for each in findings if each.is_open), default=None),
        waits_for_others=waits_for_others,
        details=tuple(
            Detail(
                label=describe_subject(each),
                url=reverse("reports:finding_detail", args=[each.pk]),
                note=each.unit.name,
            )
            for each in findings
        ),
    )
