"""Lines of observers: what others do now, and what was issued lately."""

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse

from households.campaign.progress import add_up
from households.choices import CampaignStage
from povertyplan.core.text import formatting
from reports.choices import DocumentState
from reports.models import Document
from reports.plans.presenters import document_url, name_in_sentence
from reports.todo.context import Task, TodoContext, key_of

NEW = timedelta(days=30)


def tasks_to_watch_review(desk: TodoContext) -> Iterator[Task]:
    """Reviews under way: nothing to do but to see how far they are."""
    for campaign in desk.in_stage(CampaignStage.OPEN):
        total = add_up(campaign, desk.progress[campaign.pk])
        yield Task(
            title=f"Theo dõi rà soát năm {campaign.year}",
            reason=f"{total.finished_villages}/{total.villages} thôn, tổ dân phố đã xong.",
            url=reverse("households:campaign_overview", args=[campaign.pk]),
            action="Xem tiến độ",
            due_on=campaign.closes_on,
            done=total.done,
            total=total.total,
            waits_for_others=True,
        )


def tasks_to_read(desk: TodoContext) -> Iterator[Task]:
    """Documents issued in the last 30 days; a line goes by itself after that."""
    issued = Document.objects.visible_to(desk.user).filter(
        ward=desk.ward,
        state=DocumentState.ISSUED,
        issued_on__range=(desk.today - NEW, desk.today),
    )
    for document in issued.order_by("-issued_on", "pk"):
        yield Task(
            title=f"Đọc {name_in_sentence(document)} mới ban hành",
            reason=f"Ban hành ngày {formatting.day(document.issued_on)}.",
            url=document_url(document),
            action="Mở văn bản",
            key=key_of("read", document.pk),
        )
