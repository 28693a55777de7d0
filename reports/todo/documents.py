"""Tasks of plans and reports: drafts to look at and submit, documents to sign."""

from collections.abc import Iterator

from django.urls import reverse

from povertyplan.core.text import formatting
from reports.choices import DocumentState
from reports.models import Document
from reports.plans.presenters import document_url, name_in_sentence
from reports.plans.selectors import documents_to_sign
from reports.todo.context import Task, TodoContext

TO_CHECK = "Số liệu và lời văn; các điểm cần kiểm tra ghi ngay trên trang dự thảo."


def tasks_to_check_drafts(desk: TodoContext) -> Iterator[Task]:
    """Drafts, with their doubts at the end of their page, until each is submitted from there."""
    drafts = Document.objects.visible_to(desk.user).filter(ward=desk.ward)
    for document in drafts.filter(state=DocumentState.DRAFT):
        returned = document.return_reason
        yield Task(
            title=f"Xem lại dự thảo {name_in_sentence(document)}",
            reason=f"Bị trả lại. Lý do: {returned}" if returned else TO_CHECK,
            url=document_url(document),
            action="Xem và trình ký",
        )


def tasks_to_sign(desk: TodoContext) -> Iterator[Task]:
    """What others submitted, until it is issued or returned."""
    for document in documents_to_sign(desk.user, desk.ward):
        yield Task(
            title=f"Ký ban hành {name_in_sentence(document)}",
            reason=_submission(document),
            url=reverse("reports:document_issue", args=[document.pk]),
            action="Xem và ký",
        )


def _submission(document: Document) -> str:
    if document.submitted_by is None or document.submitted_at is None:
        return "Văn bản đã trình ký."
    return f"{document.submitted_by} trình lúc {formatting.moment(document.submitted_at)}."
